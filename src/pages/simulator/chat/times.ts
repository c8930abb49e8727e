// Times as a chat shows them, in the time zone of the platform, against the simulator's clock.
import type { Locale } from '../texts.ts';

/** WeCom runs on Beijing time, and so does the demo's office. */
const OFFICE_ZONE = 'Asia/Shanghai';
/** A pause longer than this gets a line with the time. */
const PAUSE_MS = 5 * 60_000;

export const needsTime = (before: Date | null, at: Date) =>
  before === null || at.getTime() - before.getTime() > PAUSE_MS;

const made = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: OFFICE_ZONE, ...options });
  made.set(key, known);
  return known;
}

/** Days since 1970 in the office's zone, to tell today from yesterday. */
const dayOf = (at: Date) =>
  Math.floor(Date.parse(`${formatter('en', { dateStyle: 'short' }).format(at)} UTC`) / 86_400_000);

const hour = (at: Date, locale: Locale) =>
  formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

function dayName(at: Date, nowMs: number, locale: Locale): string {
  const ago = dayOf(new Date(nowMs)) - dayOf(at);
  if (ago === 0) return '';
  if (ago === 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day');
  if (ago > 1 && ago < 7) return formatter(locale, { weekday: 'short' }).format(at);
  const thisYear = (date: Date) => formatter('en', { year: 'numeric' }).format(date);
  const sameYear = thisYear(at) === thisYear(new Date(nowMs));
  const long = locale === 'en' ? 'short' : 'long';
  return formatter(locale, { month: long, day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }).format(
    at,
  );
}

/** The line between messages: `10:02`, `昨天 10:02`, `3月19日 10:02`. */
export const separatorTime = (at: Date, nowMs: number, locale: Locale) =>
  `${dayName(at, nowMs, locale)} ${hour(at, locale)}`.trim();

/** The short time in a list: the hour today, the day before that. */
export const listTime = (at: Date, nowMs: number, locale: Locale) =>
  dayName(at, nowMs, locale) || hour(at, locale);

export const clockDay = (at: Date, locale: Locale) =>
  formatter(locale, { month: locale === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short' }).format(
    at,
  );
export const clockFull = (at: Date, locale: Locale) => formatter(locale, { dateStyle: 'full' }).format(at);
export const clockHour = (at: Date, locale: Locale) => hour(at, locale);
export const clockSecond = (at: Date, locale: Locale) =>
  formatter(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);
