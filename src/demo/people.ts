// Fills the demo district with people: who inspects which school, who leads it, who sits in the office. Always the same.
import type { Roster, RosterPerson, RosterSchool } from '../supervision/roster/file.ts';
import { type District, readDistrict, readNames } from './data.ts';
import { type Chance, chanceOf } from './random.ts';

/** The demo district as a roster file. Nothing in it depends on the day, the machine or an earlier start. */
export function demoRoster(slug = 'main'): Roster {
  const district = readDistrict();
  const chance = chanceOf('dudao demo people');
  const newName = namesOf(chance);
  const newPhone = phones();
  const person = (of: Omit<RosterPerson, 'name' | 'phone'> & { name?: string }): RosterPerson => ({
    ...of,
    name: of.name ?? newName(),
    phone: newPhone(),
  });
  return {
    office: { slug, ...district.office },
    areas: district.areas,
    schools: district.schools,
    people: [
      ...office().map(person),
      ...inspectors(district, chance).map(person),
      ...district.schools.map((school) =>
        person({
          userid: `head-${school.code.toLowerCase()}`,
          roles: ['principal'],
          area: school.area,
          schools: [school.code],
        }),
      ),
      ...schoolInspectors(district).map(person),
    ],
  };
}

type Nameless = Omit<RosterPerson, 'name' | 'phone'> & { name?: string };

/** The four whom stories and pictures name: their names stand in the file, all others are dealt. */
function office(): Nameless[] {
  const userIds = ['office-sun', 'office-chen', 'office-liu', 'office-gao'];
  const { office: names } = readNames();
  return userIds.map((userid, i) => ({
    userid,
    name: names[i],
    roles: i === 0 ? ['director' as const, 'office' as const] : ['office' as const],
  }));
}

/** Shares the inspectors out to the areas by their schools (largest remainder), and each area's schools in turn. */
function inspectors(district: District, chance: Chance): Nameless[] {
  const { inspectors: total } = district.headcount;
  const shares = district.areas.map((area) => {
    const schools = district.schools.filter((school) => school.area === area.code);
    const exact = (total * schools.length) / district.schools.length;
    return { area: area.code, schools, count: Math.floor(exact), rest: exact % 1 };
  });
  const missing = total - shares.reduce((sum, share) => sum + share.count, 0);
  const largest = [...shares].sort((a, b) => b.rest - a.rest || (a.area < b.area ? -1 : 1));
  for (const share of largest.slice(0, missing)) share.count += 1;

  return shares.flatMap(({ area, schools, count }) => {
    // Schools first, kindergartens after, dealt in turn from the second inspector on: each gets a mixture of both,
    // and the leader, who has the area to look after, is dealt to last.
    const dealt = Array.from({ length: count }, (): RosterSchool[] => []);
    [...schools].sort(schoolsFirst).forEach((school, i) => {
      dealt[(i + 1) % count]?.push(school);
    });
    return dealt.map((mine, i) => ({
      userid: `insp-${area.toLowerCase()}-${String(i + 1).padStart(2, '0')}`,
      roles: i === 0 ? ['inspector' as const, 'area-leader' as const] : ['inspector' as const],
      area,
      schools: mine.map((school) => school.code),
      inspectorKind:
        i === 0
          ? ('full_time' as const)
          : chance.pick(['full_time', 'part_time', 'part_time', 'invited'] as const),
    }));
  });
}

/** Every school has an inspector of its own; of the kindergartens, the largest do. */
function schoolInspectors(district: District): Nameless[] {
  const ranked = [...district.schools].sort(
    (a, b) =>
      Number(a.kind === 'kindergarten') - Number(b.kind === 'kindergarten') ||
      (b.students ?? 0) - (a.students ?? 0),
  );
  const chosen = new Set(ranked.slice(0, district.headcount.schoolInspectors).map((school) => school.code));
  return district.schools
    .filter((school) => chosen.has(school.code))
    .map((school) => ({
      userid: `school-insp-${school.code.toLowerCase()}`,
      roles: ['school-inspector' as const],
      area: school.area,
      schools: [school.code],
    }));
}

function schoolsFirst(a: RosterSchool, b: RosterSchool): number {
  return Number(a.kind === 'kindergarten') - Number(b.kind === 'kindergarten') || (a.code < b.code ? -1 : 1);
}

/** Names that nobody else in the district has. */
function namesOf(chance: Chance): () => string {
  const { surnames, female, male } = readNames();
  const taken = new Set(office().map((person) => person.name));
  return () => {
    for (;;) {
      // The list begins with the commonest surnames: drawing twice and keeping the earlier gives them their weight.
      const at = Math.min(chance.between(0, surnames.length - 1), chance.between(0, surnames.length - 1));
      const name = `${surnames[at]}${chance.pick(chance.happens(0.5) ? female : male)}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}

/** 154 is a prefix that no operator has been given, so that nobody's phone rings for a demo. */
function phones(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `1540000${String(last).padStart(4, '0')}`;
  };
}
