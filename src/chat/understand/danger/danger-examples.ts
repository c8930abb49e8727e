// Reads what teaches which messages tell of somebody in danger now: sayings by kind, and the words that mean the same there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, scriptsFaulty } from '../../../yaml.ts';
import { linesUnder } from '../learn/examples.ts';
import { type Concepts, readConcepts } from '../text/lexicon.ts';

export interface Dangers {
  /** What tells of a danger, by kind, such as `fire`. */
  danger: ReadonlyMap<string, readonly string[]>;
  /** What only sounds like it, by kind, such as `drill`. */
  none: ReadonlyMap<string, readonly string[]>;
  words: Concepts;
}

const HEADING = /^(danger|none)\.([a-z_]+)$/;

/**
 * Reads `texts/zh-CN/dangers.txt` and `rules/danger-words.yaml`. Throws `scripts.faulty` with every fault of a file at a time,
 * also when a saying stands for a danger and for none.
 */
export function readDangers(scriptsDir: string): Dangers {
  const file = join(scriptsDir, 'texts', 'zh-CN', 'dangers.txt');
  const said = linesUnder(file, (heading) => (HEADING.test(heading) ? heading : undefined), {
    unknown: (heading) => `[${heading}] is no kind; write such as [danger.fire] or [none.drill]`,
    none: 'stands under no kind, such as [danger.fire] or [none.drill]',
  });
  const dangers = kinds(said, 'danger');
  const none = kinds(said, 'none');
  const known = new Set([...dangers.values()].flat());
  const both = new Set([...none.values()].flat().filter((line) => known.has(line)));
  const faults: Fault[] = [...both].map((saying) => ({
    file,
    line: lastLineOf(file, saying),
    key: saying,
    message: 'stands under a danger and under none',
    code: 'danger-and-none',
  }));
  if (known.size === 0 || none.size === 0)
    faults.push({ file, line: 1, key: '', message: 'both dangers and what is none must be told' });
  if (faults.length > 0) throw scriptsFaulty(faults);
  return { danger: dangers, none, words: readDangerWords(scriptsDir) };
}

/** Words that mean the same in such sayings. Throws `scripts.faulty` with every fault. */
export function readDangerWords(scriptsDir: string): Concepts {
  return readConcepts(join(scriptsDir, 'rules', 'danger-words.yaml'));
}

function kinds(said: ReadonlyMap<string, string[]>, head: string): Map<string, string[]> {
  return new Map(
    [...said].flatMap(([heading, lines]): Array<[string, string[]]> => {
      const [, first, kind] = HEADING.exec(heading) ?? [];
      return first === head && kind ? [[kind, lines]] : [];
    }),
  );
}

function lastLineOf(file: string, saying: string): number {
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      .findLastIndex((line) => line.trim() === saying) + 1
  );
}
