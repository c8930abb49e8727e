// Chance that can be played again: the same seed, the same moments.

/** Gives numbers from 0 up to, not including, 1. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
