// 更正延期答复: the answer to a request for more time was a mistake: another day, or the other answer, while nothing was handed in since.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { newDay } from './extension.ts';
import { answerRequests, type Request, requireDecider } from './extension-decide.ts';
import { auditFindings, CORRECTED, DECIDED_ANEW, lockPicked, stepAll, together } from './lock.ts';
import { headsOf } from './look-back.ts';
import { needReason } from './objection.ts';

export const changeExtension = action({
  name: 'rectification.extend-change',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  says: ['granted', 'refused'],
  input: z.object({
    ...DECIDED_ANEW,
    due: newDay.optional(),
    reason: z.string().trim().min(2).max(300).optional(),
  }),
  result: z.object({
    ...CORRECTED,
    until: z.string(),
  }),
  async run(context, { finding, result, due, reason: said }) {
    const findings = await lockPicked(context, finding);
    const { first, school, no, findings: texts, ids } = together(context, findings);
    await requireDecider(context, findings);
    await stepAll(context, findings, 'extend-change');
    const granted = result === 'pass';
    const reason = granted ? '' : needReason(said);
    const answered = await context.tx.sql<Request>(
      `select distinct on (finding_id) id, finding_id as "findingId", from_on as was, asked_on as asked from extension
       where finding_id = any($1::uuid[]) and state in ('granted', 'refused') order by finding_id, decided_at desc`,
      [ids],
      'answered-extensions',
    );
    if (answered.length !== findings.length)
      throw new AppError('rectification.state', 'never', { state: first.state });
    const until = await answerRequests(context, findings, answered, { granted, due, reason });
    // Nobody is late from one moment to the next.
    if (until < context.today.toString())
      throw new AppError('rectification.past-due', 'never', { was: until });
    await auditFindings(context, 'finding.extension-changed', findings, () => ({
      granted,
      due: until,
      reason,
    }));
    for (const head of await peopleAt(context, first.schoolId, 'principal'))
      context.notify({
        personId: head.id,
        key: 'rectification.extension-changed',
        data: { school, no, findings: texts, granted, until, reason, by: context.actor.name },
        dedup: `extension-changed-${head.id}-${answered[0]?.id}-${context.now.getTime()}`,
      });
    const head = await headsOf(context, first.schoolId);
    return { school, no, findings: texts, until, head, say: granted ? 'granted' : 'refused' };
  },
});
