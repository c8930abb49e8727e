// The slots of saved lists: the name of a new one, its schools and people as they were named, and which list is meant.
import { MOST_PEOPLE, MOST_SCHOOLS, membersOf } from '../../supervision/notices/audience.ts';
import type { SavedList } from '../../supervision/notices/list.ts';
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { kindsIn } from './audience-kinds.ts';
import { peopleIn, roleIn, strangersIn, type Unclear } from './named-people.ts';
import { mentionsIn, placesIn } from './places.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

/** The office's lists, for whom they are; nobody else has any. */
export const listsOf = (facts: Facts): readonly SavedList[] => facts.ofOffice?.lists ?? [];

/** The list whose name stands in the words, the longest first. */
export function listNamed(words: string, facts: Facts): SavedList | undefined {
  return [...listsOf(facts)]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => words.toLowerCase().includes(name.toLowerCase()));
}

const bareName = (said: string): string =>
  said.replaceAll(/[“”"'《》]|\s*(?:的?名单|list)\s*$/giu, '').trim();

/** The name comes before the first comma or colon, as the agreed words leave it; schools and people are no name. */
function nameIn(text: string, facts: Facts): string | undefined {
  const head = /^([^,，:：]{2,24})[,，:：]/u.exec(text.trim())?.[1];
  if (head === undefined || mentionsIn(head, facts).length > 0) return undefined;
  const named = peopleIn(head, facts);
  if (named.ids.length > 0 && strangersIn(named.rest).length === 0) return undefined;
  return bareName(head);
}

const RENAME = /(?:名称|名字|名单名)(?:改成|改为|叫|换成|是)\s*(.{2,20}?)[。.]?$/u;

export const listNameSlot: SlotKindOf = {
  read(_reading, { text, open, row, name, facts }): Took {
    const anew = RENAME.exec(text.trim())?.[1];
    const said = anew ?? (row[name] === undefined && !open ? nameIn(text, facts) : undefined);
    return said === undefined ? undefined : named(said);
  },
  answer: (text) => named(text),
  view(value, facts) {
    const before = listsOf(facts).find((list) => list.name === value);
    return { name: value, schools: before?.schools.length ?? 0, people: before?.people.length ?? 0 };
  },
};

function named(said: string): Took {
  const name = bareName(said);
  if ([...name].length < 2) return { wrong: 'text.short', vars: { min: 2 } };
  return [...name].length > 20 ? { wrong: 'text.long', vars: { max: 20 } } : { value: name };
}

interface Listed {
  schools: string[];
  people: string[];
  /** What was named and is not clear: as typed, with the schools or people it may be. */
  unclear: Unclear[];
  /** Taken by area, stage, role or what is overdue, as they stand today: what changes later does not change the list. */
  group?: boolean;
}

const countOf = ({ schools, people }: Listed): number => schools.length + people.length;

/** Everybody and every school that the words name, and what of them is not clear, which is never passed over. */
function membersIn(words: string, facts: Facts): Listed {
  const named = peopleIn(words, facts);
  const schools: string[] = [];
  const unclear: Unclear[] = [];
  for (const mention of mentionsIn(named.rest, facts)) {
    const id = mention.code && facts.book.byCode.get(mention.code)?.id;
    if (id) schools.push(id);
    else
      unclear.push({
        said: mention.text,
        among: mention.unknown
          ? []
          : mention.among.flatMap((code) => facts.book.byCode.get(code)?.name ?? []),
      });
  }
  const found: Listed = { schools: [...new Set(schools)], people: named.ids, unclear };
  if (named.ids.length + named.unclear.length > 0) {
    const said = unclear.map((one) => one.said).join();
    const strangers = strangersIn(placesIn(named.rest, facts).rest).filter((one) => !said.includes(one));
    unclear.push(...named.unclear, ...strangers.map((one) => ({ said: one, among: [] })));
    return found;
  }
  const byRole = roleGroup(words, facts);
  if (byRole) return byRole;
  return schools.length > 0 ? found : (groupIn(words, facts, unclear.length > 0) ?? found);
}

/** "三区的督学", "二中的校级督学", "各区组长", also with schools beside them: "三区的督学和二中". The people in whom these words result today. */
function roleGroup(words: string, facts: Facts): Listed | undefined {
  const parts = words.split(/[,、;\uff0c]|和|与|以及|及/u);
  const [ofRole, others] = [parts.filter((one) => roleIn(one)), parts.filter((one) => !roleIn(one))];
  if (ofRole.length === 0) return undefined;
  const beside = placesIn(others.join('、'), facts);
  // "一中和二中的督学" speaks of both schools' inspectors; "三区的督学和二中" of a school beside them.
  const isApart =
    beside.schools.length > 0 &&
    beside.areas.length === 0 &&
    ofRole.every((one) => placesIn(one, facts).schools.length === 0);
  const people = (isApart ? ofRole : [words]).flatMap((said) => {
    const { areas, schools } = placesIn(said, facts);
    const code = roleIn(said) ?? 'people';
    return membersOf(facts.book.people, { code, kinds: [], areas, schools }, new Set()).map(({ id }) => id);
  });
  return { schools: isApart ? beside.schools : [], people: [...new Set(people)], unclear: [], group: true };
}

/** "三区的幼儿园", "有逾期的学校", "所有小学": the schools that these words mean today. `unclear`: a stage alone may then be part of a name. */
function groupIn(words: string, facts: Facts, unclear: boolean): Listed | undefined {
  const { areas, rest } = placesIn(words, facts);
  const late = /逾期|超期|overdue/iu.test(rest) ? new Set(facts.ofOffice?.overdue) : null;
  const kinds = kindsIn(rest);
  if (areas.length === 0 && !late && (kinds.length === 0 || unclear)) return undefined;
  const { book } = facts;
  const codes = new Set(areas.map((id) => book.areaCodeOf.get(id)));
  const schools = [...book.byId.values()]
    .filter(
      ({ id, code, kind }) =>
        (codes.size === 0 || codes.has(book.index.schools.get(code)?.area)) &&
        (kinds.length === 0 || kinds.includes(kind)) &&
        (!late || late.has(id)),
    )
    .map(({ id }) => id);
  return { schools, people: [], unclear: [], group: true };
}

/** The words about its members: without the name that stands before them, which may hold "三区" or "幼儿园" as well. */
const aboutMembers = (text: string, open: boolean, facts: Facts): string =>
  !open && nameIn(text, facts) !== undefined
    ? text.trim().replace(/^[^,\uff0c:\uff1a]*[,\uff0c:\uff1a]/u, '')
    : text;

const DROPS = /去掉|不要|删掉|移出|除去|without|remove/iu;
const ADDS = /加上|再加|加入|添上|还有|add/iu;

/** Said around the names of a change. */
const CHANGE_WORDS = new RegExp(`(?:${DROPS.source}|${ADDS.source})`, 'giu');

export const listMembersSlot: SlotKindOf = {
  read(_reading, { text, open, row, name, facts }): Took {
    const stands = row[name] as Listed | undefined; // as membersIn() gave it
    if (RENAME.test(text.trim())) return undefined;
    const changes = DROPS.test(text) || ADDS.test(text);
    const words = stands ? text.replaceAll(CHANGE_WORDS, '、') : aboutMembers(text, open, facts);
    const found = membersIn(words, facts);
    for (const [many, max] of [
      [found.schools, MOST_SCHOOLS],
      [found.people, MOST_PEOPLE],
    ] as const)
      if (many.length > max) return { wrong: 'lists.too-many', vars: { count: many.length, max } };
    if (found.group && countOf(found) === 0) return { wrong: 'lists.nobody-there' };
    if (countOf(found) === 0) {
      const [first] = found.unclear;
      if (stands || !first) return undefined;
      return { wrong: 'lists.unclear', vars: { typed: first.said } };
    }
    if (!stands || open) return { value: found };
    // What was not clear is settled by anybody who is named now.
    if (DROPS.test(text)) {
      const left = without(stands, found);
      return countOf(left) > 0 ? { value: left } : undefined;
    }
    return changes || stands.unclear.length > 0 ? { value: joined(stands, found) } : undefined;
  },
  view(value, facts) {
    const { schools, people, unclear, group = false } = value as Listed; // likewise
    return {
      schools: schools.map((id) => facts.book.byId.get(id)?.name ?? ''),
      people: namesOf(people, facts),
      unclear,
      group,
    };
  },
};

const without = (stands: Listed, out: Listed): Listed => ({
  schools: stands.schools.filter((id) => !out.schools.includes(id)),
  people: stands.people.filter((id) => !out.people.includes(id)),
  unclear: [],
  group: stands.group ?? false,
});

const joined = (stands: Listed, more: Listed): Listed => ({
  schools: [...new Set([...stands.schools, ...more.schools])],
  people: [...new Set([...stands.people, ...more.people])],
  unclear: more.unclear,
  group: (stands.group || more.group) ?? false,
});

/** Names of people who are there, in the order given. */
export const namesOf = (ids: readonly string[], facts: Facts): string[] =>
  ids.flatMap((id) => facts.book.people.find((person) => person.id === id)?.name ?? []);

const choicesOf = (facts: Facts): Choice[] =>
  listsOf(facts)
    .slice(0, MOST_CHOICES)
    .map(({ id, name }) => ({ label: name, value: id }));

export const knownListSlot: SlotKindOf = {
  read(_reading, { facts, text, open }): Took {
    if (listsOf(facts).length === 0) return { nothing: 'lists.none' };
    const list = listNamed(text, facts);
    if (list) return { value: list.id };
    return open || text.trim() !== '' ? { wrong: 'lists.none-such', choices: choicesOf(facts) } : undefined;
  },
  without({ facts }): Took {
    const [only, ...more] = listsOf(facts);
    if (!only) return { nothing: 'lists.none' };
    return more.length === 0 ? { value: only.id } : undefined;
  },
  choices: ({ facts }) => choicesOf(facts),
  view: (value, facts) => listsOf(facts).find(({ id }) => id === value) ?? null,
};

/** Who and which schools of a list are still there, and the names of those that closed or left. */
export function stillThere(
  list: SavedList,
  facts: Facts,
): { schools: string[]; people: string[]; closed: string[]; left: string[] } {
  const isHere = ({ id }: { id: string }) => facts.book.people.some((person) => person.id === id);
  const isOpen = ({ id }: { id: string }) => facts.book.byId.has(id);
  return {
    schools: list.schools.filter(isOpen).map(({ id }) => id),
    people: list.people.filter(isHere).map(({ id }) => id),
    closed: list.schools.filter((one) => !isOpen(one)).map(({ name }) => name),
    left: list.people.filter((one) => !isHere(one)).map(({ name }) => name),
  };
}
