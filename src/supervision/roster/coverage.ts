// Whether a roster covers its schools as the rules want: each has its inspector, nobody has too many (DOMAIN §2.2, §2.6).
import type { Settings } from '../settings.ts';
import { type Roster, type SchoolRole, schoolsByRole } from './file.ts';
import type { RosterNote } from './note.ts';

type Limits = Pick<Settings, 'assign.schoolsPerInspectorMax' | 'area.maxSchools'>;

/** Warnings, not faults: an office may have its reasons. In the order of the roster. */
export function coverageWarnings(roster: Roster, limits: Limits): RosterNote[] {
  const holders = new Map<string, Record<SchoolRole, number>>();
  const warnings: RosterNote[] = [];
  const maxSchools = limits['assign.schoolsPerInspectorMax'];
  roster.people.forEach((person, i) => {
    const byRole = schoolsByRole(person);
    for (const [role, codes] of byRole) {
      for (const code of codes) {
        const held = holders.get(code) ?? { inspector: 0, 'school-inspector': 0, principal: 0 };
        held[role] += 1;
        holders.set(code, held);
      }
    }
    const count = byRole.get('inspector')?.length ?? 0;
    if (count > maxSchools) {
      const { name, userid } = person;
      warnings.push({
        place: `people[${i}]`,
        code: 'inspector-overloaded',
        data: { name, userid, count, max: maxSchools },
      });
    }
  });
  const inArea = new Map<string, number>();
  roster.schools.forEach(({ code, name, area }, i) => {
    inArea.set(area, (inArea.get(area) ?? 0) + 1);
    const inspectors = holders.get(code)?.inspector ?? 0;
    const place = `schools[${i}]`;
    if (inspectors === 0) warnings.push({ place, code: 'school-without-inspector', data: { code, name } });
    if (inspectors > 1) {
      warnings.push({ place, code: 'school-several-inspectors', data: { code, name, count: inspectors } });
    }
    if (!holders.get(code)?.principal)
      warnings.push({ place, code: 'school-without-head', data: { code, name } });
  });
  roster.areas.forEach(({ code, name }, i) => {
    const count = inArea.get(code) ?? 0;
    const max = limits['area.maxSchools'];
    if (count > max)
      warnings.push({ place: `areas[${i}]`, code: 'area-too-large', data: { code, name, count, max } });
  });
  return warnings;
}
