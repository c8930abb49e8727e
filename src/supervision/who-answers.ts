// 谁管哪所: who answers for a school, which schools somebody answers for, how an area and the office are divided (intent assign.list).
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { schoolsInSight } from './access.ts';
import { type ActContext, action, isOfOffice, type Role } from './act.ts';

const held = z.object({ name: z.string(), last: z.string().nullable() });

const result = z.object({
  /** `own`: the asker's schools; `person`: a colleague's; `school`: who answers for it; `area`: by inspector; `office`: by area. */
  kind: z.enum(['own', 'person', 'school', 'area', 'office']),
  /** The colleague, the school, the area or the office; empty for the asker's own. */
  name: z.string(),
  total: z.number(),
  schools: z.array(held),
  school: z
    .object({
      area: z.string(),
      leaders: z.array(z.string()),
      inspectors: z.array(z.string()),
      heads: z.array(z.string()),
      inSchool: z.array(z.string()),
    })
    .nullable(),
  /** A few areas have two. */
  leaders: z.array(z.string()),
  inspectors: z.array(z.object({ name: z.string(), schools: z.array(z.string()), count: z.number() })),
  areas: z.array(
    z.object({ name: z.string(), leaders: z.array(z.string()), inspectors: z.number(), schools: z.number() }),
  ),
  /** Hand-overs arranged for a day to come, of her schools (`out`), to her (`in`), or of the school asked about (`out`). */
  coming: z.array(
    z.object({ school: z.string(), since: z.string(), other: z.string(), way: z.enum(['in', 'out']) }),
  ),
  /** Active schools that no inspector answers for. */
  without: z.array(z.string()),
});
type Result = z.infer<typeof result>;

const NOTHING: Result = {
  ...{ kind: 'own', name: '', total: 0, schools: [], school: null, leaders: [] },
  ...{ inspectors: [], areas: [], coming: [], without: [] },
};

const STAFF: readonly Role[] = ['inspector', 'area-leader', 'office', 'director'];

/**
 * 我的学校 · 东关小学归谁管 · 李秀英管哪几所 · 三区有哪些学校. Who answers for a school stands on the sign at its gate (2013 Measures, 挂牌督导), so
 * anybody of the office's roster may ask it of any school; how inspectors and areas share the schools is for those who supervise.
 * The office, which has no schools of its own, is told its areas. Throws `act.not-found` for a school of elsewhere.
 */
export const whoAnswers = action({
  name: 'assign.list',
  roles: ['inspector', 'area-leader', 'principal', 'school-inspector', 'office', 'director'] satisfies Role[],
  input: z.object({
    school: z.uuid().optional(),
    /** A name of the roster, or `self`. */
    person: z.string().max(40).optional(),
    /** An area's code; what is no area's is passed over. */
    area: z.string().max(40).optional(),
  }),
  result,
  async run(context, { school, person, area }): Promise<Result> {
    const { roles, name } = context.actor;
    if (school !== undefined) return ofSchool(context, school);
    const staff = roles.some((role) => STAFF.includes(role));
    if (staff && person !== undefined && person !== 'self' && person !== name)
      return ofPerson(context, person);
    const [named] = staff && area !== undefined ? await areasOf(context, area) : [];
    if (named) return ofArea(context, named);
    if (isOfOffice({ roles }) && !roles.includes('inspector')) return ofOffice(context);
    return ofHerself(context);
  },
});

async function ofHerself(context: ActContext): Promise<Result> {
  const mine = await schoolsInSight(context, ['inspector', 'principal', 'school-inspector']);
  const [only, ...more] = mine;
  // A head who asks after his school means who comes from the office.
  const atSchool = context.actor.roles.every((role) => role === 'principal' || role === 'school-inspector');
  if (atSchool && only !== undefined && more.length === 0) return ofSchool(context, only);
  const [schools, coming] = await Promise.all([
    lastVisits(context, mine),
    comingTo(context, { personId: context.actor.personId, schools: mine }),
  ]);
  return { ...NOTHING, schools, total: schools.length, coming };
}

async function ofPerson(context: ActContext, name: string): Promise<Result> {
  const rows = await context.tx.sql<{ id: string }>(
    `select distinct a.school_id as id from assignment a join person p on p.id = a.person_id
     where p.office_id = $1 and p.active and p.name = $2 and a.role = 'inspector' and ${TODAYS}`,
    [context.office.id, name, context.today.toString()],
    'schools-of-person',
  );
  const ids = rows.map(({ id }) => id);
  const schools = await lastVisits(context, ids);
  const people = await context.tx.sql<{ id: string }>(
    `select id from person where office_id = $1 and active and name = $2 and 'inspector' = any(roles)`,
    [context.office.id, name],
    'inspectors-named',
  );
  const coming = await Promise.all(people.map(({ id }) => comingTo(context, { personId: id, schools: ids })));
  return { ...NOTHING, kind: 'person', name, schools, total: schools.length, coming: coming.flat() };
}

/** What is arranged about a person: which of these schools she gives away and which others come to her, the nearest day first. */
function comingTo(
  { tx, office, today }: ActContext,
  of: { personId: string | null; schools: readonly string[] },
): Promise<Result['coming']> {
  return tx.sql(
    `select s.name as school, h.from_on as since, case when h.to_id = $2 then 'in' else 'out' end as way,
            case when h.to_id = $2 then coalesce((select p.name from assignment a join person p on p.id = a.person_id
              where a.school_id = s.id and a.role = 'inspector' and p.id <> $2 and a.since <= $4::date
                and (a.until is null or a.until > $4::date) order by p.user_key limit 1), '') else t.name end as other
     from hand_over h join school s on s.id = h.school_id join person t on t.id = h.to_id
     where h.office_id = $1 and h.state = 'planned' and (h.to_id = $2 or h.school_id = any($3::uuid[]))
     order by h.from_on, s.code`,
    [office.id, of.personId, of.schools, today.toString()],
    'hand-overs-of',
  );
}

const TODAYS = `a.since <= $3::date and (a.until is null or a.until > $3::date)`;

function lastVisits({ tx, office }: ActContext, ids: readonly string[]): Promise<Result['schools']> {
  return tx.sql(
    `select s.name, (select max(v.visited_on) from visit v where v.school_id = s.id and v.state <> 'voided') as last
     from school s where s.office_id = $1 and s.active and s.id = any($2::uuid[]) order by s.code`,
    [office.id, ids],
    'schools-with-last-visit',
  );
}

async function ofSchool(context: ActContext, id: string): Promise<Result> {
  const { tx, office, today } = context;
  const [row] = await tx.sql<{ name: string } & NonNullable<Result['school']>>(
    `select s.name, ar.name as area, ${LEADERS} as leaders, ${HOLDING('inspector')} as inspectors,
            ${HOLDING('principal')} as heads, ${HOLDING('school-inspector')} as "inSchool"
     from school s join area ar on ar.id = s.area_id where s.id = $2 and s.office_id = $1 and s.active`,
    [office.id, id, today.toString()],
    'who-answers-for-school',
  );
  if (!row) throw new AppError('act.not-found', 'never', { what: 'school' });
  const { name, ...school } = row;
  const coming = await comingTo(context, { personId: null, schools: [id] });
  return { ...NOTHING, kind: 'school', name, school, total: 1, coming };
}

/** Of the area `ar`. */
const LEADERS = `array(select p.name from person p
  where p.office_id = $1 and p.active and p.area_id = ar.id and 'area-leader' = any(p.roles) order by p.user_key)`;

const HOLDING = (role: Role) => `array(select p.name from assignment a join person p on p.id = a.person_id
  where a.school_id = s.id and a.role = '${role}' and p.active and ${TODAYS} order by p.user_key)`;

interface Area {
  id: string;
  name: string;
  leaders: string[];
}

function areasOf({ tx, office }: ActContext, code: string): Promise<Area[]> {
  return tx.sql(
    `select ar.id, ar.name, ${LEADERS} as leaders from area ar where ar.office_id = $1 and ar.code = $2`,
    [office.id, code],
    'area-by-code',
  );
}

async function ofArea({ tx, office, today }: ActContext, { id, name, leaders }: Area): Promise<Result> {
  const schools = await tx.sql<{ name: string; inspectors: string[] }>(
    `select s.name, ${HOLDING('inspector')} as inspectors from school s
     where s.office_id = $1 and s.area_id = $2 and s.active order by s.code`,
    [office.id, id, today.toString()],
    'area-shared-out',
  );
  const of = new Map<string, string[]>();
  for (const school of schools)
    for (const inspector of school.inspectors) of.set(inspector, [...(of.get(inspector) ?? []), school.name]);
  return {
    ...NOTHING,
    ...{ kind: 'area', name, leaders, total: schools.length },
    inspectors: [...of].map(([one, names]) => ({ name: one, schools: names, count: names.length })),
    without: schools.filter(({ inspectors }) => inspectors.length === 0).map((school) => school.name),
  };
}

async function ofOffice({ tx, office, today }: ActContext): Promise<Result> {
  const areas = await tx.sql<Result['areas'][number] & { without: string[] }>(
    `select ar.name, ${LEADERS} as leaders, count(s.id)::int as schools,
            (select count(distinct a.person_id)::int from assignment a join school o on o.id = a.school_id and o.active
               join person p on p.id = a.person_id and p.active
             where o.area_id = ar.id and a.role = 'inspector' and ${TODAYS}) as inspectors,
            coalesce(array_agg(s.name order by s.code) filter (where s.id is not null and not exists (
              select 1 from assignment a join person p on p.id = a.person_id and p.active
              where a.school_id = s.id and a.role = 'inspector' and ${TODAYS})), '{}') as without
     from area ar left join school s on s.area_id = ar.id and s.active
     where ar.office_id = $1 and $2::uuid is not null group by ar.id, ar.name, ar.code order by length(ar.code), ar.code`,
    [office.id, office.id, today.toString()],
    'office-shared-out',
  );
  return {
    ...NOTHING,
    ...{ kind: 'office', name: office.name },
    total: areas.reduce((sum, area) => sum + area.schools, 0),
    areas: areas.map(({ name, leaders, inspectors, schools }) => ({ name, leaders, inspectors, schools })),
    without: areas.flatMap((area) => area.without),
  };
}
