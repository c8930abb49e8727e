// 转交 (DOMAIN §3 b, "forward"): what a school handed in goes on from its inspector to the office, within `rect.forwardToOfficeWithinDays`.
// A review says more than that, and counts as it.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { peopleWith } from '../access.ts';
import { action, OFFICE_ROLES, type Role } from '../act.ts';
import { UNJUDGED } from '../evidence.ts';
import { auditFindings, lockFindings, tellingKey, together } from './lock.ts';
import { requireInspector } from './review.ts';

export const forwardReport = action({
  name: 'rectification.forward',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  says: ['forwarded', 'already'],
  input: z.object({ finding: z.array(z.uuid()).min(1).max(20) }),
  result: z.object({
    say: z.string(),
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    told: z.array(z.string()),
  }),
  async run(context, { finding: ids }) {
    const findings = await lockFindings(context, ids);
    const { school, no, findings: texts } = together(context, findings);
    await requireInspector(context, findings);
    const other = findings.find(({ state }) => !UNJUDGED.includes(state));
    if (other) throw new AppError('rectification.not-submitted', 'never', { state: other.state });
    const waiting = await context.tx.sql<{ id: string; report: string }>(
      `update finding set forwarded_at = $2 where id = any($1::uuid[]) and forwarded_at is null returning id, report`,
      [ids, context.now],
      'forward',
    );
    const base = { school, no, findings: texts };
    const moved = findings.filter(({ id }) => waiting.some((one) => one.id === id));
    if (moved.length === 0) return { ...base, say: 'already', told: [] };
    await auditFindings(context, 'finding.forwarded', moved, () => ({ forwardedAt: context.now }));
    const report = [...new Set(waiting.map((one) => one.report))].join('；');
    const office = (await peopleWith(context, OFFICE_ROLES)).filter(
      ({ id }) => id !== context.actor.personId,
    );
    for (const { id } of office)
      context.notify({
        personId: id,
        key: 'rectification.forwarded',
        data: { school, no, findings: moved.map(({ text }) => text), report, by: context.actor.name },
        dedup: tellingKey('forwarded', id, moved),
      });
    return { ...base, say: 'forwarded', told: office.map(({ name }) => name) };
  },
});
