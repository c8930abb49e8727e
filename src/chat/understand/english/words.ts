// The field's words in English (`rules/english.yaml`), found as whole words: "all" is no part of "hall".
import { z } from 'zod';
import { check, type Lexicon } from '../text/lexicon.ts';
import type { ItemCode, Method, Severity } from '../types.ts';

const words = z.array(z.coerce.string().min(1));
const ITEMS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'K1', 'K2', 'K3', 'K4'] as const;
const GRADES = ['fixed_on_site', 'minor', 'general', 'serious', 'complex'] as const;
const METHODS = ['tour', 'lesson', 'docs', 'meeting', 'interview', 'survey', 'undercover'] as const;

const schema = z.strictObject({
  concepts: z.record(z.string().regex(/^[a-z_]+$/), words),
  items: z.strictObject(
    Object.fromEntries(ITEMS.map((c) => [c, words])) as Record<ItemCode, typeof words>, // fromEntries forgets the keys
  ),
  severity: z.strictObject(
    Object.fromEntries(GRADES.map((c) => [c, words])) as Record<Severity, typeof words>,
  ),
  methods: z.strictObject(Object.fromEntries(METHODS.map((c) => [c, words])) as Record<Method, typeof words>),
  praise: words,
});
export type EnglishWords = z.infer<typeof schema>;

/** Reads `rules/english.yaml`. Throws `scripts.faulty` with every fault at a time, by line and key. */
export function readEnglishWords(file: string): EnglishWords {
  return check(schema, file);
}

export interface Hit<K> {
  key: K;
  start: number;
  end: number;
}

/** All words of the groups that stand in a text in small letters, the longest at each place; one word may be of several groups. */
export type PhraseFinder<K> = (text: string) => Hit<K>[];

/** Built once: phrases are filed by their first word, so that a text costs as much as it has words. */
export function phraseFinder<K extends string>(
  groups: Readonly<Record<K, readonly string[]>>,
): PhraseFinder<K> {
  const exact = new Map<string, Map<string, K[]>>();
  const stems: Array<{ stem: string; key: K }> = [];
  // Object.entries gives string keys; they are K by construction
  for (const [key, list] of Object.entries(groups) as Array<[K, readonly string[]]>) {
    for (const raw of list) {
      const phrase = raw.toLowerCase();
      if (phrase.endsWith('*') && !phrase.includes(' ')) {
        stems.push({ stem: phrase.slice(0, -1), key });
        continue;
      }
      const [first = ''] = phrase.split(' ');
      const here = exact.get(first) ?? new Map<string, K[]>();
      here.set(phrase, [...(here.get(phrase) ?? []), key]);
      exact.set(first, here);
    }
  }
  return (text) => {
    const found: Hit<K>[] = [];
    let until = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (index < until) continue;
      const here = [...(exact.get(word) ?? [])].flatMap(([phrase, keys]) => {
        const end = endOf(text, index, phrase);
        return end === undefined ? [] : keys.map((key) => ({ key, start: index, end }));
      });
      for (const { stem, key } of stems)
        if (word.startsWith(stem)) here.push({ key, start: index, end: index + word.length });
      const longest = Math.max(0, ...here.map(({ end }) => end));
      found.push(...here.filter(({ end }) => end === longest));
      if (longest > 0) until = longest;
    }
    return found;
  };
}

const WORD = /[a-z0-9][a-z0-9'-]*/g;

/** Where a phrase that begins here ends, as whole words; its last word may be open: "health certificate*". */
function endOf(text: string, at: number, phrase: string): number | undefined {
  const open = phrase.endsWith('*');
  const letters = open ? phrase.slice(0, -1) : phrase;
  if (!text.startsWith(letters, at)) return undefined;
  let end = at + letters.length;
  if (!open) return /[a-z0-9]/.test(text[end] ?? '') ? undefined : end;
  while (/[a-z]/.test(text[end] ?? '')) end++;
  return end;
}

/** Which items a text in small letters is about, best first: the longer word counts for more. */
export function englishItems(words: EnglishWords, lexicon: Lexicon) {
  const find = phraseFinder<ItemCode>(words.items);
  const standIn = new Map<string, ItemCode>();
  // Object.keys loses the key type
  for (const code of Object.keys(lexicon.items) as ItemCode[])
    for (const from of lexicon.items[code].from ?? []) standIn.set(from, code);
  return (text: string, kindergarten: boolean): ItemCode[] => {
    const scores = new Map<ItemCode, number>();
    for (const { key, start, end } of find(text)) {
      if (key.startsWith('K') && !kindergarten) continue;
      scores.set(key, (scores.get(key) ?? 0) + Math.sqrt(end - start));
    }
    const sorted = [...scores].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    return kindergarten ? [...new Set(sorted.map((code) => standIn.get(code) ?? code))] : sorted;
  };
}
