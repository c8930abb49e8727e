// A frame from opening to its draft: fill what was said, ask the one thing that is missing.
import { type Choice, type Frame, PAST_KEPT, PHOTO_WAITS_MS, type Row } from '../../conversation.ts';
import type { Flow, SlotSpec, SlotType } from '../../scripts/shapes.ts';
import { settledFindings } from '../../slots/findings.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import type { Asks, Took } from '../../slots/slot.ts';
import type { Reading } from '../../understand/types.ts';
import { questionOf } from '../answer/question.ts';
import { opensAgain } from '../filed/rewrite.ts';
import { lastVisits } from '../filed/that-visit.ts';
import { takePhotos, takePlace } from '../media/photos.ts';
import { ask, close, flowOf, iso, read, type Stage, say } from '../stage.ts';
import { choiceButtons } from './buttons.ts';
import { askConfirm, finish } from './drafts.ts';

/** What stood in the way of filling: a doubt to ask about, or something that cannot be. */
export interface Doubt {
  row: number;
  slot: string;
  choices: Choice[];
  about?: string;
  wrong?: { text: string; vars: Record<string, unknown> };
  /** There is nothing that the flow could be about. */
  nothing?: { text: string; vars: Record<string, unknown> };
}

/** What a correction left to be asked; null when there was none. */
export type Corrected = { doubt: Doubt | null } | null;

/** A new frame of the flow with these rows, its id its own; `tapped`: begun by a button. */
export function openFrame(t: Stage, flow: Flow, rows: Row[], tapped = false): Frame {
  const at = iso(t);
  const id = t.facts.newId();
  t.opened.add(id);
  return {
    id,
    flow: flow.flow,
    version: flow.version,
    kinds: kindsOf(flow),
    rows,
    past: [],
    doubts: {},
    tapped,
    notClean: false,
    masked: false,
    danger: false,
    openedAt: at,
    touchedAt: at,
  };
}

/** The kind of each slot, kept with a draft: by it another version knows which of its values are what it takes. */
export const kindsOf = (flow: Flow): Record<string, SlotType> =>
  Object.fromEntries(Object.entries(flow.slots).map(([name, { type }]) => [name, type]));

/** Keeps the rows as they stand, for “上一步”; the draft counts as touched. */
export function remember(t: Stage, frame: Frame): void {
  frame.past = [...frame.past, structuredClone(frame.rows)].slice(-PAST_KEPT);
  frame.touchedAt = iso(t);
}

/** Takes every slot that the reading fills. Slots named in `only` alone, when given. */
export function fill(
  t: Stage,
  frame: Frame,
  index: number,
  reading: Reading,
  text: string,
  only?: string,
): Doubt | null {
  const flow = flowOf(t, frame);
  const row = frame.rows[index];
  if (!row) return null;
  let doubt: Doubt | null = null;
  for (const [name, spec] of Object.entries(flow.slots)) {
    if (only !== undefined && name !== only) continue;
    if (spec.type === 'text' && isStartWord(t, flow, spec, text)) continue;
    const took = SLOT_KINDS[spec.type].read(reading, asksOf(t, row, name, spec, text, only === name));
    const doubted = take(frame, index, name, took); // taken whatever was doubtful before it
    doubt ??= doubted;
  }
  if (reading.flags.includes('not-clean')) frame.notClean = true;
  if (reading.flags.includes('danger')) frame.danger = true;
  if (reading.flags.includes('personal')) frame.masked = true;
  return doubt;
}

/** "提交整改" begins handing in; it is not what was done. */
function isStartWord(t: Stage, flow: Flow, spec: SlotSpec, text: string): boolean {
  const said = text.trim().replaceAll(/^(?:我要|我想|帮我|请)|[。.!\uff01吧]+$/gu, '');
  // "作废刚才那条记录" gives no reason; "灭火器换完了" is what was done, though both are examples.
  const [intent] = flow.intents;
  if (intent && spec.read === undefined && t.deps.scripts.examples(t.facts.locale)[intent]?.includes(said))
    return true;
  return said === t.voice.text(`${flow.flow}.title`) || t.deps.scripts.isMenuWord(t.facts.locale, said);
}

/** What a kind of slot is given to read its value from: `open` says that this very slot was asked for. */
export function asksOf(t: Stage, row: Row, name: string, spec: SlotSpec, text: string, open: boolean): Asks {
  return {
    facts: t.facts,
    spec,
    name,
    row,
    text,
    open,
    term: (key) => t.voice.term(key) ?? key,
    lastNotice: lastNotice(t),
    lastVisits: lastVisits(t),
    templates: t.deps.scripts.templates(t.facts.locale),
    part: (said) => read(t, said),
  };
}

/** The notice that she spoke of a moment ago. */
export function lastNotice({ c, facts }: Stage): string | undefined {
  const lately = c.about && facts.now.getTime() - Date.parse(c.about.at) < PHOTO_WAITS_MS;
  return lately ? c.about?.notice : undefined;
}

/** What was heard in several ways stays in doubt until one of them is chosen, whatever is said in between. */
export function keepDoubt(frame: Frame, { row, slot, choices, about, wrong }: Doubt): void {
  if (about !== undefined && choices.length > 0 && !wrong)
    frame.doubts[`${row}.${slot}`] = { choices, about };
}

/** Puts a taken value in its place; a doubt is handed back to be asked. */
export function take(frame: Frame, index: number, slot: string, took: Took): Doubt | null {
  const row = frame.rows[index];
  if (took === undefined || !row) return null;
  const at = { row: index, slot };
  if ('nothing' in took)
    return { ...at, choices: [], nothing: { text: took.nothing, vars: took.vars ?? {} } };
  if ('wrong' in took)
    return { ...at, choices: took.choices ?? [], wrong: { text: took.wrong, vars: took.vars ?? {} } };
  if ('choices' in took)
    return { ...at, choices: took.choices, ...(took.about ? { about: took.about } : {}) };
  row[slot] = took.value;
  if (took.masked) frame.masked = true;
  if (took.notClean) frame.notClean = true;
  return null;
}

/** Goes on with the open frame: asks what is missing, or shows the draft, or plans the act. */
export function proceed(t: Stage, doubt: Doubt | null): void {
  const frame = t.c.frame;
  if (!frame) return;
  const flow = flowOf(t, frame);
  takePhotos(t, frame, flow);
  takePlace(t, frame, flow);
  if (doubt) settleBefore(t, frame, flow, doubt);
  const missing = doubt ?? firstMissing(t, frame, flow);
  if (missing?.nothing) return nothingWaits(t, missing.nothing);
  if (missing) return askSlot(t, frame, missing, 0);
  if (flow.confirm === true || (flow.confirm === 'unless-tapped' && !frame.tapped))
    return askConfirm(t, frame, flow);
  finish(t);
}

/** What a question is about is known when it is put: the slots before it that need not be said have their values. */
function settleBefore(t: Stage, frame: Frame, flow: Flow, doubt: Doubt): void {
  const row = frame.rows[doubt.row];
  for (const [name, spec] of Object.entries(flow.slots)) {
    if (!row || name === doubt.slot) return;
    if (row[name] !== undefined || !wanted(row, spec)) continue;
    const took = SLOT_KINDS[spec.type].without?.(asksOf(t, row, name, spec, '', false));
    if (took && 'value' in took) take(frame, doubt.row, name, took);
  }
}

/** The first slot of the first row that is needed and empty. */
function firstMissing(t: Stage, frame: Frame, flow: Flow): Doubt | null {
  for (const [index, row] of frame.rows.entries()) {
    for (const [name, spec] of Object.entries(flow.slots)) {
      const kind = SLOT_KINDS[spec.type];
      if (row[name] !== undefined && kind.check) {
        const wrong = take(frame, index, name, kind.check(row[name], asksOf(t, row, name, spec, '', false)));
        if (wrong) {
          delete row[name];
          return wrong;
        }
      }
      if (!wanted(row, spec)) continue;
      const heard = frame.doubts[`${index}.${name}`];
      if (row[name] === undefined && heard) return { row: index, slot: name, ...heard };
      const asks = asksOf(t, row, name, spec, '', false);
      const doubt = row[name] === undefined ? take(frame, index, name, kind.without?.(asks)) : null;
      if (doubt) return doubt;
      if (row[name] !== undefined && kind.lacks?.(row[name]))
        return { row: index, slot: name, choices: kind.choices?.(asks) ?? [] };
      if (row[name] !== undefined || spec.optional) continue;
      return { row: index, slot: name, choices: kind.choices?.(asks) ?? [] };
    }
    if (row.findings !== undefined) {
      const { missing } = settledFindings(row, t.facts);
      if (missing) return { row: index, slot: 'findings', choices: [], about: `findings-${missing}` };
    }
  }
  return null;
}

function wanted(row: Row, spec: SlotSpec): boolean {
  if (!spec.when) return true;
  return Object.entries(spec.when).every(([slot, values]) => values.includes(String(row[slot])));
}

/** Asks for one slot; the second wording after two answers that did not fit, then a person (VOICE, rule 10). */
export function askSlot(t: Stage, frame: Frame, doubt: Doubt, wrong: number): void {
  const flow = flowOf(t, frame);
  if (doubt.nothing) return nothingWaits(t, doubt.nothing);
  if (opensAgain(t, frame, doubt)) return;
  if (!doubt.wrong && doubt.about === undefined) delete frame.doubts[`${doubt.row}.${doubt.slot}`];
  keepDoubt(frame, doubt);
  const title = questionOf(t, frame, doubt, wrong);
  const all = doubt.choices.length >= 2 && flow.repeat && doubt.about === 'school.heard';
  const buttons = choiceButtons(t, doubt.choices, { all, slip: doubt.about === 'school.slip' });
  ask(
    t,
    {
      kind: 'slot',
      slot: doubt.slot,
      row: doubt.row,
      choices: doubt.choices,
      wrong,
      ...(doubt.about ? { about: doubt.about } : {}),
    },
    { title, ...(buttons.body ? { body: buttons.body } : {}), buttons: buttons.buttons },
  );
}

/** There is nothing this flow could be about: say so and leave it. */
function nothingWaits(t: Stage, { text, vars }: NonNullable<Doubt['nothing']>): void {
  close(t, t.voice.text('common.over.answered'));
  t.c.frame = null;
  say(t, `common.${text}`, vars);
}
