// Whether words are the start of something else, clear enough to leave the open question for.
import type { Frame } from '../../conversation.ts';
import { SURE, type Understood } from '../../understand/types.ts';
import { flowOf, type Stage } from '../stage.ts';
import { isImmediate } from './begin.ts';

const ABOUT_THE_TALK: ReadonlySet<string> = new Set(['chat.other', 'flow.confirm', 'flow.cancel']);

/** Whether words said while a draft is open are about something else than the draft. */
export function isOther(t: Stage, frame: Frame, understood: Understood): boolean {
  if (understood.intents) return true;
  if (understood.confidence < SURE || ABOUT_THE_TALK.has(understood.intent)) return false;
  if (flowOf(t, frame).intents.includes(understood.intent)) return false;
  // What can be done for her by nothing here is sure to be meant only when it is said plainly.
  const served = t.deps.scripts.flowFor(understood.intent, t.facts.person.roles) !== undefined;
  if (!served && understood.confidence < WHOLE) return false;
  if (understood.intent !== 'record.correct') return true;
  // A correction is of the draft, unless it names a filed record of another school.
  const from = understood.slots.correct?.from;
  const inDraft = JSON.stringify(frame.rows).includes(from ?? '');
  return from !== undefined && !inDraft && t.facts.visits.some((visit) => visit.school === from);
}

/** The words asked for about an emergency speak of a danger by their nature; one at another school is another. */
export function answersAboutOne(t: Stage, understood: Understood): boolean {
  const { frame, question } = t.c;
  if (!frame || question?.kind !== 'slot') return false;
  if (!flowOf(t, frame).do.startsWith('emergency.')) return false;
  const { school } = understood.slots;
  const known = t.facts.emergencies.find(({ id }) => id === frame.rows[0]?.emergency);
  return school === undefined || school === known?.school;
}

/** Longer words than this are no longer a name that was asked for. */
const NAME_SLOT = 60;
const MOST_NAME = 6;
const WHOLE = 0.85;

/**
 * While free words are asked for, only a question about one's work or a cry for help is something else; where a name or an
 * office is asked for, whatever is surely another matter ("课表的事能不能宽限几天" is nobody who answers for it).
 */
export function isOtherThanWords(
  t: Stage,
  frame: Frame,
  understood: Understood,
  { max, text }: { max: number | undefined; text: string },
): boolean {
  if (!isOther(t, frame, understood)) return false;
  const sentence = max !== undefined && max <= NAME_SLOT && [...text.trim()].length > MOST_NAME;
  if (sentence && understood.confidence >= WHOLE)
    return t.deps.scripts.flowFor(understood.intent, t.facts.person.roles) !== undefined;
  // "已送医院,家长已到" is the first report that was asked for, and no second emergency.
  if (understood.intent === 'emergency.report' && answersAboutOne(t, understood)) return false;
  return understood.intent === 'help.show' || isImmediate(t, understood.intent);
}
