// Files asked for that are no files here: figures, which come in words with a picture and row by row, and the month's report.
import type { Flow } from '../scripts/shapes.ts';
import type { Reading } from '../understand/types.ts';
import type { Stage } from './stage.ts';

const OF_FILES = /台账|清单|通知书|记录|明细|回执|名单|照片/u;

/** "十一月月报发我word", "出个上个月的统计表": the flow that tells it; null when a file is meant. */
export function toldOtherwise(t: Stage, { intent }: Reading, text: string): Flow | null {
  if (intent !== 'export.file' || OF_FILES.test(text)) return null;
  const name = /月报/u.test(text) ? 'month-report' : /统计|数据|报表/u.test(text) ? 'ask-figures' : null;
  const flow = name === null ? undefined : t.deps.scripts.flows.get(name);
  return flow?.roles.some((role) => t.facts.person.roles.includes(role)) ? flow : null;
}
