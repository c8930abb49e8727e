// The answer to a school that asked for more time: granted or refused with a reason, by the inspector, of a serious finding by the
// office; the finding's day and its notice's move with it.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { type ActContext, action, isOfOffice, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { allowedDay, dayFor, newDay } from './extension.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, together } from './lock.ts';
import { requireInspector } from './review.ts';

/** Serious ones are the office's to decide, all others the inspector's, in whose place the office may act. */
export async function requireDecider(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const office = isOfOffice(context.actor);
  if (office) return;
  if (findings.some((finding) => finding.disposition === 'serious')) throw new AppError('act.not-allowed');
  await requireInspector(context, findings);
}

export const decideExtension = action({
  name: 'rectification.extend-decide',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail']),
    due: newDay.optional(),
    reason: z.string().trim().min(2).max(300).optional(),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    granted: z.boolean(),
    until: z.string(),
    head: z.string(),
    reason: z.string(),
  }),
  async run(context, { finding: ids, result, due, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireDecider(context, findings);
    const granted = result === 'pass';
    const to = await stepAll(context, findings, granted ? 'extend-grant' : 'extend-refuse');
    if (!granted && !reason) throw new AppError('act.input', 'never', { missing: 'reason' });

    const open = await context.tx.sql<Request>(
      `select id, finding_id as "findingId", from_on as was, asked_on as asked from extension
       where finding_id = any($1::uuid[]) and state = 'asked'`,
      [ids],
      'open-extensions',
    );
    const until = await answerRequests(context, findings, open, { granted, due, reason: reason ?? '' });
    await auditFindings(
      context,
      granted ? 'finding.extension-granted' : 'finding.extension-refused',
      findings,
      (finding) => ({ state: to.get(finding.id), due: until, reason: reason ?? '' }),
    );
    const heads = await peopleAt(context, first.schoolId, 'principal');
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: granted ? 'rectification.extension-granted' : 'rectification.extension-refused',
        data: { school, no, findings: texts, until, reason: reason ?? '', by: context.actor.name },
        dedup: `extension-decided-${head.id}-${open.map((request) => request.id).join('-')}`.slice(0, 250),
      });
    return {
      school,
      no,
      findings: texts,
      granted,
      until,
      head: heads.map((head) => head.name).join('、'),
      reason: reason ?? '',
    };
  },
});

/** A school's request for more time at one finding, with the day that held and the one it asked for. */
export interface Request {
  id: string;
  findingId: string;
  was: string;
  asked: string;
}

/** Writes the answer to each request, and the day that it leaves to its finding and notice. Returns the latest of these days. */
export async function answerRequests(
  context: ActContext,
  findings: readonly LockedFinding[],
  requests: readonly Request[],
  { granted, due, reason }: { granted: boolean; due: string | number | undefined; reason: string },
): Promise<string> {
  const db = await context.tx.db();
  let until = '';
  for (const request of requests) {
    const { was } = request;
    // What was asked for, or another day that the decider named.
    const named = due === undefined ? request.asked : dayFor(was, due);
    const day = granted ? allowedDay(context, was, named) : was;
    if (day > until) until = day;
    await db.extension.update({
      where: { id: request.id },
      data: {
        state: granted ? 'granted' : 'refused',
        grantedOn: granted ? dayToDb(Temporal.PlainDate.from(day)) : null,
        decidedById: context.actor.personId,
        decidedAt: context.now,
        answer: reason,
      },
    });
    await db.finding.update({
      where: { id: request.findingId },
      data: { state: 'planned', dueOn: dayToDb(Temporal.PlainDate.from(day)) },
    });
  }
  await moveNotices(context, findings);
  return until;
}

/** A notice's day is that of its nearest finding that is still owed. */
async function moveNotices(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const ids = [...new Set(findings.flatMap((finding) => finding.noticeId ?? []))].sort();
  await context.tx.sql(
    `update rectification_notice n set due_on = m.due
     from (select f.notice_id as id, min(f.due_on) as due from finding f
           where f.notice_id = any($1::uuid[]) and f.state not in ('withdrawn', 'voided', 'closed', 'accepted')
           group by f.notice_id) m
     where n.id = m.id and n.due_on <> m.due`,
    [ids],
    'move-notices',
  );
}
