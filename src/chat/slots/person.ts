// The slot "person": an inspector of the office by name; of several with one name it asks which.
import type { Facts } from '../facts.ts';
import type { SlotKindOf, Took } from './slot.ts';

const inspectors = ({ book }: Facts) =>
  [...book.index.people.values()].flat().filter((person) => person.roles.includes('inspector'));

function named(name: string, facts: Facts): Took {
  const found = inspectors(facts).filter((person) => person.name === name);
  const [only, ...more] = found;
  if (!only) return { wrong: 'person.unknown', vars: { typed: name } };
  if (more.length === 0) return { value: only.userId };
  return {
    choices: found.map((one) => ({ label: `${one.name} ${one.userId}`.slice(0, 24), value: one.userId })),
  };
}

export const inspectorSlot: SlotKindOf = {
  read: ({ slots: { person } }, { facts }) => (person === undefined ? undefined : named(person, facts)),
  answer: (text, { facts }) => named(text.trim().replaceAll(/[督学老师。]+$/gu, ''), facts),
  view(value, facts) {
    const person = inspectors(facts).find(({ userId }) => userId === value);
    return person ? { name: person.name, schools: person.schools.length } : null;
  },
};
