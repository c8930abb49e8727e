// How many schools were visited as often as the law wants: at least once a month (2013 and 2019 Measures) and at least twice a
// semester (Regulations, article 14). Both are told, for both are law (DOMAIN fact 1).
import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../store/store.ts';
import type { Calendar } from '../calendar.ts';
import type { Settings } from '../settings.ts';
import type { FigureScope } from './visits.ts';

/** One school in one month or semester. */
export interface CoverageCell {
  schoolId: string;
  school: string;
  area: string;
  stage: string;
  floor: 'month' | 'semester';
  /** `2026-03`, or the semester's days `first/last`. */
  period: string;
  visits: number;
  owed: number;
  met: boolean;
}

/** More months than that are no question of coverage any more. */
const MONTHS_MOST = 36;

/**
 * Every school with every month that owes a visit and every semester that the days touch; nothing that lies after today.
 * Months without pupils (`visit.exemptMonths`) and months a school was exempted from owe nothing. Visits by anybody count:
 * the floor is the school's. A month or semester that has begun is counted whole, with what was done so far.
 */
export async function coverage(
  tx: Pick<Tx, 'sql'>,
  scope: FigureScope,
  by: { calendar: Calendar; settings: Settings; today: Temporal.PlainDate },
): Promise<CoverageCell[]> {
  const spans = [...months(scope, by), ...semesters(scope, by)];
  if (spans.length === 0 || scope.schoolIds.length === 0) return [];
  const rows = await tx.sql<Omit<CoverageCell, 'owed' | 'met'>>(
    `select s.id as "schoolId", s.name as school, a.name as area, s.kind as stage, p.floor, p.period, count(v.id)::int as visits
     from unnest($3::text[], $4::text[], $5::date[], $6::date[]) as p(floor, period, first, last)
     cross join school s join area a on a.id = s.area_id
     left join visit v on v.school_id = s.id and v.state <> 'voided' and v.visited_on between p.first and p.last
     where s.office_id = $1 and s.id = any($2::uuid[]) and s.active
       and not (p.floor = 'month' and exists (select 1 from visit_exemption e
         where e.school_id = s.id and e.month = p.period and e.undone_at is null))
     group by s.id, s.name, s.code, a.name, a.code, s.kind, p.floor, p.period
     order by p.floor, p.period, a.code, s.code`,
    [
      scope.officeId,
      scope.schoolIds,
      spans.map((span) => span.floor),
      spans.map((span) => span.period),
      spans.map((span) => span.first),
      spans.map((span) => span.last),
    ],
    'figure-coverage',
  );
  const owed = { month: by.settings['visit.minPerMonth'], semester: by.settings['visit.minPerSemester'] };
  return rows.map((row) => ({ ...row, owed: owed[row.floor], met: row.visits >= owed[row.floor] }));
}

interface Span {
  floor: 'month' | 'semester';
  period: string;
  first: string;
  last: string;
}

function months(
  scope: FigureScope,
  { settings, today }: { settings: Settings; today: Temporal.PlainDate },
): Span[] {
  const found: Span[] = [];
  const end = scope.to < today.toString() ? scope.to : today.toString();
  let month = Temporal.PlainDate.from(scope.from).toPlainYearMonth();
  const last = Temporal.PlainDate.from(end).toPlainYearMonth();
  while (Temporal.PlainYearMonth.compare(month, last) <= 0 && found.length < MONTHS_MOST) {
    if (!settings['visit.exemptMonths'].includes(month.month))
      found.push({
        floor: 'month',
        period: month.toString(),
        first: month.toPlainDate({ day: 1 }).toString(),
        last: month.toPlainDate({ day: month.daysInMonth }).toString(),
      });
    month = month.add({ months: 1 });
  }
  return found;
}

function semesters(
  scope: FigureScope,
  { calendar, today }: { calendar: Calendar; today: Temporal.PlainDate },
): Span[] {
  const found: Span[] = [];
  const end = scope.to < today.toString() ? scope.to : today.toString();
  let semester = calendar.semester(Temporal.PlainDate.from(scope.from));
  while (semester.from.toString() <= end && found.length < MONTHS_MOST / 6) {
    const [first, last] = [semester.from.toString(), semester.to.toString()];
    found.push({ floor: 'semester', period: `${first}/${last}`, first, last });
    semester = calendar.semester(semester.to.add({ days: 1 }));
  }
  return found;
}
