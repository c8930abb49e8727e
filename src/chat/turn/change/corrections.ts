// Changes to what is being filled in, one or several in a message. Before any yes is heard.
import { type Frame, PAST_KEPT } from '../../conversation.ts';
import { isNoted, isPlainYes, isThanks } from '../../short-words.ts';
import { CHANGES, correctionParts, withoutAdding } from '../../slots/correction-parts.ts';
import { DROP, ordinalsIn, POINTED } from '../../slots/ordinals.ts';
import type { Understood } from '../../understand/types.ts';
import { shownNow } from '../draft/drafts.ts';
import type { Corrected, Doubt } from '../draft/frames.ts';
import { flowOf, read, type Stage, say } from '../stage.ts';
import { moreOfDraft } from './add-to-draft.ts';
import { addCompanions, dropCompanions } from './companions-said.ts';
import { correctDay } from './corrections-day.ts';
import { correctDeadline, correctFinding } from './corrections-findings.ts';
import { correctListed } from './corrections-listed.ts';
import { correctNotice } from './corrections-notice.ts';
import {
  correctPerson,
  correctPointer,
  correctSlot,
  correctVerdict,
  correctWords,
} from './corrections-slots.ts';
import { dropSchool } from './drop-school.ts';
import { DROPPED, GRADED, LIMITED, setsLimit } from './said-of-one.ts';

/** Applies what a text corrects to the open frame; null when it holds no correction. */
export function correct(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const named = withoutLately(text);
  if (named !== text) return correct(t, frame, named, read(t, named));
  // Other words for those that stand are taken whole.
  const several = SAYS_ANEW.test(text.trim()) && holdsWords(t, frame) ? null : severalAtOnce(t, frame, text);
  return several ?? correctOne(t, frame, text, understood) ?? secondThought(t, frame, text);
}

const LATELY =
  /^[哦啊嗯对了,\uff0c\s]*(?:刚才|刚刚|前面|上面)(?:那[个条]|[说记登写报]的(?:那[个条])?)(?=.{4})/u;
/** "不对不对 围墙那个十天": what is right stands behind the sigh. */
const SIGHED =
  /^(?:(?:[哦啊哎唉呀嗯等]+|不对|错了|[说写记弄搞]错了|算了|不是)[,\uff0c。!\uff01\s]+|不对不对|错了错了)+(?=.{3})/u;

/** "刚才那个三楼的不算严重": which finding it is stands behind the words for when it was told, or for a sigh. */
function withoutLately(text: string): string {
  const rest = text.trim().replace(SIGHED, '').replace(LATELY, '');
  const names = [POINTED, GRADED, LIMITED, DROPPED].some((one) =>
    one.test(rest.split(/[,\uff0c。;\uff1b\s]/u)[0] ?? ''),
  );
  const adds = withoutAdding(rest) !== rest;
  const anew = /^(?:是)?改[成为到]|^换成/u.test(rest); // "不是 改成18号"
  return rest !== text.trim() && (names || adds || anew) ? rest : text;
}

const THOUGHT_AGAIN =
  /^[哦啊哎呀嗯]*(?:算了|不对|错了|不是(?=[,\uff0c\s]))[,\uff0c\s]*(?:(?:还|应该|就)是)?\s*(.{2,}?)(?:[,\uff0c\s]*我?[记弄搞说看][混错反]了?)?[。.]?$/u;

/** "算了还是阳光,我记混了": what is said after the sigh is what counts. */
function secondThought(t: Stage, frame: Frame, text: string): Corrected {
  // "算了一周就一周"
  const rest = THOUGHT_AGAIN.exec(text.trim())?.[1]?.replace(/^(.{1,6})就\1$/u, '$1');
  if (rest === undefined || DROP.test(rest)) return null;
  const understood = read(t, rest);
  return correctOne(t, frame, rest, understood) ?? moreOfDraft(t, frame, rest, understood);
}

const SAYS_ANEW = /^(?:写错了?|不对|错了|说错了)/u;

/** Says only that something was wrong; what is right stands beside it. */
const SIGH =
  /^[哦啊哎唉呀嗯]*(?:学校|校名|日期|时间|期限|人|内容|[一二两三]个|都|全|我|你)*(?:不对|错了|[记弄搞说看写登填报发][混错反]了?|算了|不是)*[了啊呀哦吧]*$/u;
/** "不是昨天,前天", "刚才说五天 改成七天": what it was not, beside what it is. */
const WAS_NOT =
  /^(?:而)?不是[^,\uff0c。]{1,8}$|^(?:刚才|刚刚|前面)我?(?:[说写登填报]|定)的?(?:是)?[^,\uff0c。]{1,8}$/u;

/** The draft is a report or a reason, not a record of findings. */
function holdsWords(t: Stage, frame: Frame): boolean {
  const slots = Object.entries(flowOf(t, frame).slots);
  const written = slots.some(
    ([name, { type }]) => type === 'text' && typeof frame.rows[0]?.[name] === 'string',
  );
  return written && !slots.some(([, { type }]) => type === 'findings');
}

/** `alone`: the message says nothing else, so that what cannot be taken of it is answered here. */
function correctOne(t: Stage, frame: Frame, text: string, understood: Understood, alone = true): Corrected {
  // "第五条是严重的" where there are two is of none, never of all.
  const numbered = ordinalsIn(text, 0).ordinals.length > 0;
  const ofNoFinding =
    numbered && frame.rows.some(({ findings }) => Array.isArray(findings) && findings.length > 0);
  return (
    correctNotice(t, frame, text, understood) ??
    correctVerdict(t, frame, text) ??
    dropSchool(t, frame, text) ??
    correctFinding(t, frame, text, alone) ??
    correctListed(t, frame, text) ??
    correctPointer(t, frame, text) ??
    correctPerson(t, frame, text) ??
    dropCompanions(t, frame, text) ??
    addCompanions(t, frame, text) ??
    (ofNoFinding ? null : correctSlot(t, frame, text, understood)) ??
    correctWords(t, frame, text) ??
    (ofNoFinding ? null : correctDeadline(t, frame, text, understood)) ??
    correctDay(t, frame, text, understood)
  );
}

/** "把学校改成一中,日期改成昨天": each is taken, all of them are one step; what cannot be taken is said, the rest stays. */
function severalAtOnce(t: Stage, frame: Frame, text: string): Corrected {
  const parts = correctionParts(text);
  // "厕所门给三天 保安一个月": to each its own, without a word that says that something changes
  const limits = parts.filter(setsLimit);
  const apart = limits.length > 1 || limits.some((part) => /限|给|改[成为到]|宽限/u.test(part));
  if (parts.length < 2 || (!apart && !parts.some((part) => CHANGES.test(part)))) return null;
  const [before, past] = [structuredClone(frame.rows), frame.past];
  const doubts: { part: string; doubt: Doubt }[] = [];
  const left: string[] = [];
  let taken = 0;
  for (const part of inOrder(parts)) {
    const corrected = correctOne(t, frame, part, read(t, part), false);
    if (!corrected) left.push(part);
    else if (corrected.doubt) doubts.push({ part, doubt: corrected.doubt });
    else taken += 1;
  }
  const changes = (part: string) => CHANGES.test(part) || (apart && setsLimit(part));
  const meantTo = left.filter(
    (part) => changes(part) && !SIGH.test(part) && !(taken > 0 && WAS_NOT.test(part)),
  );
  const assents = (part: string) => isPlainYes(part) && read(t, part).intent === 'flow.confirm';
  const more = left.filter(
    (part) =>
      /\p{L}{2}/u.test(part) &&
      !changes(part) &&
      !SIGH.test(part) &&
      !assents(part) &&
      !isThanks(part) &&
      !isNoted(part),
  );
  const added = taken + doubts.length > 0 && addsTo(t, frame, more.join(','));
  if (taken === 0 || taken + doubts.length + meantTo.length + (added ? 1 : 0) < 2) {
    frame.rows = before;
    frame.past = past;
    return null;
  }
  frame.past = [...past, before].slice(-PAST_KEPT);
  const [first, ...others] = doubts;
  const missed = [...others.map(({ part }) => part), ...meantTo, ...(added ? [] : more)];
  if (missed.length > 0) say(t, 'common.not-taken', { parts: missed.map((part) => part.slice(0, 20)) });
  return { doubt: first?.doubt ?? null };
}

/** "日期改成昨天,再加一条门卫没登记": what is no correction is more for the draft. */
function addsTo(t: Stage, frame: Frame, text: string): boolean {
  if (text === '') return false;
  const said = withoutAdding(text);
  const understood = read(t, said);
  const own = flowOf(t, frame).intents.includes(understood.intent) && !understood.intents;
  const before = shownNow(t, frame);
  const added = own ? moreOfDraft(t, frame, said, understood) : null;
  return added !== null && added.doubt === null && shownNow(t, frame) !== before;
}

/** What holds for all before what holds for one; numbers are those of the card that was shown, so what goes goes last, from the end. */
function inOrder(parts: readonly string[]): string[] {
  const rank = (part: string) => {
    const [first] = ordinalsIn(part, 0).ordinals;
    if (first === undefined) return DROP.test(part) ? 2 : POINTED.test(part) ? 1 : 0;
    return DROP.test(part) ? 1000 - Math.max(...ordinalsIn(part, 999).ordinals) : 1;
  };
  return [...parts].sort((a, b) => rank(a) - rank(b));
}
