// The office's schools and people, arranged once so that a turn looks names up instead of scanning them all.

import { soundKey } from '../text/sounds.ts';
import { type FormKind, formsOf } from './names.ts';

export interface RosterSchool {
  code: string;
  name: string;
  kind: string;
  area: string;
  town?: string;
  aliases: string[];
}
export interface RosterPerson {
  userId: string;
  name: string;
  roles: string[];
  areaCode?: string;
  schools: string[];
}
export interface RosterArea {
  code: string;
  name: string;
  town?: string;
}

export interface NamedForm {
  code: string;
  text: string;
  kind: FormKind;
}

export interface RosterIndex {
  schools: ReadonlyMap<string, RosterSchool>;
  areas: readonly RosterArea[];
  /** Exact form → the schools it may mean. */
  forms: ReadonlyMap<string, NamedForm[]>;
  /** Sound keys of a form, joined → forms that sound so. */
  sounds: ReadonlyMap<string, NamedForm[]>;
  longestForm: number;
  /** Full name → people of that name. */
  people: ReadonlyMap<string, RosterPerson[]>;
  /** Surname → inspectors and office staff of that surname, for 王督学, 老李. */
  bySurname: ReadonlyMap<string, RosterPerson[]>;
  /** The same people by what follows the surname, for 红梅同志. */
  byGivenName: ReadonlyMap<string, RosterPerson[]>;
  /** Sound keys of a full name, joined → the same people, for 周大用 and 李秀应. */
  byNameSound: ReadonlyMap<string, RosterPerson[]>;
  /** Sound keys of what follows the surname → the same people, for 洪梅. */
  byGivenSound: ReadonlyMap<string, RosterPerson[]>;
}

const STAFF = ['inspector', 'area-leader', 'office', 'director'];

/**
 * Arranges a roster for lookups; 20,000 schools take a few seconds and some hundred megabytes at most.
 * Codes are unique; unknown `kind`s are kept as they are.
 */
export function buildRoster(input: {
  schools: readonly RosterSchool[];
  people: readonly RosterPerson[];
  areas: readonly RosterArea[];
}): RosterIndex {
  const forms = new Map<string, NamedForm[]>();
  const sounds = new Map<string, NamedForm[]>();
  let longestForm = 2;
  for (const school of input.schools) {
    const named = formsOf(school.name, school.aliases, school.town);
    // "大河初中" is 大河中学; a number may tell the two apart elsewhere
    const junior = named
      .filter((f) => school.kind === 'junior' && /(?<![一二三四五六七八九十\d])中学$/.test(f.text))
      .map((f) => ({ ...f, text: f.text.replace(/中学$/, '初中') }));
    for (const form of [...named, ...junior]) {
      const one: NamedForm = { code: school.code, text: form.text, kind: form.kind };
      push(forms, form.text, one);
      longestForm = Math.max(longestForm, form.text.length);
      // weak forms are asked about anyway, and two letters prove nothing: hearing them in other words would only make noise
      if (form.kind !== 'weak' && form.kind !== 'letters') push(sounds, soundsOf(form.text), one);
    }
  }
  const people = new Map<string, RosterPerson[]>();
  const bySurname = new Map<string, RosterPerson[]>();
  const byGivenName = new Map<string, RosterPerson[]>();
  const byNameSound = new Map<string, RosterPerson[]>();
  const byGivenSound = new Map<string, RosterPerson[]>();
  for (const person of input.people) {
    if (!/^[\u4e00-\u9fff]{2,4}$/.test(person.name)) continue;
    push(people, person.name, person);
    if (!person.roles.some((r) => STAFF.includes(r))) continue;
    push(bySurname, person.name.slice(0, 1), person);
    push(byNameSound, soundsOf(person.name), person);
    if (person.name.length !== 3) continue;
    push(byGivenName, person.name.slice(1), person);
    push(byGivenSound, soundsOf(person.name.slice(1)), person);
  }
  const schools = new Map(input.schools.map((s) => [s.code, s]));
  return {
    schools,
    areas: input.areas,
    forms,
    sounds,
    longestForm: Math.min(longestForm, 16),
    people,
    bySurname,
    byGivenName,
    byNameSound,
    byGivenSound,
  };
}

/** The key under which a text is filed by sound; characters without a sound keep themselves. */
export function soundsOf(text: string): string {
  let key = '';
  for (const char of text) key += `${soundKey(char) || char}-`;
  return key;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
