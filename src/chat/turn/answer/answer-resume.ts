// The answer to "shall we go on with it?", and what comes too late for the question that was asked.

import { QUESTION_LASTS_MS, type Question } from '../../conversation.ts';
import { isGoOn, isLater, isNo } from '../../short-words.ts';
import { withoutAdding } from '../../slots/correction-parts.ts';
import { type Correction, SURE, type Understood } from '../../understand/types.ts';
import { beginAll } from '../begin/begin.ts';
import { isOther } from '../begin/other.ts';
import { correctNotice } from '../change/corrections-notice.ts';
import { isElsewhere } from '../change/elsewhere.ts';
import { changesFinding } from '../change/said-of-one.ts';
import { isBlank, offerAside, putAside, QUIET, waitsOnHerWord } from '../draft/aside.ts';
import { meansToLeave } from '../draft/leaving.ts';
import { cancel, resume } from '../draft/steps.ts';
import { close, flowOf, read, type Stage, say } from '../stage.ts';
import { answerConfirm, buttonNamed, isYes } from './answer-confirm.ts';
import { answerSlot } from './answer-slot.ts';
import { saysOnlyWhen } from './only-when.ts';

/** Words while it is asked whether to go on with what was put aside. False: they are no answer to it. */
export function answerResume(t: Stage, question: Question, text: string, understood: Understood): boolean {
  // It was not asked this time: a "好" answers nothing.
  if (question.about === QUIET && !isGoOn(text)) return belongsToDraft(t, text, understood);
  // A yes goes on; it never confirms what lies in the draft.
  if (isYes(text, understood) || isGoOn(text)) {
    resume(t, text);
    return true;
  }
  if (isLater(text) || isNo(text)) {
    close(t, t.voice.text('common.over.answered'));
    waitsOnHerWord(t);
    say(t, 'common.put-aside');
    return true;
  }
  if (meansToLeave(t, text, understood)) {
    cancel(t);
    return true;
  }
  return belongsToDraft(t, text, understood);
}

/**
 * Said while a draft waits and nothing is asked: more for it ("再加一条楼道灯不亮"), a correction of it where no filed record is
 * meant, or what was seen, with no word of where ("听完了,四年级数学,王老师"). It is taken up again without asking.
 */
export function goesToAside(t: Stage, said: string, understood: Understood): boolean {
  const frame = t.c.aside.at(-1);
  if (!frame || t.c.frame || t.c.question) return false;
  const { school, schools, school_candidates: among, school_unresolved: unknown, correct } = understood.slots;
  const named = school ?? schools ?? among ?? unknown;
  const own = flowOf(t, frame).intents.includes(understood.intent) && !understood.intents;
  const seen = own && understood.confidence >= SURE && named === undefined && !isBlank(frame);
  const corrects = understood.intent === 'record.correct' && named === undefined && !isFiled(t, correct);
  const adds = withoutAdding(said) !== said;
  return (adds || seen || corrects) && belongsToDraft(t, said, understood);
}

/** A record of late is filed of which the correction may be. */
const isFiled = (t: Stage, correct: Correction | undefined): boolean =>
  t.facts.visits.length > 0 && (t.c.last !== null || correct?.from === undefined);

/** Words that answer or correct what was put aside take it up again, without asking first. */
function belongsToDraft(t: Stage, text: string, understood: Understood): boolean {
  const frame = t.c.aside.at(-1);
  if (!frame) return false;
  // A bare "三月底" begins nothing of its own, whatever it may be like.
  // "器材那个是轻微", "组长也要": whatever it is like by itself, it changes what stands in the draft.
  const changes =
    changesFinding(frame, text) || correctNotice(t, structuredClone(frame), text, understood) !== null;
  const adds = withoutAdding(text) !== text.trim(); // "再加一句 请准时"
  const other = isOther(t, frame, understood) && !saysOnlyWhen(t, text) && !changes && !adds;
  if (other || isElsewhere(frame, understood)) return false;
  if (!adds && !changes && understood.intent === 'chat.other' && Object.keys(understood.slots).length === 0)
    return false;
  const before = structuredClone(t.c);
  const shown = t.parts.length;
  resume(t);
  const question = t.c.question;
  if (!question || (question.kind !== 'slot' && question.kind !== 'confirm')) {
    t.c = before;
    t.parts.length = shown;
    return false;
  }
  // A yes takes it up and sees its card; what nobody was just asked is confirmed by the next one.
  if (question.kind === 'confirm' && (isYes(text, understood) || buttonNamed(t, frame, text) === 'yes'))
    return true;
  // Its card is not sent: what the words make of it is.
  const greyed = t.parts.slice(shown).filter((part) => part.kind === 'greyed');
  t.parts.length = shown;
  t.parts.push(...greyed);
  question.card = false;
  const again = read(t, text);
  const taken =
    question.kind === 'slot' ? answerSlot(t, question, text, again) : answerConfirm(t, question, text, again);
  // Words that fit nowhere in it are not its own, however patient its question is.
  if (taken && (t.c.question?.wrong ?? 0) === 0) return true;
  t.c = before;
  t.parts.length = shown;
  return false;
}

/** Whether a question was put so long ago that a bare answer is not to be taken for its answer. */
export function isOverdue(t: Stage, question: Question): boolean {
  return (
    question.kind !== 'resume' && t.facts.now.getTime() - Date.parse(question.askedAt) > QUESTION_LASTS_MS
  );
}

/** What comes for an overdue question: something of its own is begun; anything else is told that it came late. */
export function answerLate(t: Stage, question: Question, text: string, understood: Understood): void {
  close(t, t.voice.text('common.over.expired'));
  putAside(t);
  if (isGoOn(text) && t.c.aside.length > 0) return resume(t, text);
  const own = understood.confidence >= SURE && !/^(chat|flow|record)\./.test(understood.intent);
  if (own) return beginAll(t, understood, text);
  tellLate(t, question);
}

/** The question is over by its age: says so with the day on which it was asked, and offers what waits. */
export function tellLate(t: Stage, question: Question): void {
  const askedOn = new Date(question.askedAt).toLocaleDateString('en-CA', {
    timeZone: t.facts.office.timeZone,
  });
  say(t, 'common.expired', { date: askedOn });
  const waiting = t.c.aside.at(-1);
  if (waiting) offerAside(t, waiting);
}
