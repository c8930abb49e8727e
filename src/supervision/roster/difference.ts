// What an import has to change: a roster laid beside the rows that stand, compared in memory, written down as rows to put.
import { newId } from '../../store/ids.ts';
import type { AreaRow, AssignmentRow, CurrentRoster, PersonRow, RecusalRow, SchoolRow } from './current.ts';
import { type Roster, type RosterPerson, type RosterRecusal, schoolsByRole, userKey } from './file.ts';

/** Seals phones for keeping and opens them for comparing and export (AES-GCM under APP_SECRET; store/seal.ts). */
export interface Sealer {
  seal(text: string): string;
  open(sealed: string): string;
}

export type ChangeKind = 'office' | 'area' | 'school' | 'person' | 'assignment' | 'recusal';

/** One change, for a dry run to show and for the audit: `key` is a code, a user id, or `user id → code (role)`. */
export interface Change {
  kind: ChangeKind;
  what: 'created' | 'changed' | 'ended';
  key: string;
  id: string;
  schoolId: string | null;
  before: object | null;
  after: object | null;
}

export interface Difference {
  changes: Change[];
  unchanged: Record<ChangeKind, number>;
  /** Rows as they shall be, new and changed ones alike. */
  put: { areas: AreaRow[]; schools: SchoolRow[]; people: PersonRow[] };
  begin: AssignmentRow[];
  /** Ids of assignments that are over. */
  end: string[];
  recuse: RecusalRow[];
  /** Ids of recusals that hold no more. */
  admit: string[];
}

/** `current` is what stands; people and schools that the roster no longer names become inactive, never deleted. */
export function difference(roster: Roster, current: CurrentRoster, sealer: Sealer): Difference {
  const found: Difference = {
    changes: [],
    unchanged: { office: 0, area: 0, school: 0, person: 0, assignment: 0, recusal: 0 },
    put: { areas: [], schools: [], people: [] },
    begin: [],
    end: [],
    recuse: [],
    admit: [],
  };
  const areaIds = putAreas(roster, current, found);
  const schools = putSchools(roster, current, areaIds, found);
  const people = putPeople(roster, current, areaIds, sealer, found);
  putAssignments(roster, current, { schools, people }, found);
  if (roster.recusals) putRecusals(roster.recusals, current, { schools, people }, found);
  return found;
}

function putAreas(roster: Roster, current: CurrentRoster, found: Difference): Map<string, string> {
  const before = byKey(current.areas, (area) => area.code);
  const ids = new Map<string, string>();
  for (const { code, name, town = '' } of roster.areas) {
    const old = before.get(code);
    const row = { id: old?.id ?? newId(), code, name, town };
    ids.set(code, row.id);
    if (note(found, 'area', code, old, row)) found.put.areas.push(row);
  }
  return ids;
}

function putSchools(roster: Roster, current: CurrentRoster, areaIds: Map<string, string>, found: Difference) {
  const before = byKey(current.schools, (school) => school.code);
  const ids = new Map<string, string>();
  for (const school of roster.schools) {
    const old = before.get(school.code);
    const row: SchoolRow = {
      id: old?.id ?? newId(),
      code: school.code,
      name: school.name,
      kind: school.kind,
      areaId: areaIds.get(school.area) ?? '', // the check has seen that every area is there
      town: school.town ?? '',
      aliases: school.aliases,
      latitude: school.lat ?? null,
      longitude: school.lng ?? null,
      students: school.students ?? null,
      isPrivate: school.private ?? false,
      active: true,
    };
    ids.set(school.code, row.id);
    if (note(found, 'school', school.code, old, row)) found.put.schools.push(row);
  }
  const closed = current.schools.filter((school) => school.active && !ids.has(school.code));
  for (const old of closed) {
    found.put.schools.push({ ...old, active: false });
    found.changes.push(change('school', 'ended', old.code, old.id, { active: true }, { active: false }));
  }
  return ids;
}

function putPeople(
  roster: Roster,
  current: CurrentRoster,
  areaIds: Map<string, string>,
  sealer: Sealer,
  found: Difference,
) {
  const before = byKey(current.people, (person) => person.userKey);
  const ids = new Map<string, string>();
  for (const person of roster.people) {
    const key = userKey(person.userid);
    const old = before.get(key);
    const row: PersonRow = {
      id: old?.id ?? newId(),
      userId: person.userid,
      userKey: key,
      name: person.name,
      roles: person.roles,
      areaId: person.area === undefined ? null : (areaIds.get(person.area) ?? null),
      phoneSealed: sealedPhone(person, old, sealer),
      inspectorKind: person.inspectorKind ?? null,
      credentialNo: person.credentialNo ?? null,
      credentialUntil: person.credentialUntil ?? null,
      appointedOn: person.appointedOn ?? null,
      term: person.term ?? null,
      active: (old?.leftWhy ?? null) === null,
      leftWhy: old?.leftWhy ?? null,
    };
    ids.set(key, row.id);
    if (note(found, 'person', person.userid, old, row)) found.put.people.push(row);
  }
  // Whoever had left the platform leaves the roster too: her return there would not bring her back here.
  const gone = current.people.filter(
    (person) => (person.active || person.leftWhy !== null) && !ids.has(person.userKey),
  );
  for (const old of gone) {
    found.put.people.push({ ...old, active: false, leftWhy: null });
    found.changes.push(
      change('person', 'ended', old.userId, old.id, { active: old.active }, { active: false }),
    );
  }
  return ids;
}

/** The same phone keeps its old seal: sealed twice it would look different each time. */
function sealedPhone(person: RosterPerson, old: PersonRow | undefined, sealer: Sealer): string | null {
  const kept = old?.phoneSealed ?? null;
  if (person.phone === undefined) return kept;
  if (person.phone === '') return null;
  return kept !== null && opened(kept, sealer) === person.phone ? kept : sealer.seal(person.phone);
}

/** A phone that was sealed under another secret cannot be read; the one in the file then takes its place. */
function opened(sealed: string, sealer: Sealer): string | null {
  try {
    return sealer.open(sealed);
  } catch {
    return null;
  }
}

function putAssignments(
  roster: Roster,
  current: CurrentRoster,
  ids: { schools: Map<string, string>; people: Map<string, string> },
  found: Difference,
) {
  const tie = (personId: string, schoolId: string, role: string) => `${personId} ${schoolId} ${role}`;
  const standing = new Map(current.assignments.map((a) => [tie(a.personId, a.schoolId, a.role), a]));
  for (const person of roster.people) {
    const personId = ids.people.get(userKey(person.userid)) ?? '';
    for (const [role, codes] of schoolsByRole(person)) {
      for (const code of codes) {
        const schoolId = ids.schools.get(code) ?? '';
        if (standing.delete(tie(personId, schoolId, role))) {
          found.unchanged.assignment += 1;
          continue;
        }
        const row = { id: newId(), personId, schoolId, role };
        found.begin.push(row);
        const after = { userId: person.userid, school: code, role };
        const key = `${person.userid} → ${code} (${role})`;
        found.changes.push({ ...change('assignment', 'created', key, row.id, null, after), schoolId });
      }
    }
  }
  const userIds = new Map(current.people.map((person) => [person.id, person.userId]));
  const codes = new Map(current.schools.map((school) => [school.id, school.code]));
  for (const { id, personId, schoolId, role } of standing.values()) {
    found.end.push(id);
    const before = { userId: userIds.get(personId), school: codes.get(schoolId), role };
    const key = `${before.userId} → ${before.school} (${role})`;
    found.changes.push({ ...change('assignment', 'ended', key, id, before, null), schoolId });
  }
}

function putRecusals(
  recusals: readonly RosterRecusal[],
  current: CurrentRoster,
  ids: { schools: Map<string, string>; people: Map<string, string> },
  found: Difference,
) {
  const standing = new Map(
    current.recusals.map((one) => [`${one.personId} ${one.schoolId} ${one.reason}`, one]),
  );
  const named = new Set<string>();
  for (const { person, school, reason } of recusals) {
    const personId = ids.people.get(userKey(person)) ?? '';
    const schoolId = ids.schools.get(school) ?? ''; // the check has seen that both are there
    const key = `${personId} ${schoolId} ${reason}`;
    if (named.has(key)) continue;
    named.add(key);
    if (standing.delete(key)) {
      found.unchanged.recusal += 1;
      continue;
    }
    const row = { id: newId(), personId, schoolId, reason };
    found.recuse.push(row);
    const after = { userId: person, school, reason };
    found.changes.push({
      ...change('recusal', 'created', `${person} × ${school}`, row.id, null, after),
      schoolId,
    });
  }
  const userIds = new Map(current.people.map((person) => [person.id, person.userId]));
  const codes = new Map(current.schools.map((school) => [school.id, school.code]));
  for (const { id, personId, schoolId, reason } of standing.values()) {
    found.admit.push(id);
    const before = { userId: userIds.get(personId), school: codes.get(schoolId), reason };
    const key = `${before.userId} × ${before.school}`;
    found.changes.push({ ...change('recusal', 'ended', key, id, before, null), schoolId });
  }
}

/** Writes down what became of one row; true when it has to be written. */
function note<R extends { id: string }>(
  found: Difference,
  kind: 'area' | 'school' | 'person',
  key: string,
  old: R | undefined,
  row: R,
): boolean {
  if (!old) {
    found.changes.push(change(kind, 'created', key, row.id, null, shown(row)));
    return true;
  }
  const names = Object.keys(row) as (keyof R & string)[]; // both are rows of one table
  const differing = names.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(row[name]));
  if (differing.length === 0) {
    found.unchanged[kind] += 1;
    return false;
  }
  const part = (from: R) => shown(Object.fromEntries(differing.map((name) => [name, from[name]])));
  found.changes.push(change(kind, 'changed', key, row.id, part(old), part(row)));
  return true;
}

/** As it may be shown and kept in the audit: never a phone, not even a sealed one. */
function shown(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      name === 'phoneSealed' ? ['phone', value && '***'] : [name, value],
    ),
  );
}

function change(
  kind: ChangeKind,
  what: Change['what'],
  key: string,
  id: string,
  before: object | null,
  after: object | null,
): Change {
  return { kind, what, key, id, schoolId: kind === 'school' ? id : null, before, after };
}

function byKey<T>(rows: readonly T[], key: (row: T) => string): Map<string, T> {
  return new Map(rows.map((row) => [key(row), row]));
}
