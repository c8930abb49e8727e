// "那张照片", "最后两张": how many of the photos sent last are meant; all of them when nothing says.
import { parseNumber } from '../understand/numerals.ts';
import type { SlotKindOf } from './slot.ts';

const COUNTED = /(?:最后|后面?|那|这|刚才)?的?(?<count>[一二两三四五六七八九1-9])张/u;
const ONE = /[那这](?:张|一张)|最后(?:那|一)?张|(?:that|this|last) (?:photo|picture)/iu;

/** Undefined: all that were handed in together. */
export function photoCount(text: string): number | undefined {
  if (ONE.test(text)) return 1;
  const count = COUNTED.exec(text)?.groups?.count;
  return count === undefined ? undefined : parseNumber(count);
}

export const photoCountSlot: SlotKindOf = {
  read(_reading, { text }) {
    const count = photoCount(text);
    return count === undefined ? undefined : { value: count };
  },
  view: (value) => value,
};
