// The far end of the ladder (DOMAIN §3 b): 约谈, 通报, 问责案卷 about what is overdue. The office decides and acts; here it is tracked, in
// that order, and ends by itself when the school has fulfilled it.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { requireStanding } from '../access.ts';
import { type ActContext, action, OFFICE_ROLES } from '../act.ts';
import { OPEN_STATES } from '../findings.ts';
import { headAndInspectors } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, numberOf, together } from './lock.ts';

export const ESCALATIONS = ['talk', 'circular', 'accountability'] as const;
export type Step = (typeof ESCALATIONS)[number];

interface Overdue {
  id: string;
  year: number | null;
  number: number | null;
  text: string;
  due: string;
  escalation: Step | null;
}

/** What a school has overdue that is its own to settle; the file ends here, so what is there already is left out. */
function overdueAt(context: ActContext, schoolId: string, ids: readonly string[] | null): Promise<Overdue[]> {
  return context.tx.sql<Overdue>(
    `select f.id, n.year, n.number, f.text, f.due_on as due, f.escalation
     from finding f left join rectification_notice n on n.id = f.notice_id
     where f.school_id = $1 and f.state = any($2::text[]) and f.due_on < $3::date and f.responsible_unit = ''
       and ($4::uuid[] is null or f.id = any($4)) order by f.due_on, f.id limit 20`,
    [schoolId, OPEN_STATES, context.today.toString(), ids],
    'to-escalate',
  );
}

/** One after the other; nobody is skipped to the file, and after it there is nothing further here. */
const nextStep = (now: Step | null): Step | undefined =>
  ESCALATIONS[now === null ? 0 : ESCALATIONS.indexOf(now) + 1];

/** What is overdue at a school, each with its next step, as a draft of which lines may be dropped. */
export const toEscalate = action({
  name: 'rectification.to-escalate',
  roles: OFFICE_ROLES,
  leadsTo: ['escalate-step', 'escalate-other'],
  says: ['none', 'other', 'furthest'],
  input: z.object({
    school: z.uuid(),
    /** The number of a notice: only what it asks for. */
    no: z.string().optional(),
    /** The step that was named; without it each finding goes its next one. */
    step: z.enum(ESCALATIONS).optional(),
    on: z.iso.date().optional(),
    note: z.string().trim().max(500).optional(),
  }),
  result: z.object({
    say: z.string(),
    school: z.string(),
    /** The notice that was named and has nothing overdue; how much other notices have. */
    no: z.string(),
    others: z.number(),
    draft: z.string(),
  }),
  async run(context, { school: id, no, step: named, on, note }) {
    await requireStanding(context, id, OFFICE_ROLES);
    const [school] = await context.tx.sql<{ name: string }>('select name from school where id = $1', [id]);
    const number = Number(/\d+/.exec(no ?? '')?.[0] ?? Number.NaN);
    const all = await overdueAt(context, id, null);
    const overdue = all.filter((one) => Number.isNaN(number) || one.number === number);
    const lines = overdue.flatMap((one) => {
      const step = nextStep(one.escalation);
      const { id: finding, text, due } = one;
      return step ? [{ id: finding, no: numberOf(context, one), text, due, step }] : [];
    });
    const base = { school: school?.name ?? '', no: no ?? '', others: all.length, draft: '' };
    if (overdue.length === 0) return { ...base, say: all.length === 0 ? 'none' : 'other' };
    if (lines.length === 0) return { ...base, say: 'furthest' };
    const meant = lines.filter(({ step }) => named === undefined || step === named);
    // No other step than the one that was named is drafted unasked; and the words that were said of that one are not another's.
    const row = new URLSearchParams(
      meant.length === 0
        ? { school: id, said: named ?? '', which: JSON.stringify(lines), ...(no ? { no } : {}) }
        : {
            ...{ school: id, which: JSON.stringify(meant) },
            ...(meant.length < lines.length
              ? { others: JSON.stringify(lines.filter((line) => !meant.includes(line))) }
              : {}),
            ...(on ? { on } : {}),
            ...(note ? { note } : {}),
          },
    );
    return {
      ...base,
      say: '',
      draft: `${meant.length === 0 ? 'escalate-other' : 'escalate-step'}?${row.toString()}`,
    };
  },
});

export const escalate = action({
  name: 'rectification.escalate',
  roles: OFFICE_ROLES,
  input: z.object({
    school: z.uuid(),
    which: z
      .array(z.object({ id: z.uuid(), step: z.enum(ESCALATIONS) }))
      .min(1)
      .max(20),
    /** The day of the talk or paper; today unless said. */
    on: z.iso.date().optional(),
    note: z.string().trim().min(2).max(500),
  }),
  result: z.object({
    school: z.string(),
    steps: z.array(z.object({ step: z.string(), no: z.string(), count: z.number() })),
    on: z.string(),
    told: z.array(z.string()),
  }),
  async run(context, { school: schoolId, which, on: said, note }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const named = which.map(({ id }) => id);
    // Locked first: what was handed in meanwhile is no longer overdue, and what somebody else noted is not noted twice.
    const locked = await lockFindings(context, named);
    const drafted = new Map(which.map(({ id, step }) => [id, step]));
    const overdue = (await overdueAt(context, schoolId, named)).filter(
      ({ id, escalation }) => nextStep(escalation) === drafted.get(id),
    );
    if (overdue.length === 0) throw new AppError('rectification.none');
    const on = said ?? context.today.toString();
    const steps: { step: Step; no: string; count: number }[] = [];
    const told = new Set<string>();
    for (const step of ESCALATIONS) {
      const ids = overdue.filter((one) => nextStep(one.escalation) === step).map(({ id }) => id);
      const findings = locked.filter(({ id }) => ids.includes(id));
      if (findings.length === 0) continue;
      for (const name of await takeStep(context, findings, { step, on, note })) told.add(name);
      steps.push({ step, no: together(context, findings).no, count: findings.length });
    }
    return { school: locked[0]?.schoolName ?? '', steps, on, told: [...told] };
  },
});

/** Notes one step about findings that are at the same place, and tells head and inspector. Returns their names. */
async function takeStep(
  context: ActContext,
  findings: readonly LockedFinding[],
  { step, on, note }: { step: Step; on: string; note: string },
): Promise<string[]> {
  const { first, school, no, findings: texts, ids } = together(context, findings);
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
  const people = await headAndInspectors(context, first.schoolId);
  for (const person of people)
    context.notify({
      personId: person.id,
      key: 'rectification.escalated',
      data: { school, no, findings: texts, step, on, note, by: context.actor.name },
      dedup: `escalated-${person.id}-${step}-${ids[0]}-${context.now.getTime()}`,
    });
  return people.map(({ name }) => name);
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
