// Reads what people are known to type: the lists by intent, and the examples that stand with the flows.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Fault, readText, scriptsFaulty } from '../../../yaml.ts';
import { check } from '../text/lexicon.ts';
import { INTENTS, type Intent } from '../types.ts';

export type Examples = Partial<Record<Intent, string[]>>;

const FILE = 'said.txt';
/** Sayings that teach the reading of English alone. */
const IN_ENGLISH = 'said-in-english.txt';

export const SAID_IN = ['zh-CN', 'en'] as const;
type Locale = (typeof SAID_IN)[number];

const flowSchema = z.looseObject({ intents: z.array(z.enum(INTENTS)).optional() });
const flowTextsSchema = z.looseObject({ examples: z.array(z.coerce.string().min(1)).optional() });

/**
 * All that people are known to type: the lists of `texts/<locale>/said.txt` and the examples that stand with the flows, in both
 * languages: a Chinese office has guests, and an English demo types Chinese. Throws `scripts.faulty` with every fault of a file.
 */
export function readTaught(scriptsDir: string): Examples {
  const taught: Examples = {};
  for (const locale of SAID_IN) {
    // Object.entries loses the key type
    for (const [intent, lines] of Object.entries(taughtIn(scriptsDir, locale)) as Array<[Intent, string[]]>)
      taught[intent] = [...(taught[intent] ?? []), ...lines];
  }
  return taught;
}

/** What one language's list and its flows' examples teach. */
function taughtIn(scriptsDir: string, locale: Locale): Examples {
  const taught: Examples = {};
  const add = (intent: Intent, lines: readonly string[]) => {
    taught[intent] = [...(taught[intent] ?? []), ...lines];
  };
  const flows = readdirSync(join(scriptsDir, 'flows'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const texts = join(scriptsDir, 'texts', locale);
  const own = readSaid(scriptsDir, locale);
  for (const intent of INTENTS) add(intent, own[intent] ?? []);
  for (const name of flows) {
    const [intent] = check(flowSchema, join(scriptsDir, 'flows', name)).intents ?? [];
    const file = join(texts, name);
    if (intent && existsSync(file)) add(intent, check(flowTextsSchema, file).examples ?? []);
  }
  return taught;
}

/** All that teaches the reading of English: its sayings, the long list, and the examples of its flows. Throws `scripts.faulty`. */
export function readTaughtInEnglish(scriptsDir: string): Examples {
  const taught = taughtIn(scriptsDir, 'en');
  for (const [intent, lines] of Object.entries(readSaidInEnglish(scriptsDir)) as Array<[Intent, string[]]>) // Object.entries loses the key type
    taught[intent] = [...(taught[intent] ?? []), ...lines];
  return taught;
}

/** The sayings of one language. Throws `scripts.faulty` with every fault. */
export function readSaid(scriptsDir: string, locale: Locale): Examples {
  return saidIn(join(scriptsDir, 'texts', locale, FILE));
}

/** The sayings that only the reading of English learns from. Throws `scripts.faulty` with every fault. */
export function readSaidInEnglish(scriptsDir: string): Examples {
  return saidIn(join(scriptsDir, 'texts', 'en', IN_ENGLISH));
}

function saidIn(file: string): Examples {
  return Object.fromEntries(
    linesUnder(file, (heading) => INTENTS.find((one) => one === heading), {
      unknown: (heading) => `there is no intent "${heading}"; there are: ${INTENTS.join(', ')}`,
      none: 'stands under no [intent], such as [visit.log]',
    }),
  );
}

/**
 * Ten thousand sayings, as plain as they can be: a line for each, under `[heading]`; empty lines and those that begin with #
 * say nothing. (As YAML they took a second of each start, and whoever adds one would have to know when to quote.)
 * Throws `scripts.faulty` with every line that stands under no heading and every heading that `known` does not know.
 */
export function linesUnder<K extends string>(
  file: string,
  known: (heading: string) => K | undefined,
  told: { unknown: (heading: string) => string; none: string },
): Map<K, string[]> {
  const said = new Map<K, string[]>();
  const faults: Fault[] = [];
  let under: string[] | undefined;
  contents(file)
    .split('\n')
    .forEach((raw, i) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) return;
      const heading = /^\[(.+)\]$/.exec(line)?.[1];
      if (heading !== undefined) {
        const key = known(heading);
        under = (key && said.get(key)) ?? [];
        if (key) said.set(key, under);
        else
          faults.push({
            file,
            line: i + 1,
            key: heading,
            message: told.unknown(heading),
            code: 'no-such-heading',
            data: { heading },
          });
      } else if (under) under.push(line);
      else faults.push({ file, line: i + 1, key: '', message: told.none, code: 'no-heading' });
    });
  if (faults.length > 0) throw scriptsFaulty(faults);
  return said;
}

function contents(file: string): string {
  const text = readText(file);
  if (typeof text !== 'string') throw scriptsFaulty([{ file, line: 1, key: '', ...text }]);
  return text;
}
