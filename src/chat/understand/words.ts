// All that the office's files say of understanding, read and checked in one place: for the running bot and for `dudao understand`.
import { join } from 'node:path';
import { type Dangers, readDangers } from './danger-examples.ts';
import { readTaught } from './examples.ts';
import type { Taught } from './learnt.ts';
import { type Lexicon, readConcepts, readLexicon } from './lexicon.ts';
import { readSayings, type Sayings } from './sayings.ts';

export interface Words extends Taught {
  lexicon: Lexicon;
  sayings: Sayings;
  dangers: Dangers;
}

/** Reads a folder like `bot-scripts`. Throws `scripts.faulty` with every fault of the first file that has one. */
export function readWords(scriptsDir: string): Words {
  const rules = (name: string) => join(scriptsDir, 'rules', name);
  return {
    lexicon: readLexicon(rules('lexicon.yaml')),
    concepts: readConcepts(rules('concepts.yaml')),
    sayings: readSayings(rules('clauses.yaml')),
    dangers: readDangers(scriptsDir),
    examples: readTaught(scriptsDir),
  };
}
