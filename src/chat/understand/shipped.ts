// The understander of an office's folder of words: Chinese, and English beside it.
import { withEnglish } from './english/english.ts';
import type { Understander } from './types.ts';
import { createUnderstander } from './understand.ts';
import { readWords } from './words.ts';

/** Reads a folder like `bot-scripts`; throws `scripts.faulty` when its words are wrong. What they teach is kept in `cacheDir`. */
export function understanderOf(scriptsDir: string, cacheDir?: string): Understander {
  const { english, ...words } = readWords(scriptsDir);
  const { lexicon } = words;
  return withEnglish(createUnderstander({ ...words, cacheDir }), { ...english, lexicon, cacheDir });
}
