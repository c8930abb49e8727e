// Of the schools of one place that were offered, those that an answer names by their kind alone: "小学跟园都看了", "中心园 留样没标签".
import type { Frame } from '../../conversation.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import type { Reading } from '../../understand/types.ts';
import { merge } from '../change/add-to-draft.ts';
import { schoolName } from '../change/row-meant.ts';
import { asksOf, proceed, remember, take } from '../draft/frames.ts';
import { flowOf, read, type Stage } from '../stage.ts';
import type { Asked } from './asked-again.ts';

const KIND = /小学|中学|初中|高中|幼儿园|中心[园校]|园/u;
const TOWN = /[镇乡].*$/u;

/** True when the answer named one or several of the offered schools so, and each was taken with what was told of it. */
export function answerByKind({ t, frame, question, name, index, spec, text }: Asked): boolean {
  const labels = question.choices.map(({ label }) => label);
  const readings = spec.type === 'school' ? readByKind(t, labels, text) : null;
  const row = frame.rows[index];
  if (!readings || !row || (readings.length > 1 && !flowOf(t, frame).repeat)) return false;
  remember(t, frame);
  frame.rows.splice(index, 1, ...readings.map(() => structuredClone(row)));
  let doubt = null;
  for (const [at, reading] of readings.entries()) {
    const own = frame.rows[index + at] ?? {};
    take(frame, index + at, name, SLOT_KINDS.school.read(reading, asksOf(t, own, name, spec, text, true)));
    doubt = merge(t, frame, index + at, reading, text, name) ?? doubt;
  }
  delete frame.doubts[`${index}.${name}`];
  proceed(t, doubt);
  return true;
}

/** "小学操场有个坑,园里没啥" of a draft about both: to each its own. True when the words spoke of several of its schools. */
export function tellsOfEach(t: Stage, frame: Frame, text: string): boolean {
  const names = frame.rows.map((row) => schoolName(row) ?? '');
  const readings = names.length < 2 ? null : readByKind(t, names, text);
  if (!readings || readings.length < 2) return false;
  const before = structuredClone(frame.rows);
  remember(t, frame);
  let doubt = null;
  for (const reading of readings)
    doubt = merge(t, frame, names.indexOf(reading.slots.school ?? ''), reading, text, 'school') ?? doubt;
  if (JSON.stringify(before) === JSON.stringify(frame.rows)) {
    frame.past.pop();
    return false;
  }
  proceed(t, doubt);
  return true;
}

/** What words say behind the name of the place that all these schools share; null when they then name none of them. */
function readByKind(t: Stage, schools: readonly string[], text: string): Reading[] | null {
  const place = shared(schools).replace(TOWN, '');
  if (schools.length < 2 || [...place].length < 2 || !KIND.test(text)) return null;
  const { intents, ...whole } = read(t, `${place},${text}`);
  const readings = intents ?? [whole];
  const named = readings.map(({ slots }) => slots.school);
  const once = new Set(named).size === named.length;
  return once && named.every((one) => one !== undefined && schools.includes(one)) ? readings : null;
}

/** The characters with which all of them begin. */
function shared([first = '', ...others]: readonly string[]): string {
  let length = 0;
  while (length < first.length && others.every((one) => one[length] === first[length])) length += 1;
  return first.slice(0, length);
}
