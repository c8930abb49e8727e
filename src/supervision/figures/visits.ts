// How often schools were visited: the rows that count, one by one, so that every figure can name what it was counted from.
import type { Tx } from '../../store/store.ts';

/** What a figure is counted over. Days bound the day of the visit, both included. */
export interface FigureScope {
  officeId: string;
  schoolIds: readonly string[];
  from: string;
  to: string;
  /** Only what this person filed. */
  inspectorId?: string | undefined;
}

export interface CountedVisit {
  id: string;
  schoolId: string;
  area: string;
  stage: string;
  day: string;
  lessons: number;
}

/** Visits that stand; voided ones do not count. One record with companions is one visit (DOMAIN §3 a). */
export function countedVisits(tx: Pick<Tx, 'sql'>, scope: FigureScope): Promise<CountedVisit[]> {
  return tx.sql<CountedVisit>(
    `select v.id, v.school_id as "schoolId", a.name as area, s.kind as stage, v.visited_on as day,
       coalesce(v.lessons, 0) as lessons
     from visit v join school s on s.id = v.school_id join area a on a.id = s.area_id
     where v.office_id = $1 and v.school_id = any($2::uuid[]) and v.visited_on between $3::date and $4::date
       and v.state <> 'voided' and ($5::uuid is null or v.inspector_id = $5)
     order by a.code, s.code, v.visited_on, v.id`,
    [scope.officeId, scope.schoolIds, scope.from, scope.to, scope.inspectorId ?? null],
    'figure-visits',
  );
}
