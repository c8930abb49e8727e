// The slot "school": by any name people use, never a silent guess among equals.
import type { Choice } from '../conversation.ts';
import type { Facts, KnownSchool } from '../facts.ts';
import { findSchools } from '../understand/schools/schools.ts';
import type { Reading, Understood } from '../understand/types.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

export interface SchoolValue {
  id: string;
  name: string;
  kindergarten: boolean;
  /** Not one of hers: said back on the card, never passed over (DOMAIN §6.4). */
  outside: boolean;
  /** What was typed, when it was a slip that this choice settles: remembered for this person. */
  typed?: string;
}

/** A school as a draft keeps it. */
export function schoolValue(school: KnownSchool, facts: Facts): SchoolValue {
  return {
    id: school.id,
    name: school.name,
    kindergarten: school.kind === 'kindergarten',
    outside: facts.mine.size > 0 && !facts.mine.has(school.id),
  };
}

function choicesOf(names: readonly string[], facts: Facts): Choice[] {
  return names.slice(0, MOST_CHOICES).flatMap((name) => {
    const school = facts.book.byName.get(name);
    return school ? [{ label: school.name, value: schoolValue(school, facts) }] : [];
  });
}

/** The schools named in a reading; what is doubtful comes back as choices. */
export function readSchool(reading: Reading, asks: Asks): Took {
  const { facts } = asks;
  const { school, school_candidates: candidates, school_unresolved: unresolved } = reading.slots;
  const [own, ...more] = (candidates ?? []).flatMap((name) => heldBy(name, asks) ?? []);
  if (candidates && candidates.length > 1 && own && more.length === 0)
    return { value: schoolValue(own, facts) };
  if (candidates && candidates.length > 0)
    return {
      choices: choicesOf(candidates, facts),
      about: candidates.length === 1 ? 'school.slip' : 'school.heard',
    };
  if (unresolved !== undefined)
    return { wrong: 'school.unknown', vars: { typed: unresolved }, choices: nearest(reading, asks) };
  if (school === undefined) return undefined;
  const known = facts.book.byName.get(school);
  if (!known) return { wrong: 'school.unknown', vars: { typed: school } };
  const slip = reading.flags.includes('school-fuzzy') ? slipFor(known, asks) : null;
  return slip ?? { value: schoolValue(known, facts) };
}

/**
 * Of several that the words fit, the one that is hers where a visit is told ("中心小学", of which every town has one), or that of the
 * person named as its holder ("彭红霞的苗苗幼儿园"). Its official name is said back before anything is done.
 */
function heldBy(name: string, { facts, spec, text }: Asks): KnownSchool | undefined {
  const school = facts.book.byName.get(name);
  if (!school) return undefined;
  const holders = [...facts.book.index.people.values()]
    .flat()
    .filter((one) => text.includes(`${one.name}的`));
  if (holders.length > 0)
    return holders.some(({ schools }) => schools.includes(school.code)) ? school : undefined;
  return spec.prefer === 'assigned' && facts.mine.has(school.id) ? school : undefined;
}

/** The nearest among the school's names; when none is near, her own, as long as they are few. */
function nearest(reading: Reading, asks: Asks): Choice[] {
  const near = 'candidates' in reading ? (reading as Understood).candidates : []; // only a whole message carries them
  const codes = near.flatMap((one) => (one.kind === 'school' ? [one.code] : []));
  const { facts } = asks;
  const schools = codes.flatMap((code) => facts.book.byCode.get(code) ?? []);
  const own = schools.filter((school) => facts.mine.has(school.id));
  const names = (own.length > 0 ? own : []).map((school) => school.name);
  return names.length > 0 ? choicesOf(names, facts) : (schoolSlot.choices?.(asks) ?? []);
}

/** Heard by sound or past a typo: the likely one is asked for by its official name, beside its neighbours (VOICE, "voice slip"). */
function slipFor(known: KnownSchool, { facts, text }: Asks): Took | null {
  const sender = {
    userId: facts.person.userId,
    name: facts.person.name,
    roles: [...facts.person.roles],
    schools: [...facts.mine].flatMap((id) => facts.book.byId.get(id)?.code ?? []),
    learned: facts.person.learned,
  };
  const heard = findSchools(text, facts.book.index, sender).find(
    (one) => one.fuzzy && one.code === known.code,
  );
  if (!heard) return null;
  const near = heard.among
    .flatMap((code) => facts.book.byCode.get(code) ?? [])
    .filter((one) => one.id !== known.id);
  const choices = [known, ...near].slice(0, MOST_CHOICES - 1).map((school) => ({
    label: school.name,
    value: { ...schoolValue(school, facts), typed: heard.text } satisfies SchoolValue,
  }));
  return { choices, about: 'school.slip' };
}

/** Where an emergency goes on, by her word or told to her: whose telephone is asked for then need not be said. */
function inDanger({ emergencies }: Facts): string[] {
  const going = emergencies.flatMap(({ state, schoolId }) => (state === 'closed' ? [] : (schoolId ?? [])));
  return [...new Set(going)];
}

export const schoolSlot: SlotKindOf = {
  read: readSchool,
  without({ facts, spec }) {
    if (spec.prefer === undefined) return undefined;
    const alarmed = spec.prefer === 'alarmed' ? inDanger(facts) : [];
    const [only, ...more] = alarmed.length > 0 ? alarmed : facts.mine;
    if (more.length > 0) return undefined;
    const school = only === undefined ? undefined : facts.book.byId.get(only);
    return school ? { value: schoolValue(school, facts) } : undefined;
  },
  choices({ facts, spec }) {
    const late = spec.prefer === 'owing' && facts.mine.size === 0 ? (facts.ofOffice?.overdue ?? []) : [];
    const few = late.length > 0 ? late.slice(0, MOST_CHOICES) : [...facts.mine];
    if (spec.prefer === undefined || few.length > MOST_CHOICES) return [];
    return few.flatMap((id) => {
      const school = facts.book.byId.get(id);
      return school ? [{ label: school.name, value: schoolValue(school, facts) }] : [];
    });
  },
  view: (value) => value,
};
