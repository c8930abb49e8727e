// Reads a message as a row of concepts: words that mean the same in this office, so that what one of them teaches holds for all.
import { type Concepts, wordFinder } from './lexicon.ts';

/** Names what a masked text says by its concepts, each with its weight: which stand there, denied, first, last, before which. */
export type ConceptReader = (masked: string) => Map<string, number>;

interface Token {
  names: string[];
  /** Which clause it stands in, counted from 0. */
  clause: number;
}

const WEIGHT = { alone: 1.5, denied: 1.5, edge: 1, next: 0.7, later: 0.5 };
/** How many concepts further on one still belongs to another. */
const REACH = 3;

/** Builds the reader once from the office's words. */
export function conceptReader(concepts: Concepts): ConceptReader {
  const find = wordFinder(concepts);
  return (masked) => {
    const tokens = tokensOf(masked, find);
    const signs = new Map<string, number>();
    tokens.forEach((token, i) => {
      const before = tokens[i - 1];
      const denied = before?.clause === token.clause && before.names.includes('neg');
      for (const name of token.names) {
        signs.set(`@${name}`, WEIGHT.alone);
        if (denied) signs.set(`@!${name}`, WEIGHT.denied);
        for (let j = i + 1; j <= i + REACH && j < tokens.length; j++) {
          const near = j === i + 1;
          for (const next of tokens[j]?.names ?? [])
            signs.set(`@${name}${near ? '>' : '~'}${next}`, near ? WEIGHT.next : WEIGHT.later);
        }
      }
    });
    for (const name of tokens[0]?.names ?? []) signs.set(`@^${name}`, WEIGHT.edge);
    for (const name of tokens.at(-1)?.names ?? []) signs.set(`@$${name}`, WEIGHT.edge);
    return signs;
  };
}

/** The letters of `maskSpans` are concepts of their own. */
const MASKS = /[SPRATDM#]/g;

function tokensOf(masked: string, find: ReturnType<typeof wordFinder<string>>): Token[] {
  const places = new Map<number, string[]>();
  for (const f of find.all(masked)) places.set(f.start, [...(places.get(f.start) ?? []), f.key]);
  for (const m of masked.matchAll(MASKS)) places.set(m.index, [m[0]]);
  const tokens: Token[] = [];
  let clause = 0;
  for (let at = 0; at < masked.length; at++) {
    if (/[,.;!?\s]/.test(masked[at] ?? '')) clause++;
    const names = places.get(at);
    if (names) tokens.push({ names, clause });
  }
  return tokens;
}
