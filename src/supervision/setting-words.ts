// Settings by the words an office has for them: which one is meant, what value was said, how a value reads, whether the law allows it.
import { loadSettingRules, type SettingKey, type Settings, settingFault, settingKeys } from './settings.ts';

const { rules } = loadSettingRules();
type Locale = 'zh-CN' | 'en';
const localeOf = (locale: string): Locale => (locale === 'en' ? 'en' : 'zh-CN');

/** What a setting is called in a language; zh-CN for any but en. */
export function settingName(key: SettingKey, locale: string): string {
  const rule = rules.get(key);
  return rule?.name?.[localeOf(locale)] ?? rule?.[localeOf(locale)] ?? key;
}

/** What stands behind it: its words with their source, as settings.yaml has them. */
export function settingLaw(key: SettingKey, locale: string): { law: string; source: string } {
  const rule = rules.get(key);
  return { law: rule?.[localeOf(locale)] ?? '', source: rule?.source ?? 'D' };
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[\s的“”"'《》]/gu, '');
/** Fewer than this share of what was said standing in a name is chance. */
const NEAR = 0.5;
/** As near as the nearest, for a choice. */
const BESIDE = 0.12;

/** The settings that words may mean, the likeliest first; one alone when it is plain which. */
export function settingsNamed(words: string, most = 4): SettingKey[] {
  const said = plain(words);
  if (said === '') return [];
  const scored = settingKeys
    .map((key) => ({ key, score: key.toLowerCase() === said ? 2 : nearness(key, said) }))
    .filter(({ score }) => score >= NEAR)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score >= best - BESIDE && (best < 1 || score === best))
    .slice(0, most)
    .map(({ key }) => key);
}

/**
 * The one setting that is plainly named: by one of its names whole, or by one with hardly anything beside it. Its name comes back as
 * `settingsNamed` knows it.
 */
export function settingMeant(words: string): { key: SettingKey; name: string } | null {
  const said = plain(words);
  if (said.length < 2) return null;
  const named = settingKeys.flatMap((key) => {
    const names = namesOf(key);
    const name = names.find((one) => one === said) ?? names.find((one) => isAlmost(said, one));
    return name === undefined ? [] : [{ key, name, whole: name === said }];
  });
  const whole = named.filter((one) => one.whole);
  const [only, ...more] = whole.length > 0 ? whole : named;
  return only && more.length === 0 ? only : null;
}

/** "企业微信账号数量", "免打扰时间"; and "微信账号数" of a longer name. */
const isAlmost = (said: string, name: string): boolean =>
  (said.includes(name) && said.length - name.length <= 2) || (said.length >= 4 && name.includes(said));

function namesOf(key: SettingKey): string[] {
  const rule = rules.get(key);
  return [rule?.name?.['zh-CN'], rule?.name?.en, ...(rule?.words ?? [])].flatMap((one) =>
    one ? [plain(one)] : [],
  );
}

function nearness(key: SettingKey, said: string): number {
  const rule = rules.get(key);
  if (!rule) return 0;
  const names = namesOf(key);
  if (names.includes(said)) return 1;
  const inNames = Math.max(
    ...names.map((name) => (name.includes(said) || said.includes(name) ? 0.9 : 0.85 * shared(said, name))),
    0,
  );
  return Math.max(inNames, 0.8 * shared(said, plain(rule['zh-CN'] + rule.en)));
}

/** The share of `said`'s pairs of characters that stand in `name`; two letters stand in any long text, so of those it is four in a row. */
function shared(said: string, name: string): number {
  const size = HAN.test(said) ? 2 : 4;
  const parts = Array.from({ length: Math.max(0, said.length - size + 1) }, (_, i) =>
    said.slice(i, i + size),
  );
  return parts.length === 0 ? 0 : parts.filter((part) => name.includes(part)).length / parts.length;
}
const HAN = /\p{Script=Han}/u;

const NUMBER = /\d+(?:\.\d+)?/gu;
const numbersIn = (text: string) => [...text.matchAll(NUMBER)].map(([number]) => Number(number));
const NOTHING = /^(?:无|没有|不设|空|清空|none|empty)$/iu;
const ADDED = /^(?:再?加上?|增加|添加|add)/iu;
const TAKEN_OFF = /^(?:去掉|删除|删掉|取消|减去|remove|delete)/iu;

/** The value that was said for a setting; undefined when the words hold none that fits. `now` is what stands; `year` today's. */
export function settingSaid(key: SettingKey, text: string, now: Settings[SettingKey], year: number): unknown {
  const said = text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:改成|改为|设为|设成|调到|调为|为|是|=|to )\s*/u, '');
  const value = valueIn(key, said, now, year);
  return value === undefined || settingFault(key, value) ? undefined : value;
}

function valueIn(key: SettingKey, said: string, now: Settings[SettingKey], year: number): unknown {
  switch (key) {
    case 'rect.numberPrefix':
    case 'consult.numberPrefix':
      return said.replaceAll(/[“”"]/gu, '') || undefined;
    case 'office.phone':
    case 'office.hours':
      return NOTHING.test(said) ? '' : said.replaceAll(/[“”"]/gu, '') || undefined;
    case 'visit.exemptMonths': {
      if (NOTHING.test(said)) return [];
      const months = numbersIn(said);
      if (months.length === 0) return undefined;
      const kept = ADDED.test(said) || TAKEN_OFF.test(said) ? (now as readonly number[]) : [];
      return addedTo(kept, months, said).sort((a, b) => a - b);
    }
    case 'notice.receiptHour': {
      const [time, ...more] = timesIn(said);
      return more.length === 0 ? time : undefined;
    }
    case 'notify.quietHours':
      return hoursIn(said);
    case 'calendar.semesters':
      return semestersIn(said);
    case 'calendar.ownYears': {
      const years = numbersIn(said).filter((number) => number >= 2000);
      return years.length > 0
        ? addedTo(now as readonly number[], years, said)
        : NOTHING.test(said)
          ? []
          : undefined;
    }
    case 'calendar.ownRestDays':
    case 'calendar.ownWorkdays': {
      const days = daysIn(said, year);
      return days.length > 0
        ? addedTo(now as readonly string[], days, said)
        : NOTHING.test(said)
          ? []
          : undefined;
    }
    default:
      return plainValue(said, now);
  }
}

function plainValue(said: string, now: unknown): unknown {
  if (typeof now === 'boolean') {
    if (/^(?:否|不|不要|不用|不发|关|关闭|关掉|关了|停用|no|off)$/iu.test(said)) return false;
    return /^(?:是|开|打开|开启|启用|要|需要|发|yes|on)$/iu.test(said) ? true : undefined;
  }
  // No setting is less than nothing, and -3 is not 3.
  if (/^(?:[-−]|负|minus)\s*\d/iu.test(said)) return undefined;
  const numbers = numbersIn(said);
  if (Array.isArray(now)) return numbers.length === 2 ? numbers : undefined;
  const [number, ...more] = numbers;
  if (number === undefined || more.length > 0) return undefined;
  if (/\d\s*成/u.test(said)) return number / 10;
  return /%|percent|百分之/u.test(said) ? number / 100 : number;
}

function addedTo<T extends string | number>(now: readonly T[], more: readonly T[], said: string): T[] {
  const all = TAKEN_OFF.test(said)
    ? now.filter((one) => !more.includes(one))
    : [...new Set([...now, ...more])];
  return [...all].sort();
}

/** 20:00-7:30, 20点到7点半, 晚上8点到早上7点半. */
function hoursIn(said: string): { from: string; to: string } | undefined {
  const [from, to, ...more] = timesIn(said);
  return from && to && more.length === 0 ? { from, to } : undefined;
}

/** 17:00, 下午5点, 中午12点半. */
function timesIn(said: string): string[] {
  return [
    ...said.matchAll(/(晚上|下午|傍晚|晚)?(\d{1,2})(?:[::](\d{2})|[点时](?:(半)|(\d{1,2})分?)?)/gu),
  ].map(
    ([, late, hour = '', minute, half, minutes]) =>
      `${String(Number(hour) + (late && Number(hour) < 12 ? 12 : 0)).padStart(2, '0')}:${minute ?? minutes?.padStart(2, '0') ?? (half ? '30' : '00')}`,
  );
}

/** Two days of the year: the one from July on begins autumn's semester. */
function semestersIn(said: string): { autumn: string; spring: string } | undefined {
  const days = [...said.matchAll(/(\d{1,2})\s*[-/.月]\s*(\d{1,2})/gu)].map(
    ([, month = '', day = '']) => `${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  const autumn = days.find((day) => day >= '07');
  const spring = days.find((day) => day < '07');
  return autumn && spring && days.length === 2 ? { autumn, spring } : undefined;
}

/** 2026-05-04, 5月4日, 5月4日至6日, 5月4日、5月6日. A day without a year is of this one. */
function daysIn(said: string, year: number): string[] {
  const one =
    /(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?(?:\s*(?:至|到|~|—|–)\s*(?:(\d{1,2})[-/.月])?(\d{1,2})[日号]?)?/gu;
  const days: string[] = [];
  for (const [, y, m = '', d = '', toMonth, toDay] of said.matchAll(one)) {
    const at = (month: string, day: string) => Date.UTC(Number(y ?? year), Number(month) - 1, Number(day));
    const from = at(m, d);
    const to = toDay === undefined ? from : at(toMonth ?? m, toDay);
    for (let day = from; day <= to && day < from + 62 * 86_400_000; day += 86_400_000)
      days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

/** As it reads: 2、7、8; 20:00–07:30; 70%; `yes` and `no` are words of the texts. */
export function sayValue(key: SettingKey, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (key === 'follow.semesterCoverage') return `${Math.round(Number(value) * 100)}%`;
  if (key === 'notify.quietHours') {
    const { from, to } = value as Settings['notify.quietHours']; // the schema of this key
    return `${from}–${to}`;
  }
  if (key === 'calendar.semesters') {
    const { autumn, spring } = value as Settings['calendar.semesters']; // the schema of this key
    return `${autumn}、${spring}`;
  }
  if (value === '') return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('、');
  return String(value);
}

/** How a value is written, shown to whoever gave none: as it stands, or made up where nothing stands yet. */
export function settingExample(key: SettingKey, now: unknown): string {
  if (key === 'office.phone' && now === '') return '0543-1234567';
  if (key === 'office.hours' && now === '') return '工作日 8:30–17:30';
  return sayValue(key, now);
}

/** Whether the law asks for something else than this value. */
export function outsideLaw(key: SettingKey, value: unknown): boolean {
  const { least, most } = rules.get(key) ?? {};
  return [value]
    .flat()
    .some(
      (one) =>
        typeof one === 'number' &&
        ((least !== undefined && one < least) || (most !== undefined && one > most)),
    );
}
