// One turn of a conversation: what was said goes in, the next state and the parts of the answer come out. Pure; no clock, no store.
import type { Conversation, Question } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import type { SlotType } from '../scripts/shapes.ts';
import { isBack, isCancel, isHuh, isRestore, isThanks } from '../short-words.ts';
import type { Understood } from '../understand/types.ts';
import { buttonNamed } from './answer/answer-confirm.ts';
import { answerLate, goesToAside, isOverdue } from './answer/answer-resume.ts';
import { isWords } from './answer/answer-slot.ts';
import { answer } from './answer/answers.ts';
import { asksWhichDigit } from './answer/bare-digit.ts';
import { wishesOther } from './answer/other-template.ts';
import { withSchoolBefore } from './answer/school-before.ts';
import { begin, beginAll, beginCommand } from './begin/begin.ts';
import { answersAboutOne } from './begin/other.ts';
import { agreesToExtension } from './begin/what-waits.ts';
import { correct } from './change/corrections.ts';
import { undoesSetting } from './change/setting-said.ts';
import { raiseFromDraft, saysAlarm } from './danger/alarm.ts';
import { aboutEmergency, moreOfDanger, tellsWhere, whereItWas } from './danger/emergencies.ts';
import { asksWhetherMore, plainlyFollows } from './danger/follow-up.ts';
import { idleBesideDanger } from './danger/idle-words.ts';
import { proceed } from './draft/frames.ts';
import { leavesFirst, meansToLeave } from './draft/leaving.ts';
import { carryOver, offerCarried } from './draft/old-drafts.ts';
import { askAgain, back, cancel, restore } from './draft/steps.ts';
import { correctsThatVisit } from './filed/corrects-that.ts';
import { ofThatPlan } from './filed/that-plan.ts';
import { ofThatVisit } from './filed/that-visit.ts';
import { inGroup } from './group.ts';
import { other, photo, place, voice } from './media/media.ts';
import { movePhotos } from './media/moved-photos.ts';
import { ANNOUNCES } from './media/photo-words.ts';
import { bindPhotos } from './media/photos-of-finding.ts';
import { rebindPhotos, takePhotosOff } from './media/photos-off.ts';
import { saidOfNotice } from './notices/about-notices.ts';
import { asksWhatWithLine, ofLaterLine, saidOfLine } from './notices/numbered-line.ts';
import { saysSigned } from './notices/received.ts';
import { visitLooksBack } from './rectification/look-back-visit.ts';
import { wantsBack } from './rectification/nothing-done.ts';
import { correctsVerdict } from './rectification/wrong-verdict.ts';
import { close, type Deps, type Part, read, type Stage, say, stage } from './stage.ts';
import { asksOn } from './talk/asked-on.ts';
import { greet, help } from './talk/greeting.ts';
import { asksOfThatAnswer } from './talk/of-that-answer.ts';
import { smallTalk } from './talk/small-talk.ts';
import { tap } from './taps.ts';

export type Said =
  /** `unseen`: pictures came with it that cannot be fetched from where it was said. */
  | { kind: 'text'; text: string; unseen?: number }
  /** In a group, to the bot by name. */
  | { kind: 'group'; text: string }
  /** A picture or file that cannot be fetched from where it was sent. */
  | { kind: 'unseen' }
  | { kind: 'tap'; key: string; task: string }
  | { kind: 'photo'; attachmentId: string }
  | { kind: 'file'; attachmentId: string }
  | { kind: 'voice' }
  | { kind: 'place'; label: string }
  | { kind: 'enter' }
  | { kind: 'menu'; key: string }
  | { kind: 'other' };

export interface Turned {
  conversation: Conversation;
  /** In order: replies, and acts whose own words come in their place. */
  parts: Part[];
  learned: Record<string, string>;
}

/** Longest message taken as one; more is not a chat message (the platform itself cuts at 2,048 bytes). */
const TEXT_MOST = 2000;

/** `lost`: the stored state could not be read by this version and was begun again. */
export function turn(deps: Deps, before: Conversation, said: Said, facts: Facts, lost = false): Turned {
  const t = stage(deps, before, facts);
  if (lost) say(t, 'common.begun-again', { what: [], lost: [] });
  const { offered, openIsGone } = carryOver(t);
  if (!(openIsGone && isAssent(t, said))) hear(t, said);
  if (offered !== null) offerCarried(t, offered);
  return { conversation: t.c, parts: t.parts, learned: t.learned };
}

/** A yes to the draft that is gone is one to nothing else, least of all to what was done before it. */
const isAssent = (t: Stage, said: Said): boolean =>
  said.kind === 'text' && read(t, said.text).intent === 'flow.confirm';

function hear(t: Stage, said: Said): void {
  switch (said.kind) {
    case 'text':
      text(t, said.text.slice(0, TEXT_MOST));
      if (said.unseen) say(t, 'common.media.elsewhere');
      return;
    case 'group':
      return inGroup(t, said.text.slice(0, TEXT_MOST));
    case 'unseen':
      return say(t, 'common.media.elsewhere');
    case 'tap':
      return tap(t, said.key, said.task);
    case 'photo':
    case 'file':
      return photo(t, said.attachmentId, said.kind === 'file');
    case 'voice':
      return voice(t);
    case 'place':
      return place(t, said.label);
    case 'enter':
      return greet(t);
    case 'menu':
      return menu(t, said.key);
    default:
      return other(t);
  }
}

/** How sure the understander is of a danger that was told in plain words. */
const PLAIN = 0.9;

const NOT_TO_DO =
  /^(?:那|哦|算了|还是|先|[,\uff0c\s])*(?:先)?不(?:用)?(?:作废|撤回|撤销|撤|更正|改|删|催|导出|导|查|问)(?:它|了|吧|啊)*[。.!\uff01]*$/u;

/** A menu entry says its words for the person. */
function menu(t: Stage, key: string): void {
  const words = t.deps.scripts.menuWords(t.facts.locale, key);
  if (words === undefined) return help(t);
  text(t, words);
}

function text(t: Stage, words: string): void {
  const said = words.trim();
  if (said === '') return;
  const afterPhoto = t.c.photoToldAt !== null;
  t.c.photoToldAt = null; // photos with words between them were not sent in one go
  if (isBack(said)) return back(t);
  if (!t.c.frame && isRestore(said) && restore(t)) return;
  const understood = withSchoolBefore(t, read(t, said), said);
  if (aboutEmergency(t, said)) return;
  if (saysAlarm(t, said) && raiseFromDraft(t)) return;
  if (!isWords(askedFor(t)) && idleBesideDanger(t, said)) return;
  // A danger is heard before anything else, in any flow (DOMAIN §3 f).
  const follows = isWords(askedFor(t)) ? null : plainlyFollows(t, understood, said);
  if (follows) return begin(t, follows, said);
  if (speaksOfDanger(understood, isWords(askedFor(t))) && !answersAboutOne(t, understood))
    return beginAll(t, whereItWas(t, understood), said);
  // Where it is was asked of her, before any draft goes on.
  const where = tellsWhere(t, said);
  if (where) return begin(t, where, said);
  // This word leaves, whatever is open and however it was understood.
  if (isCancel(said)) return cancel(t);
  const besides = leavesFirst(t, said, understood);
  if (besides !== null) {
    cancel(t, { offer: false });
    return text(t, besides);
  }
  const { question, frame } = t.c;
  if (question && isOverdue(t, question)) {
    if (ofLaterLine(t, question, said)) return;
    return answerLate(t, question, said, understood);
  }
  const rebound = frame && (bindPhotos(t, frame, said, afterPhoto) ?? rebindPhotos(t, frame, said));
  if (rebound) return proceed(t, rebound.doubt);
  const looksBack = frame && visitLooksBack(t, frame, said);
  if (looksBack) return proceed(t, looksBack.doubt);
  if (ANNOUNCES.test(said)) return say(t, 'common.photo.awaited');
  if (!frame && (takePhotosOff(t, said) || movePhotos(t, said) || wantsBack(t, said, understood))) return;
  if (correctsVerdict(t, said, understood)) return;
  if (question && isThanks(said)) return say(t, 'common.welcome');
  if (question && frame && isHuh(said)) return askAgain(t);
  if (question && !isWords(askedFor(t)) && answeredSince(t, question) && asksFurther(t, said)) return;
  // Agreed words begin something of their own; but what was asked for in free words may well begin like them.
  const isButton = question?.kind === 'confirm' && frame && buttonNamed(t, frame, said) !== undefined;
  if (question && !isButton && askedFor(t) !== 'text' && beginCommand(t, said)) return;
  if (question && wishesOther(t, said)) return;
  if (question?.kind !== 'slot' && saidOfNotice(t, understood, said)) return;
  if (question && asksWhichDigit(t, question, said)) return;
  if (question && answer(t, question, said, understood)) {
    t.c.misses = 0;
    return;
  }
  if (question && saidOfLine(t, question, said, understood)) return text(t, said);
  // Neither of what was offered: said to the draft that is open, or something else again.
  if (question?.kind === 'switch') {
    backToDraft(t);
    return text(t, said);
  }
  // "取消一中免督导" is no leaving of a draft.
  if (!question && !frame && (asksOfThatAnswer(t, said) || beginCommand(t, said))) return;
  if (ofThatPlan(t, said, understood) || undoesSetting(t, said) || saysSigned(t, said)) return;
  // "算了不作废" leaves what was not begun; what waits is another matter
  if (!frame && NOT_TO_DO.test(said)) return say(t, 'common.noted');
  if (correctsThatVisit(t, said, understood)) return;
  if (meansToLeave(t, said, understood)) return cancel(t);
  if (frame) {
    const corrected = correct(t, frame, said, understood);
    if (corrected) return proceed(t, corrected.doubt);
  }
  const granted = frame || question ? null : agreesToExtension(t, understood, said);
  if (granted) return begin(t, granted, said);
  if (smallTalk(t, said)) return;
  if (asksWhatWithLine(t, said)) return;
  if (goesToAside(t, said, understood)) return;
  const more = moreOfDanger(t, understood, said);
  if (more) return begin(t, more, said);
  if (asksWhetherMore(t, understood, said)) return;
  beginAll(t, ofThatVisit(t, understood, said), said);
}

/** The last that she was told answered a question of hers, asked in between: a draft that waits takes nothing that goes on from there. */
const answeredSince = ({ c }: Stage, question: Question): boolean =>
  c.asked !== null && c.asked.at >= question.askedAt;

const asksFurther = (t: Stage, said: string): boolean => asksOfThatAnswer(t, said) || asksOn(t, said);

/** The type of the slot whose question is open. */
function askedFor({ c: { question, frame }, deps }: Stage): SlotType | undefined {
  if (question?.kind !== 'slot' || !question.slot || !frame) return undefined;
  return deps.scripts.flows.get(frame.flow)?.slots[question.slot]?.type;
}

/** Its card is not shown again: what the words make of it is. */
function backToDraft(t: Stage): void {
  close(t, t.voice.text('common.over.put-aside'));
  const shown = t.parts.length;
  proceed(t, null);
  t.parts.length = shown;
  if (t.c.question) t.c.question.card = false;
}

/** An answer in free words is an alarm only when it plainly tells of a danger, not when it is merely like one. */
function speaksOfDanger(understood: Understood, inAnswer: boolean): boolean {
  return [understood, ...(understood.intents ?? [])].some(
    ({ intent, confidence }) => intent === 'emergency.report' && (!inAnswer || confidence >= PLAIN),
  );
}
