// The school's plan (DOMAIN §3 b, "plan"): measure, who answers for it, by when. Required for serious findings, welcome for others.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { requireStanding } from '../access.ts';
import { action, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, lockFindings, stepAll, tellingKey, together } from './lock.ts';

export const planRectification = action({
  name: 'rectification.plan',
  roles: ['principal'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    measure: z.string().trim().min(2).max(500),
    person: z.string().trim().min(1).max(50),
    due: z.union([z.iso.date(), z.int().min(1).max(365)]),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    by: z.string(),
    due: z.string().nullable(),
    inspector: z.string(),
  }),
  async run(context, { finding: ids, measure, person, due: said }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireStanding(context, first.schoolId, ['principal']);
    await stepAll(context, findings, 'plan');
    const by = typeof said === 'string' ? said : context.today.add({ days: said }).toString();
    const due = findings.flatMap(({ dueOn }) => dueOn ?? []).sort()[0] ?? null;
    if (by < context.today.toString() || (due !== null && by > due))
      throw new AppError('rectification.plan-late', 'never', { was: due ?? by });
    const after = {
      state: 'planned',
      planMeasure: measure,
      planPerson: person,
      planOn: dayToDb(Temporal.PlainDate.from(by)),
      plannedAt: context.now,
    };
    const db = await context.tx.db();
    await db.finding.updateMany({ where: { id: { in: ids } }, data: after });
    await auditFindings(context, 'finding.planned', findings, () => after);
    const inspectors = await peopleAt(context, first.schoolId, 'inspector');
    for (const inspector of inspectors)
      context.notify({
        personId: inspector.id,
        key: 'rectification.planned',
        data: { school, no, findings: texts, measure, person, day: by, by: context.actor.name },
        dedup: `${tellingKey('planned', inspector.id, findings)}-${context.now.getTime()}`,
      });
    return { school, no, findings: texts, by, due, inspector: inspectors.map(({ name }) => name).join('、') };
  },
});
