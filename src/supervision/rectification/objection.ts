// A school says that a finding is not so (DOMAIN §3 b, "objects"): the inspector, of a serious one the office, upholds it or not.
// The day that was set stays and is said, until it is upheld.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { requireStanding } from '../access.ts';
import { type ActContext, action, audit, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { endEscalation } from './escalate.ts';
import { decidersOf } from './extension.ts';
import { requireDecider } from './extension-decide.ts';
import { withdrawLetters } from './letters.ts';
import {
  auditFindings,
  type LockedFinding,
  lockFindings,
  numberOf,
  stepAll,
  tellingKey,
  together,
} from './lock.ts';

export const objectTo = action({
  name: 'rectification.object',
  roles: ['principal'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    reason: z.string().trim().min(2).max(500),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    decider: z.string(),
    due: z.string().nullable(),
  }),
  async run(context, { finding: ids, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireStanding(context, first.schoolId, ['principal']);
    await stepAll(context, findings, 'object');
    const db = await context.tx.db();
    const after = { state: 'objected', objection: reason, objectedAt: context.now };
    await db.finding.updateMany({ where: { id: { in: ids } }, data: after });
    await auditFindings(context, 'finding.objected', findings, () => after);
    const deciders = await decidersOf(context, findings);
    for (const decider of deciders)
      context.notify({
        personId: decider.id,
        key: 'rectification.objected',
        data: { school, no, findings: texts, ids, reason, by: context.actor.name, due: first.dueOn },
        dedup: `${tellingKey('objected', decider.id, findings)}-${context.now.getTime()}`,
      });
    return {
      school,
      no,
      findings: texts,
      decider: deciders.map(({ name }) => name).join('、'),
      due: first.dueOn,
    };
  },
});

export const decideObjection = action({
  name: 'rectification.decide-objection',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail', 'partial']),
    reason: z.string().trim().min(2).max(500),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    upheld: z.boolean(),
    withdrawn: z.array(z.string()),
    head: z.string(),
    due: z.string().nullable(),
  }),
  async run(context, { finding: ids, result, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireDecider(context, findings);
    const upheld = result === 'pass';
    const to = await stepAll(context, findings, upheld ? 'uphold' : 'dismiss');
    if (upheld) {
      await withdrawLetters(context, findings, reason);
      await endEscalation(context, findings);
    }
    const db = await context.tx.db();
    const after = { state: upheld ? 'withdrawn' : 'acknowledged' };
    await db.finding.updateMany({ where: { id: { in: ids } }, data: after });
    await auditFindings(
      context,
      upheld ? 'finding.objection-upheld' : 'finding.objection-dismissed',
      findings,
      (finding) => ({ state: to.get(finding.id), reason }),
    );
    const withdrawn = upheld ? await settleNotices(context, findings, reason) : [];
    const heads = await peopleAt(context, first.schoolId, 'principal');
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: upheld ? 'rectification.objection-upheld' : 'rectification.objection-dismissed',
        data: { school, no, findings: texts, reason, by: context.actor.name, withdrawn, due: first.dueOn },
        dedup: `${tellingKey('objection-decided', head.id, findings)}-${context.now.getTime()}`,
      });
    const head = heads.map(({ name }) => name).join('、');
    return { school, no, findings: texts, upheld, withdrawn, head, due: first.dueOn };
  },
});

/**
 * A notice of whose findings none is left is withdrawn, or closed when at least one of them was put right. Returns the
 * numbers of those that were withdrawn. The findings are locked already.
 */
export async function settleNotices(
  context: ActContext,
  findings: readonly LockedFinding[],
  reason: string,
): Promise<string[]> {
  const ids = [...new Set(findings.flatMap((finding) => finding.noticeId ?? []))].sort();
  const settled = await context.tx.sql<{ id: string; state: string; year: number; number: number }>(
    `update rectification_notice n set state = m.state
     from (select f.notice_id as id, case when bool_or(f.state = 'closed') then 'closed' else 'withdrawn' end as state
           from finding f where f.notice_id = any($1::uuid[]) group by f.notice_id
           having bool_and(f.state in ('withdrawn', 'voided', 'closed'))) m
     where n.id = m.id and n.state not in ('withdrawn', 'closed')
     returning n.id, n.state, n.year, n.number`,
    [ids],
    'settle-notices',
  );
  await audit(
    context,
    settled.map((notice) => ({
      action: `notice.${notice.state}`,
      subject: 'notice' as const,
      subjectId: notice.id,
      schoolId: findings[0]?.schoolId ?? null,
      after: { state: notice.state, reason },
    })),
  );
  return settled.filter(({ state }) => state === 'withdrawn').map((notice) => numberOf(context, notice));
}

/** Refuses when what was said decides nothing. */
export function needReason(reason: string | undefined): string {
  if (!reason) throw new AppError('act.input', 'never', { missing: 'reason' });
  return reason;
}
