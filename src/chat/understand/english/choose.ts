// Chooses the intent of an English message: what the English sayings teach, weighed by the sender's role and by the words' concepts.
import { Temporal } from 'temporal-polyfill';
import { type Choice, chosen, likeliest } from '../intent/choose.ts';
import { likelihoods } from '../intent/roles.ts';
import { classifierOf, learnClasses, softmax } from '../learn/classify.ts';
import type { Examples } from '../learn/examples.ts';
import type { FeatureReader } from '../learn/features.ts';
import { kept } from '../learn/learnt.ts';
import { remembered } from '../text/remembered.ts';
import { type Context, INTENTS, type Intent } from '../types.ts';
import { englishNumber, englishSpans } from './counts.ts';
import type { EnglishEntities } from './entities.ts';
import { englishMask } from './entities.ts';
import { englishDates } from './when.ts';
import { type EnglishWords, phraseFinder } from './words.ts';

/** What is `safe` is no emergency, whatever it may be like. */
export type EnglishChooser = (e: EnglishEntities, context: Context, safe?: boolean) => Choice;

const WEIGHT = { word: 1, pair: 0.8, first: 1, concept: 1.6, denied: 1.6, next: 1, ask: 1.5 };

/** What an English text is made of: its words without their endings, their pairs, and its concepts in their order. */
export function englishFeatures(words: EnglishWords): FeatureReader {
  const find = phraseFinder(words.concepts);
  return (masked) => {
    const features = new Map<string, number>();
    const tokens = [...masked.matchAll(/[a-z']+|[SPRADLMT#]/g)].map((m) => stem(m[0]));
    tokens.forEach((token, i) => {
      features.set(token, WEIGHT.word);
      features.set(`${tokens[i - 1] ?? '^'} ${token}`, WEIGHT.pair);
    });
    if (tokens[0]) features.set(`^${tokens[0]}`, WEIGHT.first);
    const signs = [
      ...find(masked).map(({ key, start }) => ({ key, start })),
      ...[...masked.matchAll(/[SPRADLMT#]/g)].map((m) => ({ key: m[0], start: m.index })),
    ].sort((a, b) => a.start - b.start);
    signs.forEach(({ key, start }, i) => {
      features.set(`@${key}`, WEIGHT.concept);
      const before = signs.findLast((s, at) => at < i && s.start < start);
      if (before) features.set(`@${before.key}>${key}`, WEIGHT.next);
      else features.set(`@^${key}`, WEIGHT.next);
      if (before?.key === 'neg') features.set(`@!${key}`, WEIGHT.denied);
    });
    if (masked.includes('?') || ASKS.test(masked)) features.set('?', WEIGHT.ask);
    return features;
  };
}

const ASKS =
  /^\s*(?:so |and |please |can you tell me |tell me )*(?:what|which|who|whose|where|when|why|how|is|are|was|were|do|does|did|has|have (?:i|we|they)|can|could|may|any)\b/;

function stem(word: string): string {
  const bare = word.replace(/'s$|'$/, '');
  if (englishNumber(bare) !== undefined && bare.length > 2 && bare !== 'another') return '#';
  if (bare.length < 5) return bare;
  return bare
    .replace(/ies$/, 'y')
    .replace(/(?:ss|x|ch|sh)es$/, (end) => end.slice(0, -2))
    .replace(/(?<!s|u)s$/, '')
    .replace(/(?:(?<=.{3})ed|(?<=.{3})ing)$/, '')
    .replace(/([bdgmnprt])\1$/, '$1');
}

const SOME_DAY = { date: Temporal.PlainDate.from('2026-03-19'), hour: 10 };

/** Each `{finding}` of the examples stands for one of the findings that are told alone, in turn. */
function lessonsOf(examples: Examples) {
  const findings = (examples['finding.report'] ?? []).filter((one) => !one.includes('{'));
  let turn = 0;
  return INTENTS.flatMap((intent, label) =>
    (examples[intent] ?? []).map((example) => {
      const text = example
        .replace(/\{finding\}/g, () => findings[turn++ % Math.max(1, findings.length)] ?? '')
        .toLowerCase();
      const masked = { school: 'S', person: 'P', rect_no: 'R' } as const;
      const e = { ...NOTHING, dates: englishDates(text, SOME_DAY), spans: englishSpans(text), text };
      return {
        label,
        text: englishMask(e).replace(
          /\{(school|person|rect_no)\}/g,
          (_m, what: keyof typeof masked) => masked[what],
        ),
      };
    }),
  );
}
const NOTHING = { raw: '', today: SOME_DAY, schools: [], people: [], notices: [], areas: [] };

const RECORDS: readonly Intent[] = [
  'visit.log',
  'finding.report',
  'lesson.log',
  'study.log',
  'rect.evidence',
  'rect.review',
  'record.void',
];

/** A name, a day, "both", "the second": it answers a question, and alone says too little. */
function answersOnly(e: EnglishEntities): { intent: Intent; confidence: number } | undefined {
  const rest = englishMask(e)
    .replace(
      /\b(?:the|a|an|and|or|at|in|on|of|with|by|no|none|nothing|both|all|neither|either|first|second|third|fourth|last|one|two|three|it|that|this|them|ones?|maybe)\b/g,
      '',
    )
    .replace(/[^a-z]/g, '');
  if (rest !== '') return undefined;
  const onlySchools = e.schools.length > 0 && e.dates.length === 0 && e.notices.length === 0;
  return onlySchools ? { intent: 'visit.log', confidence: 0.4 } : { intent: 'chat.other', confidence: 0.3 };
}

/** What is done at once or cannot be taken back is never read from likeness alone: one of these words must stand there. */
const GUARDED: ReadonlyArray<[Intent, RegExp]> = [
  ['flow.confirm', /(?!)/], // only the short words that say yes
  [
    'flow.cancel',
    /\b(?:cancel|never ?mind|forget|drop|scrap|stop|don't|do not|leave it|not now|skip|discard|abort)\b/,
  ],
  [
    'notice.ack',
    /\b(?:received|noted|got|understood|acknowledged?|copy|read|will (?:do|attend|be|come)|thanks|thank you)\b/,
  ],
  [
    'record.void',
    /\b(?:void|delete|remove|strike|erase|duplicate|double|twice|did not happen|never (?:happened|took place)|take (?:\w+ ){0,3}out)\b/,
  ],
  [
    'notice.recall',
    /\b(?:recall|withdraw|retract|undo|unsend|cancel|delete|pull|call (?:\w+ ){0,2}back|take (?:\w+ ){0,4}back)\b/,
  ],
  [
    'record.correct',
    /^(?!\s*(?:was|is|were|did|does|should|shall)\b.*\?).*\b(?:not|wrong|mistake\w*|instead|should (?:be (?!\w+ed\b|\w+en\b)|say|read|have been)|actually|rather|change|correct\w*|meant|typo|amend|edit|sorry|forgot|was|were)\b|n't\b/s,
  ],
  [
    'opinion.log',
    /\b(?:parents?|mothers?|fathers?|grand\w+|complain\w*|complaints?|callers?|rang|says?|said|told|opinions?|report\w*|hotline|anonymous\w*|residents?|neighbours?|letters?|unhappy|angry|asking|wants?|somebody|someone)\b/,
  ],
  [
    'rect.extend_decide',
    /\b(?:ok|okay|fine|yes|no|not|all right|grant\w*|agree\w*|approv\w*|allow\w*|refus\w*|den(?:y|ied)|reject\w*|declin\w*|give|let|may|can|extend|keep)\b/,
  ],
  [
    'rect.review',
    /\b(?:pass\w*|fail\w*|accept\w*|close\w*|ok|okay|good|enough|return\w*|reject\w*|back|review\w*|rectif\w+|evidence|materials|put right|fixed|repaired|done|looked at|checked|again)\b/,
  ],
];

/** Few sayings, each of many words: more rounds, fewer features covered, and what stands in one saying counts as well. */
const MANNER = { rounds: 24, covered: 0.5, sharedBy: 1, runs: 2 };

/** The chooser that the English sayings teach; what they taught is kept in `cacheDir`, if there is one. */
export function englishChooser(words: EnglishWords, examples: Examples, cacheDir?: string): EnglishChooser {
  const read = englishFeatures(words);
  const learn = () => learnClasses(lessonsOf(examples), read, INTENTS.length, MANNER);
  const learnt = kept({ name: 'english', words: [words.concepts, examples], learn }, cacheDir);
  const classifier = classifierOf(learnt, read);
  const scores = remembered((masked) => classifier.scores(masked));
  return (e, context, safe = false) => {
    const bare = answersOnly(e);
    if (bare) return { ...bare, others: [] };
    const p = Float32Array.from(scores(englishMask(e)));
    const role = likelihoods(context.sender.roles);
    for (let c = 0; c < p.length; c++) p[c] = (p[c] ?? 0) + Math.log(role[c] ?? 0);
    for (const [intent, evidence] of GUARDED)
      if (!evidence.test(e.text)) p[INTENTS.indexOf(intent)] = Number.NEGATIVE_INFINITY;
    // what is asked is put on no record
    if (ASKS.test(e.text) && /\?\s*$/.test(e.text))
      for (const intent of RECORDS) p[INTENTS.indexOf(intent)] = Number.NEGATIVE_INFINITY;
    if (safe) p[INTENTS.indexOf('emergency.report')] = Number.NEGATIVE_INFINITY;
    softmax(p);
    const ranked = likeliest(p);
    const best = ranked[0] ?? { intent: 'chat.other' as const, confidence: 0 };
    return chosen(best, ranked);
  };
}
