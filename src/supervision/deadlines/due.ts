// What is to be said today: the open deadlines with rules whose day came, the words that name each, and who can be told.
import { noticeNo } from '../notices.ts';
import type { DueDeadline, Reachable } from './digest.ts';
import { DEADLINE_KINDS, isInstant, type SubjectType } from './kinds.ts';
import { partsOf } from './policy.ts';
import type { Reckoning } from './reconcile.ts';
import { nudgeDaySql, workedDays } from './workdays.ts';

/** SQL per subject of a deadline `d`: the year and number of its notice, its own words, and its place among its like. */
const ABOUT: Record<SubjectType, string> = {
  school: `select null::int as year, null::int as number, '' as text, 0 as ordinal`,
  finding: `select n.year, n.number, f.text, f.ordinal from finding f left join rectification_notice n on n.id = f.notice_id
    where f.id = d.subject_id`,
  notice: `select n.year, n.number, '', 0 from rectification_notice n where n.id = d.subject_id`,
  emergency: `select null::int, null::int, e.text, 0 from emergency e where e.id = d.subject_id`,
};

const about = Object.entries(ABOUT)
  .map(([subject, sql]) => `select * from (${sql}) a where d.subject_type = '${subject}'`)
  .join('\n  union all ');

const TAKE = `
with rule (kind, place, unit, n) as (select * from unnest($3::text[], $4::int[], $5::text[], $6::int[])),
open as materialized (select * from deadline where office_id = $1 and state = 'open' and kind = any($3::text[])),
moment as materialized (
  select m.kind, m.due_on, r.place, ${nudgeDaySql('m.due_on', 'r.unit', 'r.n', '$7::date[]')} as day
  from (select distinct kind, due_on from open) m join rule r on r.kind = m.kind),
taken as materialized (
  select o.office_id, o.kind, o.subject_id, o.period, array_agg(m.place order by m.place) as rules
  from open o join moment m on m.kind = o.kind and m.due_on = o.due_on and m.day > o.settled_on and m.day <= $2::date
  group by 1, 2, 3, 4)
`;

/** The words of what was `taken`. */
const NAMED = `
select d.kind, d.subject_id as "subjectId", d.period, d.school_id as "schoolId", coalesce(s.name, '') as school,
       s.area_id as "areaId", d.owner_id as "ownerId", d.due_on as "dueOn", t.rules, a.year, a.number, a.text
from taken t join deadline d using (office_id, kind, subject_id, period)
left join school s on s.id = d.school_id
left join lateral (${about}) a on true
order by d.due_on, s.code, a.ordinal`;

/** What a person was to be told by these decisions, as far as it is owed as it was then: what was moved or settled since is not. */
const AGAIN = `
with rule (kind, place, at) as (select * from unnest($3::text[], $4::int[], $5::text[])),
taken as materialized (
  select d.office_id, d.kind, d.subject_id, d.period, array_agg(r.place order by r.place) as rules
  from nudge n
  join deadline d on d.office_id = n.office_id and d.kind = n.kind and d.subject_id = n.subject_id and d.period = n.period
    and d.state = 'open' and d.due_on = n.due_on
  join rule r on r.kind = n.kind and r.at = n.at
  where n.office_id = $1 and n.person_id = $2 and n.told = any($6::text[])
  group by 1, 2, 3, 4)
`;

type Row = Omit<DueDeadline, 'no'> & { year: number | null; number: number | null };
const named = (rows: readonly Row[], numberPrefix: string): DueDeadline[] =>
  rows.map(({ year, number, text, ...row }) => ({
    ...row,
    text: text ?? '',
    no: year === null || number === null ? '' : noticeNo(numberPrefix, year, number),
  }));

/** What is still to be said of what this person was to be told under these keys. */
export async function takeAgain(
  of: Reckoning,
  { person, keys }: { person: string; keys: readonly string[] },
  numberPrefix: string,
): Promise<DueDeadline[]> {
  const rules = DEADLINE_KINDS.flatMap((kind) =>
    of.policy[kind].nudges.map(({ at }, place) => ({ kind, place, at })),
  );
  const rows = await of.tx.sql<Row>(
    AGAIN + NAMED,
    [
      ...[of.officeId, person],
      rules.map(({ kind }) => kind),
      rules.map(({ place }) => place),
      rules.map(({ at }) => at),
      keys,
    ],
    'plan-again',
  );
  return named(rows, numberPrefix);
}

/** Open deadlines with a nudge whose day has come since they were settled last. Reads only: the caller settles them in the same transaction. */
export async function takeDue(of: Reckoning, numberPrefix: string): Promise<DueDeadline[]> {
  const rules = DEADLINE_KINDS.filter((kind) => !isInstant(kind)).flatMap((kind) =>
    of.policy[kind].nudges.map(({ at }, place) => ({ kind, place, parts: partsOf(at) })),
  );
  const rows = await of.tx.sql<Row>(
    TAKE + NAMED,
    [
      of.officeId,
      of.today.toString(),
      rules.map(({ kind }) => kind),
      rules.map(({ place }) => place),
      rules.map(({ parts: [unit] }) => unit),
      rules.map(({ parts: [, count] }) => count),
      workedDays(of.today, of.calendar),
    ],
    'plan-take',
  );
  return named(rows, numberPrefix);
}

/** Everything that was to be said of these up to today was said. */
export async function settle(of: Reckoning, deadlines: readonly DueDeadline[]): Promise<void> {
  await of.tx.sql(
    `update deadline d set settled_on = $2
     from unnest($3::text[], $4::uuid[], $5::text[]) as t(kind, subject_id, period)
     where d.office_id = $1 and d.kind = t.kind and d.subject_id = t.subject_id and d.period = t.period`,
    [
      of.officeId,
      of.today.toString(),
      deadlines.map(({ kind }) => kind),
      deadlines.map(({ subjectId }) => subjectId),
      deadlines.map(({ period }) => period),
    ],
    'plan-settle',
  );
}

/** What is asked about a deadline to know whom to tell. */
type Owed = Pick<DueDeadline, 'kind' | 'period' | 'schoolId' | 'ownerId' | 'rules'>;

export interface Reach {
  people: Reachable[];
  /** The inspectors of each school. */
  inspectors: ReadonlyMap<string, readonly string[]>;
  /** `<owner> <month>` of those who have visited one of their schools. */
  visited: ReadonlySet<string>;
}

/** Whoever may have to hear of these deadlines. */
export async function reachOf(of: Reckoning, deadlines: readonly Owed[]): Promise<Reach> {
  const schools = [...new Set(deadlines.flatMap(({ schoolId }) => schoolId ?? []))];
  const owners = [...new Set(deadlines.flatMap(({ ownerId }) => ownerId ?? []))];
  const today = of.today.toString();
  const held = await of.tx.sql<{ schoolId: string; personId: string }>(
    `select school_id as "schoolId", person_id as "personId" from assignment
     where school_id = any($1::uuid[]) and role = 'inspector' and since <= $2::date and (until is null or until > $2::date)`,
    [schools, today],
    'plan-inspectors',
  );
  const people = await of.tx.sql<Reachable>(
    `select id, user_id as "userId", name, roles, area_id as "areaId" from person
     where office_id = $1 and active and (roles && '{area-leader,office,director}' or id = any($2::uuid[]))
     order by user_key`,
    [of.officeId, [...owners, ...held.map(({ personId }) => personId)]],
    'plan-people',
  );
  const inspectors = new Map<string, string[]>();
  for (const { schoolId, personId } of held)
    inspectors.set(schoolId, [...(inspectors.get(schoolId) ?? []), personId]);
  return { people, inspectors, visited: await visitedBy(of, deadlines) };
}

/** Asked only when a rule of today wants to know. */
async function visitedBy(of: Reckoning, deadlines: readonly Owed[]): Promise<Set<string>> {
  const asked = deadlines.filter(({ kind, rules }) => rules.some((at) => of.policy[kind].nudges[at]?.when));
  if (asked.length === 0) return new Set();
  const rows = await of.tx.sql<{ owner: string; month: string }>(
    `select distinct a.person_id as owner, to_char(v.visited_on, 'YYYY-MM') as month
     from assignment a join visit v on v.school_id = a.school_id and v.state <> 'voided' and v.visited_on >= $2::date
     where a.person_id = any($1::uuid[]) and a.role = 'inspector' and (a.until is null or a.until > $3::date)`,
    [
      [...new Set(asked.flatMap(({ ownerId }) => ownerId ?? []))],
      `${asked.map(({ period }) => period).sort()[0]}-01`,
      of.today.toString(),
    ],
    'plan-visited',
  );
  return new Set(rows.map(({ owner, month }) => `${owner} ${month}`));
}
