// "回复王建国:可以": the office answers what a receiver of a notice wished. Only whoever wished something is answered so.
import { wishesNamed } from '../../slots/wishes.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { readNamed, type Stage } from '../stage.ts';

const ANSWERS =
  /^(?:请|帮我|你)*(?:回复|答复|回答|回(?![头看到访来去])|告诉|跟|reply to|answer|tell)(?:一下)?\s*(.{2,200})$/isu;
/** To the one that came last. */
const LATELY = /^(?:刚才|刚刚)/u;

/** True when it was begun. */
export function answersWish(t: Stage, said: string): boolean {
  const waiting = t.facts.ofOffice?.wishes ?? [];
  const rest = waiting.length > 0 ? ANSWERS.exec(said.trim())?.[1] : undefined;
  const flow = t.deps.scripts.flows.get('answer-wish');
  if (rest === undefined || !flow) return false;
  const reading = readNamed(t, rest);
  if (!LATELY.test(rest) && wishesNamed(t.facts, rest, reading.slots.school).length === 0) return false;
  beginFlow(t, flow, [reading], rest);
  return true;
}
