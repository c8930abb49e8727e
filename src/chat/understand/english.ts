// A guest's English, around the Chinese names of schools: enough to log a visit with its findings, dates and deadline in a demo.
// The office's people write Chinese; what is understood here is added to what the understander read, never put in its place.
import { Temporal } from 'temporal-polyfill';
import { englishCorrection, pastDayIn } from './english-corrections.ts';
import { needsOf } from './needs.ts';
import type {
  Context,
  Correction,
  FoundProblem,
  ItemCode,
  Slots,
  Understander,
  Understood,
} from './types.ts';

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Words that point at one of the eight items (2013 Measures) when a finding is told in English. */
const ITEM_WORDS: readonly [RegExp, ItemCode][] = [
  [/extinguisher|fire|gate|fence|wall|traffic|bus|safety|camera|stair|handrail|railing|exit|wiring/i, 'I6'],
  [/food|canteen|kitchen|sample|meal|drinking|dormitor|health certificate|hygiene/i, 'I7'],
  [/homework|sleep|exercise|sport|burden|recess/i, 'I4'],
  [/lesson|timetable|curriculum|course|class(es)? taken|teaching/i, 'I3'],
  [/fee|enrol|charge|study aid/i, 'I2'],
  [/ethic|tutoring|punish/i, 'I5'],
];

const NOTHING =
  /\b(no|without( any)?) (problems?|findings?|issues?)\b|\bnothing (was )?found\b|\ball (was )?(fine|well|good)\b/i;
const DEADLINE = new RegExp(
  `\\b(?:(?:with)?in |within )?(a|an|\\d{1,2}|${NUMBERS.slice(1).join('|')}) (day|week)s?\\b`,
  'i',
);
const VISITED = /\b(visit(ed)?|went to|inspected|was at|log a visit)\b/i;

/** Somebody is in danger now: told on before anything else, in this language too (DOMAIN §3 f). */
const DANGER =
  /\b(?:ambulance|(?:taken|rushed|sent|brought) to (?:the )?(?:hospital|a&e)|unconscious|not breathing|on fire|fire (?:has )?br(?:oke|oken) out|gas leak|(?:roof|wall|ceiling|stand) (?:has )?(?:collapsed|come down)|drown(?:ed|ing)|food poisoning|stabbed|(?:is|are|went|gone) missing|bleeding (?:badly|heavily))\b/i;
const NO_DANGER =
  /\b(?:drill|exercise|rehears\w+|what (?:if|to do)|how (?:do|should|to)|in case|last (?:year|month|term|week)|in the news|years? ago)\b|\?\s*$/i;

/** "return it", "send them back": so little else is said that the examples, which are Chinese, tell nothing of it. */
const SENT_BACK =
  /\b(?:return(?:ed)?(?: (?:it|them|this))?|(?:send|sent)(?: (?:it|them|this))? back|reject(?:ed|s)?|fail(?:s|ed)?|(?:not|n't) (?:yet )?(?:pass(?:ed)?|approved|accepted|good enough)|no pass)\b/i;
/** The whole of it: "passes", "028 passed", "close it"; that the kitchen passed a check in May is no verdict. */
const PASSED =
  /^(?:(?:ok|okay|yes)[\s,]+)?(?:(?:(?:no\.?\s*)?\d+|[\u4e00-\u9fff]+|it|this|that|they|all|both|everything|the\s+(?:first|second|third|fourth|last)(?:\s+one)?)(?:\s+(?:is|are|has|have))?\s+(?:pass(?:es|ed)?|approved|accepted|closed)|pass(?:es|ed)?|approved?|accepted?|closed?|(?:pass|approve|accept|close)\s+(?:it|them|this|\d+))[\s.!]*$/i;
const ASKED =
  /\?|^(?:should|shall|is|are|was|can|could|may|did|does|do|has|have|who|why|how|what|when|let's)\b|\b(?:if|whether|when|would)\b/i;
const YES =
  /^(?:ok(?:ay)?|yes|y|yep|sure|right|correct|confirm(?:ed)?|send(?: it)?|go ahead|please do|do it|save(?: it)?|submit)[\s.,!]*(?:please|thanks?|thank you)?[.!]*$/i;

/** More Latin letters than Chinese characters, so that a Chinese message with an English word in it is left alone. */
export function isEnglish(text: string): boolean {
  const words = text.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  return words >= 4 && words > (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) / 2;
}

function daysIn(text: string): number | undefined {
  const match = DEADLINE.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const said = match[1].toLowerCase();
  const count = /^\d/.test(said) ? Number(said) : said.startsWith('a') ? 1 : NUMBERS.indexOf(said);
  return match[2].toLowerCase() === 'week' ? count * 7 : count;
}

function findingsIn(text: string): FoundProblem[] {
  const clauses = text
    .split(/[,;.]|\band\b(?=.*\b(?:not|without|no|expired|broken|missing|out of))/i)
    .map((clause) => clause.trim());
  return clauses.flatMap((clause) => {
    if (clause.length < 4 || VISITED.test(clause) || NOTHING.test(clause)) return [];
    if (clause.replace(DEADLINE, '').trim() === '') return [];
    if (DEADLINE.test(clause) && /rectif|put right|fix|deadline|correct|within|\bto\b/i.test(clause))
      return [];
    if (/^(this|yesterday|today|in the)\b/i.test(clause) && clause.split(' ').length <= 3) return [];
    const item = ITEM_WORDS.find(([words]) => words.test(clause))?.[1];
    return [{ text: clause, ...(item ? { item } : {}) }];
  });
}

function read(text: string, today: Temporal.PlainDate): Slots {
  const slots: Slots = {};
  const clauses = text.split(/[,;]/);
  const told = clauses.find((clause) => VISITED.test(clause)) ?? clauses[0] ?? '';
  const day = pastDayIn(told, today) ?? pastDayIn(/\b(?:yesterday|today)\b/i.exec(text)?.[0] ?? '', today);
  if (day !== undefined) slots.date = day;
  else if (/\bthis (morning|afternoon)\b/i.test(text)) slots.date = today.toString();
  if (/\bmorning\b/i.test(text)) slots.session = 'am';
  else if (/\bafternoon\b/i.test(text)) slots.session = 'pm';
  const days = daysIn(text);
  if (days !== undefined) slots.days = days;
  if (NOTHING.test(text)) slots.no_findings = true;
  const findings = findingsIn(text);
  if (findings.length > 0) slots.findings = findings;
  return slots;
}

/** The same understander, which takes an English visit for what it is. */
export function withEnglish(understander: Understander): Understander {
  return {
    named: understander.named,
    understand(text, context) {
      const understood = understander.understand(text, context);
      const correct = understood.intents ? undefined : englishCorrection(text, context, understander.named);
      if (correct) return corrects(understood, correct);
      const plainly = verdict(understood, text, context);
      if (plainly) return plainly;
      if (isEnglish(text) && DANGER.test(text) && !NO_DANGER.test(text)) return inDanger(understood, text);
      const about = understood.intent === 'visit.log' || understood.intent === 'finding.report';
      if (!about || understood.intents || !isEnglish(text)) return understood;
      const now = Temporal.Instant.fromEpochMilliseconds(context.now.getTime());
      const slots = read(text, now.toZonedDateTimeISO(context.timeZone).toPlainDate());
      return { ...understood, slots: { ...slots, ...understood.slots } };
    },
  };
}

/** Which record it is of is named by what was wrong, or by nothing: never by what is right. */
function corrects(understood: Understood, correct: Correction): Understood {
  const slots: Slots = {
    correct,
    ...(correct.field === 'school' || !understood.slots.school ? {} : { school: understood.slots.school }),
  };
  const needs = needsOf('record.correct', slots, new Set(understood.flags));
  return { ...understood, intent: 'record.correct', confidence: 1, slots, needs, candidates: [] };
}

const CHINESE = /[\u4e00-\u9fff]/;

/** What an English text judges, if anything. */
function resultIn(text: string): 'pass' | 'fail' | undefined {
  if (ASKED.test(text) || VISITED.test(text)) return undefined;
  if (SENT_BACK.test(text)) return 'fail';
  return PASSED.test(text) ? 'pass' : undefined;
}

/** A verdict of whoever may give one; and what is no plain yes confirms nothing. Undefined where neither is so. */
function verdict(understood: Understood, text: string, { sender }: Context): Understood | undefined {
  const chinese = CHINESE.test(text);
  // Chinese may stand there as a school's name
  if (understood.intents || !/[a-z]{2}/i.test(text) || (chinese && !understood.slots.school))
    return undefined;
  const judges = sender.roles.some((role) => role !== 'principal' && role !== 'school-inspector');
  const result = resultIn(text);
  if (judges && result) {
    const [, ...why] = text.split(/[,;:]|\bbecause\b/i).map((words) => words.trim());
    const { reason: _r, content: _c, person: _p, format: _f, ...named } = understood.slots;
    const slots: Slots = {
      ...named,
      result,
      ...(result === 'fail' && why[0] ? { reason: why.join(', ') } : {}),
    };
    return {
      intent: 'rect.review',
      confidence: 1,
      slots,
      needs: needsOf('rect.review', slots, new Set(understood.flags)),
      flags: understood.flags,
      candidates: [],
    };
  }
  if (understood.intent !== 'flow.confirm' || chinese || YES.test(text)) return undefined;
  return { ...understood, intent: 'chat.other', confidence: 0, needs: [] };
}

function inDanger(understood: Understood, text: string): Understood {
  const { intents: _others, ...whole } = understood;
  const { school, school_candidates: among } = understood.slots;
  const slots: Slots = {
    content: text,
    ...(school ? { school } : {}),
    ...(among ? { school_candidates: among } : {}),
  };
  return { ...whole, intent: 'emergency.report', confidence: 1, slots, needs: [] };
}
