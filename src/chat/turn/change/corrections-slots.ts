// Changes to what a draft says beside its findings: "不是一中是二中", "日期改成昨天", "不是这个,是食堂那个", "写错了,是换了3个".
import type { Frame } from '../../conversation.ts';
import { halfOf } from '../../slots/correction-parts.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import { seenIn, verdictIn } from '../../slots/looked.ts';
import { ordinalsIn } from '../../slots/ordinals.ts';
import type { Asks } from '../../slots/slot.ts';
import { isWaitingType } from '../../slots/waiting.ts';
import { findPeople } from '../../understand/entities/people.ts';
import type { Reading, Slots, Understood } from '../../understand/types.ts';
import { chosen } from '../answer/choices.ts';
import { asksOf, type Corrected, remember, take } from '../draft/frames.ts';
import { pointAt } from '../rectification/pointing.ts';
import { flowOf, type Stage } from '../stage.ts';
import { correctDeadline, forAll } from './corrections-findings.ts';
import { gradeIn } from './grade-said.ts';
import { rowOfKind, rowOfSchool } from './row-meant.ts';
import { gradesOne } from './said-of-one.ts';

/** Which slot of a flow a correction's field means. */
const FIELDS: Record<string, keyof Slots> = {
  school: 'school',
  date: 'date',
  session: 'session',
  result: 'result',
  reason: 'reason',
  due: 'due',
  days: 'days',
  lessons: 'lessons',
};

/** A correction that was understood as one, put into the slot that it names; null when it is none, or no slot of the draft takes it. */
export function correctSlot(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const correction = understood.slots.correct;
  if (understood.intent !== 'record.correct' || !correction) return null;
  // "楼道的改成小问题" that names none of several findings is of none, never of all.
  const found = frame.rows.flatMap((row) => (row.findings ?? []) as unknown[]); // the slot's own value
  if (correction.field === 'severity' && found.length > 1 && gradesOne(text)) return null;
  if (correction.field === 'severity') return forAll(t, frame, { disposition: gradeIn(text) });
  const inWords = correction.field === 'content' || correction.field === 'findings';
  const words = inWords ? correctWords(t, frame, text) : null;
  if (words) return words;
  const field = FIELDS[correction.field];
  if (field === 'due' || field === 'days') return correctDeadline(t, frame, text, understood);
  if (field === undefined && !inWords) return null;
  // other words for a record of findings are of its praise only when it is named
  if (field === undefined && flowOf(t, frame).slots.findings && !/亮点/u.test(text)) return null;
  const entry = Object.entries(flowOf(t, frame).slots).find(([name, spec]) =>
    field === undefined ? spec.type === 'text' && frame.rows[0]?.[name] : (spec.read ?? name) === field,
  );
  if (!entry) return null;
  const [name, spec] = entry;
  const at = frame.rows.findIndex((row) => holds(row[name], correction.from));
  // A school that is in the draft already is what the correction is about, not what it changes.
  if (field === 'school' && correction.from === undefined && rowOfSchool(frame, correction.to) >= 0)
    return null;
  // What is said to be wrong stands nowhere in this draft: another record is meant.
  if (field === 'school' && correction.from !== undefined && at < 0 && frame.rows.some((row) => row[name]))
    return null;
  const spelt = rowOfSchool(frame, understood.slots.school);
  // "小学是前天去的": of several schools the one of that kind
  const named = field === 'school' ? -1 : spelt >= 0 ? spelt : (rowOfKind(frame, text) ?? -1);
  const index = named >= 0 ? named : Math.max(0, at);
  const row = frame.rows[index] ?? {};
  remember(t, frame);
  const kind = SLOT_KINDS[spec.type];
  const to = field === 'lessons' ? Number(correction.to) : correction.to;
  const reading: Reading = { ...understood, confidence: 1, slots: { [field ?? 'content']: to } };
  const asks = asksOf(t, row, name, spec, text, true);
  const doubt = take(
    frame,
    index,
    name,
    field === undefined ? kind.answer?.(correction.to, asks) : kind.read(reading, asks),
  );
  // "改成昨天上午": the half of the day comes with the day.
  const { session } = understood.slots;
  const half = field === 'date' ? (session ?? halfOf(text)) : undefined;
  if (half && flowOf(t, frame).slots.session) row.session = half;
  // "日期是昨天" of several schools, none of them named, is of all.
  if (named < 0 && (field === 'date' || field === 'session') && !doubt)
    for (const other of frame.rows) other[name] = row[name];
  return { doubt };
}

function holds(value: unknown, from: string | undefined): boolean {
  if (from === undefined || value === undefined) return false;
  return JSON.stringify(value).includes(from);
}

/** "不是这个,是食堂那个": another of the few things that the act can be about. */
export function correctPointer(t: Stage, frame: Frame, text: string): Corrected {
  const right = /不是[^,\uff0c]*[,\uff0c]?(?:应该)?是(.{2,})$/u.exec(text.trim())?.[1];
  const row = frame.rows[0];
  if (!row) return null;
  for (const [name, spec] of Object.entries(flowOf(t, frame).slots)) {
    if (!isWaitingType(spec.type) && spec.type !== 'unsigned-notice') continue;
    const asks = asksOf(t, row, name, spec, text, true);
    const placed = isWaitingType(spec.type) ? placesOf(asks, right ?? text, right !== undefined) : null;
    const among = SLOT_KINDS[spec.type].choices?.(asks) ?? [];
    const picked = placed || right === undefined ? null : chosen(right, among);
    const value = placed ?? (picked && 'choice' in picked ? picked.choice.value : undefined);
    if (value === undefined || JSON.stringify(value) === JSON.stringify(row[name])) continue;
    remember(t, frame);
    row[name] = value;
    return { doubt: null };
  }
  return null;
}

const ONLY = /只[是有改报弄]?|仅|单独/u;
const NOT_YET = /还?没(?:有)?(?:改|弄|换|修|完|好|做)|先不|除外|不算|不报|去掉|删/u;

/** "只有第二条", "第一条还没改": which of the findings that the draft is about stay in it. */
function placesOf({ facts, row, name }: Asks, text: string, named: boolean): string[] | null {
  const had = (row[name] ?? []) as string[]; // ids, as a waiting slot holds them
  const findings = facts.findings.filter(({ id }) => had.includes(id));
  const { ordinals, rest } = ordinalsIn(text, findings.length);
  if (ordinals.length === 0 || findings.length < 2) return null;
  const isNamed = ({ nth }: { nth: number }) => ordinals.includes(nth);
  const without = !named && NOT_YET.test(rest);
  if (!named && !without && !ONLY.test(rest)) return null;
  const left = findings.filter((one) => isNamed(one) !== without).map(({ id }) => id);
  return left.length > 0 && left.length < had.length ? left : null;
}

const VERDICT_ANEW =
  /^(?:哦|算了|不对)?[,\uff0c\s]*(?:改成|改为|还是|应该是?|算)(?:异议)?((?:不|没|未)?(?:成立|同意|通过|到位|合格|签发))(?:吧|了)?[,\uff0c。\s]*(.*)$/su;

/** "改成成立吧,我再核实了": the other verdict, and why. */
export function correctVerdict(t: Stage, frame: Frame, text: string): Corrected {
  const [, said = '', why = ''] = VERDICT_ANEW.exec(text.trim()) ?? [];
  const row = frame.rows[0];
  const slots = Object.entries(flowOf(t, frame).slots);
  const name = slots.find(([, { type }]) => type === 'result')?.[0];
  const result = said === '' ? undefined : verdictIn(said);
  if (name === undefined || !row || result === undefined) return null;
  remember(t, frame);
  row[name] = result;
  takeReason(t, frame, 0, why);
  return { doubt: null };
}

/** Words that stand beside a verdict say why; too few say nothing. */
export function takeReason(t: Stage, frame: Frame, index: number, why: string): void {
  const row = frame.rows[index];
  const spec = flowOf(t, frame).slots.reason;
  const said = why.trim();
  if (!row || spec?.type !== 'text' || [...said].length < 4) return;
  const took = SLOT_KINDS.text.answer?.(said, asksOf(t, row, 'reason', spec, said, true));
  if (took && 'value' in took) take(frame, index, 'reason', took);
}

/** "不是王建国,是张明", "换成张明": another of the office's inspectors than the one that stands. */
export function correctPerson(t: Stage, frame: Frame, text: string): Corrected {
  const [row] = frame.rows;
  const found = Object.entries(flowOf(t, frame).slots).find(([, { type }]) => type === 'inspector');
  if (!row || !found || !/不是|不对|错|改|换|应该|^(?:是|给|由|让)/u.test(text)) return null;
  const [name, spec] = found;
  const others = findPeople(text, t.facts.book.index).flatMap((one) => (one.known ? [one.name] : []));
  const stands = SLOT_KINDS.inspector.view(row[name], t.facts, row) as { name: string } | null; // its own view
  const [to, ...more] = [...new Set(others)].filter((one) => one !== stands?.name);
  if (stands === null || to === undefined || more.length > 0) return null;
  remember(t, frame);
  return {
    doubt: take(frame, 0, name, SLOT_KINDS.inspector.answer?.(to, asksOf(t, row, name, spec, to, true))),
  };
}

/** "写错了,是换了3个": other words in the place of those that stand. */
export function correctWords(t: Stage, frame: Frame, text: string): Corrected {
  const right = /^(?:写错了?|不对|错了|说错了)[,\uff0c。\s]*(?:应该)?(?:是|改成)?(.{2,})$/u.exec(
    text.trim(),
  )?.[1];
  const row = frame.rows[0];
  const found = Object.entries(flowOf(t, frame).slots).find(
    ([name, spec]) => spec.type === 'text' && typeof row?.[name] === 'string',
  );
  if (right === undefined || !row || !found) return null;
  const [name, spec] = found;
  const otherwise = /^(?:不对|错了)/u.test(text.trim()) ? verdictWrong(t, frame, right) : null;
  if (otherwise) return otherwise;
  remember(t, frame);
  const took = SLOT_KINDS.text.answer?.(right, asksOf(t, row, name, spec, right, true));
  // "不对,是围墙修好了": another finding than the one that stood there.
  pointAt(t, frame, row, right, 'instead');
  return { doubt: take(frame, 0, name, took) };
}

/** "不对 没裂,我看成另一个了" of a verdict: it may be the verdict that was wrong, which is never kept beside words that deny it. */
function verdictWrong(t: Stage, frame: Frame, right: string): Corrected {
  const row = frame.rows[0];
  const found = Object.entries(flowOf(t, frame).slots).find(([, { type }]) => type === 'result');
  if (!row || !found || row[found[0]] === undefined) return null;
  const [name, spec] = found;
  const seen = seenIn(right);
  if (seen === row[name]) return null;
  remember(t, frame);
  if (seen !== undefined) {
    row[name] = seen;
    if (seen === 'pass') delete row.reason;
    return { doubt: null };
  }
  delete row[name];
  delete row.reason;
  const choices = SLOT_KINDS[spec.type].choices?.(asksOf(t, row, name, spec, '', false)) ?? [];
  return { doubt: { row: 0, slot: name, choices } };
}
