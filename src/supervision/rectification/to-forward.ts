// 待转办: what waits for the office to hand it to a department, and which letters wait for their answer.
import { z } from 'zod';
import { schoolsInSight } from '../access.ts';
import { action, OFFICE_ROLES } from '../act.ts';
import { letterNo, MAY_CONSULT } from './letters.ts';

/** Nothing that scrolls (VOICE, rule 1). */
const SHOWN = 5;

export const listToForward = action({
  name: 'rectification.to-forward',
  roles: OFFICE_ROLES,
  says: ['list', 'none'],
  input: z.object({}),
  result: z.object({
    say: z.string(),
    waiting: z.array(
      z.object({
        schoolId: z.string(),
        school: z.string(),
        text: z.string(),
        since: z.string(),
        by: z.string(),
      }),
    ),
    asked: z.array(
      z.object({
        no: z.string(),
        school: z.string(),
        department: z.string(),
        due: z.string(),
        late: z.number(),
      }),
    ),
    moreWaiting: z.number(),
    moreAsked: z.number(),
  }),
  async run(context) {
    const sight = await schoolsInSight(context, OFFICE_ROLES);
    const waiting = await context.tx.sql<{
      schoolId: string;
      school: string;
      text: string;
      since: string;
      by: string;
    }>(
      `select s.id as "schoolId", s.name as school, f.text, v.visited_on as since, p.name as by
       from finding f join school s on s.id = f.school_id join visit v on v.id = f.visit_id join person p on p.id = v.inspector_id
       where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.disposition = 'complex' and f.state = any($3::text[])
         and not exists (select from consultation c where c.finding_id = f.id and c.state = 'asked')
       order by v.visited_on, f.id`,
      [context.office.id, sight, MAY_CONSULT],
      'to-forward',
    );
    const letters = await context.tx.sql<{
      year: number;
      number: number;
      school: string;
      department: string;
      due: string;
      late: number;
    }>(
      `select c.year, c.number, s.name as school, c.department, c.due_on as due, greatest(0, $3::date - c.due_on) as late
       from consultation c join finding f on f.id = c.finding_id join school s on s.id = f.school_id
       where c.office_id = $1 and c.state = 'asked' and s.id = any($2::uuid[]) order by c.due_on, c.number`,
      [context.office.id, sight, context.today.toString()],
      'letters-waiting',
    );
    const asked = letters.map(({ year, number, ...rest }) => ({
      no: letterNo(context, { year, number }),
      ...rest,
    }));
    return {
      say: waiting.length + asked.length === 0 ? 'none' : 'list',
      waiting: waiting.slice(0, SHOWN),
      asked: asked.slice(0, SHOWN),
      moreWaiting: Math.max(0, waiting.length - SHOWN),
      moreAsked: Math.max(0, asked.length - SHOWN),
    };
  },
});
