// Which of a school's findings a report is about, as its words tell: a photo that came first points at the whole notice, "灭火器换完了" at one of it.
import type { Frame, Row } from '../../conversation.ts';
import { spokenOf } from '../../slots/likeness.ts';
import { STILL_TO_DO } from '../../slots/still-to-do.ts';
import { WAITING } from '../../slots/waiting.ts';
import { flowOf, type Stage } from '../stage.ts';

const TYPE = 'open-findings';
const ALL = /都|全部?|所有|几[条项个]|\ball\b|everything/iu;
const NOT_YET = /没|未|不/u;

const CLAUSES = /[,\uff0c;\uff1b。\s]+/u;

/**
 * `only`: of those that the draft points at, the ones whose words were used stay, when they are some. `also`: others of the
 * school whose words were used come in. `instead`: those alone, whatever it pointed at before. Words that speak of all, or of what is
 * not done, change nothing.
 */
export function pointAt(
  t: Stage,
  frame: Frame,
  row: Row,
  text: string,
  how: 'only' | 'also' | 'instead',
): void {
  const name = Object.entries(flowOf(t, frame).slots).find(([, { type }]) => type === TYPE)?.[0];
  const had = name === undefined ? undefined : (row[name] as string[] | undefined); // ids, as a waiting slot holds them
  if (name === undefined || !had) return;
  const open = t.facts.findings.filter(WAITING[TYPE]);
  const named: string[] = [];
  for (const clause of text.split(CLAUSES)) {
    const spoken = spokenOf(open, clause);
    // "标签都贴上了" is of the labels, "都改好了" of all.
    if (spoken.length === 0 && ALL.test(clause)) return;
    if (!NOT_YET.test(clause) && !STILL_TO_DO.test(clause)) named.push(...spoken.map(({ id }) => id));
  }
  const after =
    how === 'only'
      ? had.filter((id) => named.includes(id))
      : [...new Set(how === 'also' ? [...had, ...named] : named)];
  if (after.length > 0) row[name] = after;
}
