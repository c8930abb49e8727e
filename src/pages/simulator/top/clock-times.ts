// The moments a visitor wants to jump to, reckoned in the office's zone. Beijing time has no summer time, so days are 24 h.
// As data: the package's own functions reckon days in the zone of the visitor's machine.
import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

const DAY_MS = 86_400_000;
/** Beijing time, the zone of the platform and of the demo's office. */
const ZONE_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
/** Late enough in the morning that whatever the office's planner sends for the day is out; not on the hour, where bots keep silent. */
const MORNING_MS = 9 * 3_600_000 + 5 * MINUTE_MS;
/** A bot spreads what it sends over a minute or two: so long before a stop the clock halts once, and at the stop all of it is there. */
const RUN_UP_MS = 2 * MINUTE_MS;
/** Shorter moves go in one stride: a ladder of minutes is to be seen rung by rung. */
const LONG_MS = 10 * MINUTE_MS;

const dayStart = (now: Date) => Math.floor((now.getTime() + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
const isoDay = (ms: number) => new Date(ms + ZONE_MS).toISOString().slice(0, 10);

/** Announced days of rest and make-up days; else Monday to Friday. */
function isWorkday(day: number): boolean {
  const iso = isoDay(day);
  if (Object.hasOwn(announced.workdays, iso)) return true;
  if (Object.hasOwn(announced.holidays, iso)) return false;
  const weekday = new Date(day + ZONE_MS).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

const monthOf = (day: number) => isoDay(day).slice(0, 7);

/** The morning of the next working day, make-up days and holidays of the State Council's calendar observed. */
export function nextWorkdayMorning(now: Date): Date {
  let day = dayStart(now) + DAY_MS;
  while (!isWorkday(day)) day += DAY_MS;
  return new Date(day + MORNING_MS);
}

/** The morning of a month's first working day, the first that is still to come. */
export function nextMonthStart(now: Date): Date {
  return nextMorning(
    now,
    (day) => isWorkday(day) && daysOfMonth(day, -1).every((other) => !isWorkday(other)),
  );
}

/** The morning of a month's last working day, the first that is still to come. */
export function nextMonthEnd(now: Date): Date {
  return nextMorning(now, (day) => isWorkday(day) && daysOfMonth(day, 1).every((other) => !isWorkday(other)));
}

function nextMorning(now: Date, fits: (day: number) => boolean): Date {
  let day = dayStart(now);
  while (day + MORNING_MS <= now.getTime() || !fits(day)) day += DAY_MS;
  return new Date(day + MORNING_MS);
}

/** The days of the same month before (-1) or after (1) a day. */
function daysOfMonth(day: number, step: 1 | -1): number[] {
  const days: number[] = [];
  for (let other = day + step * DAY_MS; monthOf(other) === monthOf(day); other += step * DAY_MS)
    days.push(other);
  return days;
}

/**
 * Where the clock halts on its way to a moment: each morning in between, so that every day's reminders go out on their day,
 * and shortly before each of them, so that what is sent within minutes is there when the clock stands.
 */
export function stopsTo(now: Date, to: Date): Date[] {
  const from = now.getTime();
  const goal = to.getTime();
  const mornings: number[] = [];
  for (let at = dayStart(now) + MORNING_MS; at < goal - LONG_MS; at += DAY_MS)
    if (at > from + LONG_MS) mornings.push(at);
  return [...mornings, goal]
    .flatMap((at) => (at - from > LONG_MS ? [at - RUN_UP_MS, at] : [at]))
    .map((at) => new Date(at));
}

/** The value of a `datetime-local` input for a moment, and back; the input knows no zone, the office does. */
export const toLocalInput = (at: Date) => new Date(at.getTime() + ZONE_MS).toISOString().slice(0, 16);
export function fromLocalInput(value: string): Date | null {
  const ms = Date.parse(`${value}:00+08:00`);
  return Number.isNaN(ms) ? null : new Date(ms);
}
