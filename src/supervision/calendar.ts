// The office's calendar: which day it is there, which days are worked, and where a week, month or semester begins.
// Days of rest and make-up days are those the State Council announced, from the package chinese-days.
import { createRequire } from 'node:module';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Semester, semesterOf } from './semesters.ts';
import type { Settings } from './settings.ts';

export type Day = Temporal.PlainDate;

/** From the first day to the last, both included. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

export interface Calendar {
  readonly timeZone: string;
  /** The same for two calendars that have the same days of rest. */
  readonly restKey: string;
  today(now: Date): Day;
  dayOf(instant: Date): Day;
  /** The instant at which the office's clocks show `time` (`HH:MM`) on that day. */
  instant(day: Day, time: string): Date;
  /**
   * False when the year's days of rest are not known: then Monday to Friday are taken for working days, but for the days that the law
   * itself names, and whoever tells a person so must say it.
   */
  knowsYear(year: number): boolean;
  /** The years of a span for which `knowsYear` is false; empty when every answer about the span is sure. */
  unknownYears(span: Span): number[];
  isWorkday(day: Day): boolean;
  /** The nth working day after (n > 0) or before (n < 0) a day; 0 gives the day itself, worked or not. */
  addWorkdays(day: Day, n: number): Day;
  /** Working days after `from` up to and with `to`; negative when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): number;
  workdays(span: Span): Day[];
  firstWorkday(span: Span): Day | null;
  lastWorkday(span: Span): Day | null;
  /** Monday to Sunday. `offset` counts weeks from the one that holds the day: −1 is last week. */
  week(day: Day, offset?: number): Span;
  month(day: Day, offset?: number): Span;
  semester(day: Day, offset?: number): Semester;
  year(day: Day, offset?: number): Span;
  /** Whether the month of this day owes no visit (`visit.exemptMonths`). */
  isExempt(day: Day): boolean;
  /** Whether reminders are held at this instant. Emergencies do not ask. */
  isQuiet(now: Date): boolean;
  /** The first instant from `now` on at which reminders may be sent. */
  loudFrom(now: Date): Date;
}

type CalendarSettings = Pick<
  Settings,
  | 'visit.exemptMonths'
  | 'notify.quietHours'
  | 'notify.quietOnRestDays'
  | 'calendar.semesters'
  | 'calendar.ownYears'
  | 'calendar.ownRestDays'
  | 'calendar.ownWorkdays'
>;

// Read as data: the package's own functions parse days with the machine's time zone.
const announced = z
  .object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) })
  .parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'));

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Days as whole numbers, counted from 1970-01-01: a year of them is walked through faster than Temporal's. */
function ordinal(day: Day): number {
  return Date.UTC(day.year, day.month - 1, day.day) / DAY_MS;
}

function dayAt(n: number): Day {
  const at = new Date(n * DAY_MS);
  return new Temporal.PlainDate(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Days of rest that need no announcement (全国年节及纪念日放假办法, as of 2025): New Year, Labour Day, National Day. */
const FIXED_REST: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/** A year is known once its National Day is: the announcement for a year comes whole, late in the year before. */
function isAnnounced(year: number): boolean {
  return Object.hasOwn(announced.holidays, `${year}-10-01`);
}

/** The calendar of one office: its zone, its own days off and made up over the national ones (chinese-days), its semesters and quiet hours. */
export function createCalendar(timeZone: string, settings: CalendarSettings): Calendar {
  const ownYears = new Set(settings['calendar.ownYears']);
  const ownRest = new Set(settings['calendar.ownRestDays']);
  const ownWork = new Set(settings['calendar.ownWorkdays']);
  const exempt = new Set(settings['visit.exemptMonths']);
  const starts = settings['calendar.semesters'];
  const quiet = settings['notify.quietHours'];
  const known = new Map<number, boolean>();
  const midnights = new Map<number, { at: number; even: boolean }>();

  const zoned = (at: Date) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const dayOf = (at: Date) => zoned(at).toPlainDate();
  const midnight = (day: Day) => day.toZonedDateTime(timeZone).epochMilliseconds;
  // Day by day, so that a school year of appointments costs a few hundred conversions; a day on which the clocks change
  // is not 24 hours long and is converted each time.
  const instant = (day: Day, time: string) => {
    const n = ordinal(day);
    const known = midnights.get(n);
    const begins = known ?? {
      at: midnight(day),
      even: midnight(day.add({ days: 1 })) - midnight(day) === DAY_MS,
    };
    if (!known) midnights.set(n, begins);
    if (begins.even) return new Date(begins.at + minutesOf(time) * 60_000);
    const plainTime = Temporal.PlainTime.from(time);
    return new Date(day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds);
  };
  const knowsYear = (year: number) => isAnnounced(year) || ownYears.has(year);

  const decide = (n: number) => {
    const key = new Date(n * DAY_MS).toISOString().slice(0, 10);
    if (ownWork.has(key)) return true;
    if (ownRest.has(key)) return false;
    if (Object.hasOwn(announced.workdays, key)) return true;
    if (Object.hasOwn(announced.holidays, key)) return false;
    if (FIXED_REST.has(key.slice(5)) && !knowsYear(Number(key.slice(0, 4)))) return false;
    const weekday = (((n + 3) % 7) + 7) % 7; // day 0, 1970-01-01, was a Thursday; Monday is 0
    return weekday < 5;
  };
  const worked = (n: number) => {
    const answer = known.get(n) ?? decide(n);
    known.set(n, answer);
    return answer;
  };
  const isWorkday = (day: Day) => worked(ordinal(day));

  const addWorkdays = (day: Day, n: number) => {
    const step = n < 0 ? -1 : 1;
    let at = ordinal(day);
    for (let left = Math.abs(n); left > 0; ) {
      at += step;
      if (worked(at)) left -= 1;
    }
    return dayAt(at);
  };
  const workedIn = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).filter(worked);
  const workdays = ({ from, to }: Span) => workedIn(ordinal(from), ordinal(to)).map(dayAt);
  const workdaysBetween = (from: Day, to: Day): number => {
    const [a, b] = [ordinal(from), ordinal(to)];
    return a <= b ? workedIn(a + 1, b).length : -workedIn(b + 1, a).length;
  };

  const month = (day: Day, offset = 0): Span => {
    const from = day.with({ day: 1 }).add({ months: offset });
    return { from, to: from.add({ months: 1 }).subtract({ days: 1 }) };
  };
  const semester = (day: Day, offset = 0): Semester => {
    let at = semesterOf(day, starts);
    for (let i = 0; i < Math.abs(offset); i += 1) {
      at = semesterOf(offset > 0 ? at.to.add({ days: 1 }) : at.from.subtract({ days: 1 }), starts);
    }
    return at;
  };

  const quietAt = (minute: number) => {
    const at = zoned(new Date(minute * MINUTE_MS));
    if (settings['notify.quietOnRestDays'] && !isWorkday(at.toPlainDate())) return true;
    const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
    if (quiet.from === quiet.to) return false;
    return quiet.from < quiet.to
      ? time >= quiet.from && time < quiet.to
      : time >= quiet.from || time < quiet.to;
  };
  // Whoever plans a day asks for each person of an office, all within a minute or two.
  let asked = { minute: Number.NaN, quiet: false };
  const isQuiet = (now: Date) => {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (asked.minute !== minute) asked = { minute, quiet: quietAt(minute) };
    return asked.quiet;
  };
  const loudFrom = (now: Date) => {
    if (!isQuiet(now)) return now;
    for (let day = dayOf(now); ; day = day.add({ days: 1 })) {
      const opens = [instant(day, '00:00'), instant(day, quiet.to)];
      const next = opens.find((at) => at.getTime() > now.getTime() && !isQuiet(at));
      if (next) return next;
    }
  };

  return {
    timeZone,
    restKey: [...ownRest, '/', ...ownWork].join(' '),
    today: dayOf,
    dayOf,
    instant,
    knowsYear,
    unknownYears: ({ from, to }) => {
      const years = Array.from({ length: to.year - from.year + 1 }, (_, i) => from.year + i);
      return years.filter((year) => !knowsYear(year));
    },
    isWorkday,
    addWorkdays,
    workdaysBetween,
    workdays,
    firstWorkday: (span) => workdays(span)[0] ?? null,
    lastWorkday: (span) => workdays(span).at(-1) ?? null,
    week: (day, offset = 0) => {
      const from = day.subtract({ days: day.dayOfWeek - 1 }).add({ weeks: offset });
      return { from, to: from.add({ days: 6 }) };
    },
    month,
    semester,
    year: (day, offset = 0) => {
      const year = day.year + offset;
      return { from: new Temporal.PlainDate(year, 1, 1), to: new Temporal.PlainDate(year, 12, 31) };
    },
    isExempt: (day) => exempt.has(day.month),
    isQuiet,
    loudFrom,
  };
}

/** Both ends of the span belong to it. */
export function isWithin({ from, to }: Span, day: Day): boolean {
  return Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, to) <= 0;
}
