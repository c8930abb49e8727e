// "发冬季安全通知" while the blanks of another standing notice are filled in is no answer to a blank: it is asked which of the two goes on.
import { templateWished } from '../../slots/notice-template.ts';
import { begin } from '../begin/begin.ts';
import { read, type Stage } from '../stage.ts';

/** Whether the open question is for a blank. */
function asksForBlank({ c: { frame, question }, deps }: Stage): boolean {
  const slot = question?.kind === 'slot' ? question.slot : undefined;
  if (!frame || slot === undefined) return false;
  return deps.scripts.flows.get(frame.flow)?.slots[slot]?.type === 'notice-blanks';
}

/** True when another standing notice was wished for, and taken as that. */
export function wishesOther(t: Stage, said: string): boolean {
  if (!asksForBlank(t) || !templateWished(said, t.deps.scripts.templates(t.facts.locale))) return false;
  begin(t, { ...read(t, said), intent: 'notice.broadcast' }, said);
  return true;
}
