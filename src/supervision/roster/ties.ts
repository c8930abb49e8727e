// What stands between people and schools, held against what a roster says: who is named for which, and who is kept from which.
import { newId } from '../../store/ids.ts';
import { change, type Difference } from './changes.ts';
import type { CurrentRoster } from './current.ts';
import { type Roster, type RosterRecusal, schoolsByRole, userKey } from './file.ts';

/** Of the schools by code, of the people by user key. */
interface Ids {
  schools: Map<string, string>;
  people: Map<string, string>;
}

/** What a tie that is over is told by: its people and schools may be gone from the roster. */
function namesOf(current: CurrentRoster) {
  return {
    userIds: new Map(current.people.map((person) => [person.id, person.userId])),
    codes: new Map(current.schools.map((school) => [school.id, school.code])),
  };
}

/** Who holds which school as what: new ties begin, those that the roster no longer names are over. */
export function putAssignments(roster: Roster, current: CurrentRoster, ids: Ids, found: Difference) {
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
  const { userIds, codes } = namesOf(current);
  for (const { id, personId, schoolId, role } of standing.values()) {
    found.end.push(id);
    const before = { userId: userIds.get(personId), school: codes.get(schoolId), role };
    const key = `${before.userId} → ${before.school} (${role})`;
    found.changes.push({ ...change('assignment', 'ended', key, id, before, null), schoolId });
  }
}

/** Whom the roster keeps from which school, as it says now (回避). */
export function putRecusals(
  recusals: readonly RosterRecusal[],
  current: CurrentRoster,
  ids: Ids,
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
  const { userIds, codes } = namesOf(current);
  for (const { id, personId, schoolId, reason } of standing.values()) {
    found.admit.push(id);
    const before = { userId: userIds.get(personId), school: codes.get(schoolId), reason };
    const key = `${before.userId} × ${before.school}`;
    found.changes.push({ ...change('recusal', 'ended', key, id, before, null), schoolId });
  }
}
