// A notice for what was filed without one: an advice that has to become a demand, or a serious finding that the office sent back.

import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { askCountersignature, sendOut } from './countersign.ts';
import { auditFindings, lockFindings, stepAll, together } from './lock.ts';
import { requireInspector } from './review.ts';

export const issueFor = action({
  name: 'notice.issue',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  says: ['sent', 'waiting'],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    due: z.union([z.iso.date(), z.int().min(1).max(365)]).optional(),
    /** Only a serious one asks the office first. */
    grave: z.boolean().default(false),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    due: z.string(),
    head: z.string(),
    say: z.string(),
  }),
  async run(context, { finding: ids, due: said, grave: serious }) {
    const findings = await lockFindings(context, ids);
    const { school, first, findings: texts } = together(context, findings);
    await requireInspector(context, findings);
    if (findings.some((finding) => finding.noticeId !== null))
      throw new AppError('rectification.state', 'never', { state: first.state });
    const due = dayOf(context, said);
    await stepAll(context, findings, serious ? 'ask-countersignature' : 'issue');
    const db = await context.tx.db();
    const disposition = serious ? 'serious' : 'general';
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { disposition } });
    if (!serious) {
      const notice = await sendOut(context, findings, {
        inspector: { id: context.actor.personId, name: context.actor.name },
        countersigned: false,
        due,
      });
      return { school, findings: texts, no: notice.no, due, head: notice.heads.join('、'), say: 'sent' };
    }
    const dueOn = dayToDb(Temporal.PlainDate.from(due));
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { state: 'draft', dueOn } });
    await auditFindings(context, 'finding.drafted', findings, () => ({ state: 'draft', due }));
    await askCountersignature(
      context,
      { id: first.schoolId, name: school },
      findings.map(({ id, text }) => ({ id, text, dueOn })),
    );
    return { school, findings: texts, no: '', due, head: '', say: 'waiting' };
  },
});

function dayOf(context: ActContext, said: string | number | undefined): string {
  const day =
    typeof said === 'string'
      ? said
      : context.today.add({ days: said ?? context.office.settings['rect.generalDays'] }).toString();
  if (day < context.today.toString())
    throw new AppError('rectification.extension-too-short', 'never', { was: context.today.toString() });
  return day;
}
