// Who has been visited and who is left: the one query behind reminders, answers and the month report.
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../store/store.ts';
import type { Settings } from './settings.ts';

export interface SchoolLeft {
  id: string;
  name: string;
  visits: number;
}

/**
 * The schools an inspector still owes a visit in a month: assigned to her, active, with fewer visits (by anybody,
 * because the floor is per school: 2013 Measures, 2019 Measures) than the floor. In an exempt month nobody is left, and an exempt school is not.
 */
export async function schoolsLeft(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; personId: string; month: Temporal.PlainYearMonth; settings: Settings },
): Promise<SchoolLeft[]> {
  if (of.settings['visit.exemptMonths'].includes(of.month.month)) return [];
  const first = of.month.toPlainDate({ day: 1 });
  const next = first.add({ months: 1 });
  return tx.sql<SchoolLeft>(
    `select s.id, s.name, count(v.id)::int as visits
     from assignment a
     join school s on s.id = a.school_id and s.active
     left join visit v on v.school_id = s.id and v.state <> 'voided' and v.visited_on >= $3::date and v.visited_on < $4::date
     where not exists (select from visit_exemption e where e.school_id = s.id and e.month = $6 and e.undone_at is null)
       and a.office_id = $1 and a.person_id = $2 and a.role = 'inspector' and a.since < $4::date and (a.until is null or a.until >= $4::date)
     group by s.id, s.name, s.code
     having count(v.id) < $5
     order by s.code`,
    [
      of.officeId,
      of.personId,
      first.toString(),
      next.toString(),
      of.settings['visit.minPerMonth'],
      of.month.toString(),
    ],
    'schools-left',
  );
}
