// "二区呢", "那上个月呢", "幼儿园的呢": the question that was answered last, asked of something else.
import { type Conversation, PHOTO_WAITS_MS, type Row } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import { spanOf } from '../../slots/spans.ts';
import type { Reading } from '../../understand/types.ts';
import { needsNothing, tellNow } from '../begin/begin-flow.ts';
import { toldOtherwise } from '../begin/other-papers.ts';
import { fill, openFrame, proceed } from '../draft/frames.ts';
import { readNamed, type Stage } from '../stage.ts';

const ASKED_ON =
  /^(?:那么?|还有|再看看?|换成)?[\s,\uff0c]*(.{1,16}?)的?(?:呢|怎么样|咋样)[\s?\uff1f。]*$|^(?:and|what about|how about) (.{2,30}?)\??$/iu;

/** Whose it was: named anew, the others no longer hold. */
const WHOSE = ['area', 'school', 'person', 'mine', 'audience'];

/** The question that she asked last, if that was a moment ago. */
export function askedLately({ c, facts }: Stage): Conversation['asked'] {
  const age = c.asked ? facts.now.getTime() - Date.parse(c.asked.at) : Number.POSITIVE_INFINITY;
  return age < PHOTO_WAITS_MS ? c.asked : null;
}

/** True when it was asked on: the same flow, with what is named now in place of what was named before. */
export function asksOn(t: Stage, text: string): boolean {
  const asked = askedLately(t);
  const found = ASKED_ON.exec(text.trim());
  const about = found?.[1] ?? found?.[2];
  const flow = asked ? t.deps.scripts.flows.get(asked.flow) : undefined;
  if (!asked || !flow || about === undefined || !needsNothing(flow)) return false;
  if (asked.flow === 'pending-visits' && ofPending(t, asked.row, about)) return true;
  const frame = openFrame(t, flow, [{}]);
  const doubt = fill(t, frame, 0, namedIn(t, flow, about), about);
  const now = frame.rows[0] ?? {};
  // Of several schools that are called so it is asked which.
  if (doubt?.slot === 'school' && doubt.choices.length > 0 && !t.c.frame) {
    frame.rows = [over(asked.row, { ...now, school: null })];
    delete frame.rows[0]?.school;
    t.c.frame = frame;
    proceed(t, doubt);
    return true;
  }
  if (doubt || !namesMore(flow, now)) return false;
  frame.rows = [over(asked.row, now)];
  t.c.misses = 0;
  tellNow(t, frame);
  return true;
}

/** What is named; a colleague's whole name is hers, though a school's may sound in it. */
function namedIn(t: Stage, flow: Flow, about: string): Reading {
  const reading = readNamed(t, about);
  const isPerson = flow.slots.person !== undefined && t.facts.book.index.people.has(about);
  return isPerson ? { ...reading, slots: { person: about } } : reading;
}

/** "那二中呢", "上学期呢" after "还差几所": whether that one was visited in that month; for a term it is told in figures. */
function ofPending(t: Stage, before: Row, about: string): boolean {
  const named = readNamed(t, about);
  const otherwise = toldOtherwise(t, { ...named, intent: 'visit.pending' }, about);
  const history = t.deps.scripts.flows.get('visit-history');
  const flow = otherwise?.flow ?? (named.slots.school === undefined ? undefined : history);
  if (!flow) return false;
  const frame = openFrame(t, flow, [{}]);
  if (fill(t, frame, 0, otherwise?.reading ?? named, about)) return false;
  const month = spanOf(String(before.period ?? t.facts.today.toPlainYearMonth()));
  if (!otherwise && month) frame.rows = [{ period: month, ...frame.rows[0] }];
  t.c.misses = 0;
  tellNow(t, frame);
  return true;
}

/** Free words fill anything; what is asked on names an area, a school, a person, a time. */
const namesMore = (flow: Flow, row: Row): boolean =>
  Object.keys(row).some((name) => {
    const slot = flow.slots[name];
    return slot?.type !== 'text' || slot.read !== undefined || name === 'person';
  });

/** The row before, with what is said now; a scope is gone through likewise. */
function over(before: Row, now: Row): Row {
  const kept = Object.entries(before).filter(
    ([name]) => !WHOSE.includes(name) || !WHOSE.some((whose) => now[whose] !== undefined),
  );
  const row: Row = { ...Object.fromEntries(kept), ...now };
  const [was, is] = [before.scope, now.scope];
  if (isRow(was) && isRow(is)) row.scope = over(was, is);
  // Of another school the last one again, though of the one before it was asked for the last but two.
  if (isRow(row.look) && typeof row.look.back === 'number')
    row.look = { ...row.look, back: 0, ...(now.look as Row) };
  return row;
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
