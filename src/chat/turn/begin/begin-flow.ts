// A flow begins: it becomes the open draft, is answered in between, waits its turn, or asks first whether what is open is left.
import { ASIDE_KEPT, type Frame, MOST_ROWS } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import type { Reading } from '../../understand/types.ts';
import { merge } from '../change/add-to-draft.ts';
import { isBlank, offerOpen, putAside, title } from '../draft/aside.ts';
import { choiceButtons } from '../draft/buttons.ts';
import { finish } from '../draft/drafts.ts';
import { type Doubt, fill, keepDoubt, openFrame, proceed } from '../draft/frames.ts';
import { beginsLookingBack } from '../rectification/look-back-visit.ts';
import { ask, close, type Stage } from '../stage.ts';

/** Begins `flow` with what the readings fill of it, each a row where it repeats; a danger is told on at once. */
export function beginFlow(t: Stage, flow: Flow, readings: Reading[], text: string): void {
  t.c.misses = 0;
  const { frame, doubt } = filled(t, flow, readings, text);
  const told = frame.rows.filter((row) => Object.keys(row).length > 0);
  if (readings[0]?.intent === 'emergency.report') return atOnce(t, frame);
  const open = t.c.frame;
  // An empty draft is left for something else without a word.
  if (!open || (isBlank(open) && !needsNothing(flow) && !sameMessage(t, open))) {
    if (open) close(t, t.voice.text('common.over.answered'));
    t.c.frame = frame;
    beginsLookingBack(t, frame, text);
    proceed(t, needsNothing(flow) ? null : doubt);
    if (t.c.frame === frame && told.length === 0) frame.blank = JSON.stringify(frame.rows);
    return;
  }
  if (needsNothing(flow) || asksOfItsSchool(flow, frame, open)) return inBetween(t, frame, open);
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
export function inBetween(t: Stage, frame: Frame, open: Frame): void {
  const question = t.c.question;
  t.c.frame = frame;
  t.c.question = null;
  proceed(t, null);
  t.c.frame = open;
  t.c.question = question;
  offerOpen(t, open);
}

/** What is answered at once: in between, where a draft is open. */
export function tellNow(t: Stage, frame: Frame): void {
  if (t.c.frame) return inBetween(t, frame, t.c.frame);
  t.c.frame = frame;
  proceed(t, null);
}

/** The frame of a group, each reading a row when the flow repeats. */
function filled(
  t: Stage,
  flow: Flow,
  readings: Reading[],
  text: string,
): { frame: Frame; doubt: Doubt | null } {
  const used = readings.slice(0, flow.repeat ? MOST_ROWS : 1);
  // "今天去了二实小…又听了一节课": told in two readings, and one visit
  const rowOf = used.map((one, index) => {
    const before = used.findIndex((other) => ofOneVisit(other, one));
    return before >= 0 ? before : index;
  });
  const places = [...new Set(rowOf)];
  const frame = openFrame(
    t,
    flow,
    places.map(() => ({})),
  );
  // "登记督导" says nothing of what was seen, though 登记 is a word of the lexicon.
  if (!needsNothing(flow) && onlyBegins(t, text)) return { frame, doubt: null };
  const before = t.c.frame;
  t.c.frame = frame;
  let doubt: Doubt | null = null;
  for (const [index, reading] of used.entries()) {
    const row = places.indexOf(rowOf[index] ?? index);
    const put = rowOf[index] === index ? fill : merge;
    const doubted = put(t, frame, row, reading, text);
    if (doubted) keepDoubt(frame, doubted);
    doubt ??= doubted;
  }
  t.c.frame = before;
  return { frame, doubt };
}

/** Of the same school, and neither told of another day or half of it. */
function ofOneVisit(a: Reading, b: Reading): boolean {
  const agree = (x: unknown, y: unknown) => x === undefined || y === undefined || x === y;
  const [one, other] = [a.slots, b.slots];
  const named = one.school !== undefined && one.school === other.school;
  return named && agree(one.date, other.date) && agree(one.session, other.session);
}

const onlyBegins = (t: Stage, text: string): boolean =>
  t.deps.scripts.isMenuWord(
    t.facts.locale,
    text.trim().replaceAll(/^(?:我要|我想|帮我|请)|[。.!\uff01吧]+$/gu, ''),
  );

/** "校长电话多少" while a draft about one school is open: of that school, and answered in between. */
function asksOfItsSchool(flow: Flow, frame: Frame, open: Frame): boolean {
  const [row, ...more] = frame.rows;
  const { school } = open.rows[0] ?? {};
  if (flow.confirm !== false || !row || more.length > 0 || open.rows.length > 1) return false;
  const needed = Object.entries(flow.slots).filter(
    ([name, spec]) => !spec.optional && !spec.when && row[name] === undefined,
  );
  const only = needed.length === 1 && needed[0]?.[1].type === 'school' ? needed[0][0] : undefined;
  const doubtful = only !== undefined && frame.doubts[`0.${only}`] !== undefined;
  if (only === undefined || doubtful || school === undefined || !flow.do.startsWith('school.')) return false;
  row[only] = school;
  return true;
}

/** Opened by this very message: what comes with it waits its turn instead of asking which first. */
function sameMessage(t: Stage, open: Frame): boolean {
  return t.opened.has(open.id);
}

/** Asks for nothing and confirms nothing. */
export function needsNothing(flow: Flow): boolean {
  return flow.confirm === false && Object.values(flow.slots).every((spec) => spec.optional);
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
