// The slot "span": which days a question is about, whatever it was called: 上周, 这学期, 三月, 去年, 3月5号.
import { Temporal } from 'temporal-polyfill';
import { parseDate } from '../understand/answers.ts';
import type { SlotKindOf, Took } from './slot.ts';

/** First and last day, both included. */
export interface SpanValue {
  from: string;
  to: string;
}

export const spanSlot: SlotKindOf = {
  read: ({ slots }) => took(slots.period ?? slots.date),
  answer(text, { facts }) {
    const { now, calendar, office } = facts;
    return took(parseDate(text, { now, calendar, timeZone: office.timeZone, direction: 'past' })?.date);
  },
  view: (value) => value,
};

function took(said: string | undefined): Took {
  const span = said === undefined ? null : spanOf(said);
  return span ? { value: span } : undefined;
}

/** The shapes of `Slots.period`: `2026-03-05`, `2026-03`, `2026-W12`, `2026`, `a/b`; null for any other. */
export function spanOf(said: string): SpanValue | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return { from: said, to: said };
  const [from, to] = said.split('/');
  if (from && to && /^\d{4}-\d{2}-\d{2}$/.test(from) && /^\d{4}-\d{2}-\d{2}$/.test(to)) return { from, to };
  if (/^\d{4}-\d{2}$/.test(said)) {
    const first = Temporal.PlainDate.from(`${said}-01`);
    return days(first, first.add({ months: 1 }));
  }
  if (/^\d{4}$/.test(said)) return { from: `${said}-01-01`, to: `${said}-12-31` };
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(said) ?? [];
  if (!year || !week) return null;
  // The week that holds January 4th is the first (ISO 8601).
  const fourth = Temporal.PlainDate.from(`${year}-01-04`);
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(week) - 1 });
  return days(monday, monday.add({ weeks: 1 }));
}

function days(from: Temporal.PlainDate, next: Temporal.PlainDate): SpanValue {
  return { from: from.toString(), to: next.subtract({ days: 1 }).toString() };
}
