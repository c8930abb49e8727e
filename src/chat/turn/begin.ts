// Begins what a message asks for: at once when nothing is missing, as a frame otherwise; and what can be done to the open frame: leave it, step back, take it up again.
import { ASIDE_KEPT, type Frame, MOST_ROWS } from '../conversation.ts';
import { SCHOOL_OWES } from '../facts.ts';
import type { Flow } from '../scripts/shapes.ts';
import { verdictIn } from '../slots/plain.ts';
import { likeness } from '../slots/waiting.ts';
import { type Intent, type Reading, SURE, type Understood } from '../understand/types.ts';
import { offerAside, putAside, title } from './aside.ts';
import { choiceButtons } from './buttons.ts';
import { namesSchool, restOf } from './command-words.ts';
import { askConfirm, finish } from './drafts.ts';
import { type Doubt, fill, openFrame, proceed } from './frames.ts';
import { whichReceived } from './received.ts';
import { ask, close, flowOf, readNamed, type Stage, say } from './stage.ts';
import { help, miss, notYet, notYours } from './talk.ts';

/** Everything a message asks for: dangers, then questions, then the records, of which the first is put as a draft. */
export function beginAll(t: Stage, understood: Understood, text: string): void {
  if (understood.intent !== 'emergency.report' && beginCommand(t, text)) return;
  const readings = understood.intents ? withoutResend(understood.intents) : [understood];
  const unclear = understood.confidence < SURE || understood.intent === 'chat.other';
  if (!understood.intents && unclear && understood.intent !== 'emergency.report') {
    const told = whatWasDone(t, understood, text);
    return told ? begin(t, told, text) : miss(t, text, understood.candidates);
  }
  const order = (reading: Reading) =>
    reading.intent === 'emergency.report' ? 0 : isImmediate(t, reading.intent) ? 1 : 2;
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

const MAY_TELL_OF_WORK: ReadonlySet<Intent> = new Set([
  'chat.other',
  'rect.evidence',
  'finding.report',
  'visit.log',
]);

/** "操场坑填平了" from a school that owes the hole in its yard: its words are those of the finding, and its draft asks before it goes. */
function whatWasDone(t: Stage, understood: Understood, text: string): Reading | null {
  // Whoever objects, asks for time or asks about it names the finding too; that is nothing done.
  if (!MAY_TELL_OF_WORK.has(understood.intent)) return null;
  if (!t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles) || [...text].length < 4) return null;
  const owed = t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  if (!owed.some((one) => likeness(one.text, text) > 0)) return null;
  return { ...understood, intent: 'rect.evidence', slots: { ...understood.slots, content: text } };
}

export function begin(t: Stage, reading: Reading, text: string): void {
  beginGroup(t, [reading], text);
}

function beginGroup(t: Stage, readings: Reading[], text: string): void {
  const [first] = readings;
  if (!first) return;
  if (aboutTheTalk(t, first.intent, text)) return;
  if (first.intent === 'notice.ack' && !t.c.frame && whichReceived(t, first, text)) return;
  const flow = t.deps.scripts.flowFor(first.intent, t.facts.person.roles);
  if (!flow) return isOthers(t, first.intent) ? notYours(t, first.intent) : notYet(t, first.intent);
  beginFlow(t, flow, readings, text);
}

/** Words that were agreed on begin their flow, whatever else they may be like. True when these are such words. */
export function beginCommand(t: Stage, said: string): boolean {
  const command = t.deps.scripts.commandIn(t.facts.locale, said, t.facts.person.roles);
  const flow = command && t.deps.scripts.flows.get(command.flow);
  if (!flow) return false;
  const named = readNamed(t, said);
  if (command.school !== null && !namesSchool(command.school, named)) return false;
  const rest = restOf(t, command);
  // A pattern's own words may hold the verdict: "异议不成立", "上次的围墙看了 修好了".
  const judges = Object.values(flow.slots).some(({ type }) => type === 'result');
  const result = judges ? verdictIn(said) : undefined;
  // The agreed words themselves are the content of nothing.
  const { content: _, ...slots } = named.slots;
  const own = rest === null && named.slots.content?.trim() === said.trim() ? slots : named.slots;
  const reading: Reading = {
    ...named,
    slots: { ...own, ...(rest === null ? {} : { content: rest }), ...(result ? { result } : {}) },
  };
  beginFlow(t, flow, [reading], rest ?? '');
  return true;
}

function beginFlow(t: Stage, flow: Flow, readings: Reading[], text: string): void {
  t.c.misses = 0;
  const { frame, doubt } = filled(t, flow, readings, text);
  if (readings[0]?.intent === 'emergency.report') return atOnce(t, frame);
  const open = t.c.frame;
  if (!open) {
    t.c.frame = frame;
    return proceed(t, needsNothing(flow) ? null : doubt);
  }
  if (needsNothing(flow)) return inBetween(t, frame, open);
  if (sameMessage(t, open)) {
    t.c.aside = [...t.c.aside, frame].slice(-ASIDE_KEPT);
    return;
  }
  askSwitch(t, open, frame, text);
}

/** A danger: told on before anything is asked; what was open waits without a word until it is called for. */
function atOnce(t: Stage, frame: Frame): void {
  close(t, t.voice.text('common.over.put-aside'));
  putAside(t);
  t.c.frame = frame;
  finish(t);
}

/** A question in between: answered at once, and the draft is offered again after it. */
function inBetween(t: Stage, frame: Frame, open: Frame): void {
  const question = t.c.question;
  t.c.frame = frame;
  t.c.question = null;
  proceed(t, null);
  t.c.frame = open;
  t.c.question = question;
  putAside(t);
  offerAside(t, open);
}

/** The frame of a group, each reading a row when the flow repeats. */
function filled(
  t: Stage,
  flow: Flow,
  readings: Reading[],
  text: string,
): { frame: Frame; doubt: Doubt | null } {
  const used = readings.slice(0, flow.repeat ? MOST_ROWS : 1);
  const frame = openFrame(
    t,
    flow,
    used.map(() => ({})),
  );
  const before = t.c.frame;
  t.c.frame = frame;
  let doubt: Doubt | null = null;
  for (const [index, reading] of used.entries()) doubt = fill(t, frame, index, reading, text) ?? doubt;
  t.c.frame = before;
  return { frame, doubt };
}

/** Opened by this very message: what comes with it waits its turn instead of asking which first. */
function sameMessage(t: Stage, open: Frame): boolean {
  return t.opened.has(open.id);
}

/** Needs nothing and confirms nothing: a question about one's own work, or a cry for help. */
export function isImmediate(t: Stage, intent: Intent): boolean {
  const flow = t.deps.scripts.flowFor(intent, t.facts.person.roles);
  return flow !== undefined && needsNothing(flow);
}

function needsNothing(flow: Flow): boolean {
  return flow.confirm === false && Object.values(flow.slots).every((spec) => spec.optional);
}

/** Another role's business. What the office itself may ask, and cannot yet, is told as that. */
function isOthers(t: Stage, intent: Intent): boolean {
  const flows = [...t.deps.scripts.flows.values()].filter((flow) => flow.intents.includes(intent));
  const office = t.facts.person.roles.some((role) => role === 'office' || role === 'director');
  return flows.length > 0 && !(office && flows.every((flow) => flow.confirm === false));
}

/** Words about the talk itself, when no question is open that they answer. True when it was one. */
function aboutTheTalk(t: Stage, intent: Intent, text: string): boolean {
  if (intent === 'help.show') help(t);
  else if (intent === 'flow.cancel') cancel(t);
  else if (intent === 'flow.confirm') nothingToConfirm(t);
  else if (intent === 'chat.other') miss(t, text, []);
  else return false;
  const open = t.c.frame;
  if (open && intent === 'help.show') {
    putAside(t);
    offerAside(t, open);
  }
  return true;
}

function nothingToConfirm(t: Stage): void {
  if (t.c.frame) return askAgain(t);
  if (t.c.aside.length > 0) return resume(t);
  say(t, t.c.last ? 'common.confirmed-already' : 'common.nothing-to-confirm');
}

/** 取消 leaves whatever is open, always; what is filed already stays and is told how to void. */
export function cancel(t: Stage, { offer = true }: { offer?: boolean } = {}): void {
  const frame = t.c.frame;
  close(t, t.voice.text('common.over.cancelled'));
  t.c.photos = [];
  t.c.misses = 0;
  if (!frame) {
    const put = t.c.aside.pop();
    if (put) return say(t, 'common.cancelled', { what: title(t, put) });
    return say(t, t.c.last ? 'common.cancel-too-late' : 'common.nothing-to-cancel');
  }
  t.c.frame = null;
  say(t, 'common.cancelled', { what: title(t, frame) });
  const next = t.c.aside.at(-1);
  if (next && offer) offerAside(t, next);
}

/** 上一步: the draft as it was before the last thing said. */
export function back(t: Stage): void {
  const frame = t.c.frame;
  const before = frame?.past.pop();
  if (!frame || !before) return say(t, frame ? 'common.no-step-back' : 'common.nothing-open');
  frame.rows = before;
  close(t, t.voice.text('common.over.changed'));
  proceed(t, null);
}

/** Puts the open draft's question again. */
export function askAgain(t: Stage): void {
  const frame = t.c.frame;
  if (!frame) return;
  if (t.c.question?.kind === 'confirm') return askConfirm(t, frame, flowOf(t, frame));
  proceed(t, null);
}

/** Takes up the newest frame that was put aside. A card's button that named it whole is long past: it confirms like any. */
export function resume(t: Stage): void {
  close(t, t.voice.text('common.over.answered'));
  const frame = t.c.aside.pop();
  if (!frame) return;
  t.c.frame = frame;
  proceed(t, null);
}

/** A start word inside another flow asks once (DESIGN §6). */
function askSwitch(t: Stage, open: Frame, wanted: Frame, text: string): void {
  const choices = [
    { label: t.voice.text('common.button.stay'), value: 'stay' },
    { label: t.voice.text('common.button.aside'), value: 'aside' },
    { label: t.voice.text('common.button.drop'), value: 'drop' },
  ];
  ask(
    t,
    { kind: 'switch', choices, wrong: 0, text },
    {
      title: t.voice.text('common.switch', {
        what: title(t, open),
        next: title(t, wanted),
      }),
      ...choiceButtons(t, choices),
    },
  );
}
