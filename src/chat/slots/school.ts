// The slot "school": by any name people use, never a silent guess among equals.
import type { Choice } from '../conversation.ts';
import type { Facts, KnownSchool } from '../facts.ts';
import type { Reading } from '../understand/types.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

export interface SchoolValue {
  id: string;
  name: string;
  kindergarten: boolean;
  /** Not one of hers: said back on the card, never passed over (DOMAIN §6.4). */
  outside: boolean;
}

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
export function readSchool(reading: Reading, { facts }: Asks): Took {
  const { school, school_candidates: candidates, school_unresolved: unresolved } = reading.slots;
  if (candidates && candidates.length > 0) return { choices: choicesOf(candidates, facts) };
  if (unresolved !== undefined) return { wrong: 'school.unknown', vars: { typed: unresolved } };
  if (school === undefined) return undefined;
  const known = facts.book.byName.get(school);
  if (!known) return { wrong: 'school.unknown', vars: { typed: school } };
  return { value: schoolValue(known, facts) };
}

export const schoolSlot: SlotKindOf = {
  read: readSchool,
  without({ facts, spec }) {
    if (spec.prefer !== 'assigned' || facts.mine.size !== 1) return undefined;
    const [only] = facts.mine;
    const school = only === undefined ? undefined : facts.book.byId.get(only);
    return school ? { value: schoolValue(school, facts) } : undefined;
  },
  choices({ facts, spec }) {
    if (spec.prefer !== 'assigned' || facts.mine.size > MOST_CHOICES) return [];
    return [...facts.mine].flatMap((id) => {
      const school = facts.book.byId.get(id);
      return school ? [{ label: school.name, value: schoolValue(school, facts) }] : [];
    });
  },
  view: (value) => value,
};
