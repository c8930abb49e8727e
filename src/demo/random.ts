// Chance that comes out the same on every machine: the demo district must be one district, not a new one at each start.

export interface Chance {
  /** From 0 up to, not with, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True so many times out of one. */
  happens(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** A new list in another order. */
  shuffled<T>(from: readonly T[]): T[];
}

/** Mulberry32 seeded by the FNV-1a hash of a text: small, quick, good enough to deal cards with. */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;

  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[between(0, from.length - 1)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  };
  const shuffled = <T>(from: readonly T[]): T[] => {
    const rest = [...from];
    const dealt: T[] = [];
    while (rest.length > 0) dealt.push(...rest.splice(between(0, rest.length - 1), 1));
    return dealt;
  };
  return { next, between, happens: (share) => next() < share, pick, shuffled };
}
