// The slot "schools": every school that a message names at once; one that is doubtful is asked for like any school.
import { readSchool, type SchoolValue, schoolValue } from './school.ts';
import type { SlotKindOf } from './slot.ts';

export const schoolsSlot: SlotKindOf = {
  read(reading, asks) {
    const { facts } = asks;
    const named = (reading.slots.schools ?? []).flatMap((name) => facts.book.byName.get(name) ?? []);
    if (named.length > 0) return { value: named.map((school) => schoolValue(school, facts)) };
    const one = readSchool(reading, asks);
    if (one === undefined || 'nothing' in one || 'wrong' in one) return one;
    if ('value' in one) return { ...one, value: [one.value] };
    return { ...one, choices: one.choices.map(({ label, value }) => ({ label, value: [value] })) };
  },
  view: (value) => (value as SchoolValue[]).map(({ name }) => name), // the slot's own value
};
