// Whom a notice is for: the choice as it is kept, who it means among the people in memory, and the same in SQL for those who plan it.
import { z } from 'zod';
import { OFFICE_ROLES, type Role } from '../act.ts';
import type { SchoolKind } from '../roster/file.ts';

/** Heads of schools are `principals`; the others are roles, or what stands between both. */
export const AUDIENCES = [
  'principals',
  'school-inspectors',
  'inspectors',
  'area-leaders',
  'office',
  'everyone',
  'overdue',
] as const;
/** Besides people: the groups and group robots that are named, whose members are theirs. */
const PLACES = 'groups';
/** Nobody but those who are named. */
const NAMED = 'people';
export type AudienceCode = (typeof AUDIENCES)[number] | typeof PLACES | typeof NAMED;

/** Named one by one; a card and a statement hold no more. */
export const MOST_SCHOOLS = 200;
export const MOST_PEOPLE = 200;

export const audience = z.strictObject({
  code: z.enum([...AUDIENCES, PLACES, NAMED]),
  /** School kinds; empty: all. */
  kinds: z.array(z.string()).max(10),
  /** Ids of areas; empty: all. */
  areas: z.array(z.uuid()).max(60),
  /** Ids of schools named one by one; empty: all. */
  schools: z.array(z.uuid()).max(MOST_SCHOOLS),
  /** Others beside them, in the same areas or at the same schools: "校长、园长,加上督学". */
  also: z.array(z.enum(AUDIENCES)).max(AUDIENCES.length).optional(),
  /** Ids of people named one by one, beside whomever the rest means. */
  people: z.array(z.uuid()).max(MOST_PEOPLE).optional(),
  /** Of `groups`: ids of groups, and of group robots, whose members nobody knows here. */
  groups: z.array(z.uuid()).max(20).optional(),
  robots: z.array(z.uuid()).max(20).optional(),
  /** The saved list that those schools and people were taken from. */
  list: z.uuid().optional(),
});
export type Audience = z.infer<typeof audience>;

/** A person as far as choosing receivers goes; the roster in memory has more. */
export interface Receiver {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaId: string | null;
  readonly schools: Readonly<
    Record<
      'inspector' | 'school-inspector' | 'principal',
      readonly { id: string; kind: SchoolKind; areaId: string }[]
    >
  >;
}

/** The role that an audience holds at a school; null: its people are chosen by role alone. */
const AT_SCHOOL = {
  principals: 'principal',
  overdue: 'principal',
  'school-inspectors': 'school-inspector',
  inspectors: 'inspector',
  'area-leaders': null,
  office: null,
  everyone: null,
  groups: null,
  people: null,
} as const satisfies Record<AudienceCode, keyof Receiver['schools'] | null>;

const ROLES_OF: Record<AudienceCode, readonly Role[]> = {
  principals: ['principal'],
  overdue: ['principal'],
  'school-inspectors': ['school-inspector'],
  inspectors: ['inspector'],
  'area-leaders': ['area-leader'],
  office: OFFICE_ROLES,
  everyone: [],
  groups: [],
  people: [],
};

/** Whether schools narrow the choice; an inspector without a school belongs to "all inspectors" all the same. */
const bySchool = ({ code, kinds, schools }: Audience) =>
  code === 'principals' || code === 'overdue' || kinds.length > 0 || schools.length > 0;

/** The people meant, in the roster's order; of groups none, for their members are their own (groups/members.ts). `overdue`: ids of the schools with a finding that is overdue today. */
export function membersOf<P extends Receiver>(
  people: readonly P[],
  chosen: Audience,
  overdue: ReadonlySet<string>,
): P[] {
  if (chosen.code === PLACES) return [];
  const named = chosen.people ?? [];
  const parts = partsOf(chosen);
  if (parts.length > 1 || named.length > 0) {
    const told = new Set(parts.flatMap((part) => membersOf(people, part, overdue)));
    return people.filter((person) => told.has(person) || named.includes(person.id));
  }
  const role = AT_SCHOOL[chosen.code];
  const inArea = (areaId: string | null) =>
    chosen.areas.length === 0 || (areaId !== null && chosen.areas.includes(areaId));
  const fits = (school: { id: string; kind: string; areaId: string }) =>
    inArea(school.areaId) &&
    (chosen.kinds.length === 0 || chosen.kinds.includes(school.kind)) &&
    (chosen.schools.length === 0 || chosen.schools.includes(school.id)) &&
    (chosen.code !== 'overdue' || overdue.has(school.id));
  return people.filter((person) => {
    if (role !== null && person.schools[role].some(fits)) return true;
    if (role === null && chosen.schools.length + chosen.kinds.length > 0)
      return Object.values(person.schools).flat().some(fits) && hasRole(person.roles, chosen.code);
    return !bySchool(chosen) && hasRole(person.roles, chosen.code) && inArea(person.areaId);
  });
}

/** The choice and those beside it, each by itself; kinds of schools narrow only the first. */
function partsOf({ also = [], people: _named, ...first }: Audience): Audience[] {
  return [first, ...also.map((code) => ({ ...first, code, kinds: [] }))];
}

function hasRole(roles: readonly Role[], code: AudienceCode): boolean {
  return code === 'everyone' || ROLES_OF[code].some((role) => roles.includes(role));
}

/**
 * The same choice over `p` (person), with `$1` the office, `$2` the day (date), `$3` the audience (jsonb): a condition.
 * The test of audiences holds both against each other.
 */
export function audienceSql(chosen: Audience): string {
  const asked = `p.office_id = $1 and p.active and $3::jsonb is not null and $2::date is not null`;
  if (chosen.code === PLACES)
    return `${asked} and p.id in (select m.person_id from group_member m join app_group g on g.id = m.group_id
      where m.until is null and g.office_id = $1
        and g.id in (select jsonb_array_elements_text(coalesce($3::jsonb->'groups', '[]'))::uuid))`;
  const named = `p.id in (select jsonb_array_elements_text($3::jsonb->'people')::uuid)`;
  return `${asked} and (${[...partsOf(chosen).map(choiceSql), ...(chosen.people ? [named] : [])].join(' or ')})`;
}

function choiceSql(chosen: Audience): string {
  if (chosen.code === NAMED) return 'false';
  const role = AT_SCHOOL[chosen.code];
  const area = (column: string) =>
    chosen.areas.length === 0
      ? 'true'
      : `${column} in (select jsonb_array_elements_text($3::jsonb->'areas')::uuid)`;
  const school = `exists (select 1 from assignment a join school s on s.id = a.school_id and s.active
    where a.person_id = p.id and a.since <= $2::date and (a.until is null or a.until > $2::date)
      and ${role === null ? 'true' : `a.role = '${role}'`} and ${area('s.area_id')}
      and ${chosen.kinds.length === 0 ? 'true' : `s.kind in (select jsonb_array_elements_text($3::jsonb->'kinds'))`}
      and ${chosen.schools.length === 0 ? 'true' : `s.id in (select jsonb_array_elements_text($3::jsonb->'schools')::uuid)`}
      and ${chosen.code === 'overdue' ? OVERDUE_SQL : 'true'})`;
  const roles =
    chosen.code === 'everyone'
      ? 'true'
      : `p.roles && array[${ROLES_OF[chosen.code].map((one) => `'${one}'`).join(', ')}]`;
  const byRole = `(${roles} and ${area('p.area_id')})`;
  if (role === null && chosen.schools.length + chosen.kinds.length > 0) return `(${school} and ${roles})`;
  if (role === null) return byRole;
  return bySchool(chosen) ? school : `(${school} or ${byRole})`;
}

/** States in which a school still owes what it was told to put right. */
const OWED = `('issued', 'acknowledged', 'planned', 'returned', 'reopened')`;
const OVERDUE_SQL = `exists (select 1 from finding f where f.school_id = s.id and f.state in ${OWED} and f.due_on < $2::date)`;

/** Ids of the schools that have something overdue, as one JSON array; `$2` the office, `$9` the day (store/turns.ts). */
export const OVERDUE_SCHOOLS_SQL = `(select coalesce(jsonb_agg(distinct f.school_id), '[]') from finding f
  where f.office_id = $2 and f.state in ${OWED} and f.due_on < $9::date)`;
