// Which day or span a word means, counted from today: the sums behind the rules.
import { Temporal } from 'temporal-polyfill';
import { parseNumber } from '../text/numerals.ts';
import type { DateMention, Direction, Today } from './date-types.ts';

/** What a rule makes of a word; where it stands is added by who looks for it. */
export type Reading = Omit<DateMention, 'start' | 'end' | 'text' | 'limit'>;

/** What a word for days looks like, and what it means; no reading: it only looks like one. */
export interface Rule {
  pattern: RegExp;
  read: (m: RegExpExecArray, today: Today) => Reading | undefined;
}

export const day = (resolve: (d: Direction) => Temporal.PlainDate): Reading | undefined => ({
  kind: 'day',
  resolve: (d) => resolve(d).toString(),
});
export const fixed = (date: Temporal.PlainDate): Reading | undefined => day(() => date);
export const span = (text: string): Reading | undefined => ({ kind: 'span', resolve: () => text });
export const monthText = (date: Temporal.PlainDate) => date.toString().slice(0, 7);

export const STEP: Record<string, number> = { 上上: -2, 上: -1, 这: 0, 本: 0, 当: 0, 下: 1, 下下: 2 };
export const RELATIVE: Array<[RegExp, number]> = [
  [/^大前/, -3],
  [/^前/, -2],
  [/^昨/, -1],
  [/^[今当]/, 0],
  [/^明/, 1],
  [/^后/, 2],
  [/^大后/, 3],
];
const WEEKDAYS = '一二三四五六日';

export function weekdayOf(text: string): number {
  if (/[日天7]/.test(text)) return 7;
  const at = WEEKDAYS.indexOf(text);
  return at >= 0 ? at + 1 : Number(text);
}

export function inWeek(today: Temporal.PlainDate, weeks: number, weekday: number): Temporal.PlainDate {
  return today.add({ days: weeks * 7 + weekday - today.dayOfWeek });
}

/** A month and day, in the year that lies nearest in the direction of the talk. */
export function monthDay(month: number, dayOfMonth: number, today: Temporal.PlainDate): Reading | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(today.year, month)) return undefined;
  const here = Temporal.PlainDate.from({ year: today.year, month, day: dayOfMonth });
  return day((direction) => {
    const ahead = today.until(here).days;
    if (direction === 'past' && ahead > 0) return here.subtract({ years: 1 });
    if (direction === 'future' && ahead < -60) return here.add({ years: 1 });
    return here;
  });
}

export function daysIn(year: number, month: number): number {
  return Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

export function dayOfMonth(number: number, today: Temporal.PlainDate): Reading | undefined {
  if (number < 1 || number > 31) return undefined;
  const at = (months: number) => {
    const month = today.toPlainYearMonth().add({ months });
    return number <= month.daysInMonth ? month.toPlainDate({ day: number }) : undefined;
  };
  return day((direction) => {
    const steps = direction === 'past' ? [0, -1, -2] : direction === 'future' ? [0, 1, 2] : [0, 1];
    for (const step of steps) {
      const date = at(step);
      if (!date) continue;
      const ahead = today.until(date).days;
      if (direction === 'past' && ahead > 0) continue;
      if (direction === 'future' && ahead < 0) continue;
      return date;
    }
    return at(0) ?? today;
  });
}

export function weekText(date: Temporal.PlainDate): string {
  return `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`;
}

export function monthNamed(month: number, today: Temporal.PlainDate, direction: Direction): string {
  const year =
    direction === 'past' && month > today.month
      ? today.year - 1
      : direction === 'future' && month < today.month - 2
        ? today.year + 1
        : direction === 'near' && month > today.month + 6
          ? today.year - 1
          : today.year;
  return `${year}-${String(month).padStart(2, '0')}`;
}

/** Two days of a month that is named ("3月10号到12号"): `m` holds the three numbers; nothing when the days do not follow each other. */
export function daysOfNamedMonth(m: RegExpExecArray, t: Today): Reading | undefined {
  const [month, from, to] = [m[1], m[2], m[3]].map((n) => parseNumber(n ?? '') ?? 0);
  const first = monthDay(month ?? 0, from ?? 0, t.date);
  const last = monthDay(month ?? 0, to ?? 0, t.date);
  if (!first || !last || (to ?? 0) <= (from ?? 0)) return undefined;
  return { kind: 'span', resolve: (d) => `${first.resolve(d)}/${last.resolve(d)}` };
}

/** Two days of one month: `m` holds the word for the month (上, 这, 下 or none) and the two numbers. */
export function daysOfMonth(m: RegExpExecArray, t: Today): Reading | undefined {
  const [from, to] = [parseNumber(m[2] ?? '') ?? 0, parseNumber(m[3] ?? '') ?? 0];
  if (to <= from || to > 31) return undefined;
  if (m[1]) {
    const month = t.date.toPlainYearMonth().add({ months: STEP[m[1]] ?? 0 });
    if (to > month.daysInMonth) return undefined;
    return span(`${month.toPlainDate({ day: from })}/${month.toPlainDate({ day: to })}`);
  }
  const [first, last] = [dayOfMonth(from, t.date), dayOfMonth(to, t.date)];
  if (!first || !last) return undefined;
  return {
    kind: 'span',
    resolve: (d) => {
      const begin = first.resolve(d);
      // both lie in one month
      return `${begin}/${begin.slice(0, 8)}${String(to).padStart(2, '0')}`;
    },
  };
}
