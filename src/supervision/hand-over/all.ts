// All schools of one inspector to another in one sentence: listed as a draft with what keeps some of them back, then handed over,
// today or on a day to come; each person hears once.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { requireStanding } from '../access.ts';
import { type ActContext, action, OFFICE_ROLES } from '../act.ts';
import { recusalReason } from '../roster/recusals.ts';
import { carryOut, type Moved } from './move.ts';
import { type Arranged, tellArranged, writeDown } from './planned.ts';
import { tell } from './tell.ts';

const LEFT = z.array(z.object({ school: z.string(), why: z.enum(['recused', 'planned']) }));

interface Held {
  id: string;
  school: string;
  open: number;
  planned: boolean;
}

/** The schools that an inspector has today, with what is open there and whether a hand-over is arranged. */
function schoolsOf({ tx, office, today }: ActContext, userId: string): Promise<Held[]> {
  return tx.sql<Held>(
    `select s.id, s.name as school,
            (select count(*)::int from finding f where f.school_id = s.id
               and f.state not in ('closed', 'withdrawn', 'voided', 'fixed', 'sent_back')) as open,
            exists (select from hand_over h where h.school_id = s.id and h.state = 'planned') as planned
     from assignment a join person p on p.id = a.person_id join school s on s.id = a.school_id and s.active
     where p.office_id = $1 and p.user_key = lower($2) and a.role = 'inspector' and a.since <= $3::date
       and (a.until is null or a.until > $3::date) order by s.code`,
    [office.id, userId, today.toString()],
    'schools-to-hand-over',
  );
}

/** The person, and how many schools she has and will have by what is arranged. */
async function inspector({ tx, office }: ActContext, userId: string) {
  const [row] = await tx.sql<{ id: string; name: string; held: number }>(
    `select p.id, p.name, (select count(distinct school_id)::int from (
       select a.school_id from assignment a where a.person_id = p.id and a.role = 'inspector' and a.until is null
       union select h.school_id from hand_over h where h.to_id = p.id and h.state = 'planned') x) as held
     from person p where p.office_id = $1 and p.user_key = lower($2) and p.active`,
    [office.id, userId],
    'hand-over-person',
  );
  if (!row) throw new AppError('act.not-found', 'never', { what: 'person' });
  return row;
}

export const toHandAll = action({
  name: 'assign.to-hand-all',
  roles: OFFICE_ROLES,
  leadsTo: ['assign-all-step'],
  says: ['none'],
  input: z.object({ people: z.object({ from: z.string(), to: z.string() }), date: z.iso.date().optional() }),
  result: z.object({ say: z.string(), from: z.string(), to: z.string(), left: LEFT, draft: z.string() }),
  async run(context, { people, date }) {
    const [from, to] = [await inspector(context, people.from), await inspector(context, people.to)];
    const where = { officeId: context.office.id, personId: to.id, today: context.today.toString() };
    const [lines, left]: [Held[], z.infer<typeof LEFT>] = [[], []];
    for (const one of from.id === to.id ? [] : await schoolsOf(context, people.from)) {
      const why = one.planned
        ? 'planned'
        : (await recusalReason(context.tx, { ...where, schoolId: one.id })) !== null
          ? 'recused'
          : null;
      if (why) left.push({ school: one.school, why });
      else lines.push(one);
    }
    const base = { from: from.name, to: to.name, left };
    if (lines.length === 0) return { ...base, say: 'none', draft: '' };
    const max = context.office.settings['assign.schoolsPerInspectorMax'];
    const row = new URLSearchParams({
      person: people.to,
      which: JSON.stringify(
        // What the card says of all of them stands with each, so that any of them may be dropped.
        lines.map(({ id, school, open }) => ({
          id,
          text: school,
          open,
          from: from.name,
          held: to.held,
          max,
          left,
        })),
      ),
      ...(date ? { date } : {}),
    });
    return { ...base, say: '', draft: `assign-all-step?${row.toString()}` };
  },
});

export const handAll = action({
  name: 'assign.hand-all',
  roles: OFFICE_ROLES,
  says: ['now', 'planned'],
  input: z.object({
    person: z.string(),
    which: z
      .array(z.object({ id: z.uuid() }))
      .min(1)
      .max(60),
    date: z.iso.date().optional(),
  }),
  result: z.object({
    say: z.string(),
    to: z.string(),
    schools: z.array(z.string()),
    since: z.string(),
    open: z.number(),
    held: z.number(),
    max: z.number(),
  }),
  async run(context, { person: userId, which, date }) {
    const today = context.today.toString();
    const later = date !== undefined && date > today ? date : null;
    const moved: Moved[] = [];
    const arranged: Arranged[] = [];
    // In one order, so that two who hand over the same schools at once do not wait for each other in a ring.
    for (const schoolId of which.map(({ id }) => id).sort()) {
      await requireStanding(context, schoolId, OFFICE_ROLES);
      const of = { schoolId, userId };
      if (later) arranged.push(await writeDown(context, { ...of, date: later }));
      else moved.push(await carryOut(context, of));
    }
    await tell(context, moved);
    await tellArranged(context, arranged);
    const to = await inspector(context, userId);
    return {
      ...{ say: later ? 'planned' : 'now', to: to.name, since: later ?? today },
      schools: [...arranged, ...moved].map(({ school }) => school),
      open: moved.reduce((sum, one) => sum + one.open.length, 0),
      ...{ held: to.held, max: context.office.settings['assign.schoolsPerInspectorMax'] },
    };
  },
});
