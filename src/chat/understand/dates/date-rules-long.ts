// The words for quarters, halves of a year or a month, and two months in a row.
import { Temporal } from 'temporal-polyfill';
import { NUMBER, parseNumber } from '../text/numerals.ts';
import { monthNamed, type Rule, STEP, span } from './date-arithmetic.ts';
import type { Today } from './date-types.ts';

const N = `(${NUMBER})`;

/** The year that 今年, 去年, 前年 or 2025年 names. */
export function yearNamed(word: string, today: Today): number {
  if (/^\d/.test(word)) return Number(word.slice(0, 4));
  return today.date.year - (word === '去年' ? 1 : word === '前年' ? 2 : 0);
}

export const LONG_RULES: readonly Rule[] = [
  {
    pattern: /(今年|去年|前年|20\d\d年)的?(?:第?([一二三四1-4])个?季度|(上|下)半年)/y,
    read: (m, t) => {
      const year = yearNamed(m[1] ?? '', t);
      const first = m[2] ? 3 * (parseNumber(m[2]) ?? 1) - 2 : m[3] === '上' ? 1 : 7;
      const start = Temporal.PlainDate.from({ year, month: first, day: 1 });
      return span(`${start}/${start.add({ months: m[2] ? 3 : 6 }).subtract({ days: 1 })}`);
    },
  },
  {
    // 三月上半月, 上个月下半月, 上半月
    pattern: new RegExp(`(?:(上|这|本|下)个?月|${N}月份?)?的?(上|下)半个?月`, 'y'),
    read: (m, t) => {
      const named = m[2] ? parseNumber(m[2]) : undefined;
      if (m[2] && (!named || named > 12)) return undefined;
      const half = (month: Temporal.PlainYearMonth) =>
        m[3] === '上'
          ? `${month.toPlainDate({ day: 1 })}/${month.toPlainDate({ day: 15 })}`
          : `${month.toPlainDate({ day: 16 })}/${month.toPlainDate({ day: month.daysInMonth })}`;
      if (named)
        return {
          kind: 'span',
          resolve: (d) => half(Temporal.PlainYearMonth.from(monthNamed(named, t.date, d))),
        };
      return span(half(t.date.toPlainYearMonth().add({ months: STEP[m[1] ?? '这'] ?? 0 })));
    },
  },
  {
    // 一二月份, 三、四月: two months that follow one another
    pattern:
      /(今年|去年)?的?([一二三四五六七八九])(?:月?[、和跟到至-])?([二三四五六七八九])月份?(?![\d一二三四五六七八九十]+[日号])/y,
    read: (m, t) => {
      const [a, b] = [parseNumber(m[2] ?? '') ?? 0, parseNumber(m[3] ?? '') ?? 0];
      const year = yearNamed(m[1] ?? '', t);
      const end = Temporal.PlainYearMonth.from({ year, month: b });
      return b === a + 1
        ? span(`${year}-${String(a).padStart(2, '0')}-01/${end.toPlainDate({ day: end.daysInMonth })}`)
        : undefined;
    },
  },
];
