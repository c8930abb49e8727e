// The working days around a day as one sorted list, so that SQL counts them: the calendar decides, the statement only looks up.
import type { Calendar, Day } from '../calendar.ts';

/** What is owed began no longer ago than this, or is told of by calendar days alone. */
const BACK_DAYS = 400;
const AHEAD_DAYS = 200;

/** Of the same day most offices have the same list, and making it costs more than a small office's whole reckoning. */
const lists = new Map<string, string[]>();

/** In order, as ISO days. */
export function workedDays(today: Day, calendar: Calendar): string[] {
  const key = `${today} ${calendar.restKey}`;
  const known = lists.get(key);
  if (known) return known;
  const span = { from: today.subtract({ days: BACK_DAYS }), to: today.add({ days: AHEAD_DAYS }) };
  const made = calendar.workdays(span).map(String);
  if (lists.size > 100) lists.clear();
  lists.set(key, made);
  return made;
}

/** SQL: the day that a rule (`unit`, `n`) means for something due on `due`; `worked` is the list above as date[]. */
export const nudgeDaySql = (due: string, unit: string, n: string, worked: string): string => `
  case ${unit}
    when 'd' then ${due} + ${n}
    when 'wd' then case
      when ${n} > 0 then (${worked})[width_bucket(${due}, ${worked}) + ${n}]
      when ${n} < 0 then (${worked})[width_bucket(${due} - 1, ${worked}) + 1 + ${n}]
      else ${due} end
    when 'month-start' then (${worked})[width_bucket(date_trunc('month', ${due})::date - 1, ${worked}) + 1]
    when 'mid-month' then date_trunc('month', ${due})::date + 14
    when 'last-workday' then (${worked})[width_bucket((date_trunc('month', ${due}) + interval '1 month')::date - 1, ${worked})]
    when 'month-end' then (date_trunc('month', ${due}) + interval '1 month')::date - 1
  end`;

/** The nth working day after a day, as the calendar counts (DESIGN §7 `wd`), within reach of `day`. Both are SQL; `n` is not negative. */
export const workdayAfter = (day: string, n: string): string =>
  `case when ${n} = 0 then ${day} else day.worked[width_bucket(${day}, day.worked) + ${n}] end`;
