// The answer to the question for one slot: a choice, its value, more than was asked, a correction, or something that does not fit.
import type { Question } from '../../conversation.ts';
import type { SlotSpec } from '../../scripts/shapes.ts';
import { isGoOn, isLater, isNeither, isNo, isNoted } from '../../short-words.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import { besideDay } from '../../slots/new-day.ts';
import type { Asks } from '../../slots/slot.ts';
import { SURE, type Understood } from '../../understand/types.ts';
import { isOtherThanWords } from '../begin/other.ts';
import { tellsOfWork } from '../begin/what-waits.ts';
import { merge, moreOfDraft } from '../change/add-to-draft.ts';
import { correct } from '../change/corrections.ts';
import { correctVerdict, takeReason } from '../change/corrections-slots.ts';
import { isElsewhere } from '../change/elsewhere.ts';
import { rowOfKind } from '../change/row-meant.ts';
import { leaveForLater } from '../draft/aside.ts';
import { askSlot, asksOf, proceed, remember, take } from '../draft/frames.ts';
import { meansToLeave } from '../draft/leaving.ts';
import { askAgain, cancel } from '../draft/steps.ts';
import { pointAt } from '../rectification/pointing.ts';
import { flowOf, type Stage } from '../stage.ts';
import { ASKED_BY_SCHOOLS, isYes } from './answer-confirm.ts';
import { answerDeadline, asksDeadline } from './answer-deadline.ts';
import { type Asked, again, fillsBeside, tellTaken } from './asked-again.ts';
import { choiceSaid } from './choice-said.ts';
import { isPlace } from './choices.ts';
import { leadsAway, VERDICT } from './leads-away.ts';
import { saysOnlyWhen } from './only-when.ts';
import { answerByKind, tellsOfEach } from './schools-among.ts';
import { fillRest, takeChoice } from './take-choice.ts';

/** Slots whose answer is free words: whatever it sounds like, it is the answer. */
const WORDS: ReadonlySet<string> = new Set<SlotSpec['type']>([
  'text',
  'notice-text',
  'notice-blanks',
  'list-name',
  'wish-answer',
]);
export const isWords = (type: SlotSpec['type'] | undefined) => type !== undefined && WORDS.has(type);

/** Words while one thing is asked for. False: they are no answer to it. */
export function answerSlot(t: Stage, question: Question, text: string, understood: Understood): boolean {
  const { frame } = t.c;
  const { slot: name, row: index = 0 } = question;
  const spec = frame && name ? flowOf(t, frame).slots[name] : undefined;
  if (!frame || !name || !spec || !frame.rows[index]) return false;
  const asked: Asked = { t, frame, question, name, index, spec, text, understood };

  const picked = choiceSaid(question, spec, text);
  if (picked) return takeChoice(t, question, picked, isPlace(text) ? undefined : { understood, text });
  if (answerByKind(asked) || (spec.type === 'findings' && tellsOfEach(t, frame, text))) return true;
  if (isLater(text)) {
    leaveForLater(t);
    return true;
  }
  if (meansToLeave(t, text, understood)) {
    cancel(t);
    return true;
  }
  // "今天让人刷漆了" tells of work, and asks for no day.
  if (ASKED_BY_SCHOOLS.has(frame.flow) && tellsOfWork(t, text)) return false;
  if (isWords(spec.type)) return takeWords(asked);
  // "继续" wants to see what is asked; it is no answer to it.
  if (isGoOn(text)) {
    askAgain(t);
    return true;
  }
  return takeValue(asked);
}

/** Free words are taken whole: what an inspector writes as a reason reads like a finding. */
function takeWords(asked: Asked): boolean {
  const { t, frame, name, index, spec, text, understood } = asked;
  if (isOtherThanWords(t, frame, understood, { max: spec.max, text })) return false;
  const verdict = correctVerdict(t, frame, text);
  if (verdict) {
    proceed(t, verdict.doubt);
    return true;
  }
  // "好的" is no report, "确认" and "都不是" no reason.
  if (isNoted(text) || isNo(text) || isNeither(text) || isYes(text, understood)) return again(asked, null);
  remember(t, frame);
  const row = frame.rows[index] ?? {};
  const doubt = take(
    frame,
    index,
    name,
    SLOT_KINDS[spec.type].answer?.(text, asksOf(t, row, name, spec, text, true)),
  );
  if (doubt) {
    frame.past.pop(); // nothing was taken that 上一步 could undo
    return again(asked, doubt);
  }
  pointAt(t, frame, row, text, 'only');
  takeBesideWords(asked);
  proceed(t, null);
  return true;
}

/** Told in the same words: on which day it was done, and whether a notice wants its receipt. */
const BESIDE_WORDS: ReadonlySet<string> = new Set<SlotSpec['type']>(['done-day', 'receipt']);

/** "3月20日在督导室约谈了校长": what was done, and on which day; "…开会,收到请回复". */
function takeBesideWords({ t, frame, index, text, understood }: Asked): void {
  const row = frame.rows[index] ?? {};
  for (const [name, spec] of Object.entries(flowOf(t, frame).slots))
    if (BESIDE_WORDS.has(spec.type) && row[name] === undefined)
      take(
        frame,
        index,
        name,
        SLOT_KINDS[spec.type].read(understood, asksOf(t, row, name, spec, text, false)),
      );
}

function takeValue(asked: Asked): boolean {
  const { t, frame, name, index, spec, text, understood, question } = asked;
  if (asksDeadline(question) && answerDeadline(t, frame, index, text, understood)) {
    proceed(t, null);
    return true;
  }
  // "昨天去了一中 没啥" answers nothing of the school that was asked about: it is a row of its own.
  const more =
    name !== 'school' && flowOf(t, frame).repeat && isElsewhere(frame, understood)
      ? moreOfDraft(t, frame, text, understood)
      : null;
  if (more) {
    proceed(t, more.doubt);
    if (!more.doubt) tellTaken(t, question);
    return true;
  }
  const other = rowOfKind(frame, text);
  if (other !== null && other !== index && ofOtherRow(asked, other)) return true;
  const row = frame.rows[index] ?? {};
  const asks = asksOf(t, row, name, spec, text, true);
  const took = SLOT_KINDS[spec.type].read(understood, asks);
  if (leadsAway(asked, took)) return false;

  remember(t, frame);
  const doubt = take(frame, index, name, took);
  if (doubt?.wrong || doubt?.nothing) return again(asked, doubt);
  if (doubt) {
    askSlot(t, frame, doubt, 0);
    return true;
  }
  if (took !== undefined) {
    // Whatever else the answer told is taken too: never ask for what was already said (DESIGN §6).
    // Of "三月底吧" nothing is left for the reason, though it may be understood as one.
    const bare = spec.type === 'new-day' && saysOnlyWhen(t, text);
    const more = bare ? null : merge(t, frame, index, understood, text, name);
    // "把整改天数改成10天": the name, and the value beside it.
    if (spec.type === 'result') takeReason(t, frame, index, text.replace(VERDICT, ''));
    if (spec.type === 'new-day') takeReason(t, frame, index, besideDay(text));
    if (spec.type === 'setting') fillRest(t, frame, index, name, { understood, text });
    proceed(t, more);
    return true;
  }
  const corrected = correct(t, frame, text, understood);
  if (corrected) {
    proceed(t, corrected.doubt);
    if (!corrected.doubt) tellTaken(t, question);
    return true;
  }
  return takeBeside(asked, asks);
}

/** Not the answer, but something else the record needs: taken, and the question put again; or words that will do for an answer. */
function takeBeside(asked: Asked, asks: Asks): boolean {
  const { t, frame, name, index, spec, text, understood } = asked;
  // what was heard in a lesson is no finding, though any words may be one
  const lesson = understood.intent === 'lesson.log' && understood.confidence >= SURE;
  const when = lesson || saysOnlyWhen(t, text); // nor is "昨下午"
  const bare = when && spec.type === 'findings' ? undefined : SLOT_KINDS[spec.type].answer;
  if (!bare && fillsBeside(asked)) return true;
  const assent = isNoted(text) || understood.intent === 'flow.confirm';
  const words = assent ? undefined : bare?.(text, asks);
  const wordsDoubt = take(frame, index, name, words);
  // "灭火器过期两个" to which day it was: no answer, and not lost.
  if (words === undefined && !assent && fillsBeside(asked)) return true;
  if (words === undefined || wordsDoubt) return again(asked, wordsDoubt);
  if (spec.type === 'new-day') takeReason(t, frame, index, besideDay(text));
  proceed(t, null);
  return true;
}

/** Asked about the kindergarten, and told of the primary school: what was said goes there, and the question is put again. */
function ofOtherRow({ t, frame, name, text, understood, question }: Asked, row: number): boolean {
  const before = JSON.stringify(frame.rows);
  remember(t, frame);
  const doubt = merge(t, frame, row, understood, text, name === 'findings' ? undefined : name);
  if (JSON.stringify(frame.rows) === before) {
    frame.past.pop();
    return false;
  }
  proceed(t, doubt);
  if (!doubt) tellTaken(t, question);
  return true;
}
