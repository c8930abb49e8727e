// 还差哪几所: which schools are left this month, for an inspector, an area or the office.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { schoolsInSight } from './access.ts';
import { type ActContext, action, isOfOffice, type Role } from './act.ts';
import { readMonth, reportOf } from './month-report.ts';
import { monthText } from './months.ts';
import { plansOf } from './visit-plan.ts';

/**
 * 还差哪几所: what an inspector still owes in a month (this month unless told another); to an area leader her area, to the
 * office all of it or one area, and to both one inspector by name.
 */
export const pendingVisits = action({
  name: 'visit.pending',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({
    period: monthText.optional(),
    area: z.string().max(40).optional(),
    person: z.string().max(40).optional(),
  }),
  result: z.object({
    month: z.string(),
    left: z.array(z.string()),
    /** How many of them in each area, when the whole office was asked about. */
    byArea: z.array(z.object({ area: z.string(), count: z.number() })),
    total: z.number(),
    exempt: z.boolean(),
    /** Schools that owe none this month by the office's word. */
    exempted: z.array(z.string()),
    focus: z.string(),
    /** Whose schools these are: empty for her own. */
    whose: z.string(),
    /** One colleague was asked about; `whose` is a name of hers. */
    ofPerson: z.boolean(),
    /** What she herself plans among those left. */
    planned: z.array(z.object({ school: z.string(), date: z.string() })),
  }),
  async run(context, { period, area, person }) {
    const month = period ?? context.today.toPlainYearMonth().toString();
    const { whose, ofPerson = false, whole = false, mine } = await whoseSchools(context, { area, person });
    const [all, plans] = await Promise.all([
      readMonth(context.tx, context.office, month, context.today, [...mine]),
      plansOf(context, context.actor.personId),
    ]);
    const { schools, missed, exempt } = reportOf(all, {
      scope: 'own',
      name: '',
      has: ({ id }) => mine.has(id),
    });
    return {
      month,
      left: missed,
      byArea: whole ? await countByArea(context, missed) : [],
      total: schools,
      exempt: all.wholeExempt,
      exempted: exempt,
      focus: all.focus,
      whose,
      ofPerson,
      planned: plans.filter(({ school }) => missed.includes(school)),
    };
  },
});

async function whoseSchools(
  context: ActContext,
  { area, person }: { area?: string | undefined; person?: string | undefined },
): Promise<{ whose: string; ofPerson?: boolean; whole?: boolean; mine: ReadonlySet<string> }> {
  const { actor, office, tx, today } = context;
  const above = await schoolsInSight(context, ['area-leader', 'office', 'director']);
  if (person !== undefined && person !== 'self' && person !== actor.name) {
    if (above.length === 0) throw new AppError('act.not-allowed');
    const rows = await tx.sql<{ id: string }>(
      `select a.school_id as id from assignment a join person p on p.id = a.person_id
       where p.office_id = $1 and p.name = $2 and a.role = 'inspector' and a.since <= $3::date and (a.until is null or a.until > $3::date)
         and a.school_id = any($4::uuid[])`,
      [office.id, person, today.toString(), above],
      'whose-schools',
    );
    return { whose: person, ofPerson: true, mine: new Set(rows.map(({ id }) => id)) };
  }
  if (actor.roles.includes('inspector') && (person === 'self' || area === undefined || above.length === 0))
    return { whose: '', mine: new Set(await schoolsInSight(context, ['inspector'])) };
  const rows = await tx.sql<{ id: string; area: string }>(
    `select s.id, a.name as area from school s join area a on a.id = s.area_id where s.id = any($1::uuid[]) and a.code = $2`,
    [above, area ?? ''],
    'area-schools',
  );
  if (rows[0]) return { whose: rows[0].area, mine: new Set(rows.map(({ id }) => id)) };
  const whole = isOfOffice(actor);
  return { whose: whole ? office.name : 'area', whole, mine: new Set(above) };
}

function countByArea({ tx, office }: ActContext, schools: readonly string[]) {
  return tx.sql<{ area: string; count: number }>(
    `select ar.name as area, count(*)::int as count from school s join area ar on ar.id = s.area_id
     where s.office_id = $1 and s.active and s.name = any($2::text[]) group by ar.id, ar.name, ar.code order by length(ar.code), ar.code`,
    [office.id, schools],
    'left-by-area',
  );
}
