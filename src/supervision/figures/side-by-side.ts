// Every figure once more for each area, stage, month or semester: what the picture's bars and the words "各区" are made of.
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Calendar } from '../calendar.ts';
import type { CoverageCell } from './coverage.ts';
import { type CountedFinding, daysToRectify, overdue, rectificationRate } from './findings.ts';
import { type Group, groupKey, inOrder } from './groups.ts';
import type { CountedVisit } from './visits.ts';

export const share = z.object({ part: z.number(), whole: z.number() });
export const groupRow = z.object({
  key: z.string(),
  visits: z.number(),
  findings: z.number(),
  month: share,
  semester: share,
  rate: share,
  /** −1: nothing passed its review yet. */
  medianDays: z.number(),
  overdue: z.number(),
  relapsed: z.number(),
});
export type GroupRow = z.infer<typeof groupRow>;

/** The rows that were counted. */
export interface Counted {
  visits: readonly CountedVisit[];
  found: readonly CountedFinding[];
  cells: readonly CoverageCell[];
}

/** Of the schools and spans that owe a visit, how many had it. */
export const met = (cells: readonly CoverageCell[], floor: CoverageCell['floor']) => {
  const of = cells.filter((cell) => cell.floor === floor);
  return { part: of.filter((cell) => cell.met).length, whole: of.length };
};

/** In the order in which offices list them. What owes visits and had none has its row too. */
export function sideBySide(
  { visits, found, cells }: Counted,
  group: Group,
  by: { calendar: Calendar; today: Temporal.PlainDate; timeZone: string },
): GroupRow[] {
  const of = (row: CountedVisit | CountedFinding) => groupKey(row, group, by.calendar);
  const ofCell = (cell: CoverageCell) => cellKey(cell, group, by.calendar);
  const keys = inOrder([...cells.map(ofCell), ...[...visits, ...found].map(of)], group);
  return keys.map((key) => {
    const mine = found.filter((one) => of(one) === key);
    const owed = cells.filter((cell) => ofCell(cell) === key);
    return {
      key,
      visits: visits.filter((visit) => of(visit) === key).length,
      findings: mine.length,
      month: met(owed, 'month'),
      semester: met(owed, 'semester'),
      rate: rectificationRate(mine),
      medianDays: daysToRectify(mine, by.timeZone)?.median ?? -1,
      overdue: overdue(mine, by.today).length,
      relapsed: mine.filter((one) => one.relapsed).length,
    };
  });
}

/** A semester's floor belongs to no month. */
function cellKey({ area, stage, floor, period }: CoverageCell, group: Group, calendar: Calendar): string {
  if (floor === 'semester' && group === 'month') return '';
  const day = floor === 'month' ? `${period}-01` : (period.split('/')[0] ?? '');
  return groupKey({ area, stage, day }, group, calendar);
}
