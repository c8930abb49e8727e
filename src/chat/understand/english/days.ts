// Days as a guest writes them in English, with the hour that follows: "tomorrow at 3 pm", "Friday", "next Monday 9:30 am", "20 March", "Mar 20th at 15:00".
import { Temporal } from 'temporal-polyfill';

export interface EnglishDay {
  start: number;
  end: number;
  date: Temporal.PlainDate;
  /** `15:00`; undefined when none was said. */
  time: string | undefined;
  /** Said from today on ("tomorrow"), so that it carries no "on" of its own. */
  relative: boolean;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const OF_MONTH = '\\d{1,2}(?:st|nd|rd|th)?';
const RELATIVE = '(?<relative>the day after tomorrow|tomorrow|today)';
const DATED = `(?:(?<named>${WEEKDAY}),? )?(?:(?<day>${OF_MONTH})(?: of)? (?<month>${MONTH})|(?<month2>${MONTH}) (?<day2>${OF_MONTH}))(?:,? (?<year>20\\d\\d))?`;
/** Alone it is written out: "sun" and "sat" are words too. */
const NAMED = '(?:(?<which>this|next) )?(?<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)';
const HOUR =
  '(?<hour>\\d{1,2})(?:[:.](?<minute>\\d\\d))? ?(?<half>am|pm)\\b|(?<hour24>\\d{1,2}):(?<minute24>\\d\\d)|(?<noon>noon\\b)';
const DAY = new RegExp(`\\b(?:${RELATIVE}|${DATED}|${NAMED})\\b(?:,? ?(?:at |@ ?)?(?:${HOUR}))?`, 'giu');

/** `today`: the office's. A day without its year is the next of its kind; "Friday" may be today, "next Friday" is next week's. */
export function findEnglishDays(text: string, today: Temporal.PlainDate): EnglishDay[] {
  return [...text.matchAll(DAY)].flatMap((match) => {
    const groups = match.groups ?? {};
    const date = dateOf(groups, today);
    if (date === null) return [];
    const { index } = match;
    const relative = groups.relative !== undefined;
    return [{ start: index, end: index + match[0].length, date, time: timeIn(groups), relative }];
  });
}

const FROM_TODAY: Readonly<Record<string, number>> = { today: 0, tomorrow: 1, 'the day after tomorrow': 2 };

type Groups = Readonly<Record<string, string | undefined>>;

function dateOf(groups: Groups, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const { relative, named, year, which, weekday } = groups;
  if (relative) return today.add({ days: FROM_TODAY[relative.toLowerCase()] ?? 0 });
  if (weekday) {
    const to = weekdayOf(weekday) - today.dayOfWeek;
    if (which?.toLowerCase() === 'next') return today.add({ days: to + 7 });
    return today.add({ days: which || to >= 0 ? to : to + 7 });
  }
  const month = 1 + MONTHS.indexOf((groups.month ?? groups.month2 ?? '').slice(0, 3).toLowerCase());
  const day = Number.parseInt(groups.day ?? groups.day2 ?? '', 10);
  try {
    const here = Temporal.PlainDate.from(
      { year: Number(year ?? today.year), month, day },
      { overflow: 'reject' },
    );
    const date = year === undefined && isLongOver(here, today) ? here.add({ years: 1 }) : here;
    // "Monday 20 March" of a year in which that is a Friday: whoever wrote it is asked, nothing is put right for her.
    return named && weekdayOf(named) !== date.dayOfWeek ? null : date;
  } catch (err) {
    if (err instanceof RangeError) return null;
    throw err;
  }
}

/** Longer ago than this, a day without its year is next year's; as the days that people type in Chinese are read. */
const isLongOver = (day: Temporal.PlainDate, today: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(day, today.subtract({ days: 60 })) < 0;

const weekdayOf = (name: string) =>
  1 + WEEKDAYS.findIndex((one) => one.startsWith(name.slice(0, 3).toLowerCase()));

function timeIn({ hour, minute, half, hour24, minute24, noon }: Groups): string | undefined {
  if (noon) return '12:00';
  const plain = Number(hour ?? hour24 ?? Number.NaN);
  if (Number.isNaN(plain) || plain > 23) return undefined;
  const later = half?.toLowerCase() === 'pm' && plain < 12 ? 12 : 0;
  const midnight = half?.toLowerCase() === 'am' && plain === 12;
  return `${String(midnight ? 0 : plain + later).padStart(2, '0')}:${minute ?? minute24 ?? '00'}`;
}
