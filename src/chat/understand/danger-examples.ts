// Reads what teaches which messages tell of somebody in danger now: sayings by kind, and the words that mean the same there.
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { linesUnder } from './examples.ts';
import { type Concepts, readConcepts } from './lexicon.ts';

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
  const both = [...none.values()].flat().filter((line) => known.has(line));
  const faults = both.map((line) => `${file}: "${line}" stands under a danger and under none`);
  if (known.size === 0 || none.size === 0) faults.push(`${file}: both dangers and what is none must be told`);
  if (faults.length > 0)
    throw new AppError('scripts.faulty', 'never', { file }, { message: faults.join('\n') });
  return { danger: dangers, none, words: readConcepts(join(scriptsDir, 'rules', 'danger-words.yaml')) };
}

function kinds(said: ReadonlyMap<string, string[]>, head: string): Map<string, string[]> {
  return new Map(
    [...said].flatMap(([heading, lines]): Array<[string, string[]]> => {
      const [, first, kind] = HEADING.exec(heading) ?? [];
      return first === head && kind ? [[kind, lines]] : [];
    }),
  );
}
