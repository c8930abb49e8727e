// What an import has to change: a roster laid beside the rows that stand, compared in memory, written down as rows to put.
import { newId } from '../../store/ids.ts';
import type { Sealer } from '../../store/seal.ts';
import { byKey, change, type Difference, note } from './changes.ts';
import type { CurrentRoster, PersonRow, SchoolRow } from './current.ts';
import { type Roster, type RosterPerson, userKey } from './file.ts';
import { putAssignments, putRecusals } from './ties.ts';

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
