// 督导计划: which school an inspector means to go to on which day. Days are proposed, spread over the working days asked for.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import { schoolsInSight } from './access.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { createCalendar, type Day } from './calendar.ts';

const PLANS = ['inspector', 'area-leader'] as const satisfies Role[];
const schoolsSaid = z.array(z.object({ id: z.uuid(), name: z.string() })).max(10);
const planned = z.array(z.object({ school: z.string(), date: z.string() }));

/** Days for so many visits: spread evenly over the free working days; more visits than days share them in order. */
function spread(days: readonly Day[], count: number): Day[] {
  if (days.length === 0) return [];
  return Array.from({ length: count }, (_, i) => {
    const at = count <= days.length ? Math.floor((i * days.length) / count) : i % days.length;
    return days[at] ?? (days[0] as Day); // `at` is within the list
  }).sort(Temporal.PlainDate.compare);
}

/** What this person still has before her, nearest first. */
export async function plansOf(
  { tx, today }: Pick<ActContext, 'tx' | 'today'>,
  personId: string,
): Promise<{ id: string; schoolId: string; school: string; date: string }[]> {
  return tx.sql(
    `select v.id, v.school_id as "schoolId", s.name as school, v.planned_on as date
     from visit_plan v join school s on s.id = v.school_id
     where v.person_id = $1 and v.state = 'planned' and v.planned_on >= $2::date order by v.planned_on, s.code`,
    [personId, today.toString()],
    'plans-of',
  );
}

/** 下周帮我安排跑一下特校和阳光双语: saved with the days proposed; without schools it shows what is planned. */
export const planVisits = action({
  name: 'visit.plan',
  roles: PLANS,
  input: z.object({
    schools: schoolsSaid.default([]),
    when: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
    items: z.array(z.string()).default([]),
    /** Whom she wants to be sent in her place. */
    instead: z.string().max(40).optional(),
  }),
  result: z.object({ saved: planned, moved: z.number(), all: planned }),
  async run(context, { schools, when, items, instead }) {
    const { office, actor, today, tx } = context;
    if (instead !== undefined) throw new AppError('visit.plan-another');
    const before = await plansOf(context, actor.personId);
    if (schools.length === 0) return { saved: [], moved: 0, all: before };
    await requireOwnArea(context, schools);
    const calendar = createCalendar(office.timeZone, office.settings);
    const next = calendar.week(today, 1);
    const [from, to] = when
      ? [Temporal.PlainDate.from(when.from), Temporal.PlainDate.from(when.to)]
      : [next.from, next.to];
    if (Temporal.PlainDate.compare(to, today) < 0) throw new AppError('visit.plan-past');
    const first = Temporal.PlainDate.compare(from, today) < 0 ? today : from;
    const single = first.equals(to);
    const worked = single ? [first] : calendar.workdays({ from: first, to });
    const taken = new Set(
      before.filter(({ schoolId }) => !schools.some(({ id }) => id === schoolId)).map(({ date }) => date),
    );
    const free = worked.filter((day) => !taken.has(day.toString()));
    const days = spread(free.length > 0 ? free : worked, schools.length);
    if (days.length === 0) throw new AppError('visit.plan-past');
    const old = before.filter(({ schoolId }) => schools.some(({ id }) => id === schoolId));
    await tx.sql(
      `update visit_plan set state = 'moved' where id = any($1::uuid[])`,
      [old.map(({ id }) => id)],
      'plan-moved',
    );
    // "育才改上午" names no day: the one that was planned stays.
    const stays = new Map(when ? [] : old.map(({ schoolId, date }) => [schoolId, date]));
    const rows = schools.map(({ id, name }, index) => ({
      id: newId(),
      school_id: id,
      school: name,
      planned_on: stays.get(id) ?? (days[index] ?? days[0] ?? today).toString(),
      items,
    }));
    await tx.sql(
      `insert into visit_plan (id, office_id, person_id, school_id, planned_on, items, state, created_at)
       select r.id, $1, $2, s.id, r.planned_on, $3, 'planned', $4
       from jsonb_to_recordset($5::jsonb) as r(id uuid, school_id uuid, planned_on date)
       join school s on s.id = r.school_id and s.office_id = $1`,
      [office.id, actor.personId, items, context.now, JSON.stringify(rows)],
      'plan-visits',
    );
    await audit(
      context,
      rows.map((row) => ({
        action: 'visit.planned',
        subject: 'school' as const,
        subjectId: row.school_id,
        schoolId: row.school_id,
        after: row,
      })),
    );
    return {
      saved: rows.map(({ school, planned_on: date }) => ({ school, date })),
      moved: old.length,
      all: await plansOf(context, actor.personId),
    };
  },
});

/** Who only leads an area goes to the schools of it; an inspector may also go along to another's. Throws `act.not-allowed`. */
async function requireOwnArea(context: ActContext, schools: readonly { id: string }[]): Promise<void> {
  if (context.actor.roles.includes('inspector')) return;
  const sight = new Set(await schoolsInSight(context, ['area-leader']));
  if (schools.some(({ id }) => !sight.has(id))) throw new AppError('act.not-allowed');
}

/** What stands in everybody's plan from a day on to another, by person. */
export async function plansBetween(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  span: { from: Day; to: Day },
): Promise<Map<string, { school: string; date: string }[]>> {
  const rows = await tx.sql<{ personId: string; school: string; date: string }>(
    `select v.person_id as "personId", s.name as school, v.planned_on as date
     from visit_plan v join school s on s.id = v.school_id and s.active
     where v.office_id = $1 and v.state = 'planned' and v.planned_on between $2::date and $3::date
     order by v.planned_on, s.code`,
    [officeId, span.from.toString(), span.to.toString()],
    'plans-between',
  );
  const plans = new Map<string, { school: string; date: string }[]>();
  for (const { personId, ...plan } of rows) plans.set(personId, [...(plans.get(personId) ?? []), plan]);
  return plans;
}

/** 取消计划: of the schools named, or all that is still before her. */
export const cancelPlan = action({
  name: 'visit.plan-cancel',
  roles: PLANS,
  input: z.object({ schools: schoolsSaid.default([]) }),
  result: z.object({ cancelled: planned }),
  async run(context, { schools }) {
    const plans = (await plansOf(context, context.actor.personId)).filter(
      ({ schoolId }) => schools.length === 0 || schools.some(({ id }) => id === schoolId),
    );
    await context.tx.sql(
      `update visit_plan set state = 'cancelled' where id = any($1::uuid[])`,
      [plans.map(({ id }) => id)],
      'plan-cancel',
    );
    await audit(
      context,
      plans.map((plan) => ({
        action: 'visit.plan-cancelled',
        subject: 'school' as const,
        subjectId: plan.schoolId,
        schoolId: plan.schoolId,
        before: plan,
      })),
    );
    return { cancelled: plans.map(({ school, date }) => ({ school, date })) };
  },
});
