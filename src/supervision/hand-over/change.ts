// A school passes from one inspector to another, now or from a day to come: recusal asked first, and whoever is concerned hears of it.
import { z } from 'zod';
import { requireStanding } from '../access.ts';
import { action, OFFICE_ROLES } from '../act.ts';
import { handOver } from './move.ts';
import { arrange } from './planned.ts';

/** 把一中交给李秀英: from today on, or from `date`. Throws `assign.recused`, `assign.not-inspector`, `assign.same`, `assign.planned`. */
export const changeInspector = action({
  name: 'assign.change',
  roles: OFFICE_ROLES,
  says: ['now', 'planned'],
  input: z.object({ school: z.uuid(), person: z.string(), date: z.iso.date().optional() }),
  result: z.object({
    say: z.string(),
    school: z.string(),
    from: z.array(z.string()),
    to: z.string(),
    /** From which day on. */
    since: z.string(),
    open: z.number(),
    schools: z.number(),
    max: z.number(),
  }),
  async run(context, { school: schoolId, person: userId, date }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const today = context.today.toString();
    const of = { schoolId, userId };
    if (date !== undefined && date > today)
      return { say: 'planned', since: date, ...(await arrange(context, { ...of, date })) };
    return { say: 'now', since: today, ...(await handOver(context, of)) };
  },
});
