// School terms and festivals as days: what "开学后", "清明前", "本学期" mean in this office.
import { Temporal } from 'temporal-polyfill';
import type { OfficeCalendar } from '../types.ts';

/** Where the office gives no terms: 1 September – 31 January and 1 February – 31 July, the usual frame of a school year. */
function usualSemesters(year: number): Array<[string, string]> {
  return [
    [`${year - 1}-09-01`, `${year}-01-31`],
    [`${year}-02-01`, `${year}-07-31`],
    [`${year}-09-01`, `${year + 1}-01-31`],
    [`${year + 1}-02-01`, `${year + 1}-07-31`],
  ];
}

function semesters(today: Temporal.PlainDate, calendar?: OfficeCalendar): Array<[string, string]> {
  const own = (calendar?.semesters ?? []).map((s): [string, string] => [s.start, s.end]);
  return (
    own.length > 0 ? own : [...usualSemesters(today.year - 1).slice(0, 2), ...usualSemesters(today.year)]
  ).sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** The semester that holds today (or the last that began), moved by `step`, as `first day/last day`. */
export function semesterSpan(today: Temporal.PlainDate, step: number, calendar?: OfficeCalendar): string {
  const list = semesters(today, calendar);
  const now = today.toString();
  let at = list.findIndex(([start, end]) => start <= now && now <= end);
  if (at < 0) at = Math.max(0, list.filter(([start]) => start <= now).length - 1);
  const [start, end] = list[Math.min(list.length - 1, Math.max(0, at + step))] ?? [now, now];
  return `${start}/${end}`;
}

const FIXED: Record<string, [number, number]> = {
  五一: [5, 1],
  劳动节: [5, 1],
  国庆: [10, 1],
  十一: [10, 1],
  元旦: [1, 1],
};
/** Moon festivals, by year; beyond the table the bot asks. Source: the published calendar (GB/T 33661). */
const MOON: Record<string, Record<number, string>> = {
  春节: {
    2025: '2025-01-29',
    2026: '2026-02-17',
    2027: '2027-02-06',
    2028: '2028-01-26',
    2029: '2029-02-13',
  },
  端午: {
    2025: '2025-05-31',
    2026: '2026-06-19',
    2027: '2027-06-09',
    2028: '2028-05-28',
    2029: '2029-06-16',
  },
  中秋: {
    2025: '2025-10-06',
    2026: '2026-09-25',
    2027: '2027-09-15',
    2028: '2028-10-03',
    2029: '2029-09-22',
  },
};

/** The day in April by the almanac's formula for this century; tables and packages that use a machine's midnight slip by a day. */
function qingming(year: number): string {
  const y = year % 100;
  const day = Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4);
  return Temporal.PlainDate.from({ year, month: 4, day }).toString();
}

function festivalIn(name: string, year: number): string | undefined {
  if (name === '清明') return qingming(year);
  const fixed = FIXED[name];
  if (fixed) return Temporal.PlainDate.from({ year, month: fixed[0], day: fixed[1] }).toString();
  return MOON[name === '过年' ? '春节' : name]?.[year];
}

/**
 * The day a festival or a term's edge stands for: itself, the day before ("清明前"), or the day after ("开学后").
 * Looks ahead unless the talk looks back.
 */
export function festivalDay(
  name: string,
  side: string,
  today: Temporal.PlainDate,
  calendar?: OfficeCalendar,
  direction: 'past' | 'future' | 'near' = 'future',
): Temporal.PlainDate | undefined {
  const days = /开学|寒假|暑假/.test(name)
    ? semesters(today, calendar).flatMap(([start, end]) => {
        if (name === '开学') return [start];
        const summer = Number(end.slice(5, 7)) >= 4 && Number(end.slice(5, 7)) <= 8;
        return /暑/.test(name) === summer ? [end] : [];
      })
    : [today.year - 1, today.year, today.year + 1].flatMap((year) => festivalIn(name, year) ?? []);
  const now = today.toString();
  const chosen =
    direction === 'past' ? days.filter((d) => d <= now).at(-1) : (days.find((d) => d >= now) ?? days.at(-1));
  if (!chosen) return undefined;
  const date = Temporal.PlainDate.from(chosen);
  if (/前/.test(side)) return /寒假|暑假/.test(name) ? date : date.subtract({ days: 1 });
  return date;
}
