// What is open: for a school what it owes, for an inspector what her schools owe her; nearest first.
import { z } from 'zod';
import { requireStanding } from '../access.ts';
import { action, type Role } from '../act.ts';
import { OPEN_STATES, toldState } from '../findings.ts';
import { noticeNo } from '../notices.ts';

const ROLES_HERE = ['principal', 'school-inspector', 'inspector', 'area-leader'] satisfies Role[];

/** 下一步还要交啥: what the school owes or the inspector must look at, nearest first; of one school when it is named. */
export const listRectifications = action({
  name: 'rectification.list',
  roles: ROLES_HERE,
  input: z.object({ school: z.uuid().optional() }),
  result: z.object({
    open: z.array(
      z.object({
        no: z.string(),
        school: z.string(),
        text: z.string(),
        due: z.string().nullable(),
        state: z.string(),
        overdue: z.boolean(),
      }),
    ),
    more: z.number(),
    principal: z.boolean(),
  }),
  async run(context, { school }) {
    const principal =
      context.actor.roles.includes('principal') || context.actor.roles.includes('school-inspector');
    if (school !== undefined) await requireStanding(context, school, ROLES_HERE);
    const rows = await context.tx.sql<{
      year: number | null;
      number: number | null;
      school: string;
      text: string;
      due: string | null;
      state: string;
    }>(
      `select n.year, n.number, s.name as school, f.text, f.due_on as due, f.state
       from finding f join school s on s.id = f.school_id left join rectification_notice n on n.id = f.notice_id
       where f.office_id = $1 and f.state = any($3::text[])
         and f.school_id in (select school_id from assignment where person_id = $2 and role = any($5::text[])
                             and since <= $4::date and (until is null or until > $4::date))
         and ($6::uuid is null or f.school_id = $6)
       order by f.due_on nulls last, f.id`,
      [
        context.office.id,
        context.actor.personId,
        [...OPEN_STATES, 'submitted', 'under_review'],
        context.today.toString(),
        principal ? ['principal', 'school-inspector'] : ['inspector'],
        school ?? null,
      ],
      'open-findings',
    );
    const shown = rows.slice(0, LIST_SHOWN);
    const today = context.today.toString();
    return {
      principal,
      more: rows.length - shown.length,
      open: shown.map((row) => ({
        no:
          row.number === null
            ? ''
            : noticeNo(context.office.settings['rect.numberPrefix'], row.year as number, row.number),
        school: row.school,
        text: row.text,
        due: row.due,
        state: row.number === null ? toldState(row.state, '') : row.state,
        overdue: row.due !== null && row.due < today && !['submitted', 'under_review'].includes(row.state),
      })),
    };
  },
});

/** Nothing that scrolls (VOICE, rule 1); what is longer becomes a file. */
const LIST_SHOWN = 6;
