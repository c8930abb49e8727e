// "那张照片", "最后两张", "第二张": which of the photos sent last are meant; all of them when nothing says.
import { parseNumber } from '../understand/text/numerals.ts';
import type { SlotKindOf } from './slot.ts';

const COUNTED = /(?<!第)(?:最后|后面?|那|这|刚才)?的?(?<count>[一二两三四五六七八九1-9])张/u;
const NTH =
  /第(?<nth>[一二三四五六七八九1-9])张|\b(?<word>first|second|third|fourth|fifth) (?:photo|picture|one)/iu;
/** "第一、三张" too. */
const EACH_NTH =
  /第([一二两三四五六七八九1-9])(?:张|(?=[、和跟与及]第?[一二两三四五六七八九1-9]张))|(?<=[、和跟与及])([一二两三四五六七八九1-9])张/gu;
const FIRST =
  /(?:前|头)面?(?<first>[一二两三四五六七八九1-9])张|\bfirst (?<word>two|three|four) (?:photos|pictures)/iu;
const ONE =
  /[那这](?:张|一张)|最后(?:那|一)?张|[刚上](?:才)?(?:那|一)张|(?:that|this|last) (?:photo|picture|one)/iu;
const WORDS = ['first', 'second', 'third', 'fourth', 'fifth'];
const COUNTS = ['one', 'two', 'three', 'four'];

/** Which photos are meant, of those that were sent together: the n-th, so many from it on, or the last so many. */
export interface PhotosMeant {
  nth?: number;
  count?: number;
}

/** Which photos the words mean; nothing when they say of none in particular. */
export function photosMeant(text: string): PhotosMeant {
  const { first, word: several } = FIRST.exec(text)?.groups ?? {};
  if (first !== undefined) return { nth: 1, count: parseNumber(first) ?? 1 };
  if (several !== undefined) return { nth: 1, count: 1 + COUNTS.indexOf(several.toLowerCase()) };
  const { nth, word } = NTH.exec(text)?.groups ?? {};
  if (word !== undefined) return { nth: WORDS.indexOf(word.toLowerCase()) + 1 };
  if (nth !== undefined) return { nth: parseNumber(nth) ?? 1 };
  if (ONE.test(text)) return { count: 1 };
  const count = parseNumber(COUNTED.exec(text)?.groups?.count ?? '');
  return count === undefined ? {} : { count };
}

/** "第一张和第三张", "最后两张": the ids that are meant; undefined when the words say of none in particular. */
export function photosNamed(ids: readonly string[], text: string): string[] | undefined {
  const places = [...text.matchAll(EACH_NTH)].map(([, nth, also]) => parseNumber(nth ?? also ?? '') ?? 0);
  if (places.length > 1) return places.flatMap((nth) => ids[nth - 1] ?? []);
  const meant = photosMeant(text);
  return meant.nth === undefined && meant.count === undefined ? undefined : photosMeantOf(ids, meant);
}

/** Ids that stand in the order they were sent, without those that are meant. */
export function photosMeantOf(ids: readonly string[], { nth, count }: PhotosMeant): string[] {
  if (nth !== undefined) return ids.slice(nth - 1, nth - 1 + (count ?? 1));
  return count === undefined ? [...ids] : ids.slice(-count);
}

const slotOf = (name: 'nth' | 'count'): SlotKindOf => {
  const took = (text: string) => {
    const value = photosMeant(text)[name];
    return value === undefined ? undefined : { value };
  };
  return { read: (_reading, { text }) => took(text), view: (value) => value };
};

/** Undefined: all that were handed in together. */
export const photoCountSlot = slotOf('count');
export const photoNthSlot = slotOf('nth');
