// The slots of lists of schools: the name of a new one, its schools as they were named, and which list is meant.
import { MOST_SCHOOLS } from '../../supervision/notices/audience.ts';
import type { SchoolList } from '../../supervision/notices/list.ts';
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { kindsIn } from './audience-kinds.ts';
import { mentionsIn, placesIn } from './places.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

/** The office's lists of schools, for whom they are; nobody else has any. */
export const listsOf = (facts: Facts): readonly SchoolList[] => facts.ofOffice?.lists ?? [];

/** The list whose name stands in the words, the longest first. */
export function listNamed(words: string, facts: Facts): SchoolList | undefined {
  return [...listsOf(facts)]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => words.toLowerCase().includes(name.toLowerCase()));
}

const bareName = (said: string): string =>
  said.replaceAll(/[“”"'《》]|\s*(?:的?名单|list)\s*$/giu, '').trim();

/** The name comes before the first comma or colon, as the agreed words leave it; schools are no name. */
function nameIn(text: string, facts: Facts): string | undefined {
  const head = /^([^,，:：]{2,24})[,，:：]/u.exec(text.trim())?.[1];
  if (head === undefined || mentionsIn(head, facts).length > 0) return undefined;
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
    return { name: value, before: before ? before.schools.length : 0 };
  },
};

function named(said: string): Took {
  const name = bareName(said);
  if ([...name].length < 2) return { wrong: 'text.short', vars: { min: 2 } };
  return [...name].length > 20 ? { wrong: 'text.long', vars: { max: 20 } } : { value: name };
}

interface Listed {
  ids: string[];
  /** What was named and is not clear: as typed, with the schools it may be. */
  unclear: { said: string; among: string[] }[];
  /** Taken by area, stage or what is overdue, as they stand today: what changes later does not change the list. */
  group?: boolean;
}

/** Every school that the words name, and what of them is not clear, which is never passed over. */
function schoolsIn(words: string, facts: Facts): Listed {
  const found: Listed = { ids: [], unclear: [] };
  for (const mention of mentionsIn(words, facts)) {
    const id = mention.code && facts.book.byCode.get(mention.code)?.id;
    if (id) found.ids.push(id);
    else
      found.unclear.push({
        said: mention.text,
        among: mention.unknown
          ? []
          : mention.among.flatMap((code) => facts.book.byCode.get(code)?.name ?? []),
      });
  }
  const named = { ids: [...new Set(found.ids)], unclear: found.unclear };
  return named.ids.length > 0 ? named : (groupIn(words, facts, named.unclear.length > 0) ?? named);
}

/** "三区的幼儿园", "有逾期的学校", "所有小学": the schools that these words mean today. `unclear`: a stage alone may then be part of a name. */
function groupIn(words: string, facts: Facts, unclear: boolean): Listed | undefined {
  const { areas, rest } = placesIn(words, facts);
  const late = /逾期|超期|overdue/iu.test(rest) ? new Set(facts.ofOffice?.overdue) : null;
  const kinds = kindsIn(rest);
  if (areas.length === 0 && !late && (kinds.length === 0 || unclear)) return undefined;
  const { book } = facts;
  const codes = new Set(areas.map((id) => book.areaCodeOf.get(id)));
  const ids = [...book.byId.values()]
    .filter(
      ({ id, code, kind }) =>
        (codes.size === 0 || codes.has(book.index.schools.get(code)?.area)) &&
        (kinds.length === 0 || kinds.includes(kind)) &&
        (!late || late.has(id)),
    )
    .map(({ id }) => id);
  return { ids, unclear: [], group: true };
}

/** The words about its schools: without the name that stands before them, which may hold "三区" or "幼儿园" as well. */
const aboutSchools = (text: string, open: boolean, facts: Facts): string =>
  !open && nameIn(text, facts) !== undefined
    ? text.trim().replace(/^[^,\uff0c:\uff1a]*[,\uff0c:\uff1a]/u, '')
    : text;

const DROPS = /去掉|不要|删掉|移出|除去|without|remove/iu;
const ADDS = /加上|再加|加入|添上|还有|add/iu;

export const listedSchoolsSlot: SlotKindOf = {
  read(_reading, { text, open, row, name, facts }): Took {
    const stands = row[name] as Listed | undefined; // as schoolsIn() gave it
    if (RENAME.test(text.trim())) return undefined;
    const found = schoolsIn(stands ? text : aboutSchools(text, open, facts), facts);
    if (found.ids.length > MOST_SCHOOLS)
      return { wrong: 'lists.too-many', vars: { count: found.ids.length, max: MOST_SCHOOLS } };
    if (found.group && found.ids.length === 0) return { wrong: 'lists.nobody-there' };
    if (found.ids.length === 0) {
      const [first] = found.unclear;
      if (stands || !first) return undefined;
      return { wrong: 'school.unknown', vars: { typed: first.said } };
    }
    if (!stands || open) return { value: found };
    // What was not clear is settled by any school that is named now.
    const of = (ids: string[]): Took =>
      ids.length > 0 ? { value: { ids, unclear: [], group: stands.group ?? false } } : undefined;
    if (DROPS.test(text)) return of(stands.ids.filter((id) => !found.ids.includes(id)));
    if (ADDS.test(text) || stands.unclear.length > 0) {
      const ids = [...new Set([...stands.ids, ...found.ids])];
      const group = (stands.group || found.group) ?? false;
      return { value: { ids, unclear: found.unclear, group } };
    }
    return undefined;
  },
  view(value, facts) {
    const { ids, unclear, group = false } = value as Listed; // likewise
    return { names: ids.map((id) => facts.book.byId.get(id)?.name ?? ''), count: ids.length, unclear, group };
  },
};

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

/** The schools of a list that are still there, and the names of those that closed. */
export function stillThere(list: SchoolList, facts: Facts): { ids: string[]; closed: string[] } {
  const gone = list.schools.filter(({ id }) => !facts.book.byId.has(id));
  return {
    ids: list.schools.filter(({ id }) => facts.book.byId.has(id)).map(({ id }) => id),
    closed: gone.map(({ name }) => name),
  };
}
