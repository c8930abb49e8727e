// The roster in Latin letters: how its schools and people are spelt, worked out once.
import { nameParts } from '../schools/names.ts';
import type { RosterIndex, RosterPerson, RosterSchool } from '../schools/roster.ts';
import { syllable } from '../text/sounds.ts';

/** Own names that English puts by their meaning. */
const BY_MEANING: Readonly<Record<string, string>> = {
  sunshine: '阳光',
  hope: '希望',
  rainbow: '彩虹',
  peace: '和平',
};

export interface Known {
  school: RosterSchool;
  /** Name of its own and place, as syllables without blanks. */
  names: string[];
  ordinal: string;
  qualifiers: string[];
}
export interface Names {
  schools: Known[];
  byName: ReadonlyMap<string, Known[]>;
  people: ReadonlyMap<string, RosterPerson[]>;
  surnames: ReadonlyMap<string, RosterPerson[]>;
}

const known = new WeakMap<RosterIndex, Names>();

/** A roster's names in Latin letters, worked out when an English text first needs them. */
export function inLetters(roster: RosterIndex): Names {
  const before = known.get(roster);
  if (before) return before;
  const byName = new Map<string, Known[]>();
  const schools = [...roster.schools.values()].map((school): Known => {
    const { place, own, ordinal, qualifiers } = nameParts(school.name);
    const meant = Object.entries(BY_MEANING).find(([, chinese]) => chinese === own)?.[0];
    const names = [spelt(place), spelt(own), spelt(place + own), meant ?? ''].filter((n) => n.length > 2);
    const one = { school, names: [...new Set(names)], ordinal, qualifiers };
    for (const name of one.names) push(byName, name, one);
    return one;
  });
  const people = new Map<string, RosterPerson[]>();
  const surnames = new Map<string, RosterPerson[]>();
  for (const person of [...roster.people.values()].flat()) {
    const [surname, given] = [spelt(person.name.slice(0, 1)), spelt(person.name.slice(1))];
    push(people, surname + given, person);
    push(people, given + surname, person);
  }
  for (const [surname, list] of roster.bySurname)
    for (const person of list) push(surnames, spelt(surname), person);
  const names = { schools, byName, people, surnames };
  known.set(roster, names);
  return names;
}

const spelt = (chinese: string) => [...chinese].map(syllable).join('');

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export interface Word {
  text: string;
  start: number;
  end: number;
}

/** The words of a text in small letters, and its numbers. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[a-z]+(?:'(?!s\b)[a-z]+)?|\d+/g)].map((m) => ({
    text: m[0].replace("'", ''),
    start: m.index,
    end: m.index + m[0].length,
  }));
