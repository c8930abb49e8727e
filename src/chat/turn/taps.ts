// A tap on a card: the answer to the open question, the start of something a paper offers, or too late.
import type { Choice, Question } from '../conversation.ts';
import type { Flow } from '../scripts/shapes.ts';
import { schoolValue } from '../slots/school.ts';
import { isWaitingType, WAITING } from '../slots/waiting.ts';
import { cardKey, howToEdit } from './answer/answer-confirm.ts';
import { meant, switchTo } from './answer/answer-other.ts';
import { isOverdue, tellLate } from './answer/answer-resume.ts';
import { takeChoice } from './answer/take-choice.ts';
import { followUp } from './danger/follow-up.ts';
import { putAside, waitsOnHerWord } from './draft/aside.ts';
import { confirmed } from './draft/drafts.ts';
import { openFrame, proceed } from './draft/frames.ts';
import { cancel, resume } from './draft/steps.ts';
import { close, type Stage, say } from './stage.ts';

/** A button was tapped: `start:` begins a flow, `choice:` answers by place; `task` says on which card, and an old card is told to be old. */
export function tap(t: Stage, key: string, task: string): void {
  if (key.startsWith('start:')) return start(t, key.slice('start:'.length), task);
  const question = t.c.question;
  if (question?.id !== task) return late(t, task);
  if (isOverdue(t, question) && question.kind !== 'confirm') {
    close(t, t.voice.text('common.over.expired'));
    putAside(t);
    return tellLate(t, question);
  }

  if (key.startsWith('choice:')) {
    const choice = question.choices[Number(key.slice('choice:'.length))];
    if (!choice) return say(t, 'common.late');
    if (question.kind === 'slot') takeChoice(t, question, { choice });
    else if (question.kind === 'meant') meant(t, question, choice.value);
    else if (question.kind === 'switch') switchTo(t, question, String(choice.value));
    else if (question.kind === 'follow-up') followUp(t, question, choice.value);
    else if (question.kind === 'start') {
      close(t, t.voice.text('common.over.answered'));
      startChosen(t, question, choice);
    }
    return;
  }
  if (question.kind === 'slot' && (key === 'all' || key === 'none')) {
    takeChoice(t, question, key === 'all' ? { all: true } : { none: true });
    return;
  }
  if (question.kind === 'resume') {
    if (key === 'yes') return resume(t);
    close(t, t.voice.text('common.over.answered'));
    waitsOnHerWord(t);
    return say(t, 'common.put-aside');
  }
  if (key === 'yes' && question.kind === 'confirm') return confirmed(t, question);
  if (question.kind === 'confirm' && cardKey(t, key)) return;
  if (key === 'edit') return howToEdit(t);
  if (key === 'no') return cancel(t);
  say(t, 'common.late');
}

/** The question is over: say how it ended, and what is open now (DESIGN §6, PROTOCOL §7: cards cannot be taken back). */
function late(t: Stage, task: string): void {
  const over = t.c.over.find((one) => one.id === task);
  say(t, over ? 'common.late-known' : 'common.late', { how: over?.how ?? '', open: t.c.frame !== null });
}

/** Marks the question what is to be done with a line that a bare number named. */
export const OF_LINE = 'numbered';

/** Begins what was chosen as its own button would; what a number pointed at is shown before it is done. */
export function startChosen(t: Stage, { about }: Question, { value }: Choice): void {
  start(t, String(value), '', about !== OF_LINE);
}

/**
 * `start:<flow>?slot=value&slot=a,b`: a paper's own button, which names the act with all it needs. It does not disturb
 * what is open: an act without question is done beside it, any other puts the open draft aside.
 */
export function start(t: Stage, what: string, task: string, tapped = true): void {
  const [name = '', query = ''] = what.split('?');
  const flow = t.deps.scripts.flows.get(name);
  if (!flow?.roles.some((role) => t.facts.person.roles.includes(role))) return say(t, 'common.late');
  const row = rowOf(t, flow, query);
  if (!row) return say(t, 'common.settled');
  if (t.c.frame) {
    close(t, t.voice.text('common.over.put-aside'));
    putAside(t);
  }
  t.c.frame = { ...openFrame(t, flow, [row], tapped), ...(task === '' ? {} : { paper: task }) };
  proceed(t, null);
}

/** What the button names; null when none of it waits any more. */
function rowOf(t: Stage, flow: Flow, query: string): Record<string, unknown> | null {
  const row: Record<string, unknown> = {};
  for (const [slot, value] of new URLSearchParams(query)) {
    const type = flow.slots[slot]?.type;
    if (!type) continue;
    if (type === 'school') {
      const school = t.facts.book.byId.get(value);
      if (!school) return null;
      row[slot] = schoolValue(school, t.facts);
      continue;
    }
    if (type === 'listed') {
      row[slot] = JSON.parse(value);
      continue;
    }
    row[slot] = type === 'unconfirmed-notices' || type === 'named-findings' ? value.split(',') : value;
    if (!isWaitingType(type)) continue;
    const named = value.split(',');
    const still = named.filter((id) => t.facts.findings.some((one) => one.id === id && WAITING[type](one)));
    if (still.length === 0) return null;
    row[slot] = still;
  }
  return row;
}
