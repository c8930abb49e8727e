// Hears a message as the answer to the open question; says whether it was one. Each kind of question has a file of its own.
import type { Question } from '../../conversation.ts';
import type { Understood } from '../../understand/types.ts';
import { answerFollowUp } from '../danger/follow-up.ts';
import { close, type Stage } from '../stage.ts';
import { startChosen } from '../taps.ts';
import { answerConfirm } from './answer-confirm.ts';
import { answerMeant, answerSwitch } from './answer-other.ts';
import { answerResume } from './answer-resume.ts';
import { answerSlot } from './answer-slot.ts';
import { chosen } from './choices.ts';

/** True when the text was taken as an answer (or refused as one, with the question put again). */
export function answer(t: Stage, question: Question, text: string, understood: Understood): boolean {
  switch (question.kind) {
    case 'confirm':
      return answerConfirm(t, question, text, understood);
    case 'slot':
      return answerSlot(t, question, text, understood);
    case 'meant':
      return answerMeant(t, question, text);
    case 'resume':
      return answerResume(t, question, text, understood);
    case 'start':
      return answerStart(t, question, text);
    case 'follow-up':
      return answerFollowUp(t, question, text);
    case 'switch':
      return answerSwitch(t, question, text, understood);
  }
}

/** Which of several things that wait: its act is begun as its own button would begin it. */
function answerStart(t: Stage, question: Question, text: string): boolean {
  const picked = chosen(text, question.choices);
  if (!picked || !('choice' in picked)) return false;
  close(t, t.voice.text('common.over.answered'));
  startChosen(t, question, picked.choice);
  return true;
}
