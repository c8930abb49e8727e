// 更正复核结论: a pass that was given by mistake opens the finding again; a return that the school has not answered yet becomes a pass.
import { z } from 'zod';
import { action, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, CORRECTED, DECIDED_ANEW, lockPicked, stepAll, tellingKey, together } from './lock.ts';
import { headsOf, reopenAll } from './look-back.ts';
import { needReason } from './objection.ts';
import { putVerdict, requireInspector } from './review.ts';

export const correctVerdict = action({
  name: 'rectification.correct-verdict',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  says: ['passed', 'reopened'],
  input: z.object({
    ...DECIDED_ANEW,
    reason: z.string().trim().min(2).max(500).optional(),
  }),
  result: z.object({
    ...CORRECTED,
    due: z.string(),
  }),
  async run(context, { finding, result, reason }) {
    const findings = await lockPicked(context, finding);
    const { first, school, no, findings: texts, ids } = together(context, findings);
    await requireInspector(context, findings);
    const head = await headsOf(context, first.schoolId);
    const told = { school, no, findings: texts };
    if (result !== 'pass') {
      const due = await reopenAll(context, findings, needReason(reason), { how: null, slip: true });
      return { ...told, head, due, say: 'reopened' };
    }
    await stepAll(context, findings, 'overturn');
    const after = await putVerdict(context, findings, { passed: true, reason: '' });
    await auditFindings(context, 'finding.verdict-corrected', findings, () => after);
    for (const person of await peopleAt(context, first.schoolId, 'principal'))
      context.notify({
        personId: person.id,
        key: 'rectification.overturned',
        data: { ...told, ids, inspector: context.actor.name },
        dedup: tellingKey('overturned', person.id, findings),
      });
    return { ...told, head, due: '', say: 'passed' };
  },
});
