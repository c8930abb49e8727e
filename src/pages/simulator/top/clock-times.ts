// The moments a visitor wants to jump to, reckoned in the office's zone. Beijing time has no summer time, so days are 24 h.
import chineseDays from 'chinese-days';

const DAY_MS = 86_400_000;
/** Beijing time, the zone of the platform and of the demo's office. */
const ZONE_MS = 8 * 3_600_000;
/** Late enough in the morning that whatever the office's planner sends for the day is out. */
const MORNING_MS = 9 * 3_600_000;

const dayStart = (now: Date) => Math.floor((now.getTime() + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
const isoDay = (ms: number) => new Date(ms + ZONE_MS).toISOString().slice(0, 10);

/** 09:00 of the next working day, make-up days and holidays of the State Council's calendar observed. */
export function nextWorkdayMorning(now: Date): Date {
  let day = dayStart(now) + DAY_MS;
  while (!chineseDays.isWorkday(isoDay(day))) day += DAY_MS;
  return new Date(day + MORNING_MS);
}

/** 09:00 of the next 25th, when the month's nudges are on their way. */
export function next25th(now: Date): Date {
  let day = dayStart(now);
  while (!isoDay(day).endsWith('-25') || day + MORNING_MS <= now.getTime()) day += DAY_MS;
  return new Date(day + MORNING_MS);
}

/** The value of a `datetime-local` input for a moment, and back; the input knows no zone, the office does. */
export const toLocalInput = (at: Date) => new Date(at.getTime() + ZONE_MS).toISOString().slice(0, 16);
export function fromLocalInput(value: string): Date | null {
  const ms = Date.parse(`${value}:00+08:00`);
  return Number.isNaN(ms) ? null : new Date(ms);
}
