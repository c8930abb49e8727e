// "1", after a reminder or a notice whose lines are numbered came later than the question that was put: which of the two is meant, is asked.
import type { Question } from '../../conversation.ts';
import { choiceButtons } from '../draft/buttons.ts';
import { ask, type Stage } from '../stage.ts';
import { isPlace } from './choices.ts';

/** True when it was asked; the next digit answers this question, which is the last one then. */
export function asksWhichDigit(t: Stage, question: Question, said: string): boolean {
  if (t.facts.numbered === null || question.choices.length === 0 || !isPlace(said)) return false;
  const { remindedAt, cardAt } = t.facts.numbered;
  const later = (at: string | null) => at !== null && Date.parse(at) > Date.parse(question.askedAt);
  if (!later(remindedAt) && !later(cardAt)) return false;
  const { id: _, askedAt: __, card: ___, ...same } = question;
  const title = t.voice.text('common.digit-meant', { said: said.trim(), notice: !later(remindedAt) });
  ask(t, same, { title, ...choiceButtons(t, question.choices) });
  return true;
}
