// Which of the offered choices an answer to a slot's question means, where a bare "行" or "不" may stand for one.
import type { Question } from '../../conversation.ts';
import type { SlotSpec } from '../../scripts/shapes.ts';
import { isNo, isNoted, isPlainYes } from '../../short-words.ts';
import { LEAVE } from '../../slots/slot.ts';
import { chosen } from './choices.ts';
import { isShort } from './leads-away.ts';

/** The choice of a slot's question that words name, or mean by a plain yes or no; null when they name none. */
export function choiceSaid(question: Question, spec: SlotSpec, text: string): ReturnType<typeof chosen> {
  const [likely, ...others] = question.choices;
  // "最晚到12月25日": "行" takes it.
  const latest = spec.type === 'new-day' && likely && others.length === 0;
  if (
    latest &&
    /^(?:那|就)*(?:行|好|可以|嗯|确认|这天|这个|最晚|ok|okay|yes)/iu.test(text.trim()) &&
    isShort(text)
  )
    return { choice: likely };
  // "按顺序下一步是约谈": "好的" goes on with it, "不" leaves it.
  if (spec.type === 'escalation-step') {
    if (likely && (isNoted(text) || isPlainYes(text))) return { choice: likely };
    const leave = question.choices.find(({ value }) => value === LEAVE);
    if (leave && isNo(text)) return { choice: leave };
  }
  if (question.about === 'school.slip' && likely) {
    if (isNo(text)) return { none: true };
    // Nothing is done by it yet: the draft's own card comes next.
    if (isPlainYes(text) && /^(?:就?是|对|嗯|没错|好|行|可以|确认|yes|ok)/iu.test(text.trim()))
      return { choice: likely };
  }
  return chosen(text, question.choices) ?? chosen(firstClause(text), question.choices);
}

/** "俩都去了 没啥问题": the choice, and more after it. */
function firstClause(text: string): string {
  return text.trim().split(/[\s,\uff0c。;\uff1b]+/u)[0] ?? '';
}
