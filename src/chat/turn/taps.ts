// A tap on a card: the answer to the open question, the start of something a paper offers, or too late.
import { ASIDE_KEPT } from '../conversation.ts';
import { meant, switchTo, takeChoice } from './answers.ts';
import { cancel, resume } from './begin.ts';
import { finish, openFrame, proceed } from './frames.ts';
import { close, type Stage, say } from './stage.ts';

export function tap(t: Stage, key: string, task: string): void {
  t.tapped = task;
  if (key.startsWith('start:')) return start(t, key.slice('start:'.length), task);
  const question = t.c.question;
  if (question?.id !== task) return late(t, task);

  if (key.startsWith('choice:')) {
    const choice = question.choices[Number(key.slice('choice:'.length))];
    if (!choice) return say(t, 'common.late');
    if (question.kind === 'slot') takeChoice(t, question, { choice });
    else if (question.kind === 'meant') meant(t, question, choice.value);
    else if (question.kind === 'switch') switchTo(t, question, String(choice.value));
    return;
  }
  if (question.kind === 'slot' && (key === 'all' || key === 'none')) {
    takeChoice(t, question, key === 'all' ? { all: true } : { none: true });
    return;
  }
  if (question.kind === 'resume') {
    if (key === 'yes') return resume(t);
    close(t, t.voice.text('common.over.answered'));
    return say(t, 'common.put-aside');
  }
  if (key === 'yes' && question.kind === 'confirm') return finish(t);
  if (key === 'edit') return say(t, 'common.edit');
  if (key === 'no') return cancel(t);
  say(t, 'common.late');
}

/** The question is over: say how it ended, and what is open now (DESIGN §6, PROTOCOL §7: cards cannot be taken back). */
function late(t: Stage, task: string): void {
  const over = t.c.over.find((one) => one.id === task);
  say(t, over ? 'common.late-known' : 'common.late', { how: over?.how ?? '', open: t.c.frame !== null });
}

/**
 * `start:<flow>?slot=value&slot=a,b`: a paper's own button, which names the act with all it needs. It does not disturb
 * what is open: an act without question is done beside it, any other puts the open draft aside.
 */
function start(t: Stage, what: string, task: string): void {
  const [name = '', query = ''] = what.split('?');
  const flow = t.deps.scripts.flows.get(name);
  if (!flow || !flow.roles.some((role) => t.facts.person.roles.includes(role))) return say(t, 'common.late');
  const row: Record<string, unknown> = {};
  for (const [slot, value] of new URLSearchParams(query)) {
    const type = flow.slots[slot]?.type;
    if (!type) continue;
    row[slot] = type === 'open-findings' || type === 'submitted-findings' ? value.split(',') : value;
  }
  if (t.c.frame) {
    t.c.aside = [...t.c.aside, t.c.frame].slice(-ASIDE_KEPT);
    close(t, t.voice.text('common.over.put-aside'));
  }
  t.c.frame = openFrame(t, flow, [row], true);
  const greyed = t.voice.has(`${flow.flow}.tapped`) ? t.voice.text(`${flow.flow}.tapped`, row) : '';
  if (greyed) t.parts.push({ kind: 'greyed', task, label: greyed });
  proceed(t, null);
}
