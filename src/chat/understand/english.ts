// A guest's English, around the Chinese names of schools: enough to log a visit with its findings, dates and deadline in a demo.
// The office's people write Chinese; what is understood here is added to what the understander read, never put in its place.
import { Temporal } from 'temporal-polyfill';
import type { FoundProblem, ItemCode, Slots, Understander, Understood } from './types.ts';

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Words that point at one of the eight items (2013 Measures) when a finding is told in English. */
const ITEM_WORDS: readonly [RegExp, ItemCode][] = [
  [/extinguisher|fire|gate|fence|wall|traffic|bus|safety|camera|stairs|exit|wiring/i, 'I6'],
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
    if (DEADLINE.test(clause) && /rectif|put right|fix|deadline|correct|within|\bto\b/i.test(clause))
      return [];
    if (/^(this|yesterday|today|in the)\b/i.test(clause) && clause.split(' ').length <= 3) return [];
    const item = ITEM_WORDS.find(([words]) => words.test(clause))?.[1];
    return [{ text: clause, ...(item ? { item } : {}) }];
  });
}

function read(text: string, today: Temporal.PlainDate): Slots {
  const slots: Slots = {};
  if (/\byesterday\b/i.test(text)) slots.date = today.subtract({ days: 1 }).toString();
  else if (/\b(today|this (morning|afternoon))\b/i.test(text)) slots.date = today.toString();
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
      if (isEnglish(text) && DANGER.test(text) && !NO_DANGER.test(text)) return inDanger(understood, text);
      const about = understood.intent === 'visit.log' || understood.intent === 'finding.report';
      if (!about || understood.intents || !isEnglish(text)) return understood;
      const now = Temporal.Instant.fromEpochMilliseconds(context.now.getTime());
      const slots = read(text, now.toZonedDateTimeISO(context.timeZone).toPlainDate());
      return { ...understood, slots: { ...slots, ...understood.slots } };
    },
  };
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
