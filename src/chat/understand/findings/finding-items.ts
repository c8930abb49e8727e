// Which of the eight items, or of the kindergartens' four, a text is about: by the lexicon's words, and by what the sayings taught.
import type { ClauseReader } from '../clauses/clause-kinds.ts';
import { type Lexicon, type WordFinder, wordFinder } from '../text/lexicon.ts';
import type { ItemCode } from '../types.ts';

export interface ItemRanker {
  items: WordFinder<ItemCode>;
  /** Best first, by words alone. */
  byWords(text: string, kindergarten: boolean): ItemCode[];
  /** Best first: the words' own choice, behind what the sayings taught where that is sure of itself. */
  rank(text: string, kindergarten: boolean): ItemCode[];
}

/** Compiles the lexicon's items once. */
export function itemRanker(lexicon: Lexicon, kinds: ClauseReader): ItemRanker {
  // Object.entries/fromEntries lose the key type; the schema has checked it
  const codes = Object.keys(lexicon.items) as ItemCode[];
  const words = Object.fromEntries(codes.map((c) => [c, lexicon.items[c].words])) as Record<
    ItemCode,
    string[]
  >;
  const items = wordFinder<ItemCode>(words);
  const standIn = new Map<string, ItemCode>();
  for (const code of codes) for (const from of lexicon.items[code].from ?? []) standIn.set(from, code);

  const byWords = (text: string, kindergarten: boolean): ItemCode[] => {
    const scores = new Map<ItemCode, number>();
    for (const f of items.all(text)) {
      if (f.key.startsWith('K') && !kindergarten) continue;
      const weight = f.word.length * f.word.length + (f.end / text.length) * 1.5;
      scores.set(f.key, (scores.get(f.key) ?? 0) + weight);
    }
    // money taken is a matter of fees, whatever it was taken for
    if (MONEY.test(text) && scores.has('I2')) scores.set('I2', (scores.get('I2') ?? 0) + 14);
    const sorted = [...scores].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    return kindergarten ? [...new Set(sorted.map((c) => standIn.get(c) ?? c))] : sorted;
  };
  /** The words' own choice, behind what the sayings taught where that is sure of itself. */
  const rank = (text: string, kindergarten: boolean): ItemCode[] => {
    const words = byWords(text, kindergarten);
    const { p, item, sure } = kinds(text);
    const [first] = words;
    if (kindergarten && first?.startsWith('K') && !standsIn(text, items, standIn)) return words;
    const agreed = words.length === 0 || items.keys(text).includes(item);
    if (p.fault < LIKELY || sure < (agreed ? SURE_ITEM : SURER)) return words;
    const learnt = kindergarten ? (standIn.get(item) ?? item) : item;
    return [learnt, ...words.filter((code) => code !== learnt)];
  };
  return { items, byWords, rank };
}

/** How likely a problem must be for the sayings to choose its item, and how sure of that item. */
const LIKELY = 0.3;
const SURE_ITEM = 0.6;
/** And where the words of the text speak for others only. */
const SURER = 0.9;

/** Says that only words of the eight items speak, none of the kindergartens' own. */
function standsIn(
  text: string,
  items: WordFinder<ItemCode>,
  standIn: ReadonlyMap<string, ItemCode>,
): boolean {
  return items.keys(text).every((code) => standIn.has(code));
}

const MONEY = /^(?!.*(?:补课|家教|办班|台账|公示栏)).*收(?:了|取)?[^,]{0,6}(?:费|钱|元|块)/;
