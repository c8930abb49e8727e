// Writes an office's roster in the shape that import reads, so that a file can be taken out, changed and brought back.
import { AppError } from '../../errors.ts';
import type { Sealer } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { currentRoster, officeBySlug } from './current.ts';
import {
  canonicalRoster,
  isSchoolRole,
  parsedRoster,
  type Roster,
  type RosterPerson,
  type SchoolRole,
} from './file.ts';

/**
 * What stands today: active schools and people, assignments that last. Phones only with a `sealer`; without them the
 * file may still be brought back, for import keeps a phone that the file leaves out. Throws `act.not-found`.
 */
export async function exportRoster(
  store: Store,
  officeSlug: string,
  { sealer }: { sealer?: Pick<Sealer, 'open'> } = {},
): Promise<Roster> {
  return store.transaction(async (tx) => {
    await tx.sql('set transaction isolation level repeatable read, read only');
    const office = await officeBySlug(tx, officeSlug);
    if (!office) throw new AppError('act.not-found', 'never', { what: 'office', office: officeSlug });
    const { areas, schools, people, assignments, recusals } = await currentRoster(tx, office.id);
    const areaCodes = new Map(areas.map((area) => [area.id, area.code]));
    const schoolCodes = new Map(schools.map((school) => [school.id, school.code]));
    const held = new Map<string, Partial<Record<SchoolRole, string[]>>>();
    for (const { personId, schoolId, role } of assignments) {
      const roles = held.get(personId) ?? {};
      roles[role] = [...(roles[role] ?? []), schoolCodes.get(schoolId) ?? ''];
      held.set(personId, roles);
    }
    const schoolsOf = (person: { id: string; roles: string[] }): RosterPerson['schools'] => {
      const byRole = held.get(person.id);
      const [only, ...others] = person.roles.filter(isSchoolRole);
      return only && others.length === 0 ? byRole?.[only] : byRole;
    };
    const inUse = new Set(
      [...schools.filter(({ active }) => active), ...people.filter(inRoster)].map((row) => row.areaId),
    );
    const everUsed = new Set([...schools, ...people].map((row) => row.areaId));
    const roster = parsedRoster({
      office: { ...office, timezone: office.timeZone },
      // An area that only closed schools and former people point to has been dropped; one still empty has not.
      areas: areas
        .filter((area) => inUse.has(area.id) || !everUsed.has(area.id))
        .map((area) => ({ code: area.code, name: area.name, ...some({ town: area.town }) })),
      schools: schools
        .filter((school) => school.active)
        .map((school) => ({
          ...some({
            town: school.town,
            lat: school.latitude,
            lng: school.longitude,
            students: school.students,
          }),
          code: school.code,
          name: school.name,
          kind: school.kind,
          area: areaCodes.get(school.areaId),
          aliases: school.aliases,
          private: school.isPrivate,
        })),
      people: people.filter(inRoster).map((person) => ({
        userid: person.userId,
        name: person.name,
        roles: person.roles,
        ...some({
          area: person.areaId && areaCodes.get(person.areaId),
          inspectorKind: person.inspectorKind,
          credentialNo: person.credentialNo,
          credentialUntil: person.credentialUntil,
          appointedOn: person.appointedOn,
          term: person.term,
        }),
        ...some({ schools: schoolsOf(person) }),
        ...some({ phone: sealer && person.phoneSealed ? sealer.open(person.phoneSealed) : null }),
      })),
      recusals: recusals.flatMap(({ personId, schoolId, reason }) => {
        const person = people.find((one) => one.id === personId && inRoster(one));
        const school = schools.find(({ id, active }) => id === schoolId && active);
        return person && school ? [{ person: person.userId, school: school.code, reason }] : [];
      }),
    });
    return canonicalRoster(roster);
  });
}

/** Whoever only left the platform still stands in it: taken in again, the file changes nothing. */
const inRoster = ({ active, leftWhy }: { active: boolean; leftWhy: string | null }) =>
  active || leftWhy !== null;

/** Only what is there: no nulls, no empty texts. */
function some(from: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value != null && value !== ''));
}
