// Takes the chosen among choices, by tap or by words, with what else the answer told.
import type { Frame, Question } from '../../conversation.ts';
import type { SchoolValue } from '../../slots/school.ts';
import { LEAVE } from '../../slots/slot.ts';
import type { Understood } from '../../understand/types.ts';
import { withMore } from '../change/add-to-draft.ts';
import { askSlot, fill, proceed, remember } from '../draft/frames.ts';
import { cancel } from '../draft/steps.ts';
import { flowOf, type Stage } from '../stage.ts';
import type { chosen } from './choices.ts';

type Picked = NonNullable<ReturnType<typeof chosen>>;
interface SaidWith {
  understood: Understood;
  text: string;
}

/** True always, so that an answer can be returned with it; false when the question's frame is gone. */
export function takeChoice(t: Stage, question: Question, picked: Picked, said?: SaidWith): boolean {
  const frame = t.c.frame;
  const name = question.slot;
  const index = question.row ?? 0;
  const row = frame?.rows[index];
  if (!frame || !name || !row) return false;
  if ('choice' in picked && picked.choice.value === LEAVE) {
    cancel(t);
    return true;
  }
  remember(t, frame);
  if ('none' in picked) {
    askSlot(t, frame, { row: index, slot: name, choices: [] }, 0);
    return true;
  }
  let filled = [index];
  if ('choice' in picked) setChosen(t, row, name, picked.choice.value);
  else {
    const values = question.choices.map((choice) => choice.value);
    if (values.every(Array.isArray)) row[name] = values.flat();
    else if (flowOf(t, frame).repeat) {
      frame.rows.splice(index, 1, ...values.map((value) => ({ ...structuredClone(row), [name]: value })));
      filled = values.map((_, at) => index + at);
      laterDoubts(frame, index, values.length - 1);
    } else {
      const wrong = { text: 'one-only', vars: {} };
      askSlot(t, frame, { row: index, slot: name, choices: question.choices, wrong }, 0);
      return true;
    }
  }
  const nothingMore = 'choice' in picked && said?.text.trim() === picked.choice.label;
  if (said && !nothingMore) for (const at of filled) fillRest(t, frame, at, name, said);
  proceed(t, null);
  return true;
}

/** What is in doubt of the rows behind one that became several moves with them. */
function laterDoubts(frame: Frame, index: number, by: number): void {
  const moved = Object.entries(frame.doubts).map(([key, doubt]) => {
    const [row = '', slot = ''] = key.split('.');
    return [`${Number(row) > index ? Number(row) + by : row}.${slot}`, doubt] as const;
  });
  frame.doubts = Object.fromEntries(moved);
}

/** A name that was heard wrongly and is now settled is remembered for this person. */
function setChosen(t: Stage, row: Record<string, unknown>, name: string, value: unknown): void {
  row[name] = value;
  const { typed, id } = (value ?? {}) as Partial<SchoolValue>; // a choice of another slot has neither
  const code = typed && id ? t.facts.book.byId.get(id)?.code : undefined;
  if (typed && code) t.learned[typed] = code;
}

/** Slots other than the one that was asked, and only empty ones, as the choice itself is not read twice; one more finding joins those that are there. */
export function fillRest(t: Stage, frame: Frame, at: number, asked: string, said: SaidWith): boolean {
  const before = JSON.stringify(frame.rows[at]);
  for (const [name, spec] of Object.entries(flowOf(t, frame).slots)) {
    const row = frame.rows[at];
    const had = row?.[name];
    if (!row || name === asked || (had !== undefined && spec.type !== 'findings')) continue;
    // Words are filled only from a message that meant them.
    if (spec.type === 'text' && !flowOf(t, frame).intents.includes(said.understood.intent)) continue;
    fill(t, frame, at, said.understood, said.text, name);
    if (Array.isArray(had) && row[name] !== had) row[name] = withMore(had, row[name]);
  }
  return JSON.stringify(frame.rows[at]) !== before;
}
