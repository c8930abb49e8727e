// English beside Chinese: a message in English is read by the English sayings and words, and gives the same readings as a Chinese one.

import { urgency } from '../intent/roles.ts';
import type { Examples } from '../learn/examples.ts';
import { needsOf } from '../slots/needs.ts';
import type { Lexicon } from '../text/lexicon.ts';
import type { Context, Flag, Intent, Reading, Understander, Understood } from '../types.ts';
import { englishChooser } from './choose.ts';
import { englishCorrection } from './corrections.ts';
import { englishSession } from './counts.ts';
import { englishMatters, type Piece } from './cut.ts';
import { tellsDanger } from './danger.ts';
import { type EnglishEntities, englishEntities, plainEnglish, schoolsMeant } from './entities.ts';
import { englishFindings } from './findings.ts';
import { eachOfItsOwn } from './several.ts';
import { englishShort, englishVerdict } from './short.ts';
import type { EnglishFacts } from './slot-readers.ts';
import { englishSlots } from './slots.ts';
import type { EnglishWords } from './words.ts';

/** More Latin letters than Chinese characters, so that a Chinese message with an English word in it is left alone. */
export function isEnglish(text: string): boolean {
  const words = text.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  return words >= 4 && words > (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) / 2;
}

/** English around nothing but names, however short; or more of it than of Chinese. */
function readsAsEnglish(text: string, understander: Understander, context: Context): boolean {
  // nearly all that is said here is Chinese
  if (!/[A-Za-z]{2,}/.test(text)) return false;
  if (isEnglish(text)) return true;
  const chinese = text.match(/[\u4e00-\u9fff]+/g) ?? [];
  if (chinese.length === 0) return true;
  if ((text.match(/[A-Za-z]{2,}/g)?.length ?? 0) < 2) return false;
  return chinese.every((name) => {
    const { school, school_candidates: among, person } = understander.named(name, context).slots;
    return school !== undefined || among !== undefined || person === name;
  });
}

const WAS_THERE =
  /\b(?:visit\w*|went|go to|came (?:to|from)|come from|was (?:at|in)|were at|been|back from|left|just|finish\w*|inspected|called|dropped|popped|stopped|looked|checked|toured|walked|passed|did|spent|heard|listened|observed|sat in|talked|spoke|read|met|log|record|register|note|nothing|no (?:\w+ )?(?:problems?|issues?|findings?|faults?)|all (?:fine|good|well|in order|ok)|everything|tour|interviews?|documents?|questionnaire)\b/;

/** Says that somebody was there, or when. */
function tellsVisit(e: EnglishEntities): boolean {
  const when = e.dates.some((d) => !d.limit && !/\bsince $/.test(e.text.slice(0, d.start)));
  return when || englishSession(e.text) !== undefined || WAS_THERE.test(e.text);
}

export interface EnglishTaught {
  words: EnglishWords;
  examples: Examples;
  lexicon: Lexicon;
  cacheDir?: string | undefined;
}

/** The same understander, which reads English as English; Chinese goes through untouched. */
export function withEnglish(understander: Understander, taught: EnglishTaught): Understander {
  const findings = englishFindings(taught.words, taught.lexicon);
  const choose = englishChooser(taught.words, taught.examples, taught.cacheDir);
  const factsOf = (e: EnglishEntities, context: Context): EnglishFacts => ({
    e,
    about: schoolsMeant(e),
    told: [e],
    context,
    findings,
    lexicon: taught.lexicon,
    flags: new Set<Flag>(),
  });

  const weigh = (e: EnglishEntities, context: Context): { intent: Intent; confidence: number } => {
    const danger = tellsDanger(e.text);
    if (danger) return { intent: 'emergency.report', confidence: 1 };
    const short = englishShort(e, context) ?? englishVerdict(e, context);
    if (short) return { intent: short, confidence: 1 };
    const choice = choose(e, context, true);
    // a visit is told by where somebody was and when; without either, faults alone are told
    return choice.intent === 'visit.log' && !tellsVisit(e) ? { ...choice, intent: 'finding.report' } : choice;
  };

  const reading = ({ e, intent, confidence }: Piece, context: Context): Reading[] =>
    eachOfItsOwn(intent, factsOf(e, context)).map((facts) => {
      const slots = englishSlots(intent, facts);
      const needs = needsOf(intent, slots, facts.flags);
      return { intent, slots, confidence, needs, flags: [...facts.flags] };
    });

  const read = (text: string, context: Context): Understood => {
    const e = englishEntities(text, context);
    const pieces = englishMatters(e, (part) => weigh(part, context));
    const readings = pieces.flatMap((piece) => reading(piece, context));
    readings.sort((a, b) => urgency(a.intent) - urgency(b.intent));
    const first = readings[0] ?? { intent: 'chat.other', slots: {}, confidence: 0, needs: [], flags: [] };
    const schools = e.schools.filter((s) => s.code === undefined && !s.both).flatMap((s) => s.among);
    const candidates = [
      ...schools.map((code) => ({
        kind: 'school' as const,
        code,
        name: context.roster.schools.get(code)?.name ?? code,
      })),
      ...(first.confidence < 0.8 ? choose(e, context, true).others : []),
    ];
    return { ...first, candidates, ...(readings.length > 1 ? { intents: readings } : {}) };
  };

  return {
    named(text, context) {
      const own = understander.named(text, context);
      if (!readsAsEnglish(text, understander, context)) return own;
      const e = englishEntities(text, context);
      const facts = factsOf(e, context);
      return { ...own, slots: { ...own.slots, ...englishSlots('named', facts) }, flags: [...facts.flags] };
    },
    understand(text, context) {
      if (!readsAsEnglish(text, understander, context)) return understander.understand(text, context);
      const correct = englishCorrection(plainEnglish(text), context);
      const understood = read(text, context);
      if (!correct) return understood;
      const { school } = understood.slots;
      const slots = { correct, ...(correct.field === 'school' || !school ? {} : { school }) };
      const needs = needsOf('record.correct', slots, new Set(understood.flags));
      const { intents: _others, ...one } = understood;
      return { ...one, intent: 'record.correct', confidence: 1, slots, needs, candidates: [] };
    },
  };
}
