// How a text becomes numbers: which of its features are known, and how much each of them weighs.
import type { FeatureReader } from './features.ts';

/** An example of a class: the class's number and the masked text. */
export interface Lesson {
  label: number;
  text: string;
}

export interface Row {
  features: Int32Array;
  values: Float32Array;
  label: number;
}

/**
 * The features that several texts have, numbered in the order in which they first appear, and each text by these numbers. What
 * a text is made of is let go before the next is read: all of them at once would be fifty megabytes that V8 gives back in part.
 */
export function rowsOf(
  lessons: readonly Lesson[],
  read: FeatureReader,
  sharedBy: number,
): { vocabulary: ReadonlyMap<string, number>; rows: Row[] } {
  const known = new Map<string, number>();
  const counts: number[] = [];
  const texts = lessons.map(({ label, text }) => {
    const features = read(text);
    const ids = Int32Array.from(features.keys(), (feature) => {
      const id = known.get(feature) ?? known.size;
      known.set(feature, id);
      counts[id] = (counts[id] ?? 0) + 1;
      return id;
    });
    return { label, ids, weights: Float64Array.from(features.values()) };
  });
  const shared = [...known].filter(([, id]) => (counts[id] ?? 0) >= sharedBy);
  const numbers = new Int32Array(known.size).fill(-1);
  shared.forEach(([, id], number) => {
    numbers[id] = number;
  });
  return {
    vocabulary: new Map(shared.map(([feature], number) => [feature, number])),
    rows: texts.map(({ label, ids, weights }) => {
      const { ids: features, values } = vectorOf(ids, weights, (id) => numbers[id] ?? -1);
      return { features: Int32Array.from(features), values: Float32Array.from(values), label };
    }),
  };
}

/** The features that are known, by number, with their weights in proportion. */
export function vectorOf<F>(
  features: Iterable<F>,
  weights: Iterable<number>,
  numberOf: (feature: F) => number,
): { ids: number[]; values: number[] } {
  const ids: number[] = [];
  const raw: number[] = [];
  const weight = weights[Symbol.iterator]();
  for (const feature of features) {
    const { value } = weight.next();
    const known = numberOf(feature);
    if (known < 0) continue;
    ids.push(known);
    raw.push(value ?? 0);
  }
  const norm = Math.sqrt(raw.reduce((sum, v) => sum + v * v, 0)) || 1;
  return { ids, values: raw.map((v) => (v / norm) * 3) };
}
