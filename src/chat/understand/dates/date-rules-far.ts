// The words for days and spans farther off than a month: semesters, years, quarters, so long ago, festivals and ends of the year.
import { Temporal } from 'temporal-polyfill';
import { NUMBER, parseNumber } from '../text/numerals.ts';
import { festivalDay, semesterSpan } from './calendar.ts';
import { day, fixed, type Rule, STEP, span } from './date-arithmetic.ts';

const N = `(${NUMBER})`;

/** In order, as `RULES`, in which they stand. */
export const FAR_RULES: readonly Rule[] = [
  {
    pattern: /(上|这|本|下)个?学期|这半?学期/y,
    read: (m, t) => span(semesterSpan(t.date, STEP[m[1] ?? '这'] ?? 0, t.calendar)),
  },
  // "开学到现在": of the semester no more has passed yet
  {
    pattern: /开学(?:到(?:现在|今天|目前)|至今|以来)/y,
    read: (_m, t) => span(semesterSpan(t.date, 0, t.calendar)),
  },
  { pattern: /今年以?来?|本年度?|全年/y, read: (_m, t) => span(String(t.date.year)) },
  { pattern: /去年|上年度?/y, read: (_m, t) => span(String(t.date.year - 1)) },
  { pattern: /(20\d\d)年度?/y, read: (m) => span(m[1] ?? '') },
  { pattern: /上半年/y, read: (_m, t) => span(`${t.date.year}-01-01/${t.date.year}-06-30`) },
  { pattern: /下半年/y, read: (_m, t) => span(`${t.date.year}-07-01/${t.date.year}-12-31`) },
  {
    pattern: /(?:第?([一二三四1-4])|(本|上|这))个?季度/y,
    read: (m, t) => {
      const here = Math.ceil(t.date.month / 3);
      const quarter = m[1] ? (parseNumber(m[1]) ?? here) : here + (m[2] === '上' ? -1 : 0);
      const start = Temporal.PlainDate.from({ year: t.date.year, month: 1, day: 1 }).add({
        months: 3 * (quarter - 1),
      });
      return span(`${start}/${start.add({ months: 3 }).subtract({ days: 1 })}`);
    },
  },
  {
    pattern: new RegExp(`(?:最近|近|过去|这)(?:的)?${N}个?(天|周|星期|礼拜|月)`, 'y'),
    read: (m, t) => {
      const count = parseNumber(m[1] ?? '') ?? 1;
      const unit =
        m[2] === '天' ? { days: count - 1 } : m[2] === '月' ? { months: count } : { days: count * 7 - 1 };
      return span(`${t.date.subtract(unit)}/${t.date}`);
    },
  },
  {
    pattern: new RegExp(`${N}(天|个?星期|个?礼拜|周|个月)(以前|之前|前|以后|之后|后)(?!面)`, 'y'),
    read: (m, t) => {
      const count = parseNumber(m[1] ?? '') ?? 1;
      const unit =
        m[2] === '天' ? { days: count } : /月/.test(m[2] ?? '') ? { months: count } : { days: count * 7 };
      return fixed(/前/.test(m[3] ?? '') ? t.date.subtract(unit) : t.date.add(unit));
    },
  },
  {
    pattern:
      /(清明|五一|劳动节|端午|中秋|国庆|十一(?=前|放假|假期|长假|期间)|元旦|春节|过年|寒假|暑假|开学(?!专项|检查|督导|典礼|工作|准备|条件|第一课|视频)|放暑假|放寒假)(?:节)?(?:放假|假期|小?长假)?(?:了)?(以?前|之前|以?后|之后|期间|当天|那天)?/y,
    read: (m, t) => {
      const date = festivalDay(m[1] ?? '', m[2] ?? '', t.date, t.calendar);
      return date
        ? day((direction) => festivalDay(m[1] ?? '', m[2] ?? '', t.date, t.calendar, direction) ?? date)
        : undefined;
    },
  },
  {
    pattern: /(?:本|这)?(?:学期末|期末)/y,
    read: (_m, t) => fixed(Temporal.PlainDate.from(semesterSpan(t.date, 0, t.calendar).split('/')[1] ?? '')),
  },
  { pattern: /(?<!去|明|前)年初/y, read: (_m, t) => fixed(t.date.with({ month: 1, day: 1 })) },
  { pattern: /年底|年末/y, read: (_m, t) => fixed(t.date.with({ month: 12, day: 31 })) },
];
