// All that the office's files say of understanding, read and checked in one place: for the running bot and for `dudao understand`.
import { join } from 'node:path';
import { type Fault, faultLine, faultsIn } from '../../yaml.ts';
import { type Dangers, readDangers, readDangerWords } from './danger/danger-examples.ts';
import { type EnglishWords, readEnglishWords } from './english/words.ts';
import {
  type Examples,
  readSaid,
  readSaidInEnglish,
  readTaught,
  readTaughtInEnglish,
  SAID_IN,
} from './learn/examples.ts';
import type { Taught } from './learn/learnt.ts';
import { type Lexicon, readConcepts, readLexicon } from './text/lexicon.ts';
import { readSayings, type Sayings } from './text/sayings.ts';

export interface Words extends Taught {
  lexicon: Lexicon;
  sayings: Sayings;
  dangers: Dangers;
  /** What English is read by, beside Chinese. */
  english: { words: EnglishWords; examples: Examples };
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
    english: {
      words: readEnglishWords(rules('english.yaml')),
      examples: readTaughtInEnglish(scriptsDir),
    },
  };
}

/** Every fault of those files at a time. Flows and their texts, whose examples are taught as well, have a check of their own. */
export function wordFaults(scriptsDir: string): Fault[] {
  const rules = (name: string) => join(scriptsDir, 'rules', name);
  const found = [
    () => readLexicon(rules('lexicon.yaml')),
    () => readConcepts(rules('concepts.yaml')),
    () => readEnglishWords(rules('english.yaml')),
    () => readSayings(rules('clauses.yaml')),
    () => readDangerWords(scriptsDir),
    () => readDangers(scriptsDir),
    ...SAID_IN.map((locale) => () => readSaid(scriptsDir, locale)),
    () => readSaidInEnglish(scriptsDir),
  ].flatMap((read) => faultsIn(scriptsDir, read));
  // Reading what is dangerous reads its words as well.
  return [...new Map(found.map((fault) => [faultLine(fault), fault])).values()];
}
