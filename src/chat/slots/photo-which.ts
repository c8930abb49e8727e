// "那张照片", "最后两张", "第二张": which of the photos sent last are meant; all of them when nothing says.
import { parseNumber } from '../understand/numerals.ts';
import type { SlotKindOf } from './slot.ts';

const COUNTED = /(?<!第)(?:最后|后面?|那|这|刚才)?的?(?<count>[一二两三四五六七八九1-9])张/u;
const NTH =
  /第(?<nth>[一二三四五六七八九1-9])张|\b(?<word>first|second|third|fourth|fifth) (?:photo|picture|one)/iu;
const ONE =
  /[那这](?:张|一张)|最后(?:那|一)?张|[刚上](?:才)?(?:那|一)张|(?:that|this|last) (?:photo|picture|one)/iu;
const WORDS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Which photos are meant, of those that were sent together. */
export interface PhotosMeant {
  nth?: number;
  count?: number;
}

export function photosMeant(text: string): PhotosMeant {
  const { nth, word } = NTH.exec(text)?.groups ?? {};
  if (word !== undefined) return { nth: WORDS.indexOf(word.toLowerCase()) + 1 };
  if (nth !== undefined) return { nth: parseNumber(nth) ?? 1 };
  if (ONE.test(text)) return { count: 1 };
  const count = parseNumber(COUNTED.exec(text)?.groups?.count ?? '');
  return count === undefined ? {} : { count };
}

/** Ids that stand in the order they were sent, without those that are meant. */
export function photosMeantOf(ids: readonly string[], { nth, count }: PhotosMeant): string[] {
  if (nth !== undefined) return ids.slice(nth - 1, nth);
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
