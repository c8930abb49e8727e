// Slots that point at an emergency: the only one, the one at the school that was named, or one of a few.
import type { Choice } from '../conversation.ts';
import type { Facts, OpenEmergency } from '../facts.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

function choicesOf(list: readonly OpenEmergency[]): Choice[] {
  return list.slice(0, MOST_CHOICES).map(({ id, school, text }) => ({
    label: (school === '' ? text : school).slice(0, 24),
    value: id,
  }));
}

function emergencySlot(list: (facts: Facts) => readonly OpenEmergency[]): SlotKindOf {
  const one = (left: readonly OpenEmergency[]): Took => {
    const [only, ...more] = left;
    if (!only) return undefined;
    return more.length === 0 ? { value: only.id } : { choices: choicesOf(left) };
  };
  return {
    read({ slots }, { facts }) {
      const school = slots.school === undefined ? undefined : facts.book.byName.get(slots.school);
      return school && one(list(facts).filter(({ schoolId }) => schoolId === school.id));
    },
    without: ({ facts }: Asks) => one(list(facts)) ?? { nothing: 'emergencies.none' },
    choices: ({ facts }) => choicesOf(list(facts)),
    view: (value, facts) => facts.emergencies.find(({ id }) => id === value) ?? null,
  };
}

export const openEmergencySlot = emergencySlot(({ emergencies }) =>
  emergencies.filter(({ state }) => state !== 'closed'),
);
export const closedEmergencySlot = emergencySlot(({ emergencies }) =>
  emergencies.filter(({ state }) => state === 'closed'),
);
