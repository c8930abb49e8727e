// A day, or so many days, out of the answer to a question that asked for one; undefined when the text is no answer.
import { type Direction, findDates, todayIn } from './dates/dates.ts';
import { findDurations } from './entities/entities.ts';
import { normalise } from './text/normalise.ts';
import { NUMBER, parseNumber } from './text/numerals.ts';
import type { OfficeCalendar } from './types.ts';

export interface DateAnswer {
  /** ISO day, or a span such as `2026-W12`. */
  date: string;
  span: boolean;
  /** `今天` said before 05:00 office time may mean yesterday: ask. */
  doubtful: boolean;
}

/** The first day or span in an answer. `direction` says where the question looks: a visit back, a deadline forth. */
export function parseDate(
  text: string,
  options: { now: Date; timeZone: string; calendar?: OfficeCalendar; direction?: Direction },
): DateAnswer | undefined {
  const today = todayIn(options.now, options.timeZone, options.calendar);
  const clean = normalise(text);
  const direction = options.direction ?? 'near';
  const found = findDates(clean, today);
  const mention = found.find((d) => d.kind === 'day') ?? found[0];
  if (mention) {
    return {
      date: mention.resolve(direction),
      span: mention.kind === 'span',
      doubtful: mention.today === true && today.hour < 5,
    };
  }
  const bare = new RegExp(`^(?:是|就)?(${NUMBER})$`).exec(clean);
  const day = bare && findDates(`${bare[1]}号`, today)[0];
  return day ? { date: day.resolve(direction), span: false, doubtful: false } : undefined;
}

/** What an answer says beside its days and spans: nothing of "下周一", "简报" of "三月的简报". */
export function besideDates(
  text: string,
  options: { now: Date; timeZone: string; calendar?: OfficeCalendar },
): string {
  const clean = normalise(text);
  const found = findDates(clean, todayIn(options.now, options.timeZone, options.calendar));
  return found.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), clean);
}

/** Days of a limit: "限一周" 7, "三天内" 3, "十天" 10, "半个月" 15, "15" 15. */
export function parseDays(text: string): number | undefined {
  const clean = normalise(text);
  const said = findDurations(clean)[0] ?? findDurations(`限${clean.replace(/^(?:就|给|要|是)+/, '')}`)[0];
  if (said) return said.days;
  const bare = new RegExp(`^(${NUMBER})$`).exec(clean);
  const number = bare ? parseNumber(bare[1] ?? '') : undefined;
  return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}
