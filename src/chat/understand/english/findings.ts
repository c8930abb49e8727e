// What an English report found: its clauses without those that say where, when, how it was looked at and by when it must be put right.

import type { Lexicon } from '../text/lexicon.ts';
import type { Flag, FoundProblem, Method, Severity, Slots } from '../types.ts';
import { type EnglishEntities, englishMask, englishWithin } from './entities.ts';
import { type EnglishWords, englishItems, phraseFinder } from './words.ts';

export interface EnglishFindings {
  /** `flags` takes `not-clean` where all is said to be well, which is less than that nothing was found. `trusted`: it tells of faults, in whatever words. */
  read(e: EnglishEntities, kindergarten: boolean, flags: Set<Flag>, trusted?: boolean): Slots;
  methods(text: string): Method[];
  items(text: string, kindergarten: boolean): ReturnType<ReturnType<typeof englishItems>>;
}

interface Clause {
  start: number;
  end: number;
}

const NOTHING =
  /\b(?:no|without(?: any)?|not any) (?:\w+ )?(?:problems?|findings?|issues?|faults?|defects?)\b|\b(?:nothing|no (?:thing|trouble)) (?:was |is |were )?(?:wrong|found|amiss|to report|special)\b|\bnothing at all\b|\bfound nothing\b|\bclean bill\b/;
/** All is well: no problem, but no clean bill either. */
const ALL_WELL =
  /\b(?:all|everything|it|otherwise) (?:was |is |were |looks |looked |went )?(?:fine|well|good|ok|okay|in order|all right|normal)\b|\bin (?:good )?order\b|\b(?:is|are|was|were|looks?|looked) (?:all |very |quite |also )?(?:fine|good|ok|okay|all right|normal|up to date|complete|clean|tidy|neat|held|kept|labelled|available)\b/;
/** What somebody did there, on the way or with whom. */
const ACT =
  /^(?:(?:and|then|also|i|we|i've|we've|just|have|had|has|please|kindly|could you|can you|today|this morning|d|s|this afternoon|,|\s)+ ?)*(?:visit(?:ed|s)?|went|was|were|been|be|at|inspected|dropped|called|stopped|looked|back|came|finished|left|spent|paid|toured|walked|supervised|heard|listened|observed|sat|talked|spoke|chatted|met|read|checked|examined|held|interviewed|log|record|note|register|report|did|supervision visit|regular visit|monthly visit|campus tour|tour|unannounced|with p|on my own|alone)\b/;
/** "was at S", "was not at his post": of the first nothing is wrong. */
const FAULTY =
  /\b(?:not|no|n't|never|without|nobody|expired|broken|missing|blocked|locked|loose|out of|lacks?|dirty|too (?:much|many|few)|only|wrong|hole|leak\w*|crack\w*)\b|n't\b/;
/** All of it is a limit: "within a week", "they have ten days", "to be put right by Friday", "both by the end of next week". */
const LIMIT_ONLY =
  /^(?:(?:and|all|both|it|they|them|this|these|everything|please|must|should|has|have|had|is|are|to|be|been|will|need|needs|the|school|in|within|at|latest|the latest|asked|told|ordered|given|give|let|it's|for|of|due|by|until|deadline|time|limit|put|right|fix|fixed|correct|corrected|rectif\w+|repaired|replaced|done|sorted|improve|improved|remedied|settled|finish|finished|complete|completed|l|t|d|before|on|no|later|than|week's|end)\b[\s,:]*)+$/;
/** Ends a finding with its limit, its grade or what is to be done: "…, serious", "… to be fixed by Friday". */
const GRADE_ONLY =
  /^(?:(?:this|that|it|which|is|was|a|an|the|they|i|we|all|both|are|very|rather|quite|and|one|graded|as|finding|problem|matter|thing|them|orally|told|office|report|to|there|then|there and then|opened|fixed|put|right|corrected|once|at|spot|on|away|immediately|while|minor|serious|severe|grave|complex|ordinary|general|small|trivial)\b[\s,]*)+$/;
/** "they opened it on the spot": what became of the fault told before. */
const PUT_RIGHT =
  /^(?:(?:and|but|which|,|\s)+)?(?:they|it|he|she|both|all|this|that|these|the (?:school|head|principal|guard|cook|teacher)s?|was|were|is|are|has been|have been|fixed|corrected|removed|opened|replaced|cleaned|cleared|told|reminded)\b/;
const TIME_ONLY =
  /^(?:(?:on|this|in|the|d|m|morning|afternoon|noon|am|pm|a|half|day|days|whole|all|full|at|around|about|#|o'clock|with|p|and|s|both|too|,|first|then|today|unannounced|alone|\s)+)$/;
const SPLIT =
  /(?:^|(?<=[\s:;,.]))\(?\d[.)]\s+|[,;.!\n](?!\d)(?!\s*(?:and|or) (?:no|not)\b(?=\s*[.;]))|\s+-\s+|:\s+|\b(?:and|but|also|plus|while)\b(?=\s)/g;
/** What joins two things that one fault has, or two deeds: "raw and cooked food", "pinyin and sums". */
const STANDS_ALONE =
  /\b(?:is|are|was|were|has|have|had|not|no|n't|without|expired|broken|missing|blocked|locked|loose|out|lacks?|dirty|do|does|did|needs?|hangs?|leaks?|mixes|sells?|holds?|keeps?|teach\w*|too)\b|n't\b/;
const LEAD =
  /^(?:\s|[,;:.-]|\band\b|\bbut\b|\balso\b|\bplus\b|\bfound(?: that)?\b|\bthere (?:is|are|was|were)\b|\bi (?:found|saw|noticed)\b|\bproblems?:|\bfindings?:|\d\)|\(\d\)|\d\.\s|at s\b|in s\b|s'?s?\s*[:-])+/;

/** Compiles the words once. */
export function englishFindings(words: EnglishWords, lexicon: Lexicon): EnglishFindings {
  const rank = englishItems(words, lexicon);
  const grades = phraseFinder<Severity>(words.severity);
  const ways = phraseFinder<Method>(words.methods);
  const good = phraseFinder({ praise: words.praise });
  const faults = phraseFinder({ fault: words.concepts.fault ?? [] });

  const gradeIn = (text: string) => grades(text)[0]?.key;
  const isFault = (text: string) => faults(text).length > 0 || FAULTY.test(text);
  const praises = (text: string) => good(text).length > 0 && !isFault(text);

  const methods = (text: string): Method[] => {
    const found = ways(text).filter(({ start, key }) => {
      // "PE lessons are used for maths", "no files": what is wrong with them is not how it was looked at
      const [before, after] = [text.slice(Math.max(0, start - 16), start), text.slice(start)];
      if (
        key === 'lesson' &&
        !/(?:heard|listened|observed|sat in on|watched|attended|\d|one|two|three|four|five|six|a)\b[^,.;]{0,16}$/.test(
          before,
        ) &&
        !/^(?:heard a|listened|observed a|sat in on)/.test(after)
      )
        return false;
      return !/\b(?:no|without|missing|not)\s+$/.test(before);
    });
    return [...new Set(found.map(({ key }) => key))];
  };

  return {
    methods,
    items: rank,
    read(e, kindergarten, flags, trusted = false) {
      const found: FoundProblem[] = [];
      const praised: string[] = [];
      let none = false;
      let well = false;
      for (const { start, end } of clausesOf(e.text)) {
        const part = englishWithin(e, start, end);
        const masked = englishMask(part).replace(/\s+/g, ' ').trim();
        if (masked.length < 3) continue;
        if (NOTHING.test(masked)) none = true;
        // a limit that stands alone is of all that was found
        else if (LIMIT_ONLY.test(masked)) continue;
        else if (gradeIn(masked) && (GRADE_ONLY.test(masked) || (found.length > 0 && PUT_RIGHT.test(masked))))
          gradeLast(found, gradeIn(masked));
        else if (ALL_WELL.test(masked) && !isFault(masked)) well = true;
        else if (TIME_ONLY.test(masked) || (ACT.test(masked) && !isFault(masked))) {
          if (praises(masked) && !ACT.test(masked)) praised.push(part.raw.trim());
        } else if (praises(masked)) praised.push(part.raw.trim());
        else {
          const said = told(part);
          if (said.endsWith('?') || said.length < 4 || !/[a-z\u4e00-\u9fff]{3}/i.test(said)) continue;
          const small = said.toLowerCase();
          if (!trusted && !isFault(small) && rank(small, kindergarten).length === 0) continue;
          const item = rank(small, kindergarten)[0];
          const severity = gradeIn(small);
          found.push({
            text: said,
            ...(item ? { item } : {}),
            ...(severity ? { severity } : {}),
          });
        }
      }
      const highlight = praised.join(', ');
      if (well && !none && found.length === 0) flags.add('not-clean');
      return {
        ...(found.length > 0 ? { findings: found } : none || well ? { no_findings: true } : {}),
        ...(highlight ? { highlight } : {}),
      };
    },
  };
}

function gradeLast(found: FoundProblem[], severity: Severity | undefined): void {
  const last = found.at(-1);
  if (last && severity && last.severity === undefined) last.severity = severity;
}

/** The clause without the school it stands at, and without the limit that ends it. */
function told(part: EnglishEntities): string {
  let text = part.raw;
  const cuts = [
    ...part.schools.map(({ start, end }) => ({ start, end, school: true })),
    ...part.dates.filter((d) => d.limit).map(({ start, end }) => ({ start, end, school: false })),
    ...part.spans.map(({ start, end }) => ({ start, end, school: false })),
  ].sort((a, b) => b.start - a.start);
  for (const { start, end, school } of cuts) {
    const before = text.slice(0, start);
    const lead = school
      ? /(?:\b(?:at|in|of|from) (?:the )?)$/i.exec(before)
      : /(?:,? ?\b(?:to be (?:\w+ )?(?:right|fixed|corrected|rectified|repaired|done)|to (?:fix|correct|rectify|put right)|by|within|before|until|in|they have|due)(?: the)? ?)+$/i.exec(
          before,
        );
    text = before.slice(0, before.length - (lead?.[0].length ?? 0)) + text.slice(end).replace(/^'s\b/, '');
  }
  return text
    .replace(/\s+/g, ' ')
    .replace(new RegExp(LEAD.source, 'i'), '')
    .replace(/^(?:has|have|is|was|are)\s+(?=\S+ing\b)/i, '')
    .replace(/[\s,;:.!-]+$/, '')
    .trim();
}

function clausesOf(text: string): Clause[] {
  const cuts: Clause[] = [];
  let from = 0;
  for (const m of text.matchAll(SPLIT)) {
    const word = /^[a-z]/.test(m[0]);
    // a dot after "no", "ms" or a letter ends no sentence
    if (m[0] === '.' && /\b(?:no|nr|ms|mr|mrs|dr|a\.m|p\.m|[a-z])$/.test(text.slice(0, m.index))) continue;
    if (word && !joinsTwo(text.slice(from, m.index), text.slice(m.index + m[0].length))) continue;
    cuts.push({ start: from, end: m.index });
    from = m.index + m[0].length;
  }
  cuts.push({ start: from, end: text.length });
  return cuts;
}

/** "raw and cooked food" is one; "the samples have no labels and the floor is wet" is two. */
function joinsTwo(before: string, after: string): boolean {
  const next = after.split(/[,;.]|\band\b/)[0] ?? '';
  const told = (s: string) => STANDS_ALONE.test(s) && s.trim().split(/\s+/).length >= 3;
  if (told(before) && told(next)) return true;
  return (
    /^\s*(?:walked|heard|talked|spoke|checked|read|looked|listened|sat|met|no |nothing|everything|all )/.test(
      next,
    ) ||
    (/^\s*(?:visited|went|was at|been|walked|heard|checked|inspected)\b/.test(before.trim()) &&
      STANDS_ALONE.test(next))
  );
}
