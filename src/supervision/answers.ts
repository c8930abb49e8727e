// Questions a person asks about her own work: which schools are hers, which are left this month.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { action, type Role } from './act.ts';
import { schoolsLeft } from './coverage.ts';

/** 还差哪几所: what the inspector still owes in a month (this month unless told another). */
export const pendingVisits = action({
  name: 'visit.pending',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  input: z.object({
    period: z
      .string()
      .regex(/^\d{4}-\d{2}$/)
      .optional(),
  }),
  result: z.object({ month: z.string(), left: z.array(z.string()), total: z.number(), exempt: z.boolean() }),
  async run(context, { period }) {
    const month = period ? Temporal.PlainYearMonth.from(period) : context.today.toPlainYearMonth();
    const settings = context.office.settings;
    const left = await schoolsLeft(context.tx, {
      officeId: context.office.id,
      personId: context.actor.personId,
      month,
      settings,
    });
    const [mine] = await context.tx.sql<{ total: number }>(
      `select count(*)::int as total from assignment
       where person_id = $1 and role = 'inspector' and since <= $2::date and (until is null or until > $2::date)`,
      [context.actor.personId, context.today.toString()],
    );
    return {
      month: month.toString(),
      left: left.map((school) => school.name),
      total: mine?.total ?? 0,
      exempt: settings['visit.exemptMonths'].includes(month.month),
    };
  },
});

/** 我管着几个学校: the schools a person answers for today. */
export const mySchools = action({
  name: 'assign.list',
  roles: ['inspector', 'area-leader', 'principal', 'school-inspector'] satisfies Role[],
  input: z.object({}),
  result: z.object({
    schools: z.array(z.object({ name: z.string(), last: z.string().nullable() })),
    total: z.number(),
  }),
  async run(context) {
    const schools = await context.tx.sql<{ name: string; last: string | null }>(
      `select s.name, (select max(v.visited_on) from visit v where v.school_id = s.id and v.state <> 'voided') as last
       from assignment a join school s on s.id = a.school_id and s.active
       where a.person_id = $1 and a.since <= $2::date and (a.until is null or a.until > $2::date)
       group by s.id, s.name, s.code order by s.code`,
      [context.actor.personId, context.today.toString()],
    );
    return { schools, total: schools.length };
  },
});
