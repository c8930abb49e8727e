// What a day or a span found in a message is, shared by the rules that read it and those who look for it.
import type { Temporal } from 'temporal-polyfill';
import type { OfficeCalendar, Session } from '../types.ts';

/** Where a sentence looks: a visit that was made, a deadline to come, or neither. */
export type Direction = 'past' | 'future' | 'near';

export interface DateMention {
  start: number;
  end: number;
  text: string;
  kind: 'day' | 'span';
  /** ISO day or span. */
  resolve(direction: Direction): string;
  /** Said as a limit: "…前", "…之前", "截止…". */
  limit: boolean;
  /** `today` was said, which before five in the morning is doubtful. */
  today?: boolean;
  session?: Session;
}

export interface Today {
  date: Temporal.PlainDate;
  hour: number;
  calendar?: OfficeCalendar;
}
