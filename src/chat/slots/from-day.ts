// The slot "from-day": from which day on something is to hold. A week or a month that was said begins with its first day; the card
// shows which. What is past, or so far ahead that a year was meant otherwise, is said instead of taken.
import { Temporal } from 'temporal-polyfill';
import { parseDate } from '../understand/answers.ts';
import { findEnglishDays } from '../understand/english/days.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** Nobody arranges anything further ahead by a month and a day: "1月" said in February is last month's. */
const AHEAD_DAYS = 300;
const FAR_BACK_DAYS = 60;

export const fromDaySlot: SlotKindOf = {
  read({ slots }, asks) {
    const said = slots.date ?? inEnglish(asks.text, asks);
    return said === undefined ? undefined : from(said, asks);
  },
  answer(text, asks) {
    const english = inEnglish(text, asks);
    if (english !== undefined) return from(english, asks);
    const { now, calendar, office } = asks.facts;
    const found = parseDate(text, { now, calendar, timeZone: office.timeZone, direction: 'future' });
    return found ? from(found.date, asks) : undefined;
  },
  view: (value) => value,
};

/** "from April 1", "1 April", "from next Monday", "next month". */
function inEnglish(text: string, { facts }: Asks): string | undefined {
  const [found] = findEnglishDays(text, facts.today);
  if (found) return found.date.toString();
  return /\bnext month\b/iu.test(text)
    ? facts.today.add({ months: 1 }).toPlainYearMonth().toString()
    : undefined;
}

function from(said: string, { facts, text }: Asks): Took {
  const named = firstDay(said);
  if (!named) return { wrong: 'from-day.which' };
  const yearSaid = /\d{4}|[去前明]年|(?:last|next) year/iu.test(text);
  // A correction takes a bare "4月3号" for last year's; nobody means that here.
  const back = named.until(facts.today).days;
  const day = back > FAR_BACK_DAYS && !yearSaid ? named.add({ years: 1 }) : named;
  const date = day.toString();
  if (Temporal.PlainDate.compare(day, facts.today) < 0) return { wrong: 'from-day.past', vars: { date } };
  if (facts.today.until(day).days > AHEAD_DAYS && !yearSaid) return { wrong: 'from-day.far', vars: { date } };
  return { value: date };
}

/** Of a day (`2026-04-01`), a month (`2026-04`), a week (`2026-W14`) or a span (`2026-04-01/2026-04-10`). */
function firstDay(said: string): Temporal.PlainDate | null {
  const [, year = '', week] = /^(\d{4})-W(\d{2})$/.exec(said) ?? [];
  if (week !== undefined) {
    // The fourth of January is always in the first week (ISO 8601).
    const fourth = new Temporal.PlainDate(Number(year), 1, 4);
    return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(week) - 1 });
  }
  const day = /^\d{4}-\d{2}(?:-\d{2})?/.exec(said)?.[0];
  return day ? Temporal.PlainDate.from(day.length === 7 ? `${day}-01` : day) : null;
}
