// A notice's days and marks in the language of its words: "周五下午三点" becomes 3月20日(周五)15:00, or Fri 20 Mar at 15:00.
import { Temporal } from 'temporal-polyfill';
import type { Facts } from '../facts.ts';
import { dayText } from '../scripts/liquid.ts';
import { findDates, todayIn } from '../understand/dates/dates.ts';
import { findEnglishDays } from '../understand/english/days.ts';
import { isEnglish } from '../understand/english/english.ts';
import { timeOf } from '../understand/entities/entities.ts';
import { normalise } from '../understand/text/normalise.ts';

/** The hour that was said. "改成三点半": nobody is called at half past three in the night; such an hour is of the afternoon unless the words say otherwise. */
export function hourIn(said: string): string | undefined {
  const hour = timeOf(said);
  const [, at = '', rest = ''] = /^0([1-6])(:\d{2})$/u.exec(hour ?? '') ?? [];
  if (at === '' || /凌晨|早|上午|夜|0[1-6]:|am\b/iu.test(said)) return hour;
  return `${Number(at) + 12}${rest}`;
}

type Language = 'zh-CN' | 'en';

/** Of what stands around a day; a day alone is in the office's language. */
function languageOf(words: string, facts: Pick<Facts, 'locale'>): Language {
  if (isEnglish(words)) return 'en';
  if (/\p{Script=Han}/u.test(words)) return 'zh-CN';
  if (/[a-z]{2}/iu.test(words)) return 'en';
  return facts.locale === 'en' ? 'en' : 'zh-CN';
}

/** A day without its year, and its hour or half of the day, as a notice in that language says it. */
export function dayWords(language: Language, day: Temporal.PlainDate, hour: string): string {
  const words = dayText(language, day.toString(), `${day.year}-`);
  if (hour === '') return words;
  if (language === 'zh-CN') return `${words}${hour}`;
  return `${words} ${/^\d/u.test(hour) ? `at ${hour}` : (IN_ENGLISH[hour] ?? hour)}`;
}

const IN_ENGLISH: Readonly<Record<string, string>> = {
  上午: 'in the morning',
  早上: 'in the morning',
  早: 'in the morning',
  中午: 'at noon',
  下午: 'in the afternoon',
  晚上: 'in the evening',
  晚: 'in the evening',
};

const TIME =
  '(?:上午|下午|早上|中午|晚上)?\\s*(?:[零一二两三四五六七八九十\\d]{1,3}点(?:半|一刻|三刻|[零一二三四五六七八九十\\d]{1,3}分?)?|\\d{1,2}[:：]\\d{2})';

/** A text that is read tomorrow must not speak of "tomorrow": each such day is said as a date. */
export function resolved(text: string, facts: Facts): string {
  return resolvedEnglish(resolvedChinese(text, facts), facts);
}

function resolvedChinese(text: string, facts: Facts): string {
  const plain = normalise(text);
  if (plain.length !== text.length) return text;
  const today = todayIn(facts.now, facts.office.timeZone, facts.calendar);
  let out = text;
  for (const mention of findDates(plain, today).toReversed()) {
    // "开学" is a day too, but no word that a reader of tomorrow takes for another; a weekday in brackets stands already.
    if (mention.kind !== 'day' || !/[今明后昨周星期礼拜号日早晚]/u.test(mention.text)) continue;
    if (/^[(\uFF08]/u.test(out.slice(mention.end)) || /[(\uFF08]$/u.test(out.slice(0, mention.start)))
      continue;
    // "2月30日" is no day; its "30日" alone would be one of another month.
    if (/月\s*$/u.test(out.slice(0, mention.start))) continue;
    const day = Temporal.PlainDate.from(mention.resolve('future'));
    const before = out.slice(0, mention.start);
    const rest = out.slice(mention.end);
    const time = new RegExp(`^${TIME}`, 'u').exec(rest)?.[0] ?? '';
    const half = /^(?:上午|下午|早上|晚上|中午)/u.exec(rest)?.[0] ?? '';
    const session = /(上午|下午|早上|晚上|中午|早|晚)$/u.exec(mention.text)?.[1] ?? '';
    const hour = time === '' ? undefined : hourIn(normalise(`${session}${time}`));
    const after = rest.slice((time || half).length);
    const language = languageOf(`${before} ${after}`, facts);
    out = `${before}${dayWords(language, day, hour ?? (half || session))}${after}`;
  }
  return out;
}

/** After these a day needs no "on". */
const LEADS = /(?:^|[(（:：]|\b(?:on|by|from|until|till|to|before|after|since|for|of)) *$/iu;

function resolvedEnglish(text: string, facts: Facts): string {
  let out = text;
  for (const { start, end, date, time, relative } of findEnglishDays(text, facts.today).toReversed()) {
    const [before, after] = [out.slice(0, start), out.slice(end)];
    const language = languageOf(`${before} ${after}`, facts);
    const on = language === 'en' && relative && !LEADS.test(before) ? 'on ' : '';
    out = `${before}${on}${dayWords(language, date, time ?? '')}${after}`;
  }
  return out;
}

/** The first day and hour in the words, in either language. */
export function dayAndHour(
  words: string,
  facts: Facts,
): { day: { date: Temporal.PlainDate; weekdayAlone: boolean } | undefined; hour: string | undefined } {
  const plain = normalise(words);
  const today = todayIn(facts.now, facts.office.timeZone, facts.calendar);
  const chinese = findDates(plain, today).find(({ kind }) => kind === 'day');
  if (chinese) {
    const date = Temporal.PlainDate.from(chinese.resolve('future'));
    return { day: { date, weekdayAlone: /^(?:周|星期|礼拜)/u.test(chinese.text) }, hour: hourIn(plain) };
  }
  const [english] = findEnglishDays(words, facts.today);
  if (!english) return { day: undefined, hour: hourIn(plain) };
  const named = words.slice(english.start, english.end);
  const weekdayAlone =
    /^(?:mon|tues|wednes|thurs|fri|satur|sun)day/iu.test(named) && !/\d [a-z]{3}/iu.test(named);
  return { day: { date: english.date, weekdayAlone }, hour: english.time };
}

/** A day as `dayWords` writes it, with its hour. */
const STANDING =
  /(?<zh>\d{1,2}月\d{1,2}日(?:[(（]周.[)）])?)(?:\s*(?<zhHour>\d{1,2}[:：]\d{2}|[上下中]午|早上|晚上))?|(?<en>(?:[A-Z][a-z]{2} )\d{1,2} [A-Z][a-z]{2}(?: 20\d\d)?)(?: at (?<enHour>\d{2}:\d{2}))?/u;

interface Standing {
  whole: string;
  /** Undefined: no day there is. */
  date: Temporal.PlainDate | undefined;
  hour: string;
  language: Language;
}

/** The first day that stands in a text, and the year nearest to it. Null: there is none. */
export function standingDay(text: string, today: Temporal.PlainDate): Standing | null {
  const match = STANDING.exec(text);
  if (!match?.groups) return null;
  const { zh, zhHour = '', en = '', enHour = '' } = match.groups;
  if (zh === undefined)
    return { whole: match[0], date: findEnglishDays(en, today)[0]?.date, hour: enHour, language: 'en' };
  const [month = 1, day = 1] = [...zh.matchAll(/\d+/gu)].map(([digits]) => Number(digits));
  const thisYear = Temporal.PlainDate.from({ year: today.year, month, day });
  const before = Temporal.PlainDate.compare(thisYear, today.subtract({ months: 6 })) < 0;
  const date = before ? thisYear.add({ years: 1 }) : thisYear;
  return { whole: match[0], date, hour: zhHour, language: 'zh-CN' };
}
