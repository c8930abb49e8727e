// The roster file: who an office, its areas, schools and people are, as one JSON that import reads and export writes back.
import { z } from 'zod';
import { ROLES, type Role } from '../act.ts';
import { narrow, seen } from './written.ts';

/** Roles that are held at named schools; the others are held in an area or the office. */
export const SCHOOL_ROLES = ['inspector', 'school-inspector', 'principal'] as const satisfies readonly Role[];
export type SchoolRole = (typeof SCHOOL_ROLES)[number];

export const SCHOOL_KINDS = [
  'primary',
  'junior',
  'nine-year',
  'senior',
  'vocational',
  'special',
  'kindergarten',
] as const;
export type SchoolKind = (typeof SCHOOL_KINDS)[number];

export const INSPECTOR_KINDS = ['full_time', 'part_time', 'invited'] as const;

// Control characters, halves of characters and what XML cannot hold can be stored nowhere or not in a spreadsheet, and are never meant.
const line = (max: number) =>
  z
    .string()
    .overwrite(seen)
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\ufffe\uffff]*$/u);
/** A code is the same in whichever width it is written. */
const code = line(40).overwrite(narrow).regex(/^\S+$/);
const zone = z.string().refine(isTimeZone);

export const officeSchema = z.object({
  /** Part of the callback's address, hence the narrow alphabet. */
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  name: line(100),
  short: line(50),
  timezone: zone.default('Asia/Shanghai'),
  region: z.union([z.literal(''), line(100)]).default(''),
});
export const areaSchema = z.object({ code, name: line(100), town: line(100).optional() });
export const schoolSchema = z.object({
  code,
  name: line(100),
  kind: z.enum(SCHOOL_KINDS),
  area: code,
  aliases: z
    .array(line(50))
    .overwrite((names) => [...new Set(names)])
    .max(50)
    .default([]),
  town: line(100).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lng: z.number().min(-180).max(180).optional(),
  students: z.int().min(0).max(1_000_000).optional(),
  private: z.boolean().optional(),
});
const schoolList = z.array(code).max(1000);
export const personSchema = z.object({
  /** WeCom's userid, 1–64 of these characters, compared without case (PROTOCOL, "IDs"). */
  userid: z.string().regex(/^[A-Za-z0-9_.@-]{1,64}$/),
  name: line(50),
  roles: z.array(z.enum(ROLES)).min(1),
  area: code.optional(),
  /** A list belongs to the one school role that the person has; with several, an object says which is which. */
  schools: z.union([schoolList, z.partialRecord(z.enum(SCHOOL_ROLES), schoolList)]).optional(),
  /** Left out, a phone that is known already stays; an empty one is forgotten. */
  phone: z
    .string()
    .trim()
    .regex(/^(\+?\d[\d -]{4,19})?$/)
    .optional(),
  inspectorKind: z.enum(INSPECTOR_KINDS).optional(),
  /** 督学证. */
  credentialNo: line(50).optional(),
  credentialUntil: z.iso.date().optional(),
  /** When the present term began, and the how-manieth in a row it is. */
  appointedOn: z.iso.date().optional(),
  term: z.int().min(1).max(20).optional(),
});
export const recusalSchema = z.object({ person: z.string(), school: code, reason: line(200) });

export const rosterSchema = z.object({
  office: officeSchema,
  areas: z.array(areaSchema),
  schools: z.array(schoolSchema),
  people: z.array(personSchema),
  /** 回避: who may not inspect which school. Left out, those that stand stay. */
  recusals: z.array(recusalSchema).optional(),
});

export type RosterRecusal = z.infer<typeof recusalSchema>;
export type RosterSchool = z.infer<typeof schoolSchema>;
export type RosterPerson = z.infer<typeof personSchema>;
/** A roster as its file holds it; `checkRoster` is the only door through which one comes in. */
export type Roster = z.infer<typeof rosterSchema>;

/** A roster out of our own rows; they were checked when they came in. */
export function parsedRoster(rows: unknown): Roster {
  return rosterSchema.parse(rows);
}

/** The form under which user ids are compared. */
export function userKey(userId: string): string {
  return userId.toLowerCase();
}

/** Whether the role is held at certain schools, and not in the whole office or an area. */
export function isSchoolRole(role: string): role is SchoolRole {
  return (SCHOOL_ROLES as readonly string[]).includes(role);
}

/** Codes of the schools at which a person holds each school role. Sound for a checked roster. */
export function schoolsByRole(person: RosterPerson): Map<SchoolRole, string[]> {
  if (person.schools === undefined) return new Map();
  if (!Array.isArray(person.schools)) {
    const given = person.schools;
    return new Map(SCHOOL_ROLES.flatMap((role) => (given[role] ? [[role, given[role]]] : [])));
  }
  const role = person.roles.find(isSchoolRole);
  return role ? new Map([[role, person.schools]]) : new Map();
}

/** The same roster in the order and with the omissions that export uses; two rosters that mean the same become equal. */
export function canonicalRoster(roster: Roster): Roster {
  return {
    office: pick(roster.office, ['slug', 'name', 'short', 'timezone', 'region']),
    areas: sorted(roster.areas, (area) => area.code).map((area) => pick(area, ['code', 'name', 'town'])),
    schools: sorted(roster.schools, (school) => school.code).map((school) => ({
      ...pick(school, ['code', 'name', 'kind', 'area', 'aliases', 'town', 'lat', 'lng', 'students']),
      ...(school.private ? { private: true } : {}),
    })),
    people: sorted(roster.people, (person) => userKey(person.userid)).map((person) => ({
      ...pick(person, ['userid', 'name', 'roles', 'area']),
      ...canonicalSchools(person),
      ...(person.phone ? { phone: person.phone } : {}),
      ...pick(person, ['inspectorKind', 'credentialNo', 'credentialUntil', 'appointedOn', 'term']),
    })),
    ...canonicalRecusals(roster),
  };
}

/** Each once, naming the person as the roster does. */
function canonicalRecusals({ recusals = [], people }: Roster): Pick<Roster, 'recusals'> {
  const userIds = new Map(people.map(({ userid }) => [userKey(userid), userid]));
  const named = recusals.map((one) => ({ ...one, person: userIds.get(userKey(one.person)) ?? one.person }));
  const keyOf = (one: RosterRecusal) => `${userKey(one.person)} ${one.school} ${one.reason}`;
  const once = [...new Map(named.map((one) => [keyOf(one), one])).values()];
  return once.length > 0 ? { recusals: sorted(once, keyOf) } : {};
}

function canonicalSchools(person: RosterPerson): Pick<RosterPerson, 'schools'> {
  const byRole = [...schoolsByRole(person)].filter(([, codes]) => codes.length > 0);
  const [only] = byRole;
  if (!only) return {};
  const order = (codes: string[]) => sorted(codes, (c) => c);
  if (person.roles.filter(isSchoolRole).length === 1) return { schools: order(only[1]) };
  return { schools: Object.fromEntries(byRole.map(([role, codes]) => [role, order(codes)])) };
}

/** Sorted by code unit, so that the order is the same under every locale. */
function sorted<T>(items: readonly T[], key: (item: T) => string): T[] {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...items].sort((a, b) => compare(key(a), key(b)));
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  // Only keys of K are copied; those that are undefined are left out, as JSON does.
  return Object.fromEntries(
    keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])),
  ) as Pick<T, K>;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
