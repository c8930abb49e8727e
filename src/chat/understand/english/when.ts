// Days, spans and limits as English names them in a report: "the day before yesterday", "by Friday", "within three days", "last month".
import { Temporal } from 'temporal-polyfill';
import { semesterSpan } from '../dates/calendar.ts';
import type { DateMention, Direction, Today } from '../dates/date-types.ts';
import { COUNT, englishNumber } from './counts.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const SHORT_DAY = '(?:mon|tues?|weds?|thu(?:rs?)?|fri)';
interface Rule {
  pattern: RegExp;
  read(m: RegExpMatchArray, today: Today): Pick<DateMention, 'kind' | 'resolve'> | undefined;
}

const day = (resolve: (direction: Direction) => Temporal.PlainDate) => ({
  kind: 'day' as const,
  resolve: (direction: Direction) => resolve(direction).toString(),
});
const span = (iso: string) => ({ kind: 'span' as const, resolve: () => iso });
const monthOf = (word: string) => 1 + MONTHS.indexOf(word.slice(0, 3));
const FROM_TODAY: Readonly<Record<string, number>> = {
  'the day before yesterday': -2,
  'day before yesterday': -2,
  yesterday: -1,
  'last night': -1,
  today: 0,
  tonight: 0,
  'this morning': 0,
  'this afternoon': 0,
  'this evening': 0,
  'the day after tomorrow': 2,
  tomorrow: 1,
};
const STEP: Readonly<Record<string, number>> = { last: -1, previous: -1, this: 0, next: 1, 'the coming': 1 };

const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(`\\b(?:${Object.keys(FROM_TODAY).join('|')})\\b`, 'y'),
    read: (m, { date }) => day(() => date.add({ days: FROM_TODAY[m[0]] ?? 0 })),
  },
  {
    pattern: new RegExp(`(${COUNT}) (day|week)s? ago\\b`, 'y'),
    read: (m, { date }) => {
      const back = (englishNumber(m[1] ?? '') ?? 1) * (m[2] === 'week' ? 7 : 1);
      return day(() => date.subtract({ days: back }));
    },
  },
  {
    pattern:
      /(?:the )?end of (?:(the|this|next|last) )?(week|month|term|semester|year|day)\b|month[- ]end\b/y,
    read: (m, t) => endOf(m[2] ?? 'month', STEP[m[1] ?? 'this'] ?? 0, t),
  },
  {
    pattern: new RegExp(
      `(?:(last|this|next) )?(${WEEKDAY}|${SHORT_DAY}\\b)(?: (?:of )?(last|this|next) week)?`,
      'y',
    ),
    read: (m, { date }) => {
      const weekday = 1 + WEEKDAYS.indexOf((m[2] ?? '').slice(0, 3));
      const to = weekday - date.dayOfWeek;
      const week = STEP[m[1] ?? m[3] ?? ''];
      if (week !== undefined) return day(() => date.add({ days: to + 7 * week }));
      return day((direction) => {
        if (direction === 'future') return date.add({ days: to >= 0 ? to : to + 7 });
        return date.add({ days: direction === 'past' && to > 0 ? to - 7 : to });
      });
    },
  },
  {
    pattern: /(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)/y,
    read: (m) => dated(Number(m[1]), Number(m[2]), Number(m[3])),
  },
  {
    pattern: new RegExp(
      `(?:(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTH})|(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?(?! ?(?:lessons|windows|pm|am)))(?!\\d)(?:,? (20\\d\\d))?`,
      'y',
    ),
    read: (m, { date }) => {
      const [month, of] = [monthOf(m[2] ?? m[3] ?? ''), Number(m[1] ?? m[4])];
      if (m[5]) return dated(Number(m[5]), month, of);
      const here = valid(date.year, month, of);
      return here && day((direction) => nearest(here, date, direction));
    },
  },
  {
    pattern: /(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:grade|floor|period|lesson|class|item))/y,
    read: (m, { date }) => {
      const here = valid(date.year, date.month, Number(m[1]));
      if (!here) return undefined;
      return day((direction) => {
        const after = Temporal.PlainDate.compare(here, date);
        if (direction === 'past' && after > 0) return here.subtract({ months: 1 });
        return direction === 'future' && after < 0 ? here.add({ months: 1 }) : here;
      });
    },
  },
  {
    pattern: /(last|this|next|the coming) (week|month|semester|term|year|quarter)\b(?:'s)?/y,
    read: (m, t) => spanAt(m[2] ?? '', STEP[m[1] ?? ''] ?? 0, t),
  },
  {
    pattern: new RegExp(
      `(?:in |for |of |since |during )?(${MONTH})(?:'s)?(?:,? (20\\d\\d))?(?![a-z\\d]| \\d)`,
      'y',
    ),
    read: (m, { date }) => {
      const month = monthOf(m[1] ?? '');
      // "may I" asks, "in May" is a month
      if (m[1] === 'may' && !/^(?:in|for|of|since|during) /.test(m[0])) return undefined;
      const year = Number(m[2] ?? date.year);
      return {
        kind: 'span',
        resolve: (direction) => {
          const past = direction === 'past' && !m[2] && month > date.month;
          return `${past ? year - 1 : year}-${String(month).padStart(2, '0')}`;
        },
      };
    },
  },
];

const LIMIT_BEFORE =
  /\b(?:by|until|till|before|no later than|at the latest|due(?: on| by)?|up to|deadline(?: is| of| on)?|extended? (?:it |this )?to|postponed? (?:it |this )?to|moved? (?:back )?to|to)(?: the)? $/;

/** All days and spans of a text in small letters, left to right; "March 23 to April 3" is one span. */
export function englishDates(text: string, today: Today): DateMention[] {
  const found: DateMention[] = [];
  for (let at = 0; at < text.length; at++) {
    if (/[a-z\d]/.test(text[at - 1] ?? '')) continue;
    for (const { pattern, read } of RULES) {
      pattern.lastIndex = at;
      const m = pattern.exec(text);
      const told = m && read(m, today);
      if (!m || !told) continue;
      const end = at + m[0].length;
      const limit = told.kind === 'day' && LIMIT_BEFORE.test(text.slice(Math.max(0, at - 24), at));
      const said = m[0] === 'today' ? { today: true } : {};
      found.push({ start: at, end, text: m[0], limit, ...said, ...told });
      at = end - 1;
      break;
    }
  }
  return ranges(text, found);
}

/** The day in words of a visit that has been: "Monday" is the last one. Undefined when none is named. */
export const pastEnglishDay = (text: string, today: Temporal.PlainDate): string | undefined =>
  englishDates(text.toLowerCase(), { date: today, hour: 12 })
    .find(({ kind }) => kind === 'day')
    ?.resolve('past');

function ranges(text: string, found: readonly DateMention[]): DateMention[] {
  const out: DateMention[] = [];
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i], found[i + 1]];
    if (!a) continue;
    if (
      a.kind === 'day' &&
      b?.kind === 'day' &&
      /^ ?(?:to|until|till|through|-) ?$/.test(text.slice(a.end, b.start))
    ) {
      const both = (d: Direction) => `${a.resolve(d)}/${b.resolve(d)}`;
      out.push({
        ...a,
        end: b.end,
        text: text.slice(a.start, b.end),
        kind: 'span',
        limit: false,
        resolve: both,
      });
      i++;
    } else out.push(a);
  }
  return out;
}

function valid(year: number, month: number, dayOfMonth: number): Temporal.PlainDate | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1) return undefined;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return dayOfMonth <= first.daysInMonth ? first.with({ day: dayOfMonth }) : undefined;
}

function dated(year: number, month: number, dayOfMonth: number) {
  const date = valid(year, month, dayOfMonth);
  return date && day(() => date);
}

/** Longer ago than this, a day without its year is next year's when the talk looks ahead. */
const LONG_OVER = 60;

function nearest(
  here: Temporal.PlainDate,
  today: Temporal.PlainDate,
  direction: Direction,
): Temporal.PlainDate {
  if (direction === 'past' && Temporal.PlainDate.compare(here, today) > 0) return here.subtract({ years: 1 });
  const over = Temporal.PlainDate.compare(here, today.subtract({ days: LONG_OVER })) < 0;
  return direction === 'future' && over ? here.add({ years: 1 }) : here;
}

function endOf(unit: string, step: number, t: Today): Pick<DateMention, 'kind' | 'resolve'> {
  const { date } = t;
  if (unit === 'day') return day(() => date);
  if (unit === 'week') return day(() => date.add({ days: 5 - date.dayOfWeek + 7 * step }));
  if (unit === 'year') return day(() => date.add({ years: step }).with({ month: 12, day: 31 }));
  if (unit === 'month') {
    const month = date.with({ day: 1 }).add({ months: step });
    return day(() => month.with({ day: month.daysInMonth }));
  }
  const [, last = ''] = semesterSpan(date, step, t.calendar).split('/');
  return day(() => Temporal.PlainDate.from(last));
}

function spanAt(unit: string, step: number, t: Today): Pick<DateMention, 'kind' | 'resolve'> {
  const { date } = t;
  if (unit === 'year') return span(String(date.year + step));
  if (unit === 'month') return span(date.with({ day: 1 }).add({ months: step }).toString().slice(0, 7));
  if (unit === 'week') {
    const week = date.add({ days: 7 * step });
    return span(`${week.yearOfWeek}-W${String(week.weekOfYear).padStart(2, '0')}`);
  }
  if (unit === 'quarter') {
    const first = date.with({ day: 1, month: date.month - ((date.month - 1) % 3) }).add({ months: 3 * step });
    return span(`${first}/${first.add({ months: 3 }).subtract({ days: 1 })}`);
  }
  return span(semesterSpan(date, step, t.calendar));
}
