// What a text is made of for the scorer of dangers: pieces of words, and which peril meets whom, in one breath or in the next.
import type { FeatureReader } from '../learn/features.ts';
import { type Concepts, wordFinder } from '../text/lexicon.ts';

/** A lone character says little; a class of words holds for all its words. */
const WEIGHT = {
  letter: 0.5,
  piece: 1,
  alone: 1.5,
  denied: 1.5,
  next: 0.8,
  together: 0.8,
  later: 0.5,
  edge: 0.7,
  asks: 1.5,
};
/** How many clauses further on a word still belongs to another. */
const REACH = 2;
const CLAUSE_END = /[,.;!?\s]/;
/** The letters of `maskSpans` are classes of their own, and so is a call for help (see `markCalls`). */
const MASKS = /[SPRATDMH#]/g;

const ASKS = /[?吗]|怎么|咋|谁|几|多少|哪/;
const ENDS_ASKING = /(?:吗|么|没有|呢|\?|多少|几个|谁)[?.!]*$/;

interface Token {
  names: string[];
  clause: number;
}

/** The numbers of ambulance, fire brigade and police must not become any number; as long as before, so that places keep. */
export const markCalls = (text: string): string => text.replace(/(?<!\d)1(?:10|19|20)(?!\d)/g, 'HHH');

/** Builds the reader once from the office's words. */
export function dangerFeatures(words: Concepts): FeatureReader {
  const find = wordFinder(words);
  return (masked) => {
    const features = new Map<string, number>();
    const text = `^${masked.replace(/[,.;:!\s、"()]+/g, ',')}$`;
    for (let i = 0; i < text.length; i++) {
      features.set(text.slice(i, i + 1), WEIGHT.letter);
      if (i + 2 <= text.length) features.set(text.slice(i, i + 2), WEIGHT.piece);
    }
    const tokens = tokensOf(masked, find);
    tokens.forEach((token, i) => {
      const before = tokens[i - 1];
      const denied = before?.clause === token.clause && before.names.includes('neg');
      for (const name of token.names) {
        features.set(`@${name}`, WEIGHT.alone);
        if (denied) features.set(`@!${name}`, WEIGHT.denied);
        for (let j = i + 1; j < tokens.length; j++) {
          const other = tokens[j];
          if (!other || other.clause - token.clause > REACH) break;
          for (const next of other.names)
            pair(features, name, next, j === i + 1, other.clause === token.clause);
        }
      }
    });
    for (const name of tokens[0]?.names ?? []) features.set(`@^${name}`, WEIGHT.edge);
    for (const name of tokens.at(-1)?.names ?? []) features.set(`@$${name}`, WEIGHT.edge);
    if (ASKS.test(masked)) features.set('#asks', WEIGHT.asks);
    if (ENDS_ASKING.test(masked)) features.set('#endsAsking', WEIGHT.asks);
    return features;
  };
}

/** Two classes that meet: one right after the other, in one clause in any order, or some clauses apart. */
function pair(
  features: Map<string, number>,
  name: string,
  next: string,
  near: boolean,
  together: boolean,
): void {
  if (near && name === next) return;
  if (near) features.set(`@${name}>${next}`, WEIGHT.next);
  const both = name < next ? [name, next] : [next, name];
  features.set(both.join(together ? '&' : '+'), together ? WEIGHT.together : WEIGHT.later);
}

function tokensOf(masked: string, find: ReturnType<typeof wordFinder<string>>): Token[] {
  const places = new Map<number, string[]>();
  for (const f of find.all(masked)) places.set(f.start, [...(places.get(f.start) ?? []), f.key]);
  for (const m of masked.matchAll(MASKS)) if (!places.has(m.index)) places.set(m.index, [m[0]]);
  const tokens: Token[] = [];
  let clause = 0;
  for (let at = 0; at < masked.length; at++) {
    if (CLAUSE_END.test(masked[at] ?? '')) clause++;
    const names = places.get(at);
    if (names) tokens.push({ names, clause });
  }
  return tokens;
}
