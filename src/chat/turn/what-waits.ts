// What a message that was not understood by itself may be about: what waits for its sender. Its draft asks before anything goes.
import { SCHOOL_OWES } from '../facts.ts';
import { dayGiven } from '../slots/new-day.ts';
import { ordinalsIn } from '../slots/ordinals.ts';
import { likeness, WAITING } from '../slots/waiting.ts';
import { type Intent, type Reading, SURE, type Understood } from '../understand/types.ts';
import { ASKS } from './photo-words.ts';
import type { Stage } from './stage.ts';

/** The reading that what waits suggests; null when it suggests none. */
export function byWhatWaits(t: Stage, understood: Understood, text: string): Reading | null {
  return whatWasDone(t, understood, text) ?? whatIsGranted(t, understood, text);
}

const MAY_TELL_OF_WORK: ReadonlySet<Intent> = new Set([
  'chat.other',
  'rect.evidence',
  'finding.report',
  'visit.log',
]);

/** "第二条填平了" tells of work, "第二条啥意思" does not. */
const DONE = /了|好|完|已/u;

/** "操场坑填平了" from a school that owes the hole in its yard: its words are those of the finding, and its draft asks before it goes. */
function whatWasDone(t: Stage, understood: Understood, text: string): Reading | null {
  if (!t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles) || [...text].length < 4) return null;
  const owed = t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  if (owed.length === 0) return null;
  const byPlace = ordinalsIn(text, owed.length).ordinals.length > 0 && DONE.test(text) && !ASKS.test(text);
  const guessed = byPlace && understood.confidence < SURE;
  // Whoever objects, asks for time or asks about it names the finding too; that is nothing done.
  if (!MAY_TELL_OF_WORK.has(understood.intent) && !guessed) return null;
  if (!byPlace && !owed.some((one) => likeness(one.text, text) > 0)) return null;
  return { ...understood, intent: 'rect.evidence', slots: { ...understood.slots, content: text } };
}

/** "月底太晚了,给到20号吧" from whom a school has asked for more time: that day is what she grants; its draft asks before it goes. */
function whatIsGranted(t: Stage, understood: Understood, text: string): Reading | null {
  if (!t.facts.findings.some(WAITING['extension-requests'])) return null;
  const due = dayGiven(text, t.facts);
  if (due === undefined) return null;
  return {
    ...understood,
    intent: 'rect.extend_decide',
    confidence: 1,
    slots: { due, result: 'pass' },
  };
}
