// Whether what is told is of another school than the draft's, so that it is neither its answer nor more of it.

import type { Frame } from '../../conversation.ts';
import type { Slots, Understood } from '../../understand/types.ts';
import { schoolName } from './row-meant.ts';

/** "昨天去了一中 没啥" tells of a visit of its own, though the draft that waits lacks just such words: it is of another school. */
export function isElsewhere(frame: Frame, { slots }: Understood): boolean {
  const names = frame.rows.map(schoolName);
  const { school, schools } = slots;
  const said = school === undefined ? (schools ?? []) : [school];
  return (
    tellsOfVisit(slots) &&
    said.length > 0 &&
    !names.includes(undefined) &&
    !said.some((one) => names.includes(one))
  );
}

/** When it was, what was found and how it was gone about belong to one visit; half a day and a school alone may answer a question. */
export function tellsOfVisit({ date, findings, no_findings: none, methods, lessons }: Slots): boolean {
  return [date, findings, none, methods, lessons].some((value) => value !== undefined);
}
