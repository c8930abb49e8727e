// Schools as English writes them: "Second Experimental Primary", "Shifo Central Kindergarten", "No. 1 Middle School".

import type { RosterIndex } from '../schools/roster.ts';
import { ownFirst } from '../schools/schools.ts';
import type { Sender } from '../types.ts';
import { inLetters, type Known, type Names, type Word, wordsOf } from './roster.ts';

export interface EnglishSchool {
  start: number;
  end: number;
  code?: string;
  /** Those it may mean, the sender's own first, when there is doubt. */
  among: string[];
  /** "both Shifo schools": there is no doubt, all of them are meant. */
  both?: boolean;
}

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const CHINESE = '一二三四五六七八九十';
const CARDINALS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const QUALIFIERS: Readonly<Record<string, string>> = {
  central: '中心',
  center: '中心',
  centre: '中心',
  zhongxin: '中心',
  experimental: '实验',
  experiment: '实验',
  shiyan: '实验',
  bilingual: '双语',
  shuangyu: '双语',
  art: '艺术',
  arts: '艺术',
  vocational: '职业',
  foreign: '外国语',
};
/** What a word for a kind of school may mean, by the roster's kinds. */
const STAGES: Readonly<Record<string, readonly string[]>> = {
  primary: ['primary', 'nine-year'],
  elementary: ['primary', 'nine-year'],
  xiaoxue: ['primary'],
  middle: ['junior', 'complete', 'nine-year', 'senior'],
  junior: ['junior', 'complete', 'nine-year'],
  secondary: ['junior', 'complete', 'senior'],
  zhongxue: ['junior', 'complete', 'senior'],
  chuzhong: ['junior'],
  high: ['senior', 'complete', 'junior'],
  senior: ['senior', 'complete'],
  gaozhong: ['senior', 'complete'],
  kindergarten: ['kindergarten'],
  kindergartens: ['kindergarten'],
  nursery: ['kindergarten'],
  preschool: ['kindergarten'],
  youeryuan: ['kindergarten'],
};
/** "high" and "middle" are words of their own; these are schools without saying so. */
const STANDS_ALONE = /^(?:primary|elementary|kindergartens?|nursery|preschool)$/;
const TAIL = /^(?:school|schools|school's|township|town|xiang|zhen|village)$/;

/** What of a school's name a word is; undefined ends the name. */
interface Said {
  names: Known[] | undefined;
  ordinal: string;
  qualifiers: string[];
  stage: string;
  special: boolean;
  end: number;
}

/** All schools named in a text in small letters, left to right. */
export function englishSchools(text: string, roster: RosterIndex, sender: Sender): EnglishSchool[] {
  const names = inLetters(roster);
  const words = wordsOf(text);
  const found: EnglishSchool[] = [];
  let place: readonly Known[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word) continue;
    const read = readName(words, i, names);
    if (!read) continue;
    const { said, next } = read;
    const fitting = meantBy(said, names.schools, place, sender);
    if (said.names) place = said.names;
    if (fitting.length === 0) continue;
    const codes = ownFirst(
      fitting.map((k) => k.school.code),
      roster,
      sender,
    );
    const [only] = codes;
    // "the experimental primary": without its number it is asked which, however many there are
    const echo = !said.names && said.ordinal === '' && said.qualifiers.length === 0;
    const sure = codes.length === 1 && (said.names || said.ordinal || said.special || echo);
    const both =
      codes.length === 2 &&
      /schools$/.test(text.slice(0, said.end)) &&
      /\b(?:both|two)(?: the)? $/.test(text.slice(0, word.start));
    found.push({
      start: word.start,
      end: said.end,
      ...(sure && only ? { code: only, among: [] } : { among: codes, ...(both ? { both } : {}) }),
    });
    i = next - 1;
  }
  return found;
}

function readName(
  words: readonly Word[],
  from: number,
  names: Names,
): { said: Said; next: number } | undefined {
  const said: Said = { names: undefined, ordinal: '', qualifiers: [], stage: '', special: false, end: 0 };
  let i = from;
  for (; i < words.length; ) {
    const word = words[i];
    if (!word || (i > from && word.start - said.end > 3)) break;
    const taken = takeWord(words, i, said, names);
    if (taken === 0) break;
    i += taken;
    said.end = words[i - 1]?.end ?? said.end;
  }
  const own = said.names !== undefined || said.special;
  const kind = said.ordinal !== '' || said.qualifiers.length > 0 || STANDS_ALONE.test(said.stage);
  const school = /^schools?$/.test(words[i - 1]?.text ?? '') && said.stage !== '';
  return i > from && (own || kind || school) ? { said, next: i } : undefined;
}

/** How many words are one part of the name: of 0 the name has ended. */
function takeWord(words: readonly Word[], i: number, said: Said, names: Names): number {
  const word = words[i]?.text ?? '';
  if (said.names === undefined && said.stage === '') {
    // "dong guan" and "dongguan" are the same place
    for (const length of [3, 2, 1]) {
      const joined = words.slice(i, i + length);
      if (joined.length < length || (joined.at(-1)?.end ?? 0) - (joined[0]?.start ?? 0) > 24) continue;
      const here = names.byName.get(joined.map((w) => w.text).join(''));
      if (!here) continue;
      said.names = here;
      return length;
    }
  }
  const nth = said.ordinal === '' ? ordinalAt(words, i) : undefined;
  if (nth) {
    said.ordinal = nth.ordinal;
    return nth.length;
  }
  const next = words[i + 1]?.text ?? '';
  if (word === 'special' && /^(?:education|needs|ed|school)$/.test(next)) {
    said.special = true;
    return 2;
  }
  const qualifier = QUALIFIERS[word];
  if (qualifier !== undefined && said.stage === '') {
    said.qualifiers.push(qualifier);
    return word === 'foreign' && /^languages?$/.test(next) ? 2 : 1;
  }
  if (STAGES[word] !== undefined && said.stage === '') {
    said.stage = word;
    return 1;
  }
  const begun = said.names !== undefined || said.stage !== '' || said.qualifiers.length > 0 || said.special;
  return begun && TAIL.test(word) ? 1 : 0;
}

/** "first", "no. 2", "number two" where a kind of school follows. */
function ordinalAt(words: readonly Word[], i: number): { ordinal: string; length: number } | undefined {
  const [word, next] = [words[i]?.text ?? '', words[i + 1]?.text ?? ''];
  const after = (at: number) => {
    const follows = words[at]?.text ?? '';
    return QUALIFIERS[follows] !== undefined || STAGES[follows] !== undefined;
  };
  const nth = ORDINALS.findIndex((o, n) => o === word || `${n + 1}${endingOf(n + 1)}` === word);
  if (nth >= 0 && after(i + 1)) return { ordinal: CHINESE[nth] ?? '', length: 1 };
  if (!/^(?:no|number|nr)$/.test(word)) return undefined;
  const number = /^\d$/.test(next) ? Number(next) : CARDINALS.indexOf(next) + 1;
  return number > 0 && after(i + 2) ? { ordinal: CHINESE[number - 1] ?? '', length: 2 } : undefined;
}

const endingOf = (n: number) => (n === 1 ? 'st' : n === 2 ? 'nd' : n === 3 ? 'rd' : 'th');

/** The schools that have all that was said, and no number that was not. */
function meantBy(said: Said, all: readonly Known[], place: readonly Known[], sender: Sender): Known[] {
  if (said.special && !said.names) return all.filter((k) => k.school.kind === 'special');
  // "the kindergarten" after "Shifo Primary" is that place's; alone it names no school
  const bare = !said.names && !said.ordinal && said.qualifiers.length === 0;
  const from = said.names ?? (bare ? place : all);
  const kinds = STAGES[said.stage];
  const fitting = from.filter(
    (k) =>
      (kinds === undefined || kinds.includes(k.school.kind)) &&
      said.qualifiers.every((q) => k.qualifiers.includes(q)) &&
      (said.ordinal === '' ? true : k.ordinal === said.ordinal),
  );
  // of a middle school that is no nine-year one, the name says so first; "First Middle" is no First Experimental
  const first = kinds?.[0];
  const exact = fitting.filter((k) => k.school.kind === first);
  const near = exact.length > 0 ? exact : fitting;
  const plain = near.filter((k) =>
    k.qualifiers.filter((q) => q !== '中心').every((q) => said.qualifiers.includes(q)),
  );
  const meant = plain.length > 0 ? plain : near;
  const own = meant.filter((k) => sender.schools.includes(k.school.code));
  return own.length === 1 ? own : meant;
}
