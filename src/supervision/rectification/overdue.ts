// What is past its day, for those above: the office sees all, an area leader her area; the office can hand each leader her own part.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { peopleWith, schoolsInSight } from '../access.ts';
import { type ActContext, action, audit, isOfOffice, OFFICE_ROLES, type Role } from '../act.ts';
import { OPEN_STATES, toldState } from '../findings.ts';
import { numberOf } from './lock.ts';

/** Nothing that scrolls (VOICE, rule 1); all of it is in the ledger. */
const SHOWN = 4;

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
  says: ['list', 'no-leader', 'none'],
  leadsTo: ['send-overdue'],
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
    draft: z.string(),
  }),
  async run(context, { days, metric, audience, school }) {
    const sight = await schoolsInSight(context, ['area-leader', 'office', 'director']);
    const overdue = days !== undefined || metric === 'overdue';
    const rows = await overdueRows(context, sight, { overdue, days: days ?? 0, school: school ?? null });
    const all = rows.map((row) => ({ ...row, no: numberOf(context, row) }));
    const base = {
      overdue,
      days: days ?? 0,
      open: all.slice(0, SHOWN).map(({ no, school: at, text, due, late, state }) => ({
        ...{ no, school: at, text, due, late },
        state: toldState(state, no),
      })),
      more: Math.max(0, all.length - SHOWN),
      total: all.length,
      draft: '',
    };
    const office = isOfOffice(context.actor);
    if (all.length === 0) return { ...base, say: 'none' };
    if (audience !== 'area_leaders' || !office) return { ...base, say: 'list' };
    const { parts } = await byLeader(context, all);
    if (parts.length === 0) return { ...base, say: 'no-leader' };
    const lines = parts.map(({ leader, own }) => ({ id: leader.id, text: leader.name, count: own.length }));
    const row = new URLSearchParams({ days: String(days ?? 0), which: JSON.stringify(lines) });
    return { ...base, say: '', draft: `send-overdue?${row.toString()}` };
  },
});

interface Row {
  areaId: string;
  year: number | null;
  number: number | null;
  school: string;
  text: string;
  due: string;
  late: number;
  state: string;
}

/** What is open at these schools, or only what is past its day by more than so many. */
function overdueRows(
  context: ActContext,
  sight: readonly string[],
  of: { overdue: boolean; days: number; school: string | null },
): Promise<Row[]> {
  return context.tx.sql<Row>(
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
      of.overdue ? OPEN_STATES : [...OPEN_STATES, 'submitted', 'under_review'],
      context.today.toString(),
      of.school,
      of.overdue,
      of.days,
    ],
    'overdue-findings',
  );
}

/** Each area leader with what is overdue in her own area; `left`: how many are in areas that have none. */
async function byLeader<R extends { areaId: string }>(context: ActContext, rows: readonly R[]) {
  const parts: { leader: { id: string; name: string }; own: R[] }[] = [];
  let left = 0;
  for (const areaId of new Set(rows.map((row) => row.areaId))) {
    const own = rows.filter((row) => row.areaId === areaId);
    const leaders = await peopleWith(context, ['area-leader'], areaId);
    if (leaders.length === 0) left += own.length;
    for (const leader of leaders) parts.push({ leader, own });
  }
  return { parts, left };
}

/** 私发给各组长: each area leader gets what is overdue in her own area. */
export const sendOverdue = action({
  name: 'rectification.send-overdue',
  roles: OFFICE_ROLES,
  input: z.object({
    /** As a draft's row has it. */
    days: z.coerce.number().int().min(0).max(365),
    which: z.array(z.object({ id: z.uuid() })).min(1),
  }),
  result: z.object({ total: z.number(), leaders: z.array(z.string()), left: z.number() }),
  async run(context, { days, which }) {
    const sight = await schoolsInSight(context, OFFICE_ROLES);
    const rows = await overdueRows(context, sight, { overdue: true, days, school: null });
    const all = rows.map((row) => ({ ...row, no: numberOf(context, row) }));
    const { parts, left } = await byLeader(context, all);
    const meant = parts.filter(({ leader }) => which.some(({ id }) => id === leader.id));
    if (meant.length === 0) throw new AppError('rectification.none');
    for (const { leader, own } of meant)
      context.notify({
        personId: leader.id,
        key: 'rectification.overdue',
        data: {
          by: context.actor.name,
          days,
          total: own.length,
          open: own
            .slice(0, SHOWN)
            .map(({ no, school: at, text, due, late }) => ({ no, school: at, text, due, late })),
        },
        dedup: `overdue-${leader.id}-${own[0]?.areaId}-${context.now.getTime()}`,
      });
    await audit(context, [
      {
        action: 'overdue.sent',
        subject: 'office',
        subjectId: context.office.id,
        after: { leaders: meant.map(({ leader }) => leader.id), days },
      },
    ]);
    return {
      total: meant.reduce((sum, { own }) => sum + own.length, 0),
      leaders: meant.map(({ leader }) => leader.name),
      left,
    };
  },
});
