// What was found and what became of it: the rows that count, and the figures that are reckoned from them alone.
import type { Temporal } from 'temporal-polyfill';
import { dayFromDb, dayOf } from '../../store/days.ts';
import type { Tx } from '../../store/store.ts';
import { OPEN_STATES } from '../findings.ts';
import { OFF_LEDGER_STATES } from '../ledger.ts';
import type { FigureScope } from './visits.ts';

export interface CountedFinding {
  id: string;
  schoolId: string;
  area: string;
  stage: string;
  /** Of the visit that found it. */
  day: string;
  item: string;
  disposition: string;
  state: string;
  dueOn: string | null;
  reviewedAt: Date | null;
  closedAt: Date | null;
  relapsed: boolean;
}

/** Findings of the visits in the scope; voided and withdrawn ones are none, and a serious one that the office has not signed out is none yet. */
export function countedFindings(tx: Pick<Tx, 'sql'>, scope: FigureScope): Promise<CountedFinding[]> {
  return tx.sql<CountedFinding>(
    `select f.id, f.school_id as "schoolId", a.name as area, s.kind as stage, v.visited_on as day, f.item, f.disposition,
       f.state, f.due_on as "dueOn", f.reviewed_at as "reviewedAt", f.closed_at as "closedAt",
       f.relapse_of is not null or f.reopened > 0 as relapsed
     from finding f join visit v on v.id = f.visit_id join school s on s.id = f.school_id join area a on a.id = s.area_id
     where f.office_id = $1 and f.school_id = any($2::uuid[]) and v.visited_on between $3::date and $4::date
       and v.state <> 'voided' and f.state <> all($6::text[]) and ($5::uuid is null or v.inspector_id = $5)
     order by a.code, s.code, v.visited_on, v.id, f.ordinal`,
    [
      scope.officeId,
      scope.schoolIds,
      scope.from,
      scope.to,
      scope.inspectorId ?? null,
      [...OFF_LEDGER_STATES, 'withdrawn'],
    ],
    'figure-findings',
  );
}

const OWED: readonly string[] = OPEN_STATES;

/** To be rectified by the school: everything but what was put right before the inspector's eyes. */
export const mustBeRectified = (one: Pick<CountedFinding, 'disposition'>) =>
  one.disposition !== 'fixed_on_site' && one.disposition !== 'none';
/** Its rectification passed the review; whether the look-back has been made does not matter. */
export const isRectified = (one: Pick<CountedFinding, 'state'>) =>
  one.state === 'accepted' || one.state === 'closed';

export interface Share {
  part: number;
  whole: number;
}

/** 整改率: of what had to be rectified, what passed its review. */
export function rectificationRate(rows: readonly CountedFinding[]): Share {
  const whole = rows.filter(mustBeRectified);
  return { part: whole.filter(isRectified).length, whole: whole.length };
}

/** Still owed by the school, and past its day. */
export function overdue(rows: readonly CountedFinding[], today: Temporal.PlainDate): CountedFinding[] {
  return rows.filter((one) => OWED.includes(one.state) && one.dueOn !== null && one.dueOn < today.toString());
}

/** 整改用时: days from the visit to the review that passed, the middle one of all; null when none passed. */
export function daysToRectify(
  rows: readonly CountedFinding[],
  timeZone: string,
): { median: number; count: number } | null {
  const days = rows
    .filter((one) => mustBeRectified(one) && isRectified(one))
    .flatMap((one) => {
      const end = one.reviewedAt ?? one.closedAt;
      return end === null ? [] : [dayFromDb(one.day).until(dayOf(end, timeZone)).days];
    })
    .sort((a, b) => a - b);
  const middle = Math.floor(days.length / 2);
  const [low, high] = days.length % 2 === 0 ? [days[middle - 1], days[middle]] : [days[middle], days[middle]];
  return low === undefined || high === undefined ? null : { median: (low + high) / 2, count: days.length };
}
