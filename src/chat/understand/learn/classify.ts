// Weighs a text against examples: a linear scorer over its features, trained from the examples when it is built.

import { INTENTS } from '../types.ts';
import type { Examples } from './examples.ts';
import { type FeatureReader, maskExample } from './features.ts';
import { type Lesson, type Row, rowsOf, vectorOf } from './vectors.ts';

export interface Classifier {
  /** One logit per class, such as per intent in the order of INTENTS, for a masked text (see `maskSpans`). */
  scores(masked: string): Float32Array;
}

const ROUNDS = 14;
const STEP = 0.8;
/** How much smaller each round's steps are. */
const CALMER = 0.05;
/**
 * Which share of a row's features is covered each time it is shown: what has to be told from a third of a message leans on
 * no single word, and holds for strangers' words better (some 2 % of intents on lines that were not learnt from).
 */
const COVERED = 0.7;
/**
 * In how many examples a feature must stand. What stands in one only says nothing of another message: without such features
 * (more than half of all) strangers' lines are read as well, and what was learnt takes less than half the memory.
 */
const SHARED = 2;
const SEED = 7;

/** What the examples taught: one row of weights per feature, one weight per class. */
export interface Learnt {
  features: readonly string[];
  weights: Float32Array;
  bias: Float32Array;
}

/** Learns the intents from their examples; some seconds of a core. */
export function learn(examples: Examples, read: FeatureReader): Learnt {
  const lessons = INTENTS.flatMap((intent, label) =>
    (examples[intent] ?? []).map((example) => ({ label, text: maskExample(example) })),
  );
  return learnClasses(lessons, read, INTENTS.length, { runs: 3 });
}

/** How is learnt; what is left out is as is best for the intents. */
export interface Manner {
  /** How often the examples are gone through. */
  rounds?: number;
  step?: number;
  /** Which share of features is covered each time. */
  covered?: number;
  /** In how many examples a feature must stand. */
  sharedBy?: number;
  /** How often all is learnt anew, in another order and with other features covered; the mean of the runs is what is learnt. */
  runs?: number;
}

/** Learns in a fixed order, so that the same examples always give the same understanding. */
export function learnClasses(
  lessons: readonly Lesson[],
  read: FeatureReader,
  classes: number,
  { rounds = ROUNDS, step = STEP, covered = COVERED, sharedBy = SHARED, runs = 1 }: Manner = {},
): Learnt {
  const { vocabulary, rows } = rowsOf(lessons, read, sharedBy);
  const learnt = { weights: new Float32Array(vocabulary.size * classes), bias: new Float32Array(classes) };
  for (let run = 0; run < runs; run++) {
    const once = goThrough(rows, classes, vocabulary.size, { rounds, step, covered, seed: SEED + run });
    for (let i = 0; i < once.weights.length; i++)
      learnt.weights[i] = (learnt.weights[i] ?? 0) + (once.weights[i] ?? 0) / runs;
    for (let c = 0; c < classes; c++) learnt.bias[c] = (learnt.bias[c] ?? 0) + (once.bias[c] ?? 0) / runs;
  }
  return { features: [...vocabulary.keys()], ...learnt };
}

function goThrough(
  rows: readonly Row[],
  classes: number,
  features: number,
  { rounds, step, covered, seed }: { rounds: number; step: number; covered: number; seed: number },
): { weights: Float32Array; bias: Float32Array } {
  const weights = new Float32Array(features * classes);
  const bias = new Float32Array(classes);
  const order = shuffled(rows.length, seed);
  const p = new Float32Array(classes);
  const wrong: number[] = [];
  const next = generator(seed);
  const most = rows.reduce((max, row) => Math.max(max, row.features.length), 0);
  const shown = { ids: new Int32Array(most), values: new Float32Array(most) };
  // the mean of the later rounds' weights: a single round's depend on what was covered last
  const mean = { weights: new Float32Array(weights.length), bias: new Float32Array(classes) };
  const half = rounds / 2;
  for (let round = 0; round < rounds; round++) {
    const rate = step / (1 + round * CALMER);
    for (const index of order) {
      const row = rows[index];
      if (!row) continue;
      let count = 0;
      for (let k = 0; k < row.features.length; k++) {
        if (next() < covered) continue;
        shown.ids[count] = row.features[k] ?? 0;
        shown.values[count++] = (row.values[k] ?? 0) / (1 - covered);
      }
      p.set(bias);
      accumulate(p, weights, shown.ids, shown.values, classes, count);
      softmax(p);
      wrong.length = 0;
      for (let c = 0; c < classes; c++) {
        const error = (c === row.label ? 1 : 0) - (p[c] ?? 0);
        p[c] = error * rate;
        if (Math.abs(error) < 2e-3) continue;
        wrong.push(c);
        bias[c] = (bias[c] ?? 0) + rate * error * 0.1;
      }
      if (wrong.length === 0) continue;
      for (let k = 0; k < count; k++) {
        const base = (shown.ids[k] ?? 0) * classes;
        const value = shown.values[k] ?? 0;
        for (const c of wrong) weights[base + c] = (weights[base + c] ?? 0) + (p[c] ?? 0) * value;
      }
    }
    if (round < half) continue;
    for (let i = 0; i < weights.length; i++)
      mean.weights[i] = (mean.weights[i] ?? 0) + (weights[i] ?? 0) / (rounds - half);
    for (let c = 0; c < classes; c++) mean.bias[c] = (mean.bias[c] ?? 0) + (bias[c] ?? 0) / (rounds - half);
  }
  return mean;
}

/** The scorer that was learnt. */
export function classifierOf({ features, weights, bias }: Learnt, read: FeatureReader): Classifier {
  const classes = bias.length;
  const vocabulary = new Map(features.map((feature, id) => [feature, id]));
  return {
    scores(masked) {
      const features = read(masked);
      const { ids, values } = vectorOf(features.keys(), features.values(), (f) => vocabulary.get(f) ?? -1);
      const out = Float32Array.from(bias);
      accumulate(out, weights, Int32Array.from(ids), Float32Array.from(values), classes);
      return out;
    },
  };
}

function accumulate(
  out: Float32Array,
  weights: Float32Array,
  ids: Int32Array,
  values: Float32Array,
  classes: number,
  count = ids.length,
): void {
  for (let k = 0; k < count; k++) {
    const base = (ids[k] ?? 0) * classes;
    const value = values[k] ?? 0;
    for (let c = 0; c < classes; c++) out[c] = (out[c] ?? 0) + (weights[base + c] ?? 0) * value;
  }
}

export function softmax(p: Float32Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const v of p) max = Math.max(max, v);
  let sum = 0;
  for (let c = 0; c < p.length; c++) {
    p[c] = Math.exp((p[c] ?? 0) - max);
    sum += p[c] ?? 0;
  }
  for (let c = 0; c < p.length; c++) p[c] = (p[c] ?? 0) / sum;
}

/** A plain congruential generator of numbers from 0 to 1, the same ones each time, so no chance is involved. */
function generator(from: number): () => number {
  let seed = from;
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** A fixed order that mixes the intents. */
function shuffled(count: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  const next = generator(seed);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
