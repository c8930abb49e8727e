// Hears a message as the answer to the open question; says whether it was one. Each kind of question has a file of its own.
import type { Question } from '../conversation.ts';
import type { Understood } from '../understand/types.ts';
import { answerConfirm } from './answer-confirm.ts';
import { answerMeant, answerSwitch } from './answer-other.ts';
import { answerResume } from './answer-resume.ts';
import { answerSlot } from './answer-slot.ts';
import type { Stage } from './stage.ts';

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
      return answerResume(t, text, understood);
    case 'switch':
      return answerSwitch(t, question, text, understood);
  }
}
