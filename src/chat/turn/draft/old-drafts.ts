// Drafts that an update left behind: their flow asks for something else now, or is gone. What still fits goes on; what does not is said in its own words.
import type { Frame, Row } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import { close, iso, type Stage, say } from '../stage.ts';
import { isBlank, offerAside, putAside, title } from './aside.ts';
import { rowView } from './drafts.ts';
import { kindsOf } from './frames.ts';

/** What is said of an update: the titles of the drafts that go on or are gone, and what of them could not be kept. */
interface Told {
  what: string[];
  lost: string[];
}

const nobody = (): Told => ({ what: [], lost: [] });

/**
 * Brings the drafts of older versions up to date before anything is heard. The question of a slot that is still there stands, so that its
 * answer is taken; any other is over, and the draft waits to be asked about (`offerCarried`). Gives its id, null when none waits so.
 */
export function carryOver(t: Stage): { offered: string | null; openIsGone: boolean } {
  const [kept, gone] = [nobody(), nobody()];
  const { frame: open, question } = t.c;
  t.c.aside = t.c.aside.flatMap((one) => (isOld(t, one) ? (upToDate(t, one, kept, gone) ?? []) : one));
  if (t.c.dropped && isOld(t, t.c.dropped)) t.c.dropped = upToDate(t, t.c.dropped, nobody(), nobody());
  let offered: string | null = null;
  if (open && isOld(t, open)) {
    t.c.frame = upToDate(t, open, kept, gone);
    if (!t.c.frame) t.c.question = null;
    else if (question?.kind === 'confirm' || !stillAsks(t, open, t.c.frame))
      offered = wait(t, t.c.frame, kept);
  } else if (question?.kind === 'resume' && t.c.aside.length === 0) t.c.question = null;
  if (gone.what.length > 0) say(t, 'common.begun-again', { ...gone, what: gone.what.filter(Boolean) });
  if (kept.what.length > 0) say(t, 'common.carried-over', { ...kept });
  return { offered, openIsGone: open !== null && t.c.frame === null && offered === null };
}

/** It was not spoken of since: whether to go on with it is asked, as with every draft that waits. */
export function offerCarried(t: Stage, offered: string): void {
  const waits = t.c.aside.find(({ id }) => id === offered);
  if (waits && t.c.question?.kind === 'resume' && t.c.question.id === offered) offerAside(t, waits);
}

const isOld = (t: Stage, { flow, version }: Frame): boolean =>
  t.deps.scripts.flows.get(flow)?.version !== version;

/** The slot that is asked for is there still; a question that is about no slot is about what the draft is, or what comes before it. */
function stillAsks(t: Stage, before: Frame, { rows }: Frame): boolean {
  const { question } = t.c;
  if (question?.kind !== 'slot') return question !== null;
  const flow = t.deps.scripts.flows.get(before.flow);
  return (
    flow !== undefined &&
    isSame(before, flow, question.slot ?? '') &&
    question.row !== undefined &&
    rows[question.row] !== undefined
  );
}

/** Heard as the answer to "shall we go on with it?", which is asked when it was none. */
function wait(t: Stage, frame: Frame, kept: Told): string {
  close(t, t.voice.text('common.over.put-aside'));
  putAside(t);
  t.c.question = { kind: 'resume', id: frame.id, choices: [], wrong: 0, askedAt: iso(t), card: false };
  const name = title(t, frame);
  if (!kept.what.includes(name)) kept.what.push(name);
  return frame.id;
}

/** The draft with all that its flow takes still; null when it can not be gone on with. What is lost is added to `kept` or `gone`. */
function upToDate(t: Stage, frame: Frame, kept: Told, gone: Told): Frame | null {
  const flow = t.deps.scripts.flows.get(frame.flow);
  const isHers = flow?.roles.some((role) => t.facts.person.roles.includes(role));
  if (!flow || !isHers || !frame.kinds) {
    const name = oldTitle(t, frame);
    gone.what.push(name);
    gone.lost.push(...lostOf(t, frame, () => false, name));
    return null;
  }
  const fits = fitter(t, frame, flow);
  const now: Frame = {
    ...frame,
    version: flow.version,
    kinds: kindsOf(flow),
    rows: fitting(frame.rows, flow, fits),
    past: frame.past.map((rows) => fitting(rows, flow, fits)),
    doubts: Object.fromEntries(
      Object.entries(frame.doubts).filter(([place]) => isSame(frame, flow, place.split('.')[1] ?? '')),
    ),
    // Its button named what the flow was then.
    tapped: false,
  };
  if (isBlank(frame)) now.blank = JSON.stringify(now.rows);
  const lost = lostOf(t, frame, (slot, value, row) => (flow.repeat || row === 0) && fits(slot, value));
  if (lost.length > 0) {
    kept.what.push(title(t, now));
    kept.lost.push(...lost);
  }
  return now;
}

const isSame = ({ kinds }: Frame, { slots }: Flow, slot: string): boolean =>
  slots[slot] !== undefined && slots[slot].type === kinds?.[slot];

type Fits = (slot: string, value: unknown) => boolean;

/** A slot of the same name and kind; and a value that can be shown, should the kind itself look otherwise since: nobody is stuck with it. */
function fitter(t: Stage, frame: Frame, flow: Flow): Fits {
  return (slot, value) => {
    if (!isSame(frame, flow, slot)) return false;
    try {
      rowView(t, frame, { [slot]: value });
      return true;
    } catch {
      return false;
    }
  };
}

function fitting(rows: readonly Row[], { repeat }: Flow, fits: Fits): Row[] {
  return (repeat ? rows : rows.slice(0, 1)).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([slot, value]) => fits(slot, value))),
  );
}

/** What does not fit and is not in `title`: as she said it where it is words, in the words of the record where it is a code; photos by their number. */
function lostOf(
  t: Stage,
  { rows, kinds }: Frame,
  fits: (slot: string, value: unknown, row: number) => boolean,
  title = '',
): string[] {
  const words = new Set<string>();
  let photos = 0;
  for (const [index, row] of rows.entries())
    for (const [slot, value] of Object.entries(row)) {
      if (fits(slot, value, index)) continue;
      const kind = kinds?.[slot] ?? '';
      if (kind === 'photos' && Array.isArray(value)) photos += value.length;
      else for (const said of wordsIn(t, value, kind)) if (!title.includes(said)) words.add(said);
    }
  const counted = photos === 0 ? [] : [t.voice.text('common.carried-over.photos', { photos })];
  return [...[...words].map((said) => t.voice.text('common.carried-over.said', { said })), ...counted];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** As against codes and ids. */
const WORDS = /\p{Script=Han}|\p{L}\s\p{L}/u;

/** Kinds whose codes stand for words that she said, and where the record's words for them are. */
const CODED: Readonly<Record<string, string>> = { methods: 'method', items: 'item', session: 'session' };

function wordsIn(t: Stage, value: unknown, kind: string): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => wordsIn(t, part, kind));
  // Of what has several parts, those that are words tell it: a finding's text, a school's name.
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap((part) => wordsIn(t, part, ''));
  if (typeof value !== 'string') return [];
  if (DAY.test(value)) return [t.voice.day(value)];
  const word = WORDS.test(value) ? value : t.voice.term(`${CODED[kind]}.${value}`);
  return word === undefined ? [] : [word];
}

/** Its values may no longer be what the flow takes; a school is one as long as it has a name. */
function oldTitle(t: Stage, { flow, rows: [row] }: Frame): string {
  const { name } = (row?.school ?? {}) as { name?: unknown };
  const known = typeof name === 'string' ? { school: row?.school } : {};
  return t.voice.has(`${flow}.title`) ? t.voice.text(`${flow}.title`, known) : '';
}
