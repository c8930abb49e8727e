// "东关小学灭火器过期,开个整改通知,限三天": a notice wanted for what is only told now. It is put down first, and its notice follows from that.
import type { Flow } from '../../scripts/shapes.ts';
import { likeness } from '../../slots/likeness.ts';
import { WAITING } from '../../slots/waiting.ts';
import type { Reading, Understood } from '../../understand/types.ts';
import type { Stage } from '../stage.ts';

/** From here on what is told is what waits there already: the same words, said shorter. */
const THE_SAME = 0.25;

/**
 * The readings as findings told at a school, with the flow that puts these down; null where no notice is wanted, nothing was told with
 * the wish, or what was told waits there without a notice already. What a notice is wanted for is no mere advice.
 */
export function toldForNotice(
  t: Stage,
  readings: readonly Reading[],
): { flow: Flow; readings: Reading[] } | null {
  const wished = readings.every(
    ({ intent, slots }) => intent === 'rect.issue' && !slots.rect_no && (slots.findings?.length ?? 0) > 0,
  );
  const flow = t.deps.scripts.flowFor('finding.report', t.facts.person.roles);
  if (!wished || !flow || readings.some((one) => waitsAlready(t, one))) return null;
  return {
    flow,
    readings: readings.map((one) => ({ ...grave(one), intent: 'finding.report' })),
  };
}

/** What a notice is wanted for is no mere advice. */
const grave = (one: Reading): Reading => ({
  ...one,
  slots: {
    ...one.slots,
    findings: one.slots.findings?.map((found) => ({ severity: 'general' as const, ...found })),
  },
});

/** "昨天去的育才,登记本缺页,给他们开个整改单": the notice follows from the visit's own findings, and is no act beside it. */
export function noticeFollows(understood: Understood): Understood {
  const { intents, ...rest } = understood;
  if (!intents) return understood;
  const follows = ({ intent, slots }: Reading, visit: Reading) =>
    intent === 'rect.issue' && !slots.findings && !slots.rect_no && slots.school === visit.slots.school;
  const visit = intents.find(
    (one) => one.intent === 'visit.log' && one.slots.findings && intents.some((other) => follows(other, one)),
  );
  if (!visit) return understood;
  const left = intents.filter((one) => !follows(one, visit)).map((one) => (one === visit ? grave(one) : one));
  const first = grave({ ...rest, ...(left[0] ?? visit) });
  return left.length > 1 ? { ...rest, ...first, intents: left } : { ...rest, ...first };
}

/** "灭火器那条下整改通知": said of what was filed before; so is anything that names no school. */
function waitsAlready({ facts }: Stage, { slots }: Reading): boolean {
  const school = slots.school ? facts.book.byName.get(slots.school) : undefined;
  const waiting = facts.findings.filter(WAITING['unnoticed-findings']);
  if (!school) return waiting.length > 0 || !slots.school_candidates;
  return waiting.some(
    ({ schoolId, text }) =>
      schoolId === school.id &&
      slots.findings?.some(
        (found) => likeness(text, found.text) >= THE_SAME || likeness(found.text, text) >= THE_SAME,
      ),
  );
}
