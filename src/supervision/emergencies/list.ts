// The emergencies that are not over: the office sees all of its own, everybody else those that concern her.
import { z } from 'zod';
import { schoolsInSight } from '../access.ts';
import { action, isOfOffice, ROLES } from '../act.ts';
import { clockTime } from './stored.ts';

/** Closed ones wait for the office's look, so they stand in the office's list until it was had. */
const MOST = 10;

export const listEmergencies = action({
  name: 'emergency.list',
  roles: ROLES,
  input: z.object({}),
  result: z.object({
    open: z.array(
      z.object({
        school: z.string(),
        on: z.string(),
        time: z.string(),
        text: z.string(),
        state: z.string(),
        by: z.string(),
        reported: z.boolean(),
      }),
    ),
    total: z.number(),
  }),
  async run(context) {
    const { tx, office, actor } = context;
    const rows = await tx.sql<{
      school: string;
      raisedAt: Date;
      on: string;
      text: string;
      state: string;
      by: string;
      reported: boolean;
      total: number;
    }>(
      `select coalesce(s.name, '') as school, e.raised_at as "raisedAt", to_char(e.raised_at at time zone $5, 'YYYY-MM-DD') as on,
              e.text, e.state, p.name as by, e.reported_at is not null as reported, count(*) over ()::int as total
       from emergency e join person p on p.id = e.raised_by left join school s on s.id = e.school_id
       where e.office_id = $1 and e.state not in ('reviewed', 'called_off')
         and ($2::boolean or e.state <> 'closed' and (e.raised_by = $3 or e.school_id = any($4::uuid[])
           or exists (select from emergency_person t where t.emergency_id = e.id and t.person_id = $3)))
       order by e.raised_at desc limit ${MOST}`,
      [office.id, isOfOffice(actor), actor.personId, await schoolsInSight(context), office.timeZone],
      'emergency-list',
    );
    return {
      open: rows.map(({ raisedAt, total: _, ...row }) => ({ ...row, time: clockTime(context, raisedAt) })),
      total: rows[0]?.total ?? 0,
    };
  },
});
