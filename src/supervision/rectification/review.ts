// What the inspector says to what a school handed in (DOMAIN §3 b, "review"): 整改到位, or 继续整改 with the reason.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { standing } from '../access.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { endEscalation } from './escalate.ts';
import { withdrawLetters } from './letters.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, tellingKey, together } from './lock.ts';

/**
 * Who may judge it: the school's inspector of today; an area leader who issued it, at a school of her area; whoever issued it
 * as long as the school has no inspector. After a hand-over that is the new one alone. Throws `act.not-allowed`.
 */
export async function requireInspector(
  context: ActContext,
  findings: readonly LockedFinding[],
): Promise<void> {
  // Those of one visit are asked about once.
  const visits = new Map(findings.map((one) => [`${one.schoolId} ${one.inspectorId}`, one]));
  for (const { schoolId, inspectorId } of visits.values()) {
    const held = await standing(context, schoolId);
    if (held.includes('inspector')) continue;
    const issued = inspectorId === context.actor.personId;
    if (issued && held.includes('area-leader')) continue;
    if (issued && (await peopleAt(context, schoolId, 'inspector')).length === 0) continue;
    throw new AppError('act.not-allowed');
  }
}

export const reviewRectification = action({
  name: 'rectification.review',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail', 'partial']),
    reason: z.string().trim().min(1).max(500).optional(),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    passed: z.boolean(),
    reason: z.string(),
    head: z.string(),
    lookBackBy: z.string(),
  }),
  async run(context, { finding: ids, result, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireInspector(context, findings);
    const passed = result === 'pass';
    await stepAll(context, findings, passed ? 'pass' : 'return');
    if (!passed && !reason) throw new AppError('act.input', 'never', { missing: 'reason' });

    const after = await putVerdict(context, findings, { passed, reason: reason ?? '' });
    await auditFindings(context, passed ? 'finding.accepted' : 'finding.returned', findings, () => after);
    const heads = await peopleAt(context, first.schoolId, 'principal');
    const told = { school, no, findings: texts, passed, reason: reason ?? '' };
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: passed ? 'rectification.accepted' : 'rectification.returned',
        data: { ...told, inspector: context.actor.name, due: first.dueOn, ids },
        dedup: tellingKey('reviewed', head.id, findings),
      });
    const lookBackBy = await lookBackDay(context, first);
    return { ...told, head: heads.map((head) => head.name).join('、'), lookBackBy };
  },
});

/** Writes the verdict down; what passed needs no department's answer and no pressing any more. Returns what is so now. */
export async function putVerdict(
  context: ActContext,
  findings: readonly LockedFinding[],
  { passed, reason }: { passed: boolean; reason: string },
): Promise<object> {
  const ids = findings.map(({ id }) => id);
  const db = await context.tx.db();
  const after = {
    state: passed ? 'accepted' : 'returned',
    reviewedAt: context.now,
    reviewedById: context.actor.personId,
    returnReason: passed ? null : reason,
    lookedBackAt: null,
    lookedBackHow: null,
  };
  await db.finding.updateMany({ where: { id: { in: ids } }, data: after });
  // The verdict stands in the office's ledger with the report: it was forwarded with that, if not before.
  await db.finding.updateMany({
    where: { id: { in: ids }, forwardedAt: null },
    data: { forwardedAt: context.now },
  });
  if (passed) {
    await withdrawLetters(context, findings, reason);
    await endEscalation(context, findings);
  }
  return after;
}

/** Until when the inspector looks back: `rect.lookBackWithinDays` after the notice, but never before tomorrow. */
async function lookBackDay(context: ActContext, { noticeId }: LockedFinding): Promise<string> {
  const [notice] = await context.tx.sql<{ day: string }>(
    `select (issued_at at time zone $2)::date::text as day from rectification_notice where id = $1`,
    [noticeId, context.office.timeZone],
    'notice-day',
  );
  const from = notice ? context.today.with(dateParts(notice.day)) : context.today;
  const day = from.add({ days: context.office.settings['rect.lookBackWithinDays'] }).toString();
  const soonest = context.today.add({ days: 1 }).toString();
  return day > soonest ? day : soonest;
}

function dateParts(iso: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return { year, month, day };
}
