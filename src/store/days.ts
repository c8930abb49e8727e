// Calendar days cross the border to PostgreSQL here, so that no day ever slips through a time zone.
import { Temporal } from 'temporal-polyfill';

/**
 * A day for Prisma's models: their `date` columns want a `Date` at UTC midnight.
 * In `tx.sql` pass `day.toString()` instead; there a `date` column reads and writes 'YYYY-MM-DD'.
 */
export function dayToDb(day: Temporal.PlainDate): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day));
}

/** A day out of the database: a `Date` at UTC midnight from Prisma, or 'YYYY-MM-DD' from `tx.sql`. */
export function dayFromDb(value: Date | string): Temporal.PlainDate {
  return Temporal.PlainDate.from(typeof value === 'string' ? value : value.toISOString().slice(0, 10));
}

/** Clocks are set forward and back at whole minutes: until the next one begins, the day stays what it is. */
let latest: { minute: number; timeZone: string; day: Temporal.PlainDate } | undefined;

/** The day that an instant falls on in a time zone such as 'Asia/Shanghai'. */
export function dayOf(instant: Date, timeZone: string): Temporal.PlainDate {
  const minute = Math.floor(instant.getTime() / 60_000);
  if (latest?.minute !== minute || latest.timeZone !== timeZone) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
    latest = { minute, timeZone, day: zoned.toPlainDate() };
  }
  return latest.day;
}
