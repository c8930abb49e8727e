// The question that was put stands again: its answer did not fit, or what was said beside it was taken.
import type { Frame, Question } from '../../conversation.ts';
import type { SlotSpec } from '../../scripts/shapes.ts';
import type { Understood } from '../../understand/types.ts';
import { askSlot, type Doubt } from '../draft/frames.ts';
import { cancel } from '../draft/steps.ts';
import type { Stage } from '../stage.ts';
import { fillRest } from './take-choice.ts';

/** What was said to the question for one slot. */
export interface Asked {
  t: Stage;
  frame: Frame;
  question: Question;
  name: string;
  index: number;
  spec: SlotSpec;
  text: string;
  understood: Understood;
}

/** The same question stands again: what was said beside it is not lost, and she is told so. */
export function tellTaken(t: Stage, before: Question): void {
  const { question: now } = t.c;
  const same = now?.kind === 'slot' && now.slot === before.slot && now.row === before.row;
  const part = t.parts.at(-1);
  if (!same || now.about !== before.about || !part) return;
  const lead = t.voice.text('common.taken');
  if (part.kind === 'text') part.text = `${lead}\n${part.text}`;
  else if (part.kind === 'card') part.title = `${lead}\n${part.title}`;
}

/** What the words hold for other slots is taken, and the question put again; false when they hold nothing. */
export function fillsBeside({ t, frame, name, index, text, understood, question }: Asked): boolean {
  if (!fillRest(t, frame, index, name, { understood, text })) return false;
  const about = question.about ? { about: question.about } : {};
  askSlot(t, frame, { row: index, slot: name, choices: question.choices, ...about }, question.wrong);
  tellTaken(t, question);
  return true;
}

const SIGHS = /^(?:算了|不用了|不办了)[,\uff0c\s吧]*/u;

/** Puts the question again, with what would work. */
export function again({ t, frame, question, name, index, text }: Asked, doubt: Doubt | null): boolean {
  // "算了 我们自己弄": what follows the sigh is no answer, so it leaves; a slip is taken back by 上一步.
  if (doubt === null && SIGHS.test(text.trim())) {
    cancel(t);
    return true;
  }
  const about = question.about ? { about: question.about } : {};
  const unfit = { row: index, slot: name, choices: [], wrong: { text: 'not-fitting', vars: {} } };
  const put: Doubt = { ...about, ...(doubt ?? unfit) };
  const choices = put.choices.length > 0 ? put.choices : question.choices;
  askSlot(t, frame, { ...put, choices }, question.wrong + 1);
  return true;
}
