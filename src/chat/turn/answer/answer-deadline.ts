// The answer to "by when?" for serious findings: a day to come, or so many days. Never the day of the visit, which looks back.
import { complete, type SaidFinding } from '../../../supervision/findings.ts';
import type { Frame, Question } from '../../conversation.ts';
import { ordinalsIn } from '../../slots/ordinals.ts';
import type { SchoolValue } from '../../slots/school.ts';
import { parseDate, parseDays } from '../../understand/answers.ts';
import type { Understood } from '../../understand/types.ts';
import { gradeIn } from '../change/grade-said.ts';
import { remember } from '../draft/frames.ts';
import type { Stage } from '../stage.ts';

/** "周一去的" tells when she was there. */
const OF_THE_VISIT = /[去看查跑听到]了?的|去了|看了|[刚昨]/u;

/** Whether the open question asks for a deadline. */
export const asksDeadline = ({ about }: Question): boolean =>
  about === 'findings-days' || about === 'findings-too-long';

/** Sets the deadline of the findings that lack one and of no other; false when the words hold none, or name findings themselves. */
export function answerDeadline(
  t: Stage,
  frame: Frame,
  index: number,
  text: string,
  understood: Understood,
): boolean {
  const row = frame.rows[index];
  const findings = row?.findings as SaidFinding[] | undefined; // the slot's own value
  if (!row || !findings || understood.slots.findings?.length) return false;
  if (ordinalsIn(text, findings.length).ordinals.length > 0 || OF_THE_VISIT.test(text)) return false;
  // "改成一般,给一周": no longer serious, which is more than a deadline.
  if ((gradeIn(text) ?? 'serious') !== 'serious') return false;
  const until = dayIn(t, text, understood);
  if (!until) return false;
  remember(t, frame);
  const by = {
    today: t.facts.today,
    settings: t.facts.office.settings,
    kindergarten: (row.school as SchoolValue | undefined)?.kindergarten ?? false,
  };
  row.findings = findings.map((one) => {
    if (!complete(one, by).missing) return one;
    const { days: _, dueOn: __, ...rest } = one;
    return { ...rest, ...until };
  });
  return true;
}

function dayIn(
  { facts }: Stage,
  text: string,
  { slots }: Understood,
): { days: number } | { dueOn: string } | null {
  const { now, calendar, office, today } = facts;
  const days = slots.days ?? parseDays(text);
  if (days !== undefined) return { days };
  const said = parseDate(text, { now, calendar, timeZone: office.timeZone, direction: 'future' });
  const dueOn = slots.due ?? (said?.span === false ? said.date : undefined);
  return dueOn !== undefined && dueOn > today.toString() ? { dueOn } : null;
}
