// The slots "inspector", "inspector-pair" and "goes-instead": one inspector of the office by name (of several with one name it asks which),
// two of them, from whom to whom, and who is to go in her place.
import type { Facts } from '../facts.ts';
import { findPeople } from '../understand/entities/people.ts';
import type { Reading } from '../understand/types.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

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

/** "彭红霞，王建国从下月起": the first gives, the second takes. */
function pair(text: string, { facts }: Asks): Took {
  const names = [
    ...new Set(findPeople(text, facts.book.index).flatMap(({ name, known }) => (known ? [name] : []))),
  ];
  const [from, to] = names;
  if (from === undefined || to === undefined) return undefined;
  const took = [named(from, facts), named(to, facts)];
  const wrong = took.find((one) => one && !('value' in one));
  if (wrong) return wrong;
  const [gives, takes] = took.flatMap((one) => (one && 'value' in one ? [one.value] : []));
  return { value: { from: gives, to: takes } };
}

/** "李老师退休了,她的学校都给杨波": who gives is named by half her name; where several bear it, it is asked which. */
function halfNamed({ slots }: Reading, asks: Asks): Took {
  const takes = findPeople(asks.text, asks.facts.book.index).findLast(({ known }) => known)?.name;
  const among = (slots.person_candidates ?? [slots.person ?? '']).filter(
    (name) => name !== '' && name !== takes && inspectors(asks.facts).some((one) => one.name === name),
  );
  if (takes === undefined || among.length === 0) return undefined;
  const pairs = among.slice(0, MOST_CHOICES).flatMap((name) => {
    const took = pair(`${name},${takes}`, asks);
    return took && 'value' in took ? [{ label: name, value: took.value }] : [];
  });
  const [only, ...more] = pairs;
  if (!only) return undefined;
  return more.length === 0 ? { value: only.value } : { choices: pairs, about: 'person.heard' };
}

export const inspectorPairSlot: SlotKindOf = {
  read: (reading, asks) => pair(asks.text, asks) ?? halfNamed(reading, asks),
  answer: pair,
  view: (value) => value,
};

/** "让张明代我去", "叫老李替我跑一趟", "换个人去": somebody else is to go. */
const ANOTHER =
  /(?:让|叫|请|由|派|换|安排)(?:(\p{Script=Han}{1,4}?)(?:督学|老师)?)(?:代|替|帮|顶)?(?:我|一下|下)?(?:去|跑|到)|(\p{Script=Han}{2,3}?)(?:督学|老师)?(?:代|替|顶)(?:我|班)(?:去|跑|到)/u;
const HERSELF = /^(?:我|咱|本人|自己|你|您|他们?|学校|校方)/u;

/** Whom she wants to be sent instead of her. Only one's own visits are planned; the act refuses, and says whose word that is. */
export const goesInsteadSlot: SlotKindOf = {
  read(_reading, { text, facts }) {
    const [, sent, goes] = ANOTHER.exec(text) ?? [];
    const name = sent ?? goes;
    if (name === undefined || HERSELF.test(name) || name === facts.person.name) return undefined;
    return { value: name };
  },
  view: (value) => value,
};
