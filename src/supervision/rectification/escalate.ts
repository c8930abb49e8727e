// The far end of the ladder (DOMAIN §3 b): 约谈, 通报, 问责案卷 about what is overdue. The office decides and acts; here it is tracked, in
// that order, and ends by itself when the school has fulfilled it.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { requireStanding } from '../access.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { OPEN_STATES } from '../findings.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, together } from './lock.ts';

export const ESCALATIONS = ['talk', 'circular', 'accountability'] as const;
type Step = (typeof ESCALATIONS)[number];

export const escalate = action({
  name: 'rectification.escalate',
  roles: ['office', 'director'] satisfies Role[],
  input: z.object({
    school: z.uuid(),
    /** The day of the talk or paper; today unless said. */
    on: z.iso.date().optional(),
    note: z.string().trim().min(2).max(500),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    count: z.number(),
    step: z.string(),
    on: z.string(),
    told: z.array(z.string()),
  }),
  async run(context, { school: schoolId, on: said, note }) {
    await requireStanding(context, schoolId, ['office', 'director']);
    const rows = await context.tx.sql<{ id: string; escalation: Step | null }>(
      `select id, escalation from finding where school_id = $1 and state = any($2::text[]) and due_on < $3::date
       order by due_on, id limit 20`,
      [schoolId, OPEN_STATES, context.today.toString()],
      'to-escalate',
    );
    if (rows.length === 0) throw new AppError('rectification.none');
    const findings = await lockFindings(
      context,
      rows.map(({ id }) => id),
    );
    const step = nextStep(rows.map(({ escalation }) => escalation));
    const on = said ?? context.today.toString();
    const { school, no, findings: texts, ids } = together(context, findings);
    const db = await context.tx.db();
    await db.escalation.createMany({
      data: ids.map((findingId) => ({
        id: newId(),
        findingId,
        step,
        onDay: dayToDb(Temporal.PlainDate.from(on)),
        note,
        byId: context.actor.personId,
        at: context.now,
      })),
    });
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { escalation: step } });
    await auditFindings(context, `finding.${step}`, findings, () => ({ escalation: step, on, note }));
    const people = [
      ...(await peopleAt(context, schoolId, 'principal')),
      ...(await peopleAt(context, schoolId, 'inspector')),
    ];
    for (const person of people)
      context.notify({
        personId: person.id,
        key: 'rectification.escalated',
        data: { school, no, findings: texts, step, on, note, by: context.actor.name },
        dedup: `escalated-${person.id}-${step}-${ids[0]}-${context.now.getTime()}`,
      });
    return { school, no, count: ids.length, step, on, told: people.map(({ name }) => name) };
  },
});

/** One after the other; nobody is skipped to the file, and after it there is nothing further here. */
function nextStep(now: readonly (Step | null)[]): Step {
  const furthest = Math.max(...now.map((step) => (step === null ? -1 : ESCALATIONS.indexOf(step))));
  const next = ESCALATIONS[furthest + 1];
  if (!next) throw new AppError('rectification.state', 'never', { state: 'accountability' });
  return next;
}

/** What was fulfilled is pressed no further: its steps end with it. */
export async function endEscalation(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const ids = findings.map(({ id }) => id);
  const db = await context.tx.db();
  await db.escalation.updateMany({
    where: { findingId: { in: ids }, endedAt: null },
    data: { endedAt: context.now },
  });
  await db.finding.updateMany({
    where: { id: { in: ids }, escalation: { not: null } },
    data: { escalation: null },
  });
}
