// Says what a short stretch of a message is: a problem and of which item, all well, praise, an act of the inspector, a limit, an aside.
import { type Classifier, classifierOf, learnClasses, softmax } from '../learn/classify.ts';
import type { FeatureReader } from '../learn/features.ts';
import { kept } from '../learn/learnt.ts';
import type { Lesson } from '../learn/vectors.ts';
import { conceptReader } from '../text/concepts.ts';
import { type Concepts, type Lexicon, wordFinder } from '../text/lexicon.ts';
import { normalise } from '../text/normalise.ts';
import { NUMBER } from '../text/numerals.ts';
import { remembered } from '../text/remembered.ts';
import type { Sayings } from '../text/sayings.ts';
import type { ItemCode } from '../types.ts';
import { GOOD, LOOKED, NONE, PROBLEM } from './finding-words.ts';

const ITEMS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8'] as const;
const REST = ['fine', 'none', 'praise', 'act', 'limit', 'aside', 'thing'] as const;
const CLASSES = [...ITEMS, ...REST];

/** What a stretch is, a problem being `fault`; a `thing` is named and nothing is said of it. */
export type ClauseKind = (typeof REST)[number] | 'fault';
export interface ClauseReading {
  /** How likely each kind is; together 1. */
  p: Readonly<Record<ClauseKind, number>>;
  /** The likeliest. */
  kind: ClauseKind;
  /** The likeliest of the eight items if it is a problem, and how likely among them. */
  item: ItemCode;
  sure: number;
}
export type ClauseReader = (text: string) => ClauseReading;

/** How sure it must be that something is wrong, and which of the eight items it is of, to stand without any word of a fault. */
const BY_HEART = 0.985;
/** From here on the item of a fault is known. */
export const SURE_OF_ITEM = 0.7;
/** What the sayings know by heart: a fault, and of which item. */
export const isByHeart = ({ p, sure }: ClauseReading): boolean => p.fault > BY_HEART && sure > SURE_OF_ITEM;

/** Learns the sayings once; `cacheDir` keeps what they taught. */
export function clauseReader(
  words: { sayings: Sayings; concepts: Concepts; lexicon: Lexicon },
  cacheDir?: string,
): ClauseReader {
  const read = signsReader({ ...words.concepts, ...words.sayings.words }, words.lexicon);
  const classifier: Classifier = classifierOf(
    kept(
      {
        name: 'clauses',
        words: [words.sayings, words.concepts, words.lexicon.items, words.lexicon.methods],
        learn: () => learnClasses(lessons(words.sayings, words.lexicon), read, CLASSES.length, MANNER),
      },
      cacheDir,
    ),
    read,
  );
  return remembered((text) => readingOf(classifier.scores(mask(text))));
}

/** Problems are known by most of the sayings, and are no likelier for that. */
const AGAIN = 2;
/** Short stretches have little to cover, and a word that one saying alone has says much of them. */
const MANNER = { rounds: 8, covered: 0.5, sharedBy: 1, runs: 4 };

function lessons(sayings: Sayings, lexicon: Lexicon): Lesson[] {
  const examples: Record<string, string[]> = { ...masked(sayings), thing: things(lexicon) };
  return CLASSES.flatMap((name, label) => (examples[name] ?? []).map((text) => ({ label, text })));
}

function masked({ faults, words: _w, ...rest }: Sayings): Record<string, string[]> {
  const each = (list: Sayings['fine'], times: number) => {
    const all = list.flat().map((s) => mask(normalise(s)));
    return Array.from({ length: times }, () => all).flat();
  };
  return Object.fromEntries([
    ...Object.entries(faults).map(([name, list]) => [name, each(list, 1)]),
    ...Object.entries(rest).map(([name, list]) => [name, each(list, AGAIN)]),
  ]);
}

/** The lexicon's own words, alone and by twos: "食堂", "教学楼和食堂". */
function things({ items }: Lexicon): string[] {
  const words = Object.values(items)
    .flatMap((item) => item.words)
    .filter((word) => !PROBLEM.test(word));
  return words.flatMap((word, i) => {
    const other = words[(i * 7 + 3) % words.length] ?? '';
    return i % 4 === 0 ? [word, `${word}和${other}`] : i % 2 === 0 ? [word] : [];
  });
}

function readingOf(p: Float32Array): ClauseReading {
  softmax(p);
  const each = Object.fromEntries(REST.map((kind, i) => [kind, p[ITEMS.length + i] ?? 0]));
  const faults = ITEMS.map((item, i) => ({ item, p: p[i] ?? 0 })).sort((a, b) => b.p - a.p);
  const fault = faults.reduce((sum, f) => sum + f.p, 0);
  const all = { ...each, fault } as Record<ClauseKind, number>; // fromEntries forgets the keys
  const [kind] = Object.entries(all).sort((a, b) => b[1] - a[1])[0] as [ClauseKind, number]; // so does entries
  const best = faults[0] ?? { item: 'I1', p: 0 };
  return { p: all, kind, item: best.item, sure: fault > 0 ? best.p / fault : 0 };
}

const COUNTED = new RegExp(`${NUMBER}(?!键|样|直|定|般|些|律|致|旦|切|味|体|线|点)`, 'g');

/** Numbers look alike. */
const mask = (text: string) => text.replace(COUNTED, '#');

const WEIGHT = { letter: 0.4, piece: 1, word: 1.5, sign: 1 };

/** The signs of a stretch: pieces of words, words of the lexicon and what they stand for, concepts in their order. */
function signsReader(concepts: Concepts, lexicon: Lexicon): FeatureReader {
  const conceptsOf = conceptReader(concepts);
  const codes = Object.keys(lexicon.items) as ItemCode[]; // keys forgets the type; the schema has checked it
  const items = wordFinder(Object.fromEntries(codes.map((c) => [c, lexicon.items[c].words])));
  const methods = wordFinder(lexicon.methods);
  return (text) => {
    const framed = `^${text}$`;
    const signs = new Map<string, number>();
    for (let i = 0; i < framed.length; i++)
      for (let n = 1; n <= 3 && i + n <= framed.length; n++)
        signs.set(framed.slice(i, i + n), n === 1 ? WEIGHT.letter : WEIGHT.piece);
    for (const { key, word } of items.all(text)) {
      signs.set(`=${key}`, WEIGHT.word);
      signs.set(`=${word}`, WEIGHT.word);
    }
    for (const { key } of methods.all(text)) signs.set(`+${key}`, WEIGHT.word);
    for (const [name, pattern] of SIGNS) if (pattern.test(text)) signs.set(name, WEIGHT.sign);
    for (const [sign, weight] of conceptsOf(text)) signs.set(sign, weight);
    return signs;
  };
}

const SIGNS: ReadonlyArray<[string, RegExp]> = [
  ['#none', NONE],
  ['#good', GOOD],
  ['#fault', PROBLEM],
  ['#looked', LOOKED],
];
