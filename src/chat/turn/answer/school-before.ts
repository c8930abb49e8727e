// What is told after a school's bare name, while it is asked what about it: "石佛小学", and then "没发现问题", or "今天上午".
import { SURE, type Understood } from '../../understand/types.ts';
import { read, readNamed, type Stage } from '../stage.ts';
import { chosen } from './choices.ts';

/** "石佛小学", of which it was asked what about it, and then "没发现问题": the school was told. */
export function withSchoolBefore(t: Stage, understood: Understood, said: string): Understood {
  const { question } = t.c;
  if (question?.kind !== 'meant' || question.text === undefined || understood.intents) return understood;
  // "二中", and then "今天上午": what is told of it needs its name to be told by.
  if (understood.intent === 'chat.other' || understood.confidence < SURE) {
    const both =
      [...question.text].length > 12 || chosen(said, question.choices)
        ? understood
        : read(t, `${question.text} ${said}`);
    const told =
      ['visit.log', 'finding.report', 'lesson.log'].includes(both.intent) && both.confidence >= SURE;
    if (told && both.slots.school !== undefined && !both.intents) return both;
  }
  const { school, school_candidates: among, school_unresolved: unknown } = understood.slots;
  if (!['visit.log', 'finding.report', 'lesson.log'].includes(understood.intent)) return understood;
  if (school ?? among ?? unknown) return understood;
  const before = readNamed(t, question.text).slots.school;
  return before === undefined
    ? understood
    : { ...understood, slots: { ...understood.slots, school: before } };
}
