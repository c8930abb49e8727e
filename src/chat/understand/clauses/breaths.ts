// Dictation comes without commas: learns from the examples' own commas, and from sayings put one after another, where a new stretch begins.

import type { Learnt } from '../learn/classify.ts';
import type { Examples } from '../learn/examples.ts';
import { kept } from '../learn/learnt.ts';
import { type Concepts, type Lexicon, wordFinder } from '../text/lexicon.ts';
import type { Sayings } from '../text/sayings.ts';
import { breathLessons } from './breath-lessons.ts';
import { PROBLEM } from './finding-words.ts';

/** How likely a new stretch begins at each place of a text without marks, by place. */
export type BreathReader = (text: string) => Float32Array;

const SIZE = 1 << 16;
const ROUNDS = 2;
const STEP = 0.12;

/** Learns once where people put their commas; `cacheDir` keeps it. */
export function breathReader(
  words: { sayings: Sayings; concepts: Concepts; lexicon: Lexicon; examples: Examples },
  cacheDir?: string,
): BreathReader {
  const read = placesReader(words);
  const { weights, bias } = kept(
    {
      name: 'breaths',
      words: [words.sayings, words.concepts, words.lexicon.items, words.lexicon.methods, words.examples],
      learn: () => learnBreaths(words.sayings, words.examples, read),
    },
    cacheDir,
  );
  return (text) => {
    const out = new Float32Array(text.length);
    const places = read(text);
    for (let at = 1; at < text.length; at++) out[at] = likely(weights, bias[0] ?? 0, places[at] ?? NOTHING);
    return out;
  };
}

function likely(weights: Float32Array, bias: number, ids: Int32Array): number {
  let sum = bias;
  for (const id of ids) sum += weights[id] ?? 0;
  return 1 / (1 + Math.exp(-sum));
}

type PlacesReader = (text: string) => Int32Array[];

function learnBreaths(sayings: Sayings, examples: Examples, read: PlacesReader): Learnt {
  const rows = breathLessons(sayings, examples);
  const weights = new Float32Array(SIZE);
  const mean = new Float32Array(SIZE);
  let bias = -2;
  const lessons = rows.map(({ text, cuts }) => ({ places: read(text), cuts }));
  for (let round = 0; round < ROUNDS; round++) {
    const rate = STEP / (1 + round);
    for (const { places, cuts } of lessons) {
      for (let at = 1; at < places.length; at++) {
        const ids = places[at] ?? NOTHING;
        const error = (cuts.has(at) ? 1 : 0) - likely(weights, bias, ids);
        if (Math.abs(error) < 0.01) continue;
        bias += rate * error * 0.05;
        for (const id of ids) weights[id] = (weights[id] ?? 0) + rate * error;
      }
    }
    for (let i = 0; i < SIZE; i++) mean[i] = (mean[i] ?? 0) + (weights[i] ?? 0) / ROUNDS;
  }
  return { features: [], weights: mean, bias: Float32Array.of(bias) };
}

/** For each place of a text the signs around it, as numbers below SIZE. */
function placesReader({
  sayings,
  concepts,
  lexicon,
}: {
  sayings: Sayings;
  concepts: Concepts;
  lexicon: Lexicon;
}): PlacesReader {
  const things = Object.entries(lexicon.items).flatMap(([code, { words }]) =>
    code.startsWith('K') ? [] : words,
  );
  const groups = { ...concepts, ...sayings.words, '=': things, '+': Object.values(lexicon.methods).flat() };
  const numbers = new Map(Object.keys(groups).map((name, i) => [name, i + 1]));
  const find = wordFinder<string>(groups);
  return (text) => {
    const ends: number[][] = [];
    const starts: number[][] = [];
    const inside = new Uint8Array(text.length + 1);
    for (const { key, start, end } of find.all(text)) {
      const number = numbers.get(key) ?? 0;
      starts[start] = [...(starts[start] ?? []), number];
      ends[end] = [...(ends[end] ?? []), number];
      for (let i = start + 1; i < end; i++) inside[i] = 1;
    }
    const faultEnds = new Set([...text.matchAll(FAULTS)].map((m) => m.index + m[0].length));
    const char = (at: number) => (at >= 0 && at < text.length ? text.charCodeAt(at) : 0);
    const out: Int32Array[] = [NOTHING];
    let told = 0;
    for (let at = 1; at < text.length; at++) {
      if (faultEnds.has(at)) told = 1;
      const [l3, l2, l1, r1, r2, r3] = [
        char(at - 3),
        char(at - 2),
        char(at - 1),
        char(at),
        char(at + 1),
        char(at + 2),
      ];
      const signs = [
        hash(1, l1),
        hash(2, r1),
        hash(3, l2, l1),
        hash(4, r1, r2),
        hash(5, l1, r1),
        hash(6, l2, l1, r1),
        hash(7, l1, r1, r2),
        hash(8, l3, l2, l1),
        hash(9, r1, r2, r3),
        hash(10, l2, l1, r1, r2),
        hash(11, inside[at] ?? 0, told),
        hash(12, Math.min(at, 6)),
        hash(13, Math.min(text.length - at, 6)),
      ];
      for (const a of ends[at] ?? []) {
        signs.push(hash(14, a), hash(15, a, r1));
        for (const b of starts[at] ?? []) signs.push(hash(16, a, b));
      }
      for (const b of starts[at] ?? []) signs.push(hash(17, b), hash(18, l1, b), hash(19, told, b));
      out.push(Int32Array.from(signs));
    }
    return out;
  };
}

const NOTHING = new Int32Array();
const FAULTS = new RegExp(PROBLEM.source, 'g');

/** Called a million times when it is learnt: without a list of its arguments that takes half as long. */
function hash(kind: number, a: number, b = 0, c = 0, d = 0): number {
  const h = mix(mix(mix(mix(mix(5381, kind), a), b), c), d);
  return (h ^ (h >>> 15)) & (SIZE - 1);
}

const mix = (h: number, part: number) => Math.imul(h ^ part, 0x5bd1e995) ^ (h >>> 13);
