// "积水的可以,窗户照片看不清退回", where the window was never handed in: what is said of it must not become the verdict on another.
import { clausesIn, MARKS_OR_SPACE } from '../../clauses.ts';
import { SCHOOL_OWES } from '../../facts.ts';
import { likeness } from '../../slots/likeness.ts';
import { verdictIn } from '../../slots/looked.ts';
import { WAITING } from '../../slots/waiting.ts';
import type { Reading } from '../../understand/types.ts';
import { type Stage, say } from '../stage.ts';

/** Words of a verdict, which stand in findings too and name none. */
const OF_VERDICTS =
  /整改|退回|打回|驳回|重新|不?到位|没有?|通过|合格|可以|照片|材料|学校|校长|[那这]?[条项个处]|问题|情况|现场|不行|不过|还是/gu;

/** The words that are left for what was handed in, when some judge what was not, which is told; null when none do; '' when none are left. */
export function withoutNotHandedIn(t: Stage, { intent, slots }: Reading, text: string): string | null {
  if (intent !== 'rect.review' || slots.rect_no !== undefined) return null;
  const waits = t.facts.findings.filter(WAITING['submitted-findings']);
  const schools = new Set(waits.map(({ schoolId }) => schoolId));
  const owed = t.facts.findings.filter(
    (one) => !one.mineToFix && SCHOOL_OWES.has(one.state) && schools.has(one.schoolId),
  );
  const nearest = (among: typeof waits, clause: string) =>
    Math.max(0, ...among.map((one) => likeness(one.text, clause)));
  const clauses = clausesIn(text, MARKS_OR_SPACE);
  const isOfOwed = (clause: string) => {
    const words = clause.replaceAll(OF_VERDICTS, ' ');
    return nearest(owed, words) > nearest(waits, words) && verdictIn(clause) !== undefined;
  };
  const off = clauses.filter(isOfOwed);
  if (off.length === 0) return null;
  const words = off.join('，').replaceAll(OF_VERDICTS, ' ');
  const named = owed.filter((one) => likeness(one.text, words) > 0);
  say(t, 'common.waiting.not-handed-in', { findings: named.map((one) => one.text) });
  const rest = clauses.filter((clause) => !off.includes(clause));
  return rest.some((clause) => verdictIn(clause) !== undefined) ? rest.join('，') : '';
}
