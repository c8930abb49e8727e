// Everything in an English message that can be pointed at: schools, people, notices, days, limits, areas, counts.

import type { DateMention, Today } from '../dates/date-types.ts';
import { todayIn } from '../dates/dates.ts';
import { findPeople } from '../entities/people.ts';
import { putFor } from '../intent/choose.ts';
import { findSchools } from '../schools/schools.ts';
import { parseNumber } from '../text/numerals.ts';
import type { Context } from '../types.ts';
import { type EnglishSpan, englishNumber, englishSpans } from './counts.ts';
import { type EnglishSchool, englishSchools } from './names.ts';
import { type EnglishPerson, englishPeople } from './people.ts';
import { englishDates } from './when.ts';

export interface EnglishEntities {
  /** As typed, in small letters, its length that of `raw`. */
  text: string;
  raw: string;
  today: Today;
  schools: EnglishSchool[];
  people: EnglishPerson[];
  notices: Array<{ start: number; end: number; no: string }>;
  dates: DateMention[];
  spans: EnglishSpan[];
  areas: Array<{ start: number; end: number; code: string }>;
}

/** One spelling of quotes and dashes, letter by letter, so that places in it are places in what was typed. */
export const plainEnglish = (raw: string): string =>
  raw
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/\uff0c/g, ',')
    .replace(/\u3002/g, '.')
    .replace(/\uff1b/g, ';')
    .replace(/\uff1a/g, ':')
    .replace(/\uff1f/g, '?')
    .replace(/[\u3000\u00a0\t]/g, ' ');

/** Says nothing of what is wanted where more follows; "good morning" is no half of the day. */
const GREETING =
  /^\s*(?:(?:good (?:morning|afternoon|evening|day)|hello|hi|hey|dear \w+)(?: (?:all|everyone|colleagues|sir|madam|there|inspector \w+|director \w+))?[\s,.!]+)+(?=(?:\S+\s+){2})/i;

/** Reads one message once; every later step works on what stands here. */
export function englishEntities(typed: string, context: Context): EnglishEntities {
  const raw = plainEnglish(typed).replace(GREETING, '');
  const text = raw.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const today = todayIn(context.now, context.timeZone, context.calendar);
  const schools = schoolsIn(text, context);
  const notices = noticesIn(text).filter(free(schools));
  const named = [...schools, ...notices];
  const dates = englishDates(text, today).filter(free(named));
  return {
    text,
    raw,
    today,
    schools,
    notices,
    people: [...englishPeople(text, context.roster), ...findPeople(text, context.roster)].filter(
      free(schools),
    ),
    dates,
    spans: englishSpans(text).filter(free(dates)),
    areas: areasIn(text, context),
  };
}

/** Codes of the schools that are meant for sure, in the order in which they were said. */
export const schoolsMeant = (e: Pick<EnglishEntities, 'schools'>): string[] => [
  ...new Set(e.schools.flatMap((s) => s.code ?? (s.both ? s.among : []))),
];

type At = { start: number; end: number };
const free = (taken: readonly At[]) => (s: At) => !taken.some((t) => s.start < t.end && t.start < s.end);

/** By their English names and by their Chinese ones; a place whose schools are named one by one stands for them. */
function schoolsIn(text: string, { roster, sender }: Context): EnglishSchool[] {
  const chinese = /[\u4e00-\u9fff]/.test(text)
    ? findSchools(text, roster, sender)
        .filter((s) => /[\u4e00-\u9fff]/.test(s.text) && !s.unknown)
        .map(({ start, end, code, among }) => ({ start, end, among, ...(code ? { code } : {}) }))
    : [];
  const all = [...chinese, ...englishSchools(text, roster, sender).filter(free(chinese))].sort(
    (a, b) => a.start - b.start,
  );
  const named = (s: EnglishSchool) => all.some((o) => o.code !== undefined && s.among.includes(o.code));
  return all.filter((s) => s.code !== undefined || !named(s));
}

const NUMBERED =
  /(?:\b(?:rectification )?(?:notices?|numbers?|nos?\.?|nr\.?)|#) ?(\d{1,3})\b(?:(?: ?, ?| and | & )(\d{1,3})\b)?(?! (?:windows|days|weeks|pupils|lessons|middle|primary|experimental))/g;
/** What a number counts is no notice: "for 10 days". */
const COUNTED =
  '(?! ?(?:days?|weeks?|months?|hours?|minutes?|min|lessons?|pupils?|students?|children|kids|teachers?|schools?|windows?|metres?|meters?|percent|%|years?|am|pm|o.clock|people|times|extinguishers?|findings?|visits?|points?|yuan|january|february|march|april|may|june|july|august|september|october|november|december)\\b)';
/** "031", and a number where a notice must stand: "27 is due", "pass 31", "about 28". */
const ALONE = new RegExp(
  `(?<![\\d.:/-])(0\\d{2})(?![\\d/-]|[.:]\\d)|(?<=\\b(?:pass|return|reject|accept|approve|fail|review|reviewed|check|checked|looked at|look at|chase|close|extend|postpone|remind|that|about|re|on|for) )([1-9]\\d{1,2})(?![\\d/-]|[.:]\\d)${COUNTED}(?! (?:and|or) \\d)|(?<=^|[.;,] ?|\\band )([1-9]\\d{1,2})(?= (?:is|are|was|has|have|passes|passed|fails|failed|not|due|done|till|until|to|by|ok|okay|no good)\\b| ?:)`,
  'g',
);

function noticesIn(text: string): Array<{ start: number; end: number; no: string }> {
  const found: Array<{ start: number; end: number; no: string }> = [];
  const add = (start: number, end: number, digits: string | undefined) => {
    const no = digits === undefined ? 0 : Number(digits);
    if (no > 0 && free(found)({ start, end })) found.push({ start, end, no: String(no).padStart(3, '0') });
  };
  for (const m of text.matchAll(NUMBERED)) {
    const second = m[2] === undefined ? m[0].length : m[0].lastIndexOf(m[2]);
    add(m.index, m.index + (m[2] === undefined ? m[0].length : second - 1), m[1]);
    if (m[2] !== undefined) add(m.index + second, m.index + m[0].length, m[2]);
  }
  for (const m of text.matchAll(ALONE)) add(m.index, m.index + m[0].length, m[1] ?? m[2] ?? m[3]);
  return found.sort((a, b) => a.start - b.start);
}

const AREA =
  /\b(?:area|district|responsibility area) (?:no\.? ?)?([a-z]+|\d{1,2})\b|\b(first|second|third|fourth|fifth|sixth) area\b/g;
const NTH = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function areasIn(text: string, { roster }: Context) {
  return [...text.matchAll(AREA)].flatMap((m) => {
    const number = m[2] ? NTH.indexOf(m[2]) : englishNumber(m[1] ?? '');
    const area = roster.areas.find((a) => {
      const ordinal = /第([一二三四五六七八九十]+)/.exec(a.name)?.[1];
      return ordinal !== undefined && parseNumber(ordinal) === number;
    });
    return area ? [{ start: m.index, end: m.index + m[0].length, code: area.code }] : [];
  });
}

/** A stretch of a message: what was found in the whole, moved. */
export function englishWithin(e: EnglishEntities, start: number, end: number): EnglishEntities {
  const inside = <T extends At>(list: readonly T[]): T[] =>
    list
      .filter((s) => s.start >= start && s.end <= end)
      .map((s) => ({ ...s, start: s.start - start, end: s.end - start }));
  return {
    ...e,
    text: e.text.slice(start, end),
    raw: e.raw.slice(start, end),
    schools: inside(e.schools),
    people: inside(e.people),
    notices: inside(e.notices),
    dates: inside(e.dates),
    spans: inside(e.spans),
    areas: inside(e.areas),
  };
}

/** The message as the examples see it: S a school, P a person, R a notice, A an area, D a day, T a limit, # a number. */
export function englishMask(e: EnglishEntities): string {
  const spans = [
    ...e.schools.map((s) => ({ ...s, as: ' S ' })),
    ...e.people.map((s) => ({ ...s, as: ' P ' })),
    ...e.notices.map((s) => ({ ...s, as: ' R ' })),
    ...e.areas.map((s) => ({ ...s, as: ' A ' })),
    ...e.dates.map((s) => ({ ...s, as: s.kind === 'span' ? ' M ' : s.limit ? ' L ' : ' D ' })),
    ...e.spans.map((s) => ({ ...s, as: ' T ' })),
  ];
  return putFor(e.text, spans).replace(/\d+(?:\.\d+)?/g, '#');
}
