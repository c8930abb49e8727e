// 月报: what a month came to, per inspector, area or office, in counts and schools; nobody is ranked (2026 App Measures, fact 6).
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Tx } from '../store/store.ts';
import { schoolsInSight } from './access.ts';
import { type ActContext, type ActOffice, action, type Role } from './act.ts';
import { createCalendar } from './calendar.ts';
import { OPEN_STATES } from './findings.ts';
import { type MonthReport, monthReport } from './month-report-shape.ts';
import { exemptIn, focusOf, monthOf, monthText } from './months.ts';

const REPORTED_TO = ['inspector', 'area-leader', 'office', 'director'] as const satisfies Role[];
const OPEN = [...OPEN_STATES, 'submitted', 'under_review', 'accepted'];

interface SchoolMonth {
  id: string;
  name: string;
  areaId: string;
  visits: number;
  backfilled: number;
  lessons: number;
  semester: number;
  items: { item: string; count: number }[];
  open: number;
  overdue: number;
  highlights: string[];
}

export interface OfficeMonth {
  month: string;
  wholeExempt: boolean;
  least: number;
  leastSemester: number;
  focus: string;
  closed: boolean;
  exempt: ReadonlyMap<string, string>;
  schools: SchoolMonth[];
}

/**
 * Everything about a month of an office, school by school; one statement, from which every scope is summed. `only`: of these
 * schools alone; whoever asks of her own few does not have the whole district counted.
 */
export async function readMonth(
  tx: Pick<Tx, 'sql'>,
  office: ActOffice,
  month: string,
  today: Temporal.PlainDate,
  only: readonly string[] | null = null,
): Promise<OfficeMonth> {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const last = first.add({ months: 1 }).subtract({ days: 1 });
  const calendar = createCalendar(office.timeZone, office.settings);
  // asked together, in one journey to the server
  const counted = tx.sql<SchoolMonth>(
    `with found as materialized (
       -- Counted once for all schools, from the month's visits on: joined as it stands it would be counted anew for each of them.
       select i.school_id, jsonb_agg(jsonb_build_object('item', i.item, 'count', i.n)) as items from (
         select f.school_id, f.item, count(*)::int as n from visit w join finding f on f.visit_id = w.id
         where w.office_id = $1 and w.visited_on between $2::date and $3::date and w.state <> 'voided' and f.state <> 'voided'
           and ($7::uuid[] is null or f.school_id = any($7))
         group by f.school_id, f.item) i group by i.school_id)
     select s.id, s.name, s.area_id as "areaId", coalesce(v.visits, 0) as visits, coalesce(v.backfilled, 0) as backfilled,
            coalesce(v.lessons, 0) as lessons, coalesce(v.semester, 0) as semester, coalesce(v.highlights, '{}') as highlights,
            coalesce(f.items, '[]') as items, coalesce(o.open, 0) as open, coalesce(o.overdue, 0) as overdue
     from school s
     left join lateral (
       select count(*) filter (where visited_on >= $2::date)::int as visits, count(*)::int as semester,
              count(*) filter (where visited_on >= $2::date and backfilled)::int as backfilled,
              coalesce(sum(lessons) filter (where visited_on >= $2::date), 0)::int as lessons,
              array_agg(highlight order by visited_on) filter (where visited_on >= $2::date and highlight <> '') as highlights
       from visit where school_id = s.id and state <> 'voided' and visited_on between $4::date and $3::date) v on true
     left join found f on f.school_id = s.id
     left join lateral (
       select count(*)::int as open,
              count(*) filter (where due_on < $5::date and state not in ('submitted', 'under_review', 'accepted'))::int as overdue
       from finding where school_id = s.id and state = any($6::text[])) o on true
     where s.office_id = $1 and s.active and ($7::uuid[] is null or s.id = any($7)) order by s.code`,
    [
      office.id,
      first.toString(),
      last.toString(),
      calendar.semester(last).from.toString(),
      today.toString(),
      OPEN,
      only,
    ],
    'month-read',
  );
  const [schools, { focus, closed }, exempt] = await Promise.all([
    counted,
    focusOf(tx, office.id, month),
    exemptIn(tx, office.id, month),
  ]);
  const settings = office.settings;
  return {
    month,
    wholeExempt: settings['visit.exemptMonths'].includes(first.month),
    least: settings['visit.minPerMonth'],
    leastSemester: settings['visit.minPerSemester'],
    focus,
    closed,
    exempt,
    schools,
  };
}

/** The report of some of the month's schools. */
export function reportOf(
  all: OfficeMonth,
  of: { scope: MonthReport['scope']; name: string; has(school: { id: string; areaId: string }): boolean },
): MonthReport {
  const schools = all.schools.filter((school) => of.has(school));
  const sum = (count: (school: SchoolMonth) => number) => schools.reduce((n, school) => n + count(school), 0);
  const exempt = schools.filter(({ id }) => all.exempt.has(id));
  const owing = all.wholeExempt ? [] : schools.filter(({ id }) => !all.exempt.has(id));
  const met = ({ visits }: SchoolMonth) => visits >= all.least;
  const byItem = new Map<string, number>();
  for (const { items } of schools)
    for (const { item, count } of items) byItem.set(item, (byItem.get(item) ?? 0) + count);
  return {
    month: all.month,
    scope: of.scope,
    name: of.name,
    closed: all.closed,
    focus: all.focus,
    schools: schools.length,
    visits: sum(({ visits }) => visits),
    backfilled: sum(({ backfilled }) => backfilled),
    lessons: sum(({ lessons }) => lessons),
    owed: owing.length,
    covered: owing.filter(met).length,
    missed: owing.filter((school) => !met(school)).map(({ name }) => name),
    exempt: exempt.map(({ name }) => name),
    leastSemester: all.leastSemester,
    semesterMet: schools.filter(({ semester }) => semester >= all.leastSemester).length,
    findings: [...byItem.values()].reduce((a, b) => a + b, 0),
    byItem: [...byItem].map(([item, count]) => ({ item, count })).sort((a, b) => b.count - a.count),
    open: sum(({ open }) => open),
    overdue: sum(({ overdue }) => overdue),
    highlights: schools
      .flatMap(({ name, highlights }) => highlights.map((text) => ({ school: name, text })))
      .slice(0, 2),
  };
}

/** 本月月报: an inspector's own schools, an area leader's area, the office's all. */
export const showMonthReport = action({
  name: 'month.report',
  roles: REPORTED_TO,
  input: z.object({ month: monthText.optional() }),
  result: monthReport.extend({ over: z.boolean() }),
  async run(context, { month: said }) {
    const month = monthOf(context, said);
    const current = context.today.toPlainYearMonth().toString();
    if (month > current) throw new AppError('visit.in-future');
    const { ids, ...scope } = await scopeOf(context);
    const all = await readMonth(context.tx, context.office, month, context.today, ids);
    return { ...reportOf(all, scope), over: month < current };
  },
});

async function scopeOf(context: ActContext) {
  const { roles, name } = context.actor;
  if (roles.includes('office') || roles.includes('director'))
    return { scope: 'office' as const, name: context.office.name, has: () => true, ids: null };
  const area = roles.includes('area-leader');
  const ids = await schoolsInSight(context, area ? ['area-leader'] : ['inspector']);
  const mine = new Set(ids);
  const scope = area ? ('area' as const) : ('own' as const);
  const areaName = area ? await nameOfArea(context) : name;
  return { scope, name: areaName, has: ({ id }: { id: string }) => mine.has(id), ids };
}

async function nameOfArea({ tx, actor }: ActContext): Promise<string> {
  const [area] = await tx.sql<{ name: string }>(
    `select name from area where id = $1`,
    [actor.areaId],
    'area-name',
  );
  return area?.name ?? '';
}
