// Finds the days and spans named in a message; a word that may mean two days is decided by where the talk looks, back or forth.
import { Temporal } from 'temporal-polyfill';
import { NUMBER, parseNumber } from '../text/numerals.ts';
import type { OfficeCalendar } from '../types.ts';
import { inWeek, STEP, weekdayOf } from './date-arithmetic.ts';
import { RULES } from './date-rules.ts';
import type { DateMention, Direction, Today } from './date-types.ts';

export type { DateMention, Direction, Today } from './date-types.ts';

/** The office's calendar day and hour at an instant. `timeZone` is an IANA name. */
export function todayIn(now: Date, timeZone: string, calendar?: OfficeCalendar): Today {
  const minute = Math.floor(now.getTime() / 60_000);
  if (latest?.minute !== minute || latest.timeZone !== timeZone) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
    latest = { minute, timeZone, date: zoned.toPlainDate(), hour: zoned.hour };
  }
  return { date: latest.date, hour: latest.hour, calendar };
}

/** Asked for each part of a message; until the next minute begins, day and hour stay what they are. */
let latest: { minute: number; timeZone: string; date: Temporal.PlainDate; hour: number } | undefined;

/** All days and spans, left to right. `from`…`to` pairs come as one span `a/b`. */
export function findDates(text: string, today: Today): DateMention[] {
  const found: DateMention[] = [];
  let at = 0;
  while (at < text.length) {
    const hit = ruleAt(text, at, today);
    if (!hit) {
      at++;
      continue;
    }
    // "下周三到货,当天装": the day named before
    if (hit.text !== '当天' || found.every((f) => f.kind !== 'day')) found.push(hit);
    at = hit.end;
  }
  return ranges(text, sameWeek(found, today), today);
}

/** "周六照常上课", "礼拜天还补课": what a school does on its free days, and no day of anybody's. */
const FREE_DAY_HABIT =
  /(?:周|星期|礼拜)[六日天]日?(?:上午|下午|晚上|早上)?(?:还|也|都|仍|照常|照样|照旧|照|又|全|要|得|在|有|组织|安排|偷偷|违规|到校|集中|统一|收费|给?(?:学生|孩子|初三|高三|毕业班|老师)们?|仍然)*(?:上课|补课|加课|排课|开课|上学|上自习|收费班|补习)/y;

function ruleAt(text: string, at: number, today: Today): DateMention | undefined {
  // "安排一下|下周二": the first belongs to what stands before
  if (text[at - 1] === '一' && text.startsWith('下下', at)) return undefined;
  // "高一周六": the figure is the grade's
  if (/[初高]$/.test(text.slice(0, at)) && /^[一二三](?:周|星期|礼拜)[一二三四五六日天]/.test(text.slice(at)))
    return undefined;
  FREE_DAY_HABIT.lastIndex = at;
  if (FREE_DAY_HABIT.test(text)) return undefined;
  if (/[十百\d]/.test(text[at - 1] ?? '') && /[\d一二三四五六七八九十]/.test(text[at] ?? ''))
    return undefined;
  for (const rule of RULES) {
    rule.pattern.lastIndex = at;
    const m = rule.pattern.exec(text);
    const read = m && rule.read(m, today);
    if (!m || !read) continue;
    const end = at + m[0].length;
    const limit =
      LIMIT_AFTER.test(text.slice(end)) ||
      /截止到?|最迟|不晚于/.test(text.slice(Math.max(0, at - 4), at)) ||
      (/前$/.test(m[0]) && !/[天周月期拜](?:以|之)?前$/.test(m[0]));
    return { start: at, end, text: m[0], limit, ...read };
  }
  return undefined;
}

const WEEK_NAMED = /^(上上|上|下下|下)(?:个|一)?(?:周|星期|礼拜)([一二三四五六日天])?/;
const WEEKDAY_ALONE = /^(?:周|星期|礼拜)([一二三四五六日天])/;

/** "下周二去一中,周四去特校": a later weekday without a week of its own is of the week named before it. */
function sameWeek(found: readonly DateMention[], today: Today): DateMention[] {
  let week: { step: number; weekday: number } | undefined;
  return found.map((d) => {
    const named = WEEK_NAMED.exec(d.text);
    if (named) week = { step: STEP[named[1] ?? ''] ?? 0, weekday: named[2] ? weekdayOf(named[2]) : 0 };
    const alone = named ? null : WEEKDAY_ALONE.exec(d.text);
    const weekday = weekdayOf(alone?.[1] ?? '');
    if (!alone || !week || weekday <= week.weekday) return d;
    const { step } = week;
    week = { step, weekday };
    return {
      ...d,
      // what is looked at the other way is told anew: "上周三去的,周五再去"
      resolve: (direction: Direction) =>
        (step < 0 && direction === 'future') || (step > 0 && direction === 'past')
          ? d.resolve(direction)
          : inWeek(today.date, step, weekday).toString(),
    };
  });
}

/** "31日17:00前", "周五下班之前": between a day and the word that makes it a limit an hour may stand. */
const LIMIT_AFTER = new RegExp(
  `^的?(?:晚上|下班|下午|上午|中午|放学|早上)?(?:(?:\\d{1,2}:\\d{2}|${NUMBER}点(?:半|${NUMBER}分?)?))?(?:之?以?前(?!面|台|门|后)|为止|截止)`,
);
/** "3月1日至今" */
const UP_TO_NOW = /^\s*(?:[至到](?:今天?|现在|目前|今日)|以来)/;

const WEEKDAY = /(?:周|星期|礼拜)[一二三四五六日天]$/;

/** "周一周二", "下周一、周二": two days that follow one another, said in one breath. */
function followsOn(text: string, a: DateMention, b: DateMention): boolean {
  if (a.limit || b.limit || !WEEKDAY.test(a.text) || !WEEKDAY.test(b.text)) return false;
  if (!/^[、和跟]?$/.test(text.slice(a.end, b.start))) return false;
  return Date.parse(b.resolve('near')) - Date.parse(a.resolve('near')) === 86_400_000;
}

/** The first day of a day or a span. */
function firstOf(iso: string): string {
  const week = /^(\d{4})-W(\d{2})$/.exec(iso);
  if (week) {
    // the week of January 4th is the first (ISO 8601)
    const fourth = Temporal.PlainDate.from(`${week[1]}-01-04`);
    return fourth.add({ days: 7 * (Number(week[2]) - 1) + 1 - fourth.dayOfWeek }).toString();
  }
  return /^\d{4}-\d{2}$/.test(iso) ? `${iso}-01` : (iso.split('/')[0] ?? iso);
}

/** "这个月到现在", "三月份到今天": all of it, of which no more has passed yet; "3月以来" begins there. */
const isWhole = (d: DateMention, text: string): boolean =>
  /^(?:今年|本年|全年|20|[这本]个?(?:月|学期)|这半?学期)/.test(d.text) ||
  (/月份$/.test(d.text) && !text.startsWith('以来', d.end));

/** 3月25到4月10, 上周一至周五, 3月1日至今 → one span. */
function ranges(text: string, found: DateMention[], today: Today): DateMention[] {
  const out: DateMention[] = [];
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i], found[i + 1]];
    if (!a) continue;
    const now = isWhole(a, text) ? null : UP_TO_NOW.exec(text.slice(a.end));
    if (now) {
      const end = a.end + now[0].length;
      out.push({
        start: a.start,
        end,
        text: text.slice(a.start, end),
        kind: 'span',
        limit: false,
        resolve: () => `${firstOf(a.resolve('past'))}/${today.date}`,
      });
      if (b && b.start < end) i++;
      continue;
    }
    if (
      b &&
      a.kind === 'day' &&
      b.kind === 'day' &&
      (/^[\s]*(?:到|至|-|~)+[\s]*$/.test(text.slice(a.end, b.start)) || followsOn(text, a, b))
    ) {
      out.push({
        start: a.start,
        end: b.end,
        text: text.slice(a.start, b.end),
        kind: 'span',
        limit: false,
        resolve: (d) => {
          const first = a.resolve(d);
          const bare = new RegExp(`^(${NUMBER})[号日]$`).exec(b.text);
          // 4月1号到30号: the second day lies in the first one's month
          if (bare && /月/.test(a.text))
            return `${first}/${first.slice(0, 8)}${String(parseNumber(bare[1] ?? '') ?? 0).padStart(2, '0')}`;
          const last = b.resolve(d);
          return last < first ? `${a.resolve('near')}/${b.resolve('future')}` : `${first}/${last}`;
        },
      });
      i++;
    } else out.push(a);
  }
  return out;
}
