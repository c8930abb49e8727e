// Other words for one finding of a draft: "不是两个,是三个", "灭火器改成应急灯", "不对,是井盖缺了半块", "第一条是食堂卫生".

import { ITEMS, type SaidFinding } from '../../../supervision/findings.ts';
import type { Frame } from '../../conversation.ts';
import { likeness, mostLike } from '../../slots/likeness.ts';
import { parseDays } from '../../understand/answers.ts';
import { maskPersonal } from '../../understand/text/mask.ts';
import { parseNumber } from '../../understand/text/numerals.ts';
import { type Corrected, remember } from '../draft/frames.ts';
import { readNamed, type Stage } from '../stage.ts';
import { gradeIn } from './grade-said.ts';
import { rowOfSchool } from './row-meant.ts';

const INSTEAD =
  /^(?:(?:不对|哦|错了?)|(?<of>[^,\uff0c。\s]{1,10}?)(?:的|那[个条家边里]))?[,\uff0c\s]*(?:是)?不是(.{1,12}?)[,\uff0c\s]*(?:而|应该?)?是(.{1,12}?)[。.!\uff01]*$/u;
/** "灭火器是3个不是2个": what it is, and then what it was not. */
const REVERSED = /^(.{0,10}?)(?:应该)?是([^是]{1,12}?)[,\uff0c\s]*(?:而)?不是([^是]{1,12}?)[。.!\uff01]*$/u;
/** "灭火器改成应急灯" */
const BECOMES = /^(?:把)?(.{2,12}?)(?:改[成为]|换成|应该是|应为)([^,\uff0c。]{2,30})[。.]?$/u;

/** "it was three extinguishers, not two" and "not two but three extinguishers": words for words, in English. */
const RIGHT_FIRST =
  /^(?:(?:no|sorry|oh|correction|actually)[,: ]+)*(?:(?:it|that|there|they|those) (?:was|is|were|are) |i meant )?(?!not\b)([^,;]{2,40}?),? (?:and )?(?:not|instead of|rather than) ([^,;]{1,30}?)[.!]*$/iu;
const WRONG_FIRST =
  /^(?:(?:no|sorry|oh|correction|actually)[,: ]+)*(?:(?:it|that|there|they|those) (?:was|is|were|are) )?not ([^,;]{1,30}?)(?:,| but)+ (?:it (?:was|is) |but )?([^,;]{2,40}?)[.!]*$/iu;

interface Instead {
  from: string;
  to: string;
  /** What it is said of, where that is said. */
  of?: string;
}

/** Words that stand in one finding alone give way to others; null when none do. */
export function reword(t: Stage, frame: Frame, text: string): Corrected {
  const said = text.trim();
  const instead = insteadIn(said) ?? becomes(said) ?? otherCount(frame, said);
  if (instead) return wordsInstead(t, frame, instead) ?? itemInstead(t, frame, instead);
  return anew(t, frame, said) ?? recounted(t, frame, said);
}

function insteadIn(said: string): Instead | null {
  const found = INSTEAD.exec(said);
  const [, about, from, to] = found ?? [];
  if (from && to) return { from, to, ...(about ? { of: about } : {}) };
  const [, of = '', right, wrong] = REVERSED.exec(said) ?? [];
  if (right && wrong) return { from: wrong, to: right, of };
  return /\p{Script=Han}/u.test(said) ? null : inEnglish(said);
}

function inEnglish(said: string): Instead | null {
  const [, right, wrong] = RIGHT_FIRST.exec(said) ?? [];
  const [, was, is] = WRONG_FIRST.exec(said) ?? [];
  const [to, from] = right && wrong ? [right, wrong] : [is, was];
  if (!to || !from) return null;
  // "three extinguishers, not two": what is counted says of which finding
  const [count = '', ...of] = to.split(' ');
  return of.length > 0 && !from.includes(' ') ? { from, to: count, of: of.join(' ') } : { from, to };
}

function becomes(said: string): Instead | null {
  const [, from, to] = BECOMES.exec(said) ?? [];
  if (!from || !to || gradeIn(to) || parseDays(to) !== undefined) return null;
  return { from, to };
}

function wordsInstead(t: Stage, frame: Frame, { from, to, of = '' }: Instead): Corrected {
  const at = of === '' ? null : foundAt(t, frame, of);
  const holding = findingsOf(frame).flatMap((one) => {
    const there = standing(one.text, from);
    const named = of === '' || at?.includes(one) || (!at && speaksOf(one.text, of));
    return there === undefined || !named ? [] : [{ one, there }];
  });
  const [only, ...more] = holding;
  if (!only || more.length > 0) return null;
  const { one, there } = only;
  return change(t, frame, one, {
    text: masked(
      t,
      one.text.replace(there, () => to),
    ),
  });
}

/** Two letters in a row say something of a finding in Chinese; in English a word does. */
function speaksOf(text: string, of: string): boolean {
  if (/\p{Script=Han}/u.test(of)) return likeness(of, text) > 0;
  const words = of.toLowerCase().match(/[a-z]{3,}/gu) ?? [];
  return words.some((word) => text.toLowerCase().includes(word.replace(/s$/u, '')));
}

/** "一中的不是灭火器…": what was found at the school that is named; null where none is. */
function foundAt(t: Stage, frame: Frame, of: string): SaidFinding[] | null {
  const { school } = readNamed(t, of).slots;
  const row = frame.rows[rowOfSchool(frame, school)];
  return row ? ((row.findings ?? []) as SaidFinding[]) : null; // the slots' own values
}

const COUNT = '[零一二两三四五六七八九十\\d]+';
const COUNTED = new RegExp(`^(${COUNT})(.{1,2})$`, 'u');

/** The words as they stand in a text: "2个" also as "两个". */
function standing(text: string, words: string): string | undefined {
  // "two" is no part of "network"
  if (/^[a-z]/iu.test(words))
    return new RegExp(`(?<![a-z])${words.replaceAll(/[^\w\s]/gu, '.')}(?![a-z])`, 'iu').exec(text)?.[0];
  if (text.includes(words)) return words;
  const [, count = '', unit = ''] = COUNTED.exec(words) ?? [];
  if (count === '') return undefined;
  const counts = [...text.matchAll(new RegExp(`(${COUNT})${unit}`, 'gu'))];
  return counts.find(([, there = '']) => parseNumber(there) === parseNumber(count))?.[0];
}

/** "不是安全,是食堂": the item under which one finding stands. */
function itemInstead(t: Stage, frame: Frame, { from, to }: Instead): Corrected {
  const [wrong, right] = [itemNamed(t, from), itemNamed(t, to)];
  const [only, ...more] = findingsOf(frame).filter(({ item }) => item !== undefined && item === wrong);
  return right && only && more.length === 0 ? change(t, frame, only, { item: right }) : null;
}

/** The item of which these words are the name, or its beginning: "食堂", "食堂卫生". */
export function itemNamed(t: Stage, words: string): SaidFinding['item'] {
  const said = words.trim().replaceAll(/^(?:属于|归)|(?:类|方面|问题|的|吧)+[。.]?$/gu, '');
  if ([...said].length < 2) return undefined;
  const name = (item: string) => (t.voice.term(`item.${item}`) ?? '').replace(/[（(].*$/u, '').trim();
  return ITEMS.find((item) => name(item) === said) ?? ITEMS.find((item) => name(item).startsWith(said));
}

const RATHER = /^(?:不对|错了|说错了|不是)[,\uff0c\s]*(?:应该)?是([^,\uff0c。]{4,30})[。.]?$/u;

/** "不对,是井盖缺了半块": the one finding that it has words of is said anew. */
function anew(t: Stage, frame: Frame, said: string): Corrected {
  const to = RATHER.exec(said)?.[1];
  if (to === undefined || gradeIn(to) || parseDays(to) !== undefined) return null;
  const meant = mostLike(findingsOf(frame), to, (one) => one.text);
  return meant ? change(t, frame, meant, { text: masked(t, beginsAnew(meant.text, to) ?? to) }) : null;
}

/**
 * "是四楼消防栓箱" of "三楼消防栓箱打不开": what was found of the thing still stands, only what is said before it is another. Undefined
 * when the words do not end in the midst of the finding.
 */
function beginsAnew(text: string, to: string): string | undefined {
  for (let head = 0; head + 2 <= to.length; head++) {
    const at = text.indexOf(to.slice(head));
    const end = at + to.length - head;
    if (at < 0 || end >= text.length) continue;
    return text.slice(0, Math.max(0, at - head)) + to + text.slice(end);
  }
  return undefined;
}

const ONLY_COUNT = new RegExp(
  `^(?:[哦啊,\\uff0c\\s]|不对|刚[才刚]|我?[说写记]?错了?)*(?:应该|其实)?是(${COUNT})([个台具瓶处条块名人盏只间张楼层班])[。.]?$`,
  'u',
);

/** "不对,是三个": the only count of that kind that stands in the findings is another. */
function otherCount(frame: Frame, said: string): Instead | null {
  const [, count = '', unit = ''] = ONLY_COUNT.exec(said) ?? [];
  if (count === '') return null;
  const there = findingsOf(frame).flatMap(({ text }) =>
    [...text.matchAll(new RegExp(`${COUNT}${unit}`, 'gu'))].map(([all]) => all),
  );
  const [from, ...more] = there;
  return from && more.length === 0 ? { from, to: `${count}${unit}` } : null;
}

/** "其实是三个" of "灭火器过期两个": the one count of that kind in it is another. Undefined: it is said of none. */
export function countInstead(text: string, said: string): string | undefined {
  const [, count = '', unit = ''] =
    new RegExp(`^(?:其实|应该|就)*是(${COUNT})(.)[。.]?$`, 'u').exec(said.trim()) ?? [];
  const there = count === '' ? [] : [...text.matchAll(new RegExp(`${COUNT}${unit}`, 'gu'))];
  const [only, ...more] = there;
  return only && more.length === 0 ? text.replace(only[0], () => `${count}${unit}`) : undefined;
}

/** "过期5个" of "灭火器过期4个": the same words with another count are no second finding. */
function recounted(t: Stage, frame: Frame, said: string): Corrected {
  const [only, ...more] = findingsOf(frame).filter(({ text }) => withCountOf(text, said) !== undefined);
  if (!only || more.length > 0) return null;
  return change(t, frame, only, { text: withCountOf(only.text, said) ?? only.text });
}

/** The text with its count as `said` has it, when `said` is its words and another count; undefined: it is not. */
export function withCountOf(text: string, said: string): string | undefined {
  const plain = said.trim().replace(/[。.]$/u, '');
  const [count, ...others] = plain.match(COUNTS) ?? [];
  const [had, ...further] = text.match(COUNTS) ?? [];
  const bare = plain.replace(COUNTS, '#');
  if (!count || !had || others.length + further.length > 0 || count === had || bare.length < 4)
    return undefined;
  return text.replace(COUNTS, '#').includes(bare) ? text.replace(had, () => count) : undefined;
}

const COUNTS = new RegExp(COUNT, 'gu');

const findingsOf = (frame: Frame): SaidFinding[] =>
  frame.rows.flatMap(({ findings }) => (findings ?? []) as SaidFinding[]);

const masked = (t: Stage, text: string) => maskPersonal(text, t.facts.book.index.people);

function change(t: Stage, frame: Frame, meant: SaidFinding, to: Partial<SaidFinding>): Corrected {
  remember(t, frame);
  frame.rows = frame.rows.map((row) => {
    const findings = row.findings as SaidFinding[] | undefined;
    return findings?.includes(meant)
      ? { ...row, findings: findings.map((one) => (one === meant ? { ...one, ...to } : one)) }
      : row;
  });
  return { doubt: null };
}

/** "不是超65 是62" of "保安年龄超了65": the words that were wrong give way, else the figure alone; undefined: nothing of the kind was said. */
export function swapped(text: string, said: string): string | undefined {
  const [, , from = '', to = ''] = INSTEAD.exec(said) ?? [];
  if (from === '') return undefined;
  if (text.includes(from)) return text.replace(from, () => to);
  const [wrong = '', right = ''] = [/\d+/u.exec(from)?.[0], /\d+/u.exec(to)?.[0]];
  return wrong !== '' && right !== '' ? text.replace(wrong, () => right) : text;
}
