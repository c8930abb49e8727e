// What sounds like one paper or list and is told by another flow: figures and the month's report are no files here, and how often schools
// were visited in a term is no list of a month.
import type { Flow } from '../../scripts/shapes.ts';
import type { Reading } from '../../understand/types.ts';
import type { Stage } from '../stage.ts';

const OF_FILES = /台账|清单|通知书|记录|明细|回执|名单|照片/u;
/** From a month to another: no single month. */
const SPAN = /^(\d{4}-\d{2})-\d{2}\/(\d{4}-\d{2})/;

/** "十一月月报发我word", "出个上个月的统计表", "本学期还没到两次的": the flow that tells it; null when its own does. */
export function toldOtherwise(
  t: Stage,
  first: Reading,
  text: string,
): { flow: Flow; reading: Reading } | null {
  const { intent, slots } = first;
  if (intent === 'visit.pending') {
    // "还差啥" of a school's head is what she still has to put right
    if (!t.deps.scripts.flowFor(intent, t.facts.person.roles))
      return flowNamed(t, 'my-rectifications', first);
    const [, from, to] = SPAN.exec(slots.period ?? '') ?? [];
    if (from === to) return null;
    return flowNamed(t, 'ask-figures', { ...first, slots: { ...slots, metric: 'coverage' } });
  }
  if (intent !== 'export.file' || OF_FILES.test(text)) return null;
  if (/月报/u.test(text)) return flowNamed(t, 'month-report', first);
  return /统计|数据|报表/u.test(text) ? flowNamed(t, 'ask-figures', first) : null;
}

function flowNamed(t: Stage, name: string, reading: Reading): { flow: Flow; reading: Reading } | null {
  const flow = t.deps.scripts.flows.get(name);
  return flow?.roles.some((role) => t.facts.person.roles.includes(role)) ? { flow, reading } : null;
}
