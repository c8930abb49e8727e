// The words for days and spans, one rule each: what it looks like and which day it is, seen from today.
import { Temporal } from 'temporal-polyfill';
import { NUMBER, parseNumber } from '../text/numerals.ts';
import {
  day,
  dayOfMonth,
  daysIn,
  daysOfMonth,
  daysOfNamedMonth,
  fixed,
  inWeek,
  monthDay,
  monthNamed,
  monthText,
  RELATIVE,
  type Reading,
  type Rule,
  STEP,
  span,
  weekdayOf,
  weekText,
} from './date-arithmetic.ts';
import { FAR_RULES } from './date-rules-far.ts';
import { LONG_RULES, yearNamed } from './date-rules-long.ts';

const N = `(${NUMBER})`;

/** In order: the first rule that matches at a place has it. */
export const RULES: readonly Rule[] = [
  {
    pattern: /(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/y,
    read: (m) => {
      const [year, month, d] = [Number(m[1]), Number(m[2]), Number(m[3])];
      return month >= 1 && month <= 12 && d >= 1 && d <= daysIn(year, month)
        ? fixed(Temporal.PlainDate.from({ year, month, day: d }))
        : undefined;
    },
  },
  ...LONG_RULES,
  {
    // 23到25号, 16、17号, 下个月22到24号, 四月二十七、二十八两天: days of one month
    pattern: new RegExp(
      `(?:(上|这|本|当|下)个?月的?|${N}月)?(?<![\\d第.:])${N}(?:[日号]?([、和跟]|到|至|-|~)|[日号])(\\d{1,2}|[一二三四五六七八九十]{1,3})(?:[日号](?!楼|门|线|桌|车|院|教|店|通知|整改|单)|(?=这?两[天日]|这?三天))`,
      'y',
    ),
    read: (m, t) => {
      const [from, to] = [parseNumber(m[3] ?? '') ?? 0, parseNumber(m[5] ?? '') ?? 0];
      const row = !m[4] || /[、和跟]/.test(m[4]);
      if (from < 1 || to > 31 || (row ? to !== from + 1 : to <= from)) return undefined;
      if (/^0/.test(m[3] ?? '')) return undefined;
      const month = m[1] ? t.date.toPlainYearMonth().add({ months: STEP[m[1]] ?? 0 }) : undefined;
      const first = month
        ? from <= month.daysInMonth && to <= month.daysInMonth
          ? fixed(month.toPlainDate({ day: from }))
          : undefined
        : m[2]
          ? monthDay(parseNumber(m[2]) ?? 0, from, t.date)
          : dayOfMonth(from, t.date);
      if (!first) return undefined;
      return {
        kind: 'span',
        resolve: (d) => {
          const day = first.resolve(d);
          return `${day}/${day.slice(0, 8)}${String(to).padStart(2, '0')}`;
        },
      };
    },
  },
  {
    pattern: new RegExp(
      `(今年|去年|前年)的?${N}月份?(?![\\d二三四五六七八九十底末初中上下到至-]|一(?![中小实共般直]))`,
      'y',
    ),
    read: (m, t) => {
      const month = parseNumber(m[2] ?? '');
      return month && month <= 12
        ? span(`${yearNamed(m[1] ?? '', t)}-${String(month).padStart(2, '0')}`)
        : undefined;
    },
  },
  {
    pattern: new RegExp(`${N}月份?(?:起(?!来(?!访))|开始|的?第一天)`, 'y'),
    read: (m, t) => monthDay(parseNumber(m[1] ?? '') ?? 0, 1, t.date),
  },
  {
    pattern: new RegExp(`${N}月${N}[日号]?(?:那|这|所在|当)(?:一|个)?(?:周|星期|礼拜)`, 'y'),
    read: (m, t) => {
      const [month, d] = [parseNumber(m[1] ?? '') ?? 0, parseNumber(m[2] ?? '') ?? 0];
      return month >= 1 && month <= 12 && d >= 1 && d <= daysIn(t.date.year, month)
        ? span(weekText(Temporal.PlainDate.from({ year: t.date.year, month, day: d })))
        : undefined;
    },
  },
  { pattern: /(20\d\d)年(\d{1,2})月份?/y, read: (m) => span(`${m[1]}-${(m[2] ?? '').padStart(2, '0')}`) },
  {
    pattern: new RegExp(`${N}(?:月份?)?(?:[到至-]|—)${N}月份?(?!\\d|[一二三四五六七八九十]*[日号])`, 'y'),
    read: (m, t) => {
      const [a, b] = [parseNumber(m[1] ?? ''), parseNumber(m[2] ?? '')];
      if (!a || !b || a > 12 || b > 12) return undefined;
      const end = Temporal.PlainYearMonth.from({ year: t.date.year, month: b });
      return span(
        `${t.date.year}-${String(a).padStart(2, '0')}-01/${end.toPlainDate({ day: end.daysInMonth })}`,
      );
    },
  },
  {
    pattern: new RegExp(
      `${N}(?:月|[./])${N}[日号]?(?:到|至|-|~)(?!\\d+[./]\\d)${N}(?:[日号]|(?![\\d:./月点]|[一二三四五六七八九十]))`,
      'y',
    ),
    read: (m, t) => daysOfNamedMonth(m, t),
  },
  // "23到25号", "下个月22到24号"
  {
    pattern: new RegExp(`(?:(上|这|本|下)个?月)?(?<![\\d.月第])${N}[日号]?(?:到|至|-|~)${N}[日号]`, 'y'),
    read: (m, t) => daysOfMonth(m, t),
  },
  // "16、17两天", "26、27号两天", "四月二十七、二十八两天"
  {
    pattern: new RegExp(
      `(?:(上|这|本|下)个?月)?(?<![\\d.月第])${N}[日号]?[、,和]${N}[日号]?(?:这|那)?(?:两|2)天`,
      'y',
    ),
    read: (m, t) => daysOfMonth(m, t),
  },
  {
    pattern: new RegExp(`${N}月${N}[日号]?[、,和]${N}[日号]?(?:这|那)?(?:两|2)天`, 'y'),
    read: (m, t) => daysOfNamedMonth(m, t),
  },
  {
    pattern: new RegExp(`${N}月${N}(?:[日号]|(?![\\d一二三四五六七八九十个共次般直起样批定所份家节]))`, 'y'),
    read: (m, t) => monthDay(parseNumber(m[1] ?? '') ?? 0, parseNumber(m[2] ?? '') ?? 0, t.date),
  },
  {
    pattern: /(?<![\d.])(\d{1,2})[./-](\d{1,2})(?:[日号]|(?![\d.]|[个小%米倍元万亩平节课]))/y,
    read: (m, t) => monthDay(Number(m[1]), Number(m[2]), t.date),
  },
  {
    pattern: new RegExp(`(上上|上|这|本|当|下下|下)个?月(?:的)?${N}[日号]`, 'y'),
    read: (m, t) => {
      const month = t.date.toPlainYearMonth().add({ months: STEP[m[1] ?? ''] ?? 0 });
      const d = parseNumber(m[2] ?? '') ?? 0;
      return d >= 1 && d <= month.daysInMonth ? fixed(month.toPlainDate({ day: d })) : undefined;
    },
  },
  {
    pattern: new RegExp(`(?:(上|这|本|当|下)个?|${N})?月(?:底|末|的?最后一天)`, 'y'),
    read: (m, t) => {
      const named = m[2] ? parseNumber(m[2]) : undefined;
      if (m[2] && (!named || named > 12)) return undefined;
      const month = named
        ? Temporal.PlainYearMonth.from({ year: t.date.year, month: named })
        : t.date.toPlainYearMonth().add({ months: STEP[m[1] ?? '这'] ?? 0 });
      return fixed(month.toPlainDate({ day: month.daysInMonth }));
    },
  },
  {
    pattern: new RegExp(`(?:(上|这|本|下)个?|${N})?月(初|中旬|上旬|下旬|中)(?!心|学)`, 'y'),
    read: (m, t) => {
      const named = m[2] ? parseNumber(m[2]) : undefined;
      if (m[2] && (!named || named > 12)) return undefined;
      const month = named
        ? Temporal.PlainYearMonth.from({ year: t.date.year, month: named })
        : t.date.toPlainYearMonth().add({ months: STEP[m[1] ?? '这'] ?? 0 });
      const [from, to] = /上旬|初/.test(m[3] ?? '')
        ? [1, 10]
        : /中/.test(m[3] ?? '')
          ? [11, 20]
          : [21, month.daysInMonth];
      return span(`${month.toPlainDate({ day: from })}/${month.toPlainDate({ day: to })}`);
    },
  },
  {
    pattern:
      /(大前|前|昨|今|明|大后|后)(?:[天日儿]|晚上?|早上?|(?=上午|下午|中午))|当天|昨(?=下午|上午)|(?<=^|[,.;:\s])(?:今|昨|明)(?=[\s,.;:])/y,
    read: (m, t) => {
      const shift = RELATIVE.find(([pattern]) => pattern.test(m[0]))?.[1] ?? 0;
      const back = m[0].startsWith('大后') ? 3 : shift;
      return { ...(fixed(t.date.add({ days: back })) as object), today: back === 0 } as Reading | undefined;
    },
  },
  {
    pattern:
      /(上上|上|这|本|下下|下)?(?:个|一)?(?:周|星期|礼拜)([一二三四五六日天]|[1-7](?!\d|[个所次天节周]))/y,
    read: (m, t) => {
      const weekday = weekdayOf(m[2] ?? '');
      const step = m[1] ? STEP[m[1]] : undefined;
      if (step !== undefined) return fixed(inWeek(t.date, step, weekday));
      return day((direction) => {
        const here = inWeek(t.date, 0, weekday);
        const ahead = t.date.until(here).days;
        if (direction === 'past' && ahead > 0) return here.subtract({ days: 7 });
        if (direction === 'future' && ahead < 0) return here.add({ days: 7 });
        return here;
      });
    },
  },
  {
    pattern: /(上上|上|这|本|下下|下)?(?:个|一)?周末/y,
    read: (m, t) => fixed(inWeek(t.date, STEP[m[1] ?? '这'] ?? 0, 7)),
  },
  {
    pattern: /(上上|上|这|本|下下|下)(?:个|一)?(?:周|星期|礼拜)/y,
    read: (m, t) => span(weekText(t.date.add({ days: 7 * (STEP[m[1] ?? ''] ?? 0) }))),
  },
  {
    pattern: /(上上|上|这|本|当|下下|下)(?:个|一)?月(?!\d)/y,
    read: (m, t) => span(monthText(t.date.with({ day: 1 }).add({ months: STEP[m[1] ?? ''] ?? 0 }))),
  },
  ...FAR_RULES,
  {
    // "三月一共" is no first of March
    pattern: new RegExp(`${N}月份?(?!\\d|[一二三四五六七八九十](?![共般直起次个条所样下份]))`, 'y'),
    read: (m, t) => {
      const month = parseNumber(m[1] ?? '');
      return month && month >= 1 && month <= 12 && Number.isInteger(month)
        ? { kind: 'span', resolve: (d) => monthNamed(month, t.date, d) }
        : undefined;
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\d第])${N}[号日](?!楼|院|教室|车|门|店|线|公寓|食堂|通知|整改|问题|意见|单子|文)`,
      'y',
    ),
    read: (m, t) => (/^0/.test(m[1] ?? '') ? undefined : dayOfMonth(parseNumber(m[1] ?? '') ?? 0, t.date)),
  },
];
