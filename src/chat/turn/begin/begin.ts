// Begins what a message asks for: at once when nothing is missing, as a frame otherwise.
import { isOfOffice } from '../../../supervision/act.ts';
import type { Frame } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import { isReceived } from '../../short-words.ts';
import { verdictIn } from '../../slots/looked.ts';
import { templateWished } from '../../slots/notice-template.ts';
import type { Intent, Reading, Understood } from '../../understand/types.ts';
import { settingChange } from '../change/setting-said.ts';
import { offerOpen } from '../draft/aside.ts';
import { openFrame } from '../draft/frames.ts';
import { resume } from '../draft/steps.ts';
import { asksAboutNotice, saysMoreThanReceived } from '../notices/about-notices.ts';
import { asksOfMany, ofNotices, wrongNotice } from '../notices/own-notices.ts';
import { whichNotice, whichReceived } from '../notices/received.ts';
import { answersWish } from '../notices/wishes.ts';
import { lookBackMeant } from '../rectification/look-back-visit.ts';
import { withoutNotHandedIn } from '../rectification/not-handed-in.ts';
import { nothingDone } from '../rectification/nothing-done.ts';
import { passedTogether, verdictsApart } from '../rectification/verdicts-apart.ts';
import { read, readNamed, type Stage, say } from '../stage.ts';
import { aboutTheTalk } from '../talk/about-talk.ts';
import { asksOn } from '../talk/asked-on.ts';
import { helpOn } from '../talk/greeting.ts';
import { asksOfThatAnswer } from '../talk/of-that-answer.ts';
import { miss, notYet, notYours } from '../talk/talk.ts';
import { beginFlow, inBetween, needsNothing, tellNow } from './begin-flow.ts';
import { namesSchool, restOf, schoolInHole } from './command-words.ts';
import { toldOtherwise } from './other-papers.ts';
import { isSure } from './sure.ts';
import { noticeFollows, toldForNotice } from './told-for-notice.ts';
import { byWhatWaits, judgedInShort, signedOut } from './what-waits.ts';

/** Everything a message asks for: dangers, then questions, then the records, of which the first is put as a draft. */
export function beginAll(t: Stage, heard: Understood, text: string): void {
  const understood = noticeFollows(heard);
  if (helpOn(t, text) || asksOfThatAnswer(t, text) || asksOn(t, text)) return;
  if (understood.intent !== 'emergency.report' && beginCommand(t, text)) return;
  const signing = signedOut(t, text);
  if (signing !== null && beginCommand(t, signing)) return;
  if (!understood.intents && asksAboutNotice(t, understood, text)) return;
  const readings = understood.intents
    ? withoutPause(withoutHearsay(withoutResend(understood.intents)), text)
    : [understood];
  const unclear = !isSure(t, understood) || understood.intent === 'chat.other';
  if (!understood.intents && unclear && understood.intent !== 'emergency.report') {
    const told = byWhatWaits(t, understood, text);
    if (nothingDone(t, told ?? { ...understood, intent: 'chat.other' }, text)) return;
    return told ? begin(t, told, text) : miss(t, text, understood.candidates);
  }
  const judged = understood.intents ? null : judgedInShort(t, understood, text);
  if (judged) return begin(t, judged, text);
  const left = understood.intents ? null : withoutNotHandedIn(t, understood, text);
  if (left !== null) return left === '' ? undefined : beginAll(t, read(t, left), left);
  const apart = understood.intents ? null : verdictsApart(t, understood, text);
  if (apart) {
    for (const { reading, text: said } of apart) begin(t, reading, said);
    return;
  }
  const passed = understood.intents ? null : passedTogether(t, understood, text);
  if (passed) return begin(t, passed.reading, passed.text);
  const order = ({ intent }: Reading) =>
    intent === 'emergency.report' ? 0 : isAnsweredAtOnce(t, intent) ? 1 : 2;
  const sorted = [...readings].sort((a, b) => order(a) - order(b));
  const grouped: Reading[][] = [];
  for (const reading of sorted) {
    const flow = t.deps.scripts.flowFor(reading.intent, t.facts.person.roles);
    const before = grouped.at(-1)?.[0];
    const sameFlow =
      flow?.repeat && before && t.deps.scripts.flowFor(before.intent, t.facts.person.roles) === flow;
    if (sameFlow) grouped.at(-1)?.push(reading);
    else grouped.push([reading]);
  }
  for (const group of grouped) beginGroup(t, group, text);
}

/** "撤回重发,改周四" is one act: the recall carries what is sent instead. */
function withoutResend(readings: Reading[]): Reading[] {
  const recalls = readings.some(({ intent }) => intent === 'notice.recall');
  return recalls ? readings.filter(({ intent }) => intent !== 'notice.broadcast') : readings;
}

/** "有家长反映门口堵车" is no visit of whoever writes it down: what is seen at no school of its own belongs to the opinion. */
function withoutHearsay(readings: Reading[]): Reading[] {
  if (!readings.some(({ intent }) => intent === 'opinion.log')) return readings;
  const told = ({ intent, slots: { school, schools, school_candidates: among } }: Reading) =>
    !['visit.log', 'finding.report'].includes(intent) || (school ?? schools ?? among) !== undefined;
  return readings.filter(told);
}

const PAUSES = /^[哦啊哎嗯]*(?:等等|等一?下|稍等|先等等)/u;

/** "等等 先问下二实小上次的问题" asks, and gives nothing up. */
function withoutPause(readings: Reading[], text: string): Reading[] {
  if (!PAUSES.test(text.trim())) return readings;
  return readings.filter(({ intent }) => intent !== 'flow.cancel');
}

/** Begins what one reading asks for, as if nothing else had been said. */
export function begin(t: Stage, reading: Reading, text: string): void {
  beginGroup(t, [reading], text);
}

function beginGroup(t: Stage, readings: Reading[], text: string): void {
  const [first] = readings;
  if (!first) return;
  if (aboutTheTalk(t, first.intent, text)) return;
  if (nothingDone(t, first, text)) return;
  if (first.intent === 'notice.ack' && !t.c.frame && whichReceived(t, first, text))
    return saysMoreThanReceived(t, text);
  if (first.intent === 'notice.ack' && receivedBeside(t, t.c.frame, text)) return;
  // What changes a notice changes the one that waits to be sent, not the one that went out before it.
  const waits = t.c.frame === null && t.c.aside.at(-1)?.flow === 'broadcast';
  if (waits && first.intent === 'record.correct' && first.slots.school === undefined) return resume(t);
  const told = toldForNotice(t, readings);
  const otherwise = toldOtherwise(t, first, text);
  if (otherwise) return beginFlow(t, otherwise.flow, [otherwise.reading], text);
  if (told) return beginFlow(t, told.flow, told.readings, text);
  const flow =
    wrongNotice(t, first, text) ??
    lookBackMeant(t, first.intent, first.slots.school, text) ??
    t.deps.scripts.flowFor(first.intent, t.facts.person.roles);
  // "发综合督导通知" may be like something that nobody can do here yet, and is a standing notice of the office.
  const notice = flow ? undefined : t.deps.scripts.flowFor('notice.broadcast', t.facts.person.roles);
  if (notice && templateWished(text.trim(), t.deps.scripts.templates(t.facts.locale)))
    return beginFlow(t, notice, [{ ...first, intent: 'notice.broadcast' }], text);
  if (asksOfMany(flow, text)) return notYours(t, first.intent);
  if (!flow) {
    if (isOthers(t, first.intent)) notYours(t, first.intent);
    else notYet(t, first.intent);
    // What was open was not answered by it, and is not forgotten.
    return t.c.frame ? offerOpen(t, t.c.frame) : undefined;
  }
  beginFlow(t, flow, readings, text);
}

/** "帮我查下一中电话" asks for "一中电话". */
const PLEASE =
  /^(?:请|麻烦(?:你|您)?)?(?:你|您)?(?:帮我|给我|帮忙|替我)?(?:再)?(?:查|看|找|问|说)(?:一下|下|一查|查|看看?)?/u;

/** Asks which there are. */
const ASKS_WHICH =
  /^(?:有没有|有哪些|哪些|看|要批|待[批核]|谁|which|are there|is there)|有哪些$|吗[?\uff1f]?$/iu;

/** "一中回头看记录发我": what is left of it is a paper to be sent, and nothing is to be filled in. */
const PAPER = /^记录(?:表|单)?(?:[发给导要打下]|$)/u;

/** Words that were agreed on begin their flow, whatever else they may be like. True when these are such words. */
export function beginCommand(t: Stage, said: string): boolean {
  if (beginSetting(t, said) || answersWish(t, said)) return true;
  const { locale, person } = t.facts;
  const find = (words: string) => t.deps.scripts.commandIn(locale, words, person.roles);
  const bare = said.replace(PLEASE, '');
  const whole = find(said);
  const command = bare === said || whole?.school === null ? whole : (find(bare) ?? whole);
  const flow = command && t.deps.scripts.flows.get(command.flow);
  if (!flow) return aboutNotices(t, said);
  const named = readNamed(t, said);
  const headed = command.school === null || named.slots.school ? null : schoolInHole(t, command);
  if (command.school !== null && headed === null && !namesSchool(command.school, named)) return false;
  const told = restOf(t, command);
  if (told !== null && PAPER.test(told)) return false;
  // "本月重点是什么" asks for what another message sets; set to that it would go out to everybody.
  const rest = told !== null && mayBeSet(flow) && ASKS_WHAT.test(told) ? null : told;
  // A pattern's own words may hold the verdict: "异议不成立", "上次的围墙看了 修好了"; "有没有要批的延期" holds none.
  const lists = ASKS_WHICH.test(said);
  const judges = !lists && Object.values(flow.slots).some(({ type }) => type === 'result');
  const result = judges ? verdictIn(said) : undefined;
  const slots = { ...named.slots, ...(headed === null ? {} : { school: headed }) };
  // The agreed words themselves are the content of nothing.
  if (rest === null && slots.content?.trim() === said.trim()) delete slots.content;
  if (lists) delete slots.result;
  const reading: Reading = {
    ...named,
    agreed: command.words,
    slots: { ...slots, ...(rest === null ? {} : { content: rest }), ...(result ? { result } : {}) },
  };
  beginFlow(t, flow, [reading], rest ?? '');
  return true;
}

/** Shows what is so, or sets it when words for it come along. */
const mayBeSet = (flow: Flow): boolean =>
  needsNothing(flow) && Object.values(flow.slots).some(({ read }) => read === 'content');

const ASKS_WHAT =
  /什么|啥|哪[些个几]|怎么|吗|呢|多少|谁|[?\uff1f]|(?:定|说|发|有)(?:了)?(?:没有?|不)$|是不是|\bwhat\b|\bwhich\b/iu;

/** "企业微信账号数改成1" begins as "设置 企业微信账号数 1" does. */
function beginSetting(t: Stage, said: string): boolean {
  const content = settingChange(t, said);
  const flow = content !== null && t.deps.scripts.flows.get('change-setting');
  if (!flow) return false;
  beginFlow(t, flow, [{ ...readNamed(t, said), slots: { content } }], content);
  return true;
}

/** "谁还没签收", "催一下没回执的": asked of two kinds of papers with one word. */
function aboutNotices(t: Stage, said: string): boolean {
  const asked = ofNotices(t, said);
  if (!asked) return false;
  const frame = openFrame(t, asked.flow, [asked.row]);
  if (asked.flow.confirm !== false) beginFlow(t, asked.flow, [readNamed(t, said)], said);
  else tellNow(t, frame);
  return true;
}

/** 收到 while a draft is open, where nothing waits to be signed: it is of the notice that waits, or mere courtesy, and the draft stays. */
function receivedBeside(t: Stage, open: Frame | null, text: string): boolean {
  if (!isReceived(text) || t.facts.notices.length > 0) return false;
  const flow = t.deps.scripts.flows.get('confirm-notice');
  const [only, ...more] = t.facts.unconfirmed;
  if (only && more.length === 0 && flow && open)
    inBetween(t, openFrame(t, flow, [{ notice: [only.id] }]), open);
  else if (only) whichNotice(t);
  else {
    say(t, 'common.noted');
    if (open) offerOpen(t, open);
  }
  return true;
}

/** Needs nothing and confirms nothing: a question about one's own work, or a cry for help. */
export function isImmediate(t: Stage, intent: Intent): boolean {
  const flow = t.deps.scripts.flowFor(intent, t.facts.person.roles);
  return flow !== undefined && needsNothing(flow);
}

/** So is what nobody does yet: said after the question of a draft the refusal would seem to be about that. */
function isAnsweredAtOnce(t: Stage, intent: Intent): boolean {
  const flow = t.deps.scripts.flowFor(intent, t.facts.person.roles);
  return flow === undefined || needsNothing(flow);
}

/** Another role's business. What the office itself may ask, and cannot yet, is told as that. */
function isOthers(t: Stage, intent: Intent): boolean {
  const flows = [...t.deps.scripts.flows.values()].filter((flow) => flow.intents.includes(intent));
  const office = isOfOffice(t.facts.person);
  return flows.length > 0 && !(office && flows.every((flow) => flow.confirm === false));
}
