// Answers to "did you mean …?" and to "first finish what is open, or put it aside?".
import type { Question } from '../../conversation.ts';
import { isGoOn } from '../../short-words.ts';
import type { Understood } from '../../understand/types.ts';
import { begin } from '../begin/begin.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { putAside } from '../draft/aside.ts';
import { askAgain, cancel } from '../draft/steps.ts';
import { close, read, readNamed, type Stage, say } from '../stage.ts';
import { miss } from '../talk/talk.ts';
import { isYes } from './answer-confirm.ts';
import { chosen } from './choices.ts';

/** Words while it is asked which reading was meant. False: they name none of the choices. */
export function answerMeant(t: Stage, question: Question, text: string): boolean {
  const picked = chosen(text, question.choices);
  if (!picked || 'all' in picked) return false;
  meant(t, question, 'none' in picked ? null : picked.choice.value);
  return true;
}

/** The person said which reading was right: the first words are taken again, as that. */
export function meant(t: Stage, question: Question, value: unknown): void {
  const said = question.text ?? '';
  close(t, t.voice.text('common.over.answered'));
  t.c.misses = 0;
  if (value === null) return say(t, 'common.ask-a-person');
  // Of a school's bare name it was asked which look at it is wanted: a flow by its name.
  const flow = typeof value === 'string' ? t.deps.scripts.flows.get(value) : undefined;
  if (flow) return beginFlow(t, flow, [readNamed(t, said)], said);
  const understood = read(t, said);
  begin(t, { ...understood, intent: value as Understood['intent'], confidence: 1 }, said); // the other choices were made from intents
}

/** "算了,继续刚才的": what follows is the answer. */
const THOUGHT_AGAIN = /^(?:算了|不了|那就?|还是|先)+[,\uff0c\s]*(?=.)/u;

/** Words while it is asked what becomes of the open draft. False: they are no answer to it. */
export function answerSwitch(t: Stage, question: Question, text: string, understood: Understood): boolean {
  const said = text.trim().replace(THOUGHT_AGAIN, '');
  const picked = chosen(said, question.choices);
  if (picked && 'choice' in picked) {
    switchTo(t, question, String(picked.choice.value));
    return true;
  }
  if (isYes(text, understood) || isGoOn(said)) {
    switchTo(t, question, 'stay');
    return true;
  }
  return false;
}

/** The draft stays, waits, or goes; then the words that wanted something else are taken, unless it stays. */
export function switchTo(t: Stage, question: Question, how: string): void {
  const said = question.text ?? '';
  close(t, t.voice.text('common.over.answered'));
  if (how === 'stay' && t.c.frame) return askAgain(t);
  if (how === 'drop') cancel(t, { offer: false });
  else putAside(t);
  const understood = read(t, said);
  if (understood.intent === 'chat.other') return miss(t, said, understood.candidates);
  for (const reading of understood.intents ?? [understood]) begin(t, reading, said);
}
