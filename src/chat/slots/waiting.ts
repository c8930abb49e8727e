// Slots that point at something that is waiting: a finding to act on, one to review, a notice to sign. By number, by words, or the only one.
import type { Choice } from '../conversation.ts';
import { AWAITS_REVIEW, type Facts, SCHOOL_OWES, type WaitingFinding } from '../facts.ts';
import type { SlotType } from '../scripts/shapes.ts';
import type { Reading } from '../understand/types.ts';
import { likeness, spokenOf } from './likeness.ts';
import { ordinalsIn } from './ordinals.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';
import { STILL_TO_DO } from './still-to-do.ts';

const owed = (one: WaitingFinding) => one.mineToFix && SCHOOL_OWES.has(one.state);
const decides = (state: string) => (one: WaitingFinding) => !one.mineToFix && one.state === state;

/** Which of the findings that wait for a person a slot may point at; the act itself refuses what came too late. */
export const WAITING = {
  'open-findings': owed,
  'photo-findings': (one) =>
    AWAITS_REVIEW.has(one.state) || owed(one) || (one.noticeId !== null && SCHOOL_OWES.has(one.state)),
  'extendable-findings': owed,
  'contestable-findings': owed,
  'plannable-findings': owed,
  'submitted-findings': (one) => !one.mineToFix && AWAITS_REVIEW.has(one.state),
  'extension-requests': decides('extension_pending'),
  objections: decides('objected'),
  'accepted-findings': (one) => decides('accepted')(one) && !one.forOffice,
  'closable-findings': (one) => decides('accepted')(one) && one.forOffice,
  'drafted-findings': decides('draft'),
  'unnoticed-findings': (one) =>
    !one.mineToFix &&
    (one.state === 'sent_back' ||
      (one.state === 'issued' && one.noticeId === null && one.disposition !== 'complex')),
} as const satisfies Partial<Record<SlotType, (one: WaitingFinding) => boolean>>;
export type WaitingType = keyof typeof WAITING;

export const isWaitingType = (type: SlotType): type is WaitingType => Object.hasOwn(WAITING, type);

/** `031`, `31`, `031号` → 31. */
export function numberOf(said: string | undefined): number | null {
  const digits = /\d+/.exec(said ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}

function findingChoices(list: readonly WaitingFinding[]): Choice[] {
  return list.slice(0, MOST_CHOICES).map((one) => ({
    label: `${one.number === null ? '' : `${String(one.number).padStart(3, '0')} `}${one.text}`.slice(0, 24),
    value: [one.id],
  }));
}

/** Narrows what is waiting by number, school and words; one notice's findings go together. */
function narrow(
  list: readonly WaitingFinding[],
  reading: Reading,
  typed: string,
  { facts, lastNotice }: Asks,
  { each, handsIn, asksTime }: { each: boolean; handsIn: boolean; asksTime: boolean },
): Took {
  const number = numberOf(reading.slots.rect_no);
  let left = [...list];
  if (number !== null) {
    left = left.filter((one) => one.number === number);
    if (left.length === 0)
      return { wrong: 'waiting.no-such-number', vars: { number }, choices: findingChoices(list) };
  }
  const school = reading.slots.school ? facts.book.byName.get(reading.slots.school) : undefined;
  if (school) {
    left = left.filter((one) => one.schoolId === school.id);
    if (left.length === 0)
      return { wrong: 'waiting.none-at', vars: { school: school.name }, choices: findingChoices(list) };
  }
  const named = byWords(left, asksTime ? withoutDone(left, typed) : typed);
  const meant = handsIn ? withoutPending(named, typed) : named;
  return byPlace(left, typed, lastNotice) ?? whole(meant, each && number === null);
}

const IS_DONE = /(?:了|好|完|齐)[。.!\uff01]*$/u;

/** "螺丝紧了 帘子要等一周": more time is asked for what is not done yet, and for nothing else of it. */
function withoutDone(list: readonly WaitingFinding[], typed: string): string {
  const clauses = typed.split(CLAUSES);
  const left = clauses.filter((clause) => !IS_DONE.test(clause) || NOT_HAD.test(clause));
  const names = left.some((clause) => spokenOf(list, clause).length > 0);
  return names && left.length < clauses.length ? left.join(',') : typed;
}

const NOT_HAD = /没(?:买|装|换|修|弄|改|做|来|送|拿)|未(?:装|换|修|改|完)/u;

/** "单杠加固了,防蝇帘还没到": what is spoken of only as still to come is not handed in with the rest. */
function withoutPending(list: readonly WaitingFinding[], typed: string): readonly WaitingFinding[] {
  const clauses = typed.split(CLAUSES);
  const pending = ({ text }: WaitingFinding) => {
    const own = clauses.filter((clause) => likeness(text, clause) > 0);
    return own.length > 0 && own.every((clause) => STILL_TO_DO.test(clause) || NOT_HAD.test(clause));
  };
  const left = list.filter((one) => !pending(one));
  return left.length > 0 ? left : list;
}

/** "第二条": by its place on the only notice, or on the one that was spoken of last; of several it is asked which. */
function byPlace(list: readonly WaitingFinding[], typed: string, lastNotice: string | undefined): Took {
  const { ordinals } = ordinalsIn(typed, Math.max(...list.map(({ nth }) => nth)));
  if (ordinals.length === 0) return undefined;
  const onNotices = list.filter(({ noticeId }) => noticeId !== null);
  const recent = onNotices.filter(({ noticeId }) => noticeId === lastNotice);
  const among = recent.length > 0 ? recent : onNotices;
  const named = among.filter(({ nth }) => ordinals.includes(nth));
  if (named.length > 0) return whole(named);
  return { wrong: 'waiting.no-such-place', vars: { nth: ordinals[0] }, choices: findingChoices(list) };
}

/** Those whose words were used; a single pair of characters is enough when it points at one alone ("标签补上了"). */
function byWords(list: readonly WaitingFinding[], typed: string): readonly WaitingFinding[] {
  const scored = list.map((one) => ({ one, score: likeness(one.text, typed) }));
  const near = scored.filter(({ score }) => score >= 0.25);
  if (near.length > 0) {
    const likely = near.map(({ one }) => one);
    const beside = scored.filter(
      ({ one, score }) =>
        score > 0 && !likely.includes(one) && namedBeside(one, { near: likely, all: list, typed }),
    );
    return [...likely, ...beside.map(({ one }) => one)];
  }
  const touched = scored.filter(({ score }) => score > 0);
  if (touched.length === 1) return touched.map(({ one }) => one);
  const spoken = new Set(typed.split(CLAUSES).flatMap((clause) => spokenOf(list, clause)));
  return touched.length === 0 && spoken.size > 0 ? list.filter((one) => spoken.has(one)) : list;
}

const JOINT = /(.{0,4})(?:和|跟|与|及|、|还有|以及)(.{0,4})/gu;
const CLAUSES = /[,\uff0c;\uff1b。\s]+/u;
const NOT_YET = /没|未|不/u;

/**
 * "灭火器和留样都好了": a word on the other side of the "and", which none of the likelier ones has. "灭火器换了,标签贴了": a clause
 * that says of it alone, and of nothing else, that something was done.
 */
function namedBeside(
  { text }: WaitingFinding,
  { near, all, typed }: { near: readonly WaitingFinding[]; all: readonly WaitingFinding[]; typed: string },
): boolean {
  const sides = [...typed.matchAll(JOINT)].flatMap(([, before = '', after = '']) => [
    before.slice(-2),
    after.slice(0, 2),
  ]);
  const joined = sides.some(
    (word) => [...word].length === 2 && text.includes(word) && !near.some((one) => one.text.includes(word)),
  );
  const alone = typed.split(CLAUSES).some((clause) => {
    if (NOT_YET.test(clause) || STILL_TO_DO.test(clause)) return false;
    const [only, ...more] = spokenOf(all, clause);
    return only?.text === text && more.length === 0;
  });
  return joined || alone;
}

/** `each`: a photo shows one finding, not a notice, unless the notice was named. */
function whole(left: readonly WaitingFinding[], each = false): Took {
  if (left.length === 0) return undefined;
  const oneNotice = left.every((one) => one.noticeId !== null && one.noticeId === left[0]?.noticeId);
  if (left.length === 1 || (oneNotice && !each)) return { value: left.map((one) => one.id) };
  return { choices: findingChoices(left) };
}

/** What a school handed in lies with its inspector: "nothing waits" would sound as if it had got lost. */
function noneWaits(type: WaitingType, { findings }: Facts): Took {
  const handedIn = findings.filter((one) => one.mineToFix && AWAITS_REVIEW.has(one.state));
  if (WAITING[type] !== owed || handedIn.length === 0) return { nothing: 'waiting.none' };
  return {
    nothing: 'waiting.handed-in',
    vars: { findings: handedIn.map(({ text }) => text), count: handedIn.length },
  };
}

/** While it is asked which one, words that leave all of them open answer nothing: they may be of something else. */
function tellsWhich(took: Took, list: readonly WaitingFinding[], { open }: Asks): Took {
  const all = took && 'choices' in took && !('wrong' in took) && took.choices?.length;
  return open && all === Math.min(list.length, MOST_CHOICES) ? undefined : took;
}

function waitingSlot(type: WaitingType): SlotKindOf {
  const list = (facts: Facts) => facts.findings.filter(WAITING[type]);
  const each = type === 'photo-findings';
  const handsIn = type === 'open-findings';
  const asksTime = type === 'extendable-findings';
  return {
    read: (reading, asks) =>
      list(asks.facts).length === 0
        ? noneWaits(type, asks.facts)
        : tellsWhich(
            narrow(list(asks.facts), reading, asks.text, asks, { each, handsIn, asksTime }),
            list(asks.facts),
            asks,
          ),
    answer: (text, { facts, lastNotice }) => {
      const number = numberOf(text);
      if (number === null) return byPlace(list(facts), text, lastNotice);
      return whole(list(facts).filter((one) => one.number === number));
    },
    without: ({ facts }) => whole(list(facts), each) ?? noneWaits(type, facts),
    // A draft may have waited: what was handed in or decided meanwhile is no longer in it. Of the last of it the act itself tells.
    check: (value, { facts }) => {
      const ids = value as string[]; // as read() gave them
      const left = ids.filter((id) => list(facts).some((one) => one.id === id));
      return left.length > 0 && left.length < ids.length ? { value: left } : undefined;
    },
    choices: ({ facts }) => findingChoices(list(facts)),
    view: (value, facts) => facts.findings.filter((one) => (value as string[]).includes(one.id)), // ids, as read() gave them
  };
}

/** Nobody objects to what she has begun to put right, or to a review (DOMAIN §3 b): said before a reason is asked for. */
const OBJECTS_TO: ReadonlySet<string> = new Set(['issued', 'acknowledged', 'objected']);

function contestableSlot(): SlotKindOf {
  const any = waitingSlot('contestable-findings');
  const inTime = (took: Took, { facts }: Asks): Took => {
    const ids = took && 'value' in took ? (took.value as string[]) : []; // as a waiting slot gives them
    const late = facts.findings.find(({ id, state }) => ids.includes(id) && !OBJECTS_TO.has(state));
    return late ? { nothing: 'waiting.past-objection', vars: { text: late.text, state: late.state } } : took;
  };
  return {
    ...any,
    read: (reading, asks) => inTime(any.read(reading, asks), asks),
    without: (asks) => inTime(any.without?.(asks), asks),
  };
}

export const WAITING_SLOTS = {
  ...Object.fromEntries((Object.keys(WAITING) as WaitingType[]).map((type) => [type, waitingSlot(type)])),
  'contestable-findings': contestableSlot(),
  'unnoticed-findings': unnoticedSlot(),
} as Record<WaitingType, SlotKindOf>; // its own keys, one each

/** A notice may be wished for what was never put down: how to say both at once is told with it. */
function unnoticedSlot(): SlotKindOf {
  const any = waitingSlot('unnoticed-findings');
  const helpful = (took: Took): Took =>
    took && 'nothing' in took && took.nothing === 'waiting.none'
      ? { nothing: 'waiting.none-to-issue' }
      : took;
  return {
    ...any,
    read: (reading, asks) => helpful(any.read(reading, asks)),
    without: (asks) => helpful(any.without?.(asks)),
  };
}
