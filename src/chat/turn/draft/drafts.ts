// A frame that has all it needs: its draft on a card, the yes to it, the act that is planned.
import type { Frame, Question, Row } from '../../conversation.ts';
import type { RenderedCard } from '../../scripts/scripts.ts';
import type { Flow } from '../../scripts/shapes.ts';
import {
  complexCount,
  type FindingView,
  noticeCount,
  seriousCount,
  settledFindings,
} from '../../slots/findings.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import type { SchoolValue } from '../../slots/school.ts';
import { dangersIn } from '../danger/dangers.ts';
import { photosIn, photosSlot } from '../media/photos.ts';
import { ask, close, flowOf, iso, type Stage, say } from '../stage.ts';

/** Slots of a row as templates see them. */
export function rowView(t: Stage, frame: Frame, row: Row): Record<string, unknown> {
  const flow = flowOf(t, frame);
  const view: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(flow.slots))
    if (spec.type === 'photos') view[name] = row[name] ?? [];
    else if (row[name] !== undefined) view[name] = SLOT_KINDS[spec.type].view(row[name], t.facts, row);
  if (row.findings !== undefined) view.findings = settledFindings(row, t.facts).views;
  return view;
}

/** What the words about a draft may name: its first row, all its rows, and what becomes of them. */
function draftView(t: Stage, frame: Frame): Record<string, unknown> {
  const settled = frame.rows.map((row) => settledFindings(row, t.facts).views);
  // Numbered through all rows, so that "第二条" means one finding only, and "第二张" one photo.
  let n = 0;
  const slot = photosSlot(flowOf(t, frame))?.name ?? '';
  const photos = photosIn(frame, slot);
  const numbersOf = (ids: readonly string[]) =>
    photos.flatMap((id, at) => (ids.includes(id) ? [at + 1] : []));
  const numbered = (view: FindingView, place: number) => ({
    ...view,
    n: place,
    photos: numbersOf(view.photos),
  });
  const rows = frame.rows.map((row, index) => ({
    ...rowView(t, frame, row),
    ...(row.findings === undefined ? {} : { findings: settled[index]?.map((view) => numbered(view, ++n)) }),
    loose: numbersOf(looseIn(row, slot, settled[index] ?? [])),
  }));
  return {
    ...rows[0],
    rows,
    notices: settled.reduce((sum, views) => sum + noticeCount(views), 0),
    complex: settled.reduce((sum, views) => sum + complexCount(views), 0),
    serious: settled.reduce((sum, views) => sum + seriousCount(views), 0),
    outside: frame.rows
      .filter((row) => (row.school as SchoolValue | undefined)?.outside && !row.inspector)
      .map((row) => (row.school as SchoolValue).name),
    notClean: frame.notClean,
    masked: frame.masked,
    danger: frame.danger,
  };
}

/** Photos of a row that show none of its findings in particular. */
function looseIn(row: Row, slot: string, views: readonly FindingView[]): string[] {
  const all = (row[slot] as string[] | undefined) ?? []; // the slot's own value
  return all.filter((id) => !views.some(({ photos }) => photos.includes(id)));
}

/** The draft as its card shows it. */
function draftCard(t: Stage, frame: Frame, flow: Flow): RenderedCard {
  return t.voice.card(`${flow.flow}.confirm`, draftView(t, frame));
}

/** Shows the draft on its card, with what may be said to it. */
export function askConfirm(t: Stage, frame: Frame, flow: Flow): void {
  const card = draftCard(t, frame, flow);
  const buttons = buttonsOf(t, frame, card);
  ask(t, { kind: 'confirm', choices: [], wrong: 0, shown: checksum(card) }, { ...card, buttons });
}

/** Nothing more is to come: the draft, which was shown whole above, in a line, and whether it is to be filed so. */
export function askPlainly(t: Stage, frame: Frame): void {
  const card = draftCard(t, frame, flowOf(t, frame));
  const view = draftView(t, frame);
  const brief = `${frame.flow}.brief`;
  const body = t.voice.has(brief) ? { body: t.voice.text(brief, view) } : {};
  const title = t.voice.text('common.nothing-more', { what: t.voice.text(`${frame.flow}.title`, view) });
  ask(
    t,
    { kind: 'confirm', choices: [], wrong: 0, shown: checksum(card) },
    { title, ...body, buttons: buttonsOf(t, frame, card) },
  );
}

function buttonsOf(t: Stage, frame: Frame, card: RenderedCard): NonNullable<RenderedCard['buttons']> {
  const buttons = card.buttons ?? t.voice.card('common.confirm', {}).buttons ?? [];
  if (dangersIn(t, frame).length === 0) return buttons;
  return [{ key: 'alarm', text: t.voice.text('common.button.alarm'), style: 2 }, ...buttons];
}

/** Yes was said to the card. What has changed since it was shown (a deadline counts from today) is shown once more first. */
export function confirmed(t: Stage, question: Question): void {
  const frame = t.c.frame;
  if (!frame) return;
  const flow = flowOf(t, frame);
  if (question.shown !== shownNow(t, frame)) say(t, 'common.changed-since');
  // A draft that was taken up again by other words has not been seen since.
  else if (question.card) return finish(t);
  askConfirm(t, frame, flow);
}

/** The checksum of the draft as its card would show it now. */
export function shownNow(t: Stage, frame: Frame): string {
  return checksum(draftCard(t, frame, flowOf(t, frame)));
}

/** Short, and the same for the same words (FNV-1a); only ever compared with itself. */
function checksum(card: object): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(card)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Everything is there and confirmed: the act is planned, the frame closed. */
export function finish(t: Stage): void {
  const frame = t.c.frame;
  if (!frame) return;
  const flow = flowOf(t, frame);
  close(t, t.voice.text(t.c.question?.kind === 'resume' ? 'common.over.put-aside' : 'common.over.confirmed'));
  if (frame.paper && t.voice.has(`${flow.flow}.tapped`))
    t.parts.push({ kind: 'greyed', task: frame.paper, label: t.voice.text(`${flow.flow}.tapped`) });
  t.c.frame = null;
  if (flow.confirm !== false) t.c.dropped = null;
  else t.c.asked = { flow: flow.flow, at: iso(t), row: frame.rows[0] ?? {} };
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
