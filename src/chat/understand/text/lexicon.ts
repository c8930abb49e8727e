// Reads the words the office may edit and checks them, so that a wrong file is a sentence and not a strange conversation.
import { basename, dirname } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Fault, readText, readYaml, scriptsFaulty } from '../../../yaml.ts';
import type { ItemCode } from '../types.ts';

const words = z.array(z.coerce.string().min(1));
const item = z.object({
  name: z.string().min(1),
  short: z.string().min(1),
  words,
  /** For the kindergarten items: which of the eight they stand in for. */
  from: z.array(z.string()).optional(),
});
const ITEM_CODES = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'K1', 'K2', 'K3', 'K4'] as const;

const schema = z.strictObject({
  items: z.strictObject(
    Object.fromEntries(ITEM_CODES.map((c) => [c, item])) as Record<ItemCode, typeof item>,
  ), // fromEntries forgets the keys
  spoken: z.partialRecord(z.enum(ITEM_CODES), words),
  severity: z.strictObject({
    fixed_on_site: words,
    minor: words,
    general: words,
    serious: words,
    complex: words,
  }),
  methods: z.strictObject({
    tour: words,
    lesson: words,
    docs: words,
    meeting: words,
    interview: words,
    survey: words,
    undercover: words,
  }),
  emergency: z.strictObject({
    incidents: words,
    to_person: words,
    danger: words,
    symptoms: words,
    harmless: words,
    drill: words,
  }),
  topics: z.record(z.string(), words),
  metrics: z.record(z.string(), words),
  audiences: z.record(z.string(), words),
  formats: z.record(z.string(), words),
});
export type Lexicon = z.infer<typeof schema>;

/** Reads `rules/lexicon.yaml`. Throws `scripts.faulty` with every fault at a time, by line and key. */
export function readLexicon(file: string): Lexicon {
  return check(schema, file);
}

const conceptsSchema = z
  .record(z.string().regex(/^[a-z_]+$/), words)
  .refine((concepts) => concepts.neg, 'neg: the words that deny are missing');
/** Words that mean the same, by concept; `neg` holds those that deny what follows. */
export type Concepts = Readonly<Record<string, readonly string[]>>;

/** Reads `rules/concepts.yaml`. Throws `scripts.faulty` with every fault at a time, by line and key. */
export function readConcepts(file: string): Concepts {
  return check(conceptsSchema, file);
}

/** A YAML file in this shape. Throws `scripts.faulty` with every fault at a time, by line and key. */
export function check<T>(shape: z.ZodType<T>, file: string): T {
  const read = shape.safeParse(plainly(file));
  if (read.success) return read.data;
  // Read again for the lines, which takes longer than reading alone.
  const faults: Fault[] = [];
  readYaml(dirname(file), basename(file), shape, faults);
  throw scriptsFaulty(faults.map((fault) => ({ ...fault, file })));
}

function plainly(file: string): unknown {
  try {
    const text = readText(file);
    return typeof text === 'string' ? (parse(text) ?? {}) : undefined;
  } catch {
    return undefined; // told when it is read for its faults
  }
}

/** Finds which of many words stand in a text; built once, so that a turn does not build patterns. */
export interface WordFinder<K extends string> {
  all(text: string): Array<{ key: K; word: string; start: number; end: number }>;
  keys(text: string): K[];
}

/** Longest word wins at each place; overlapping shorter words are not reported. */
export function wordFinder<K extends string>(groups: Readonly<Record<K, readonly string[]>>): WordFinder<K> {
  const byFirst = new Map<string, Array<{ key: K; word: string }>>();
  // Object.entries gives string keys; they are K by construction
  for (const [key, list] of Object.entries(groups) as Array<[K, readonly string[]]>) {
    for (const raw of list) {
      const word = raw.toLowerCase();
      const head = word.slice(0, 1);
      byFirst.set(head, [...(byFirst.get(head) ?? []), { key, word }]);
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.word.length - a.word.length);
  const all = (text: string) => {
    const found: Array<{ key: K; word: string; start: number; end: number }> = [];
    for (let at = 0; at < text.length; at++) {
      const here = (byFirst.get(text[at] ?? '') ?? []).filter((c) => text.startsWith(c.word, at));
      const longest = here[0];
      if (!longest) continue;
      for (const same of here) {
        if (same.word.length === longest.word.length) {
          found.push({ key: same.key, word: same.word, start: at, end: at + same.word.length });
        }
      }
      at += longest.word.length - 1;
    }
    return found;
  };
  return { all, keys: (text) => [...new Set(all(text).map((f) => f.key))] };
}
