// More of the same, said while a draft waits: another finding, another school, more words to those that stand.

import type { SaidFinding } from '../../../supervision/findings.ts';
import { type Frame, MOST_FINDINGS, MOST_ROWS, type Row } from '../../conversation.ts';
import type { SlotType } from '../../scripts/shapes.ts';
import { CHANGES, goingOn } from '../../slots/correction-parts.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import { isWaitingType } from '../../slots/waiting.ts';
import { PROBLEM } from '../../understand/clauses/finding-words.ts';
import { type Reading, SURE, type Understood } from '../../understand/types.ts';
import { asksOf, type Doubt, fill, remember } from '../draft/frames.ts';
import { ASKS } from '../media/photo-words.ts';
import { pointAt } from '../rectification/pointing.ts';
import { flowOf, read, readNamed, type Stage } from '../stage.ts';
import { tellsOfVisit } from './elsewhere.ts';
import { rowOfKind, schoolName } from './row-meant.ts';

/** Fills in more of the same; null when the words are nothing of the draft's. */
export function moreOfDraft(
  t: Stage,
  frame: Frame,
  text: string,
  understood: Understood,
): { doubt: Doubt | null } | null {
  const flow = flowOf(t, frame);
  const readings = understood.intents ?? [understood];
  const fits = (reading: Reading) =>
    flow.intents.includes(reading.intent) ||
    (['chat.other', 'record.correct', 'flow.confirm'].includes(reading.intent) &&
      !understood.intents &&
      !namesOtherRecord(frame, reading)) ||
    understood.confidence < SURE;
  if (!readings.every(fits)) return null;
  const before = JSON.stringify(frame.rows);
  remember(t, frame);
  let doubt: Doubt | null = null;
  for (const reading of readings) {
    const index = rowFor(frame, reading, flow.repeat, text);
    if (index === null) continue;
    doubt = merge(t, frame, index, reading, text) ?? doubt;
  }
  if (JSON.stringify(frame.rows) === before && !doubt) {
    frame.past.pop();
    // Said again word for word: the draft, which holds it, is the answer.
    return readings.some(({ slots }) => slots.findings?.length) ? { doubt: null } : null;
  }
  return { doubt };
}

/** What others said of a school is an opinion, and no finding of hers. */
const HEARSAY = /(?:家长|群众|村民|有人|奶奶|爷爷).{0,3}(?:说|讲|问|反映|打电话)|反映|投诉|举报|来电|记一下/u;

/**
 * "再加一条,门口接送有点乱" is a finding because she says so, whatever it is like; so is what is like an opinion, has words of one of
 * the items and names nobody who holds it. The card shows it before it is filed. Null: the draft has no findings, or it is neither.
 */
export function oneMoreFinding(
  t: Stage,
  frame: Frame,
  text: string,
  { understood, asked }: { understood: Understood; asked: boolean },
): { doubt: Doubt | null } | null {
  const spec = flowOf(t, frame).slots.findings;
  const index = frame.rows.length - 1;
  const row = frame.rows[index];
  const items = readNamed(t, text).slots.items ?? [];
  const like =
    understood.intent === 'opinion.log' || (understood.intent === 'chat.other' && PROBLEM.test(text));
  const seen = like && items.length > 0 && !HEARSAY.test(text) && !ASKS.test(text);
  if (spec?.type !== 'findings' || !row || (!asked && !seen) || understood.intents) return null;
  const took = SLOT_KINDS.findings.answer?.(text, asksOf(t, row, 'findings', spec, text, true));
  const [found] = took && 'value' in took ? (took.value as SaidFinding[]) : []; // the slot's own value
  if (!found) return null;
  const [item] = items;
  remember(t, frame);
  if (took && 'masked' in took && took.masked) frame.masked = true;
  row.findings = withMore((row.findings ?? []) as SaidFinding[], [item ? { ...found, item } : found]);
  return { doubt: null };
}

/** "那个一中的写错了" while a draft about another school waits speaks of a record that is filed. */
function namesOtherRecord(frame: Frame, reading: Reading): boolean {
  const from = reading.slots.correct?.field === 'school' ? reading.slots.correct.from : undefined;
  return from !== undefined && !frame.rows.some((row) => schoolName(row) === from);
}

/** The row that a reading speaks of: that of its school; a new one for a school told of with its own facts; else the last. */
function rowFor(frame: Frame, reading: Reading, repeat: boolean, text: string): number | null {
  const { school, school_candidates: among, school_unresolved: unknown } = reading.slots;
  // "小学那个门口也堵": of several schools the one of that kind.
  const last = rowOfKind(frame, text) ?? frame.rows.length - 1;
  if (!repeat || (school === undefined && among === undefined && unknown === undefined)) return last;
  const there = frame.rows.findIndex((row) => school !== undefined && schoolName(row) === school);
  if (there >= 0) return there;
  const tells = tellsOfVisit(reading.slots) || reading.slots.session !== undefined;
  // A bare name beside a draft of one school corrects it; the card shows it before anything is filed.
  if (!tells) return frame.rows.length === 1 ? 0 : null;
  if (frame.rows.length >= MOST_ROWS) return null;
  frame.rows.push({});
  return frame.rows.length - 1;
}

const THING_MOST = 6;
const BEGINS_WITH_FAULT = new RegExp(`^(?:都|全|也|又|已经?|有[的个]?)*(?:${PROBLEM.source})`, 'u');

/** "灭火器", and then "过期了3个": one finding told in two messages, and no two. */
function joinsThing(t: Stage, row: Row, { slots }: Reading): void {
  const had = (row.findings ?? []) as SaidFinding[]; // the slot's own value
  const [next] = slots.findings ?? [];
  const last = had.at(-1);
  if (!last || !next || last.item || [...last.text].length > THING_MOST || PROBLEM.test(last.text)) return;
  if (!BEGINS_WITH_FAULT.test(next.text)) return;
  next.text = `${last.text}${next.text}`;
  const whole = read(t, next.text).slots.findings?.[0]?.item;
  if (whole) next.item = whole;
  row.findings = had.slice(0, -1);
}

const pointsAt = (type: SlotType) =>
  isWaitingType(type) || type === 'unsigned-notice' || type === 'recent-visit';

/** The same words said again, because nothing seemed to come, are the same finding. */
const saysAgain = (old: readonly { text?: string }[], { text }: { text?: string }) =>
  old.some((one) => one.text === text);

/** Findings, and those that came after them. */
export const withMore = (had: readonly { text?: string }[], now: unknown): unknown[] =>
  [...had, ...(Array.isArray(now) ? now.filter((one) => !saysAgain(had, one)) : [])].slice(0, MOST_FINDINGS);

/** "还查了资料" after "转了校园": one more, and not in its place. */
const LISTS: ReadonlySet<SlotType> = new Set(['methods', 'items', 'companions']);

/** Told of once more, a lesson is as it was told last. */
const sameLesson = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  ['class', 'subject', 'teacher'].every((part) => one[part] === other[part]);

/**
 * Fills a row that may be full already: findings and words are added to, what it is about stays unless it is named.
 * `but`: the slot that the same words have just filled.
 */
export function merge(
  t: Stage,
  frame: Frame,
  index: number,
  reading: Reading,
  text: string,
  but?: string,
): Doubt | null {
  const flow = flowOf(t, frame);
  const row = frame.rows[index];
  if (!row) return null;
  joinsThing(t, row, reading);
  const had = { ...row };
  const doubt = fill(t, frame, index, reading, text);
  for (const [name, spec] of Object.entries(flow.slots)) {
    // Whose row it is was settled; an answer to something else names it at most in short.
    const settled = spec.type === 'school' && but !== undefined && had[name] !== undefined;
    if (name === but || settled) row[name] = had[name];
    const [old, now] = [had[name], row[name]];
    // "到月底" answers until when; it is not the reason too.
    if (but !== undefined && spec.type === 'text' && now === text.trim()) row[name] = old;
    if (old === undefined || old === now || row[name] === old) continue;
    if (spec.type === 'findings' && Array.isArray(old)) row[name] = withMore(old, now);
    else if (LISTS.has(spec.type) && Array.isArray(old) && Array.isArray(now) && !CHANGES.test(text))
      row[name] = [...new Set([...old, ...now])];
    else if (spec.type === 'lessons-heard' && Array.isArray(old) && Array.isArray(now))
      row[name] = [...old.filter((one) => !now.some((other) => sameLesson(one, other))), ...now];
    else if (spec.type === 'text' && typeof now === 'string' && typeof old === 'string')
      row[name] = old.includes(now) ? old : `${old};${goingOn(now) ?? now}`.slice(0, spec.max ?? 500);
    else if (pointsAt(spec.type) && reading.slots.rect_no === undefined) row[name] = old;
  }
  if (but === undefined) pointAt(t, frame, row, text, 'also');
  return doubt && had[doubt.slot] !== undefined && doubt.slot !== 'school' ? null : doubt;
}
