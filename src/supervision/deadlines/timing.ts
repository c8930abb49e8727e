// At which minute an office's reminders go out: never in quiet hours, never on the hour or the half (there everybody pushes,
// 90236), and not all at one time.
import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar.ts';

const OFFICE_MINUTES = 24;
const PERSON_SPREAD_MS = 40_000;
const MINUTE_MS = 60_000;

/** 0 ≤ result < below; the same for the same name, on every machine. */
function spread(name: string, below: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % below;
}

/** The instant from which the office's reminders of a day may be planned; null while the day is a day of rest. */
export function planFrom(officeId: string, today: Temporal.PlainDate, calendar: Calendar): Date | null {
  const loud = calendar.loudFrom(calendar.instant(today, '00:00'));
  if (!calendar.dayOf(loud).equals(today)) return null;
  return new Date(loud.getTime() + (1 + spread(officeId, OFFICE_MINUTES)) * MINUTE_MS);
}

/** When one person's digest leaves, if it is planned now. */
export function sendAt(now: Date, personId: string, calendar: Calendar): Date {
  const at = new Date(now.getTime() + spread(personId, PERSON_SPREAD_MS));
  const loud = calendar.loudFrom(at);
  // Quiet begins within these seconds: the digest waits for the morning, at its own second.
  const opened = loud > at ? new Date(loud.getTime() + MINUTE_MS + spread(personId, PERSON_SPREAD_MS)) : at;
  const minute = Math.floor(opened.getTime() / MINUTE_MS) % 30;
  // Every zone is a whole number of quarters from UTC; where it is an odd one, minutes 15 and 45 are kept clear as well.
  return minute % 15 === 0 ? new Date(opened.getTime() + MINUTE_MS) : opened;
}
