// Which talks, circulars and accountability files are under way, for those above and the school's inspector; and the last step of a
// school taken back when it was noted by mistake.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { requireStanding, schoolsInSight } from '../access.ts';
import { type ActContext, action, isOfOffice, OFFICE_ROLES, type Role } from '../act.ts';
import { OPEN_STATES } from '../findings.ts';
import { headAndInspectors } from '../notices.ts';
import { ESCALATIONS, type Step } from './escalate.ts';
import { auditFindings, lockFindings, numberOf, together } from './lock.ts';

/** Nothing that scrolls (VOICE, rule 1). */
const SHOWN = 5;

interface Noted {
  schoolId: string;
  school: string;
  step: Step;
  onDay: string;
  note: string;
  at: Date;
  ids: string[];
  texts: string[];
  years: (number | null)[];
  numbers: (number | null)[];
}

/** The steps that stand at these schools, each as it was noted (one act, one step), the newest first. */
function stepsAt(context: ActContext, schools: readonly string[]): Promise<Noted[]> {
  return context.tx.sql<Noted>(
    `select s.id as "schoolId", s.name as school, e.step, e.on_day as "onDay", e.note, e.at,
            array_agg(f.id::text order by f.id) as ids, array_agg(f.text order by f.id) as texts,
            array_agg(n.year order by f.id) as years, array_agg(n.number order by f.id) as numbers
     from escalation e join finding f on f.id = e.finding_id join school s on s.id = f.school_id
     left join rectification_notice n on n.id = f.notice_id
     where f.office_id = $1 and s.id = any($2::uuid[]) and e.ended_at is null and f.escalation = e.step
     group by s.id, s.name, e.step, e.on_day, e.note, e.at
     order by e.at desc, array_position($3::text[], e.step) desc, s.code`,
    [context.office.id, schools, ESCALATIONS],
    'escalations',
  );
}

const numbersOf = (context: ActContext, { years, numbers }: Pick<Noted, 'years' | 'numbers'>): string[] => [
  ...new Set(
    numbers
      .map((number, index) => numberOf(context, { year: years[index] ?? null, number }))
      .filter((no) => no !== ''),
  ),
];

/** What is overdue with no step noted yet, the longest first, by school. */
function withoutStep(context: ActContext, schools: readonly string[]) {
  return context.tx.sql<{ school: string; late: number }>(
    `select s.name as school, $3::date - min(f.due_on) as late
     from finding f join school s on s.id = f.school_id
     where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.state = any($4::text[]) and f.due_on < $3::date
       and f.responsible_unit = '' and f.escalation is null
     group by s.id, s.name order by min(f.due_on), s.code`,
    [context.office.id, schools, context.today.toString(), OPEN_STATES],
    'overdue-without-step',
  );
}

export const listEscalations = action({
  name: 'rectification.escalations',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  says: ['list', 'none'],
  input: z.object({ school: z.uuid().optional() }),
  result: z.object({
    say: z.string(),
    at: z.string(),
    steps: z.array(
      z.object({
        school: z.string(),
        step: z.string(),
        on: z.string(),
        note: z.string(),
        no: z.array(z.string()),
        count: z.number(),
      }),
    ),
    more: z.number(),
    without: z.array(z.object({ school: z.string(), late: z.number() })),
    /** Of all schools with something overdue and no step. */
    left: z.number(),
    office: z.boolean(),
  }),
  async run(context, { school }) {
    const roles = ['inspector', 'area-leader', 'office', 'director'] satisfies Role[];
    const sight = await schoolsInSight(context, roles);
    const schools = school === undefined ? sight : sight.filter((id) => id === school);
    if (schools.length === 0) throw new AppError('act.not-allowed');
    const noted = await stepsAt(context, schools);
    const without = await withoutStep(context, schools);
    const [named] =
      school === undefined
        ? []
        : await context.tx.sql<{ name: string }>('select name from school where id = $1', [school]);
    return {
      say: noted.length + without.length === 0 ? 'none' : 'list',
      at: named?.name ?? '',
      steps: noted.slice(0, SHOWN).map((one) => ({
        ...{ school: one.school, step: one.step, on: one.onDay, note: one.note },
        ...{ no: numbersOf(context, one), count: one.ids.length },
      })),
      more: Math.max(0, noted.length - SHOWN),
      without: without.slice(0, SHOWN),
      left: without.length,
      office: isOfOffice(context.actor),
    };
  },
});

/** The last step that was noted at a school, as a draft to take it back. */
export const lastStep = action({
  name: 'rectification.last-step',
  roles: OFFICE_ROLES,
  leadsTo: ['undo-escalation-step'],
  says: ['none'],
  input: z.object({ school: z.uuid(), reason: z.string().trim().max(500).optional() }),
  result: z.object({ say: z.string(), school: z.string(), draft: z.string() }),
  async run(context, { school: id, reason }) {
    await requireStanding(context, id, OFFICE_ROLES);
    const [school] = await context.tx.sql<{ name: string }>('select name from school where id = $1', [id]);
    const [last] = await stepsAt(context, [id]);
    const base = { school: school?.name ?? '', draft: '' };
    if (!last) return { ...base, say: 'none' };
    const nos = numbersOf(context, last).join('、');
    const lines = last.ids.map((finding, index) => ({
      ...{ id: finding, no: nos, text: last.texts[index] ?? '', step: last.step, on: last.onDay },
    }));
    const row = new URLSearchParams({
      school: id,
      which: JSON.stringify(lines),
      ...(reason && reason.length >= 2 ? { reason } : {}),
    });
    return { ...base, say: '', draft: `undo-escalation-step?${row.toString()}` };
  },
});

/** Takes it back: the step before it, if there was one, is the last again; head and inspector are told. */
export const takeBackStep = action({
  name: 'rectification.take-back-step',
  roles: OFFICE_ROLES,
  input: z.object({
    school: z.uuid(),
    which: z
      .array(z.object({ id: z.uuid(), step: z.enum(ESCALATIONS) }))
      .min(1)
      .max(20),
    reason: z.string().trim().min(2).max(500),
  }),
  result: z.object({ school: z.string(), step: z.string(), no: z.string(), told: z.array(z.string()) }),
  async run(context, { school: schoolId, which, reason }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const step = which[0]?.step ?? 'talk';
    const locked = await lockFindings(
      context,
      which.map(({ id }) => id),
    );
    // What was fulfilled or pressed further meanwhile has another last step.
    const standing = await context.tx.sql<{ id: string }>(
      'select id from finding where id = any($1::uuid[]) and school_id = $2 and escalation = $3',
      [locked.map(({ id }) => id), schoolId, step],
      'escalation-stands',
    );
    const findings = locked.filter(({ id }) => standing.some((one) => one.id === id));
    if (findings.length === 0) throw new AppError('rectification.none');
    const { school, no, findings: texts, ids } = together(context, findings);
    const before = ESCALATIONS[ESCALATIONS.indexOf(step) - 1] ?? null;
    const db = await context.tx.db();
    await db.escalation.updateMany({
      where: { findingId: { in: ids }, step, endedAt: null },
      data: { endedAt: context.now, takenBack: reason },
    });
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { escalation: before } });
    await auditFindings(context, 'finding.step-taken-back', findings, () => ({
      step,
      escalation: before,
      reason,
    }));
    const people = await headAndInspectors(context, schoolId);
    for (const person of people)
      context.notify({
        personId: person.id,
        key: 'rectification.step-taken-back',
        data: { school, no, findings: texts, step, reason, by: context.actor.name },
        dedup: `step-back-${person.id}-${step}-${ids[0]}-${context.now.getTime()}`,
      });
    return { school, step, no, told: people.map(({ name }) => name) };
  },
});
