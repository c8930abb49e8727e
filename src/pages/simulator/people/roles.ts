// Sorts people into the groups a visitor looks for. The platform knows no roles, so a position or a department has to tell;
// where neither does, the person is listed under her department.
import type { PersonView, StateView } from '../../../simulator/api.ts';

export type Role = 'inspector' | 'principal' | 'school-inspector' | 'office';
export interface Group {
  key: string;
  /** Null: `name` is the department's. */
  role: Role | null;
  name: string;
  people: PersonView[];
}

/** The first that fits is taken: 校内督学 is also a 督学, and the office's director also a person of the 督导室. */
const SIGNS: readonly [Role, RegExp][] = [
  ['school-inspector', /校级督学|校内督学|学校督学|school (inspector|supervisor)/i],
  ['inspector', /督学|inspector/i],
  ['principal', /校长|园长|principal|head ?(teacher|master)|kindergarten head/i],
  ['office', /督导室|办公室|主任|文员|office|director|clerk/i],
];
const ORDER: readonly Role[] = ['inspector', 'principal', 'school-inspector', 'office'];

const departmentOf = (person: PersonView, departments: StateView['departments']) =>
  departments.find((one) => one.id === person.departments[0]);

/** The words below a name: position and first department, each once. */
export function placeOf(person: PersonView, departments: StateView['departments']): string {
  const department = departmentOf(person, departments);
  const name = department && department.parentId !== 0 ? department.name : '';
  return [...new Set([person.position, name])].filter(Boolean).join(' · ');
}

export function roleOf(person: PersonView, departments: StateView['departments']): Role | null {
  const byPosition = SIGNS.find(([, sign]) => sign.test(person.position));
  if (byPosition) return byPosition[0];
  const department = departmentOf(person, departments)?.name ?? '';
  // A department's name tells only of people without a position: a district's office holds many.
  return person.position === '' ? (SIGNS.find(([, sign]) => sign.test(department))?.[0] ?? null) : null;
}

export function groupPeople(people: PersonView[], departments: StateView['departments']): Group[] {
  const groups = new Map<string, Group>();
  for (const person of people) {
    const role = roleOf(person, departments);
    const department = departmentOf(person, departments);
    const key = role ?? `department-${department?.id ?? 0}`;
    const group = groups.get(key) ?? { key, role, name: department?.name ?? '', people: [] };
    groups.set(key, group);
    group.people.push(person);
  }
  const rank = (group: Group) => (group.role === null ? ORDER.length : ORDER.indexOf(group.role));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** By name, position, department (a school, an area) or user id; several words all have to fit. */
export function findPeople(
  people: PersonView[],
  departments: StateView['departments'],
  query: string,
): PersonView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return people;
  const names = new Map(departments.map((one) => [one.id, one.name]));
  return people.filter((person) => {
    const places = person.departments.map((id) => names.get(id) ?? '');
    const text = [person.name, person.userId, person.position, ...places].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
