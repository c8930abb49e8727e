// Small slots of rectification: how it was looked at, whether it is serious, its place on a notice, and findings that only a button names.
import type { Choice } from '../conversation.ts';
import { ordinalsIn } from './ordinals.ts';
import type { SlotKindOf, Took } from './slot.ts';

const WAYS: readonly (readonly [string, RegExp])[] = [
  ['phone', /电话|打了个?电话|phone|call/iu],
  ['papers', /材料|照片|图片|视频|看图|paper|photo/iu],
  ['site', /(?:去|到|来)(?:了|过)?[^,，。]{2,12}回头看|现场|实地|去看|看了|到校|去了|复查|on site|went/iu],
];

/** The code of the way that words tell of: "打电话问的" → phone. */
export const wayOf = (text: string): string | undefined => WAYS.find(([, words]) => words.test(text))?.[0];

function wayIn(text: string): Took {
  const way = wayOf(text);
  return way ? { value: way } : undefined;
}

/** The codes are shown by terms `how.*`; typing the word does the same as tapping it. */
export const howSlot: SlotKindOf = {
  read: (_reading, { text }) => wayIn(text),
  answer: (text) => wayIn(text),
  choices: ({ term }): Choice[] =>
    ['site', 'papers', 'phone'].map((way) => ({ label: term(`how.${way}`), value: way })),
  view: (value) => value,
};

/** "严重" in what was said; not asked for. */
export const gradeSlot: SlotKindOf = {
  read: (_reading, { text }) => (/(?<!不|没)严重|serious/iu.test(text) ? { value: true } : undefined),
  view: (value) => value,
};

/** A list that an act gave for its draft, each with its id: nothing that is said fills it, lines of it may be dropped. */
export const listedSlot: SlotKindOf = {
  read: () => undefined,
  view: (value) => (value as object[]).map((one, index) => ({ ...one, n: index + 1 })), // as the act gave it
};

/** Findings named by a card's button: nothing that is said points at them. */
export const namedFindingsSlot: SlotKindOf = { read: () => undefined, view: (value) => value };

/** "第二条到哪一步了". */
export const findingPlaceSlot: SlotKindOf = {
  read(_reading, { text }) {
    const place = ordinalsIn(text, 0).ordinals[0] ?? 0;
    return place > 0 ? { value: place } : undefined;
  },
  view: (value) => value,
};
