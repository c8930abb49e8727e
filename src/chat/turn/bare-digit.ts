// "1", after a reminder whose lines are numbered came later than the question that was put: which of the two is meant, is asked.
import type { Question } from '../conversation.ts';
import { choiceButtons } from './buttons.ts';
import { isPlace } from './choices.ts';
import { ask, type Stage } from './stage.ts';

/** True when it was asked; the next digit answers this question, which is the last one then. */
export function asksWhichDigit(t: Stage, question: Question, said: string): boolean {
  const { remindedAt } = t.facts;
  if (remindedAt === null || question.choices.length === 0 || !isPlace(said)) return false;
  if (Date.parse(remindedAt) <= Date.parse(question.askedAt)) return false;
  const { id: _, askedAt: __, card: ___, ...same } = question;
  const title = t.voice.text('common.digit-meant', { said: said.trim() });
  ask(t, same, { title, ...choiceButtons(t, question.choices) });
  return true;
}
