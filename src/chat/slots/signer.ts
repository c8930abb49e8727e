// The slot "signer": who of a head's own school may sign for her: its in-school inspectors, by name or by "李主任".
import type { Receiver } from '../../supervision/notices/audience.ts';
import type { Facts } from '../facts.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

/** What stands behind a name in talk. */
const TITLE = /(?:副?(?:主任|校长|园长|书记)|校级督学|督学|老师|同志)$/u;

const staff = ({ book, mine, person }: Facts): readonly Receiver[] =>
  book.people.filter(
    (one) => one.id !== person.id && one.schools['school-inspector'].some(({ id }) => mine.has(id)),
  );
const choicesOf = (people: readonly Receiver[]) =>
  people.slice(0, MOST_CHOICES).map(({ id, name }) => ({ label: name, value: id }));

function named(said: string, facts: Facts): Took {
  const all = staff(facts);
  if (all.length === 0) return { nothing: 'signer.none', vars: { typed: said } };
  const name = said.trim().replace(TITLE, '');
  const fits = all.filter((one) => name !== '' && (one.name === name || one.name.startsWith(name)));
  const [only, ...more] = fits;
  if (!only) return { wrong: 'signer.unknown', vars: { typed: said }, choices: choicesOf(all) };
  return more.length === 0 ? { value: only.id } : { choices: choicesOf(fits) };
}

export const signerSlot: SlotKindOf = {
  // With nothing to sign it is not asked who signs.
  read: ({ slots: { content } }, { facts }) =>
    content === undefined || facts.notices.length === 0 ? undefined : named(content, facts),
  answer: (text, { facts }) => named(text, facts),
  without: ({ facts }) => {
    const all = staff(facts);
    return all.length === 0 ? { nothing: 'signer.none', vars: { typed: '' } } : { choices: choicesOf(all) };
  },
  choices: ({ facts }) => choicesOf(staff(facts)),
  view: (value, facts) => staff(facts).find(({ id }) => id === value) ?? null,
};
