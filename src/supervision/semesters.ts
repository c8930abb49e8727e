// The two semesters of a school year, by the days on which the office lets them begin.
import { Temporal } from 'temporal-polyfill';
import type { Day, Span } from './calendar.ts';

/** `schoolYear` is the year in which the school year began; term 1 is autumn, term 2 spring. */
export interface Semester extends Span {
  readonly schoolYear: number;
  readonly term: 1 | 2;
}

/** A semester lasts until the other begins, so that every day belongs to exactly one. */
export function semesterOf(day: Day, starts: { autumn: string; spring: string }): Semester {
  const candidates = [-1, 0, 1]
    .flatMap((offset) => [
      { term: 1 as const, schoolYear: day.year + offset, from: onYear(day.year + offset, starts.autumn) },
      { term: 2 as const, schoolYear: day.year + offset - 1, from: onYear(day.year + offset, starts.spring) },
    ])
    .sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
  const next = candidates.findIndex(({ from }) => Temporal.PlainDate.compare(from, day) > 0);
  const [current, after] = [candidates[next - 1], candidates[next]];
  if (!current || !after) throw new RangeError('a semester has no neighbours'); // three years hold six starts
  return { ...current, to: after.from.subtract({ days: 1 }) };
}

function onYear(year: number, monthDay: string): Day {
  const [month = 1, day = 1] = monthDay.split('-').map(Number);
  return Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' });
}
