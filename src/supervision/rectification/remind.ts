// 催办: an inspector or the office presses a school now; at most once a day, whoever does it.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { requireStanding } from '../access.ts';
import { action, type Role } from '../act.ts';
import { OPEN_STATES } from '../findings.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, lockFindings, numberOf } from './lock.ts';

export const remindSchool = action({
  name: 'rectification.remind',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({ school: z.uuid() }),
  result: z.object({ school: z.string(), count: z.number(), head: z.string() }),
  async run(context, { school: schoolId }) {
    await requireStanding(context, schoolId, ['inspector', 'area-leader', 'office', 'director']);
    const rows = await context.tx.sql<{ id: string; reminded: boolean }>(
      `select id, coalesce(reminded_on = $3::date, false) as reminded from finding
       where school_id = $1 and state = any($2::text[]) and state not in ('extension_pending', 'objected')
         and due_on is not null order by due_on, id limit 20`,
      [schoolId, OPEN_STATES, context.today.toString()],
      'to-remind',
    );
    if (rows.length === 0) throw new AppError('rectification.none');
    const findings = await lockFindings(
      context,
      rows.map(({ id }) => id),
    );
    const [again] = await context.tx.sql(
      `select 1 from finding where id = any($1::uuid[]) and reminded_on = $2::date limit 1`,
      [rows.map(({ id }) => id), context.today.toString()],
      'reminded-today',
    );
    if (again) throw new AppError('rectification.reminded');
    const db = await context.tx.db();
    await db.finding.updateMany({
      where: { id: { in: rows.map(({ id }) => id) } },
      data: { remindedOn: dayToDb(context.today) },
    });
    await auditFindings(context, 'finding.reminded', findings, () => ({ on: context.today.toString() }));
    const today = context.today.toString();
    const open = findings
      .map((finding) => ({ no: numberOf(context, finding), text: finding.text, due: finding.dueOn ?? '' }))
      .sort((a, b) => (a.due < b.due ? -1 : 1));
    const heads = await peopleAt(context, schoolId, 'principal');
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: 'rectification.reminded',
        data: { school: findings[0]?.schoolName ?? '', open, by: context.actor.name },
        dedup: `reminded-${head.id}-${schoolId}-${today}`,
      });
    return {
      school: findings[0]?.schoolName ?? '',
      count: open.length,
      head: heads.map(({ name }) => name).join('、'),
    };
  },
});
