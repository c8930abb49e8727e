// The roster in memory, as the conversation wants it: read whole, once per `rosterVersion`, and never changed.
import { AppError } from '../../errors.ts';
import type { Store, Tx } from '../../store/store.ts';
import type { Role } from '../act.ts';
import { type AreaRow, currentRoster, officeById, type PersonRow, type SchoolRow } from './current.ts';
import { SCHOOL_ROLES, type SchoolKind, type SchoolRole, userKey } from './file.ts';

export interface LoadedSchool extends Readonly<Omit<SchoolRow, 'kind'>> {
  readonly kind: SchoolKind;
  readonly area: Readonly<AreaRow>;
}

export interface LoadedPerson extends Readonly<Omit<PersonRow, 'roles'>> {
  readonly roles: readonly Role[];
  /** Her active schools by the role she holds there today, by code. */
  readonly schools: Readonly<Record<SchoolRole, readonly LoadedSchool[]>>;
}

export interface LoadedRoster {
  readonly office: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly short: string;
    readonly region: string;
    readonly timeZone: string;
    /** As stored; `officeSettings` lays it over the defaults. */
    readonly settings: unknown;
  };
  readonly rosterVersion: number;
  readonly areas: readonly Readonly<AreaRow>[];
  /** Active schools, by code. */
  readonly schools: readonly LoadedSchool[];
  /** Active people, by user key. */
  readonly people: readonly LoadedPerson[];
  /** Also those that are inactive: records of the past name them. */
  readonly schoolById: ReadonlyMap<string, LoadedSchool>;
  readonly personById: ReadonlyMap<string, LoadedPerson>;
  /** The active person with this WeCom user id, in whatever case. */
  person(userId: string): LoadedPerson | undefined;
  /** Who holds a role at a school today, by user key. */
  holders(schoolId: string, role: SchoolRole): readonly LoadedPerson[];
  areaLeaders(areaId: string): readonly LoadedPerson[];
}

/** Reads one office's roster in one snapshot. Throws `act.not-found`. Cache it under `rosterVersion`. */
export function loadRoster(store: Store, officeId: string): Promise<LoadedRoster> {
  return store.transaction(async (tx) => {
    await tx.sql('set transaction isolation level repeatable read, read only');
    return loadRosterIn(tx, officeId);
  });
}

/** Reads it within a transaction that is open already, with what that has changed. */
export async function loadRosterIn(tx: Pick<Tx, 'sql'>, officeId: string): Promise<LoadedRoster> {
  const office = await officeById(tx, officeId);
  if (!office) throw new AppError('act.not-found', 'never', { what: 'office', id: officeId });
  const rows = await currentRoster(tx, officeId);
  const areaById = new Map(rows.areas.map((area) => [area.id, area]));
  const schoolById = new Map<string, LoadedSchool>();
  for (const school of rows.schools) {
    const area = areaById.get(school.areaId);
    // The foreign key promises the area; kinds come in through the roster's check only.
    if (area) schoolById.set(school.id, { ...school, kind: school.kind as SchoolKind, area });
  }
  const personById = new Map<string, LoadedPerson>();
  const held = new Map<string, Record<SchoolRole, LoadedSchool[]>>();
  for (const person of rows.people) {
    const schools = { inspector: [], 'school-inspector': [], principal: [] };
    held.set(person.id, schools);
    personById.set(person.id, { ...person, roles: person.roles as Role[], schools }); // checked on the way in
  }
  const holdersOf = new Map<string, LoadedPerson[]>();
  for (const { personId, schoolId, role } of rows.assignments) {
    const [person, school] = [personById.get(personId), schoolById.get(schoolId)];
    if (!person?.active || !school?.active) continue;
    held.get(personId)?.[role].push(school);
    const key = `${schoolId} ${role}`;
    holdersOf.set(key, [...(holdersOf.get(key) ?? []), person]);
  }
  for (const schools of held.values()) {
    for (const role of SCHOOL_ROLES) schools[role].sort((a, b) => order(a.code, b.code));
  }
  for (const people of holdersOf.values()) people.sort((a, b) => order(a.userKey, b.userKey));

  const people = [...personById.values()].filter((person) => person.active);
  const byKey = new Map(people.map((person) => [person.userKey, person]));
  const { rosterVersion, ...rest } = office;
  return {
    office: rest,
    rosterVersion,
    areas: rows.areas,
    schools: [...schoolById.values()].filter((school) => school.active),
    people,
    schoolById,
    personById,
    person: (userId) => byKey.get(userKey(userId)),
    holders: (schoolId, role) => holdersOf.get(`${schoolId} ${role}`) ?? [],
    areaLeaders: (areaId) =>
      people.filter((person) => person.areaId === areaId && person.roles.includes('area-leader')),
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
