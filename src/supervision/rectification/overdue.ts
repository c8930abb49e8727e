// What is past its day, for those above: the office sees all, an area leader her area; the office can hand each leader her own part.
import { z } from 'zod';
import { peopleWith, schoolsInSight } from '../access.ts';
import { action, audit, type Role } from '../act.ts';
import { OPEN_STATES } from '../findings.ts';
import { numberOf } from './lock.ts';

/** Nothing that scrolls (VOICE, rule 1); all of it is in the ledger. */
const SHOWN = 6;

const line = z.object({
  no: z.string(),
  school: z.string(),
  text: z.string(),
  due: z.string(),
  late: z.number(),
  state: z.string(),
});

export const listOverdue = action({
  name: 'rectification.overdue',
  roles: ['area-leader', 'office', 'director'] satisfies Role[],
  says: ['list', 'sent', 'none'],
  input: z.object({
    /** More than so many days past; without it, all that is open. */
    days: z.int().min(0).max(365).optional(),
    metric: z.string().optional(),
    audience: z.string().optional(),
    school: z.uuid().optional(),
  }),
  result: z.object({
    say: z.string(),
    overdue: z.boolean(),
    days: z.number(),
    open: z.array(line),
    more: z.number(),
    total: z.number(),
    leaders: z.array(z.string()),
    left: z.number(),
  }),
  async run(context, { days, metric, audience, school }) {
    const sight = await schoolsInSight(context, ['area-leader', 'office', 'director']);
    const overdue = days !== undefined || metric === 'overdue';
    const today = context.today.toString();
    const rows = await context.tx.sql<{
      areaId: string;
      year: number | null;
      number: number | null;
      school: string;
      text: string;
      due: string;
      late: number;
      state: string;
    }>(
      `select s.area_id as "areaId", n.year, n.number, s.name as school, f.text, f.due_on as due, f.state,
              greatest(0, $4::date - f.due_on) as late
       from finding f join school s on s.id = f.school_id left join rectification_notice n on n.id = f.notice_id
       where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.due_on is not null
         and f.state = any($3::text[]) and ($5::uuid is null or s.id = $5)
         and (not $6::boolean or f.due_on < $4::date - $7::int)
       order by f.due_on, f.id`,
      [
        context.office.id,
        sight,
        overdue ? OPEN_STATES : [...OPEN_STATES, 'submitted', 'under_review'],
        today,
        school ?? null,
        overdue,
        days ?? 0,
      ],
      'overdue-findings',
    );
    const all = rows.map((row) => ({ ...row, no: numberOf(context, row) }));
    const base = {
      overdue,
      days: days ?? 0,
      open: all
        .slice(0, SHOWN)
        .map(({ no, school: at, text, due, late, state }) => ({ no, school: at, text, due, late, state })),
      more: Math.max(0, all.length - SHOWN),
      total: all.length,
    };
    const office = context.actor.roles.some((role) => role === 'office' || role === 'director');
    if (all.length === 0) return { ...base, say: 'none', leaders: [], left: 0 };
    if (audience !== 'area_leaders' || !office) return { ...base, say: 'list', leaders: [], left: 0 };
    const told = new Map<string, string>();
    const covered = new Set<string>();
    for (const areaId of new Set(all.map((row) => row.areaId)))
      for (const leader of await peopleWith(context, ['area-leader'], areaId)) {
        const own = all.filter((row) => row.areaId === areaId);
        covered.add(areaId);
        told.set(leader.id, leader.name);
        context.notify({
          personId: leader.id,
          key: 'rectification.overdue',
          data: {
            by: context.actor.name,
            days: days ?? 0,
            total: own.length,
            open: own
              .slice(0, SHOWN)
              .map(({ no, school: at, text, due, late }) => ({ no, school: at, text, due, late })),
          },
          dedup: `overdue-${leader.id}-${areaId}-${context.now.getTime()}`,
        });
      }
    await audit(context, [
      {
        action: 'overdue.sent',
        subject: 'office',
        subjectId: context.office.id,
        after: { leaders: [...told.keys()], days: days ?? 0 },
      },
    ]);
    const left = all.filter((row) => !covered.has(row.areaId)).length;
    return { ...base, say: 'sent', leaders: [...told.values()], left };
  },
});
