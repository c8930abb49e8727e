// A frame from opening to act: fill what was said, ask the one thing that is missing, show the draft, plan the act.
import { type Choice, type Frame, PAST_KEPT, PHOTO_WAITS_MS, type Row } from '../conversation.ts';
import type { Flow, SlotSpec } from '../scripts/shapes.ts';
import { noticeCount, settledFindings } from '../slots/findings.ts';
import { SLOT_KINDS } from '../slots/kinds.ts';
import type { SchoolValue } from '../slots/school.ts';
import type { Asks, Took } from '../slots/slot.ts';
import type { Reading } from '../understand/types.ts';
import { ask, close, flowOf, iso, type Stage } from './stage.ts';

/** What stood in the way of filling: a doubt to ask about, or something that cannot be. */
export interface Doubt {
  row: number;
  slot: string;
  choices: Choice[];
  about?: string;
  wrong?: { text: string; vars: Record<string, unknown> };
}

export function openFrame(t: Stage, flow: Flow, rows: Row[], tapped = false): Frame {
  const at = iso(t);
  return {
    id: t.facts.newId(),
    flow: flow.flow,
    version: flow.version,
    rows,
    past: [],
    tapped,
    notClean: false,
    openedAt: at,
    touchedAt: at,
  };
}

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
    const took = SLOT_KINDS[spec.type].read(reading, asksOf(t, row, name, spec, text, only === name));
    const doubted = take(t, row, index, name, took); // taken whatever was doubtful before it
    doubt ??= doubted;
  }
  if (reading.flags.includes('not-clean')) frame.notClean = true;
  return doubt;
}

export function asksOf(t: Stage, row: Row, name: string, spec: SlotSpec, text: string, open: boolean): Asks {
  return { facts: t.facts, spec, name, row, text, open };
}

/** Puts a taken value in its place; a doubt is handed back to be asked. */
export function take(t: Stage, row: Row, index: number, slot: string, took: Took): Doubt | null {
  if (took === undefined) return null;
  if ('choices' in took)
    return { row: index, slot, choices: took.choices, ...(took.about ? { about: took.about } : {}) };
  if ('wrong' in took)
    return { row: index, slot, choices: [], wrong: { text: took.wrong, vars: took.vars ?? {} } };
  row[slot] = took.value;
  if (took.learn) {
    const code = t.facts.book.byId.get(took.learn.schoolId)?.code;
    if (code) t.learned[took.learn.typed] = code;
  }
  return null;
}

/** Goes on with the open frame: asks what is missing, or shows the draft, or plans the act. */
export function proceed(t: Stage, doubt: Doubt | null): void {
  const frame = t.c.frame;
  if (!frame) return;
  const flow = flowOf(t, frame);
  takePhotos(t, frame, flow);
  const missing = doubt ?? firstMissing(t, frame, flow);
  if (missing) return askSlot(t, frame, missing, 0);
  if (flow.confirm === true || (flow.confirm === 'unless-tapped' && !frame.tapped))
    return askConfirm(t, frame, flow);
  finish(t);
}

/** The first slot of the first row that is needed and empty. */
function firstMissing(t: Stage, frame: Frame, flow: Flow): Doubt | null {
  for (const [index, row] of frame.rows.entries()) {
    for (const [name, spec] of Object.entries(flow.slots)) {
      if (row[name] !== undefined || !wanted(row, spec)) continue;
      const kind = SLOT_KINDS[spec.type];
      const asks = asksOf(t, row, name, spec, '', false);
      const doubt = take(t, row, index, name, kind.without?.(asks));
      if (doubt) return doubt;
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
  const row = frame.rows[doubt.row] ?? {};
  const vars = { ...rowView(t, frame, row), choices: doubt.choices.map((choice) => choice.label) };
  if (doubt.wrong && doubt.wrong.text.startsWith('waiting.none') && doubt.choices.length === 0)
    return nothingWaits(t, doubt);
  const own = `${flow.flow}.${doubt.slot}`;
  const about = doubt.about ? `common.${doubt.about}` : undefined;
  const plain =
    about ??
    (wrong >= 2 && doubt.choices.length === 0 && t.voice.has(`${own}.retry`) ? `${own}.retry` : `${own}.ask`);
  const lead = doubt.wrong ? `${t.voice.text(`common.${doubt.wrong.text}`, doubt.wrong.vars)}\n` : '';
  const title =
    lead +
    t.voice.text(t.voice.has(plain) ? plain : `${own}.ask`, vars) +
    (wrong >= 3 ? `\n${t.voice.text('common.stuck')}` : '');
  const buttons = choiceButtons(t, doubt.choices);
  const offered = doubt.choices.length;
  if (offered >= 2 && flow.repeat && doubt.about === 'school.heard')
    buttons.buttons.push({ key: 'all', text: t.voice.text('common.button.all'), style: 2 });
  if (doubt.about === 'school.slip')
    buttons.buttons.push({ key: 'none', text: t.voice.text('common.button.neither'), style: 2 });
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
function nothingWaits(t: Stage, doubt: Doubt): void {
  const { text, vars } = doubt.wrong ?? { text: 'waiting.none', vars: {} };
  t.parts.push({ kind: 'text', text: t.voice.text(`common.${text}`, vars) });
  t.c.frame = null;
}

/** Long names do not fit on a button: they stand numbered above, and the buttons carry the numbers. */
export function choiceButtons(t: Stage, choices: readonly Choice[]) {
  const labels = choices.map((choice) =>
    /^\d{4}-\d{2}-\d{2}$/.test(choice.label) ? t.voice.day(choice.label) : choice.label,
  );
  const long = labels.some((label) => [...label].length > 10);
  const buttons = labels.map((label, index) => ({
    key: `choice:${index}`,
    text: long ? `${index + 1}` : label,
    style: index === 0 ? 1 : 2,
  }));
  return {
    buttons,
    body: long ? labels.map((label, index) => `${index + 1}. ${label}`).join('\n') : undefined,
  };
}

/** Slots of a row as templates see them. */
export function rowView(t: Stage, frame: Frame, row: Row): Record<string, unknown> {
  const flow = flowOf(t, frame);
  const view: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(flow.slots))
    if (row[name] !== undefined) view[name] = SLOT_KINDS[spec.type].view(row[name], t.facts);
  if (row.findings !== undefined) view.findings = settledFindings(row, t.facts).views;
  return view;
}

export function askConfirm(t: Stage, frame: Frame, flow: Flow): void {
  const settled = frame.rows.map((row) => settledFindings(row, t.facts).views);
  // Numbered through all rows, so that "第二条" means one finding only.
  let n = 0;
  const rows = frame.rows.map((row, index) => ({
    ...rowView(t, frame, row),
    ...(row.findings === undefined ? {} : { findings: settled[index]?.map((view) => ({ ...view, n: ++n })) }),
  }));
  const vars = {
    ...rows[0],
    rows,
    notices: settled.reduce((sum, views) => sum + noticeCount(views), 0),
    outside: frame.rows
      .filter((row) => (row.school as SchoolValue | undefined)?.outside)
      .map((row) => (row.school as SchoolValue).name),
    notClean: frame.notClean,
  };
  const card = t.voice.card(`${flow.flow}.confirm`, vars);
  const buttons = card.buttons ?? t.voice.card('common.confirm', {}).buttons;
  ask(t, { kind: 'confirm', choices: [], wrong: 0 }, { ...card, buttons });
}

/** Everything is there and confirmed: the act is planned, the frame closed. */
export function finish(t: Stage): void {
  const frame = t.c.frame;
  if (!frame) return;
  const flow = flowOf(t, frame);
  close(t, t.voice.text('common.over.confirmed'));
  t.c.frame = null;
  const inputs = frame.rows.map(inputOf);
  t.parts.push({
    kind: 'act',
    action: flow.do,
    flow: flow.flow,
    input: flow.repeat ? { rows: inputs } : inputs[0],
    row: { ...rowView(t, frame, frame.rows[0] ?? {}) },
  });
}

/** Slot values as the act takes them: a school is its id, all else is already plain. */
function inputOf(row: Row): Row {
  const input: Row = {};
  for (const [name, value] of Object.entries(row))
    input[name] = name === 'school' ? (value as SchoolValue).id : value;
  return input;
}

/** Photos that came shortly before the words belong to them (DOMAIN §6.3, line 15). */
function takePhotos(t: Stage, frame: Frame, flow: Flow): void {
  const slot = Object.entries(flow.slots).find(([, spec]) => spec.type === 'photos');
  const row = frame.rows[0];
  if (!slot || !row) return;
  const [name, spec] = slot;
  const earliest = t.facts.now.getTime() - PHOTO_WAITS_MS;
  const fresh = t.c.photos.filter((photo) => Date.parse(photo.at) >= earliest).map((photo) => photo.id);
  const had = (row[name] as string[] | undefined) ?? [];
  row[name] = [...new Set([...had, ...fresh])].slice(0, spec.max ?? 9);
  t.c.photos = [];
}
