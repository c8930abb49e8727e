// Checks a roster file and reports every fault at a time with its place, so that an office mends its file in one go.
import type { z } from 'zod';
import {
  areaSchema,
  isSchoolRole,
  officeSchema,
  personSchema,
  type Roster,
  type RosterPerson,
  recusalSchema,
  rosterSchema,
  schoolSchema,
  schoolsByRole,
  userKey,
} from './file.ts';
import type { RosterNote } from './note.ts';
import { recusalFaults, recusedInspectors } from './recusals.ts';
import { narrow, seen } from './written.ts';

export type CheckedRoster = { roster: Roster; notes: RosterNote[] } | { faults: RosterNote[] };

/** The roster of a parsed JSON, or every fault of it. `notes` are keys that mean nothing to us, mostly slips of the pen. */
export function checkRoster(json: unknown): CheckedRoster {
  const faults: RosterNote[] = [];
  const notes: RosterNote[] = [];
  if (!isRecord(json)) return { faults: [{ place: '', code: 'type.object', data: {} }] };

  const read = <T>(schema: z.ZodType<T>, value: unknown, place: string, known: string[]): T | null => {
    if (isRecord(value)) {
      const unknown = Object.keys(value).filter((key) => !known.includes(key));
      notes.push(...unknown.map((key) => ({ place: `${place}.${key}`, code: 'unknown-key', data: {} })));
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push(...parsed.error.issues.map((issue) => faultOf(issue, value, place)));
    return null;
  };
  const readList = <T>(
    schema: z.ZodType<T>,
    key: 'areas' | 'schools' | 'people' | 'recusals',
    known: string[],
  ): (T | null)[] => {
    const list = json[key];
    if (Array.isArray(list)) return list.map((value, i) => read(schema, value, `${key}[${i}]`, known));
    faults.push({ place: key, code: list === undefined ? 'missing' : 'type.array', data: {} });
    return [];
  };

  const topKeys = Object.keys(json).filter((key) => !(key in rosterSchema.shape) && key !== 'note');
  notes.push(...topKeys.map((key) => ({ place: key, code: 'unknown-key', data: {} })));
  const office = read(officeSchema, json.office, 'office', Object.keys(officeSchema.shape));
  const areas = readList(areaSchema, 'areas', Object.keys(areaSchema.shape));
  const schools = readList(schoolSchema, 'schools', Object.keys(schoolSchema.shape));
  const people = readList(personSchema, 'people', Object.keys(personSchema.shape));
  const recusals =
    json.recusals === undefined
      ? null
      : readList(recusalSchema, 'recusals', Object.keys(recusalSchema.shape));

  // Codes are taken from the raw lists, so that one faulty school does not make faults of everyone who names it.
  const areaCodes = codesOf(json.areas, 'code', 'areas', faults);
  const schoolCodes = codesOf(json.schools, 'code', 'schools', faults);
  const userIds = codesOf(json.people, 'userid', 'people', faults, userKey);
  schools.forEach((school, i) => {
    if (school && !areaCodes.has(school.area)) {
      faults.push({ place: `schools[${i}].area`, code: 'no-area', data: { code: school.area } });
    }
  });
  people.forEach((person, i) => {
    if (person) faults.push(...personFaults(person, `people[${i}]`, areaCodes, schoolCodes));
  });

  recusals?.forEach((recusal, i) => {
    if (recusal)
      faults.push(...recusalFaults(recusal, `recusals[${i}]`, { people: userIds, schools: schoolCodes }));
  });
  if (recusals?.every(isThere) && people.every(isThere)) faults.push(...recusedInspectors(people, recusals));

  const whole = office && areas.every(isThere) && schools.every(isThere) && people.every(isThere);
  if (faults.length > 0 || !whole || !(recusals ?? []).every(isThere)) return { faults };
  return {
    roster: { office, areas, schools, people, ...(recusals?.every(isThere) ? { recusals } : {}) },
    notes,
  };
}

function personFaults(
  person: RosterPerson,
  place: string,
  areas: ReadonlySet<string>,
  schools: ReadonlySet<string>,
): RosterNote[] {
  const faults: RosterNote[] = [];
  const fault = (at: string, code: string, data: RosterNote['data'] = {}) =>
    faults.push({ place: `${place}${at}`, code, data });

  if (person.area !== undefined && !areas.has(person.area)) fault('.area', 'no-area', { code: person.area });
  if (person.roles.includes('area-leader') && person.area === undefined)
    fault('.area', 'leader-without-area');
  if (new Set(person.roles).size < person.roles.length) fault('.roles', 'role-twice');

  const held = person.roles.filter(isSchoolRole);
  if (Array.isArray(person.schools)) {
    if (held.length === 0 && person.schools.length > 0) fault('.schools', 'schools-without-role');
    if (new Set(held).size > 1) fault('.schools', 'schools-of-which-role', { roles: held.join(', ') });
  }
  const lists = Array.isArray(person.schools)
    ? [{ at: '.schools', codes: person.schools }]
    : [...schoolsByRole(person)].map(([role, codes]) => {
        if (!held.includes(role)) fault(`.schools.${role}`, 'role-not-held', { role });
        return { at: `.schools.${role}`, codes };
      });
  for (const { at, codes } of lists) {
    codes.forEach((code, i) => {
      if (!schools.has(code)) fault(`${at}[${i}]`, 'no-school', { code });
      else if (codes.indexOf(code) < i) fault(`${at}[${i}]`, 'school-twice', { code });
    });
  }
  // Recusal (Regulations, article 10): nobody inspects the school that she leads or works at.
  const byRole = schoolsByRole(person);
  const own = new Set([...(byRole.get('principal') ?? []), ...(byRole.get('school-inspector') ?? [])]);
  if (held.includes('inspector') && !Array.isArray(person.schools)) {
    (byRole.get('inspector') ?? []).forEach((code, i) => {
      if (own.has(code)) fault(`.schools.inspector[${i}]`, 'recusal', { code });
    });
  }
  return faults;
}

/** The codes of a raw list; the second entry under the same code is a fault. */
function codesOf(
  list: unknown,
  key: string,
  place: string,
  faults: RosterNote[],
  same: (code: string) => string = (code) => narrow(seen(code)),
): Set<string> {
  const first = new Map<string, number>();
  (Array.isArray(list) ? list : []).forEach((entry: unknown, i) => {
    const code = isRecord(entry) ? entry[key] : undefined;
    if (typeof code !== 'string') return;
    const before = first.get(same(code));
    if (before === undefined) first.set(same(code), i);
    else
      faults.push({
        place: `${place}[${i}].${key}`,
        code: 'twice',
        data: { code, first: `${place}[${before}]` },
      });
  });
  return new Set(first.keys());
}

const FORMATS = new Set(['slug', 'timezone', 'userid', 'phone', 'code', 'credentialUntil', 'appointedOn']);

function faultOf(issue: z.core.$ZodIssue, value: unknown, place: string): RosterNote {
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const at = { place: `${place}${path}`, data: {} };
  const found = issue.path.reduce<unknown>(
    (inner, part) => (isIndexable(inner) ? inner[String(part)] : undefined),
    value,
  );
  if (found === undefined) return { ...at, code: 'missing' };
  const key = String(issue.path.findLast((part) => typeof part === 'string') ?? '');
  switch (issue.code) {
    case 'invalid_type':
      return { ...at, code: `type.${issue.expected === 'int' ? 'number' : issue.expected}` };
    case 'invalid_value':
      return { ...at, code: 'choice', data: { choices: issue.values.map(String).join(', ') } };
    case 'too_small':
      return { ...at, code: issue.origin === 'number' ? 'range' : 'empty' };
    case 'too_big':
      return issue.origin === 'number'
        ? { ...at, code: 'range' }
        : { ...at, code: 'long', data: { max: Number(issue.maximum) } };
    case 'invalid_union':
      return { ...at, code: key === 'schools' ? 'schools-shape' : 'format' };
    default:
      return { ...at, code: FORMATS.has(key) ? `format.${key}` : 'format' };
  }
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}

function isIndexable(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isIndexable(value) && !Array.isArray(value);
}
