// The answer to a draft's card: yes, no, a change, or more of the same. Nothing but a plain yes confirms.
import type { Frame, Question, Row } from '../../conversation.ts';
import {
  isEdit,
  isGoOn,
  isLater,
  isNo,
  isPlainYes,
  saysKept,
  saysNoMore,
  saysNone,
} from '../../short-words.ts';
import { goingOn, withoutAdding } from '../../slots/correction-parts.ts';
import { tellsNothingDone } from '../../slots/still-to-do.ts';
import { maskPersonal } from '../../understand/text/mask.ts';
import { SURE, type Understood } from '../../understand/types.ts';
import { isOther } from '../begin/other.ts';
import { tellsOfWork } from '../begin/what-waits.ts';
import { moreOfDraft, oneMoreFinding } from '../change/add-to-draft.ts';
import { correct } from '../change/corrections.ts';
import { raiseFromDraft } from '../danger/alarm.ts';
import { leaveForLater } from '../draft/aside.ts';
import { askConfirm, askPlainly, confirmed, rowView } from '../draft/drafts.ts';
import { askSlot, proceed, remember } from '../draft/frames.ts';
import { meansToLeave } from '../draft/leaving.ts';
import { askAgain, cancel } from '../draft/steps.ts';
import { ASKS } from '../media/photo-words.ts';
import { pointAt } from '../rectification/pointing.ts';
import { flowOf, read, type Stage, say } from '../stage.ts';
import { tellsOfEach } from './schools-among.ts';

/** Words while a draft's card waits for its yes. False: they are no answer to it. */
export function answerConfirm(t: Stage, question: Question, text: string, understood: Understood): boolean {
  const frame = t.c.frame;
  if (!frame) return false;
  // "通知校长们周五前交自查表" beside a notice that waits is another one, of which nothing may be lost.
  if (anotherNotice(frame, text, understood)) return false;
  const key = buttonNamed(t, frame, text);
  if (key === 'yes') return taken(confirmed(t, question));
  if (key !== undefined && cardKey(t, key)) return true;
  // "Go on" is not "yes": it asks to see the draft again.
  if (isGoOn(text)) return taken(askAgain(t));
  if (isNo(text) || isEdit(text)) return taken(howToEdit(t));
  if (isLater(text)) return taken(leaveForLater(t));
  if (saysKept(text)) return taken(corrects(frame) ? cancel(t) : askPlainly(t, frame));
  // "就这些" ends what she had to tell; that it is to be filed it does not say.
  if (saysNoMore(text)) return taken(askPlainly(t, frame));
  if (deniesDone(frame, text)) return taken(cancel(t));
  if (flowOf(t, frame).slots.findings && tellsOfEach(t, frame, text)) return true;
  const corrected = correct(t, frame, text, understood);
  if (corrected) return taken(proceed(t, corrected.doubt));
  if (isYes(text, understood)) return taken(doesInstead(frame, text) ? askAgain(t) : confirmed(t, question));
  // "没有小问题" to a card without any: it stands as it is
  if (saysNone(text) === 'clean' && frame.rows.every(foundNothing)) return taken(askPlainly(t, frame));
  if (meansToLeave(t, text, understood)) return taken(cancel(t));
  if (addToDraft(t, frame, text, understood) || addWords(t, frame, text)) return true;
  const other = isOther(t, frame, understood);
  // What nobody like her can do here begins nothing: "有通知为证" is more of her reason.
  const served = t.deps.scripts.flowFor(understood.intent, t.facts.person.roles) !== undefined;
  if (other && (served || understood.intents)) return false;
  if (goesOnWith(t, frame, text, understood, served)) return true;
  if (other) return false;
  if (ASKED_BY_SCHOOLS.has(frame.flow) && tellsOfWork(t, text)) return false;
  return taken(unfit(t, frame, question));
}

const NOTIFIES =
  /^(?:请|帮我|麻烦|我要|还要|另外|再)*(?:通知|发(?:个|一个|条|一条)?通知|告诉|告知)(?:一下)?(?!内容|正文|时间|里)[^:\uff1a,\uff0c]{2,30}(?:[:\uff1a,\uff0c\s]|(?=[今明后本下周]|\d)).{4,}/u;

const anotherNotice = (
  { flow, rows: [row] }: Frame,
  text: string,
  { intent, intents }: Understood,
): boolean =>
  flow === 'broadcast' &&
  !intents &&
  intent === 'notice.broadcast' &&
  typeof row?.content === 'string' &&
  !/^[^:\uff1a]{2,40}[:\uff1a]/u.test(text) &&
  NOTIFIES.test(text.trim());

/** What is filed stays as it was. */
const corrects = ({ flow, rows: [row] }: Frame) => flow === 'correct-record' || row?.replaces !== undefined;

/** "不对 还没装 明天": what was to be handed in is not done; it is not handed in as a report. */
const deniesDone = ({ flow }: Frame, text: string): boolean =>
  flow === 'submit-rectification' &&
  /^(?:不对|错了|等等|哎呀?|哦)/u.test(text.trim()) &&
  tellsNothingDone(text, () => false);

const foundNothing = ({ findings }: Row) => Array.isArray(findings) && findings.length === 0;

const UNDOES = /^(?:recall|void|undo|cancel|remove|drop|end)-/u;

/** "发送" to the recall of a notice, "登记" to a record that is to be voided: a word for doing confirms no undoing. */
const doesInstead = (frame: Frame, text: string): boolean =>
  UNDOES.test(frame.flow) &&
  /发|提交|登记|下发|\b(?:send|submit|file|save)\b/iu.test(text) &&
  !/撤|作废|取消|去掉|重发/u.test(text);

/** The button of the draft's card whose words were typed, or others that mean the same. */
export function buttonNamed(t: Stage, frame: Frame, text: string): string | undefined {
  const said = text.trim().replaceAll(/[。.!?\uff01\uff1f吧]+$/gu, '');
  const own = t.voice.has(`${frame.flow}.confirm`)
    ? t.voice.card(`${frame.flow}.confirm`, {}).buttons
    : undefined;
  // A phone's keyboard decides whether "Send" begins with a capital.
  const same = (words: string) => words.toLowerCase() === said.toLowerCase();
  return own?.find((button) => same(button.text) || button.said?.some(same))?.key;
}

/** Buttons of a draft's card beside yes and no: `ask:<slot>` asks for one more thing, `show:<text>` tells more of it, `alarm` tells on a danger. */
export function cardKey(t: Stage, key: string): boolean {
  const frame = t.c.frame;
  if (!frame) return false;
  if (key === 'alarm') return raiseFromDraft(t);
  const [what, name = ''] = key.split(':');
  if (what === 'show' && t.voice.has(`${frame.flow}.show.${name}`)) {
    say(t, `${frame.flow}.show.${name}`, rowView(t, frame, frame.rows[0] ?? {}));
    return true;
  }
  if (what !== 'ask' || !flowOf(t, frame).slots[name]) return false;
  askSlot(t, frame, { row: 0, slot: name, choices: [] }, 0);
  return true;
}

function taken(_done: unknown): true {
  return true;
}

/** What can be changed, in the flow's own examples. */
export function howToEdit(t: Stage): void {
  const { frame } = t.c;
  const own = frame ? `${frame.flow}.edit` : '';
  say(t, t.voice.has(own) ? own : 'common.edit', frame ? rowView(t, frame, frame.rows[0] ?? {}) : {});
}

const IN_LETTERS = /^[a-z][a-z' ,.!]{1,40}$/iu;

/** Understood as assent, in words that say nothing else. */
export function isYes(text: string, understood: Understood): boolean {
  // in English only words that say yes and nothing else are read as one, whatever their length
  const plain = IN_LETTERS.test(text.trim()) || isPlainYes(text);
  return understood.intent === 'flow.confirm' && understood.confidence >= SURE && plain;
}

/** What was said fits the draft nowhere: how to answer; then the draft again; then a person (VOICE, rule 10). */
function unfit(t: Stage, frame: Frame, question: Question): void {
  const wrong = question.wrong + 1;
  if (wrong === 1) say(t, 'common.not-fitting-draft');
  else if (wrong === 2) {
    howToEdit(t);
    askConfirm(t, frame, flowOf(t, frame));
  } else say(t, 'common.stuck');
  if (t.c.question) t.c.question.wrong = wrong;
}

/** More of the same, said while the draft waits: it is filled in, and the draft shown again. */
function addToDraft(t: Stage, frame: Frame, text: string, understood: Understood): boolean {
  const said = withoutAdding(text);
  const added =
    moreOfDraft(t, frame, said, said === text ? understood : read(t, said)) ??
    oneMoreFinding(t, frame, said, { understood, asked: said !== text.trim() });
  if (added) proceed(t, added.doubt);
  return added !== null;
}

/** "当天是运动会调课", said to a draft that is all about its reason: more of it. The card shows it before anything goes. */
function goesOnWith(t: Stage, frame: Frame, text: string, understood: Understood, served: boolean): boolean {
  const row = frame.rows[0];
  const spec = flowOf(t, frame).slots.reason;
  const unclear = understood.intent === 'chat.other' || understood.confidence < SURE || !served;
  if (!row || !ASKED_BY_SCHOOLS.has(frame.flow) || spec?.type !== 'text' || !unclear) return false;
  if (typeof row.reason !== 'string' || [...text.trim()].length < 5 || ASKS.test(text)) return false;
  // "食谱刚贴上" is no reason for more time: it is done.
  if (tellsOfWork(t, text)) return false;
  return addWords(t, frame, `还有${text.trim()}`);
}

/** What a school asks for instead of handing something in. */
export const ASKED_BY_SCHOOLS: ReadonlySet<string> = new Set(['object-to-finding', 'request-extension']);

/** "另外立了警示牌": more to the words that stand, when it begins like that. */
function addWords(t: Stage, frame: Frame, text: string): boolean {
  const more = goingOn(text);
  const row = frame.rows[0];
  const found = Object.entries(flowOf(t, frame).slots).find(
    ([name, spec]) => spec.type === 'text' && typeof row?.[name] === 'string',
  );
  if (more === null || !row || !found) return false;
  remember(t, frame);
  const [name, spec] = found;
  const masked = maskPersonal(more, t.facts.book.index.people);
  if (masked !== more) frame.masked = true;
  row[name] = `${row[name]};${masked}`.slice(0, spec.max ?? 500);
  pointAt(t, frame, row, more, 'also');
  proceed(t, null);
  return true;
}
