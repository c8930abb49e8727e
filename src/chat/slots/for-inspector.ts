// "替王督学补录…": for whom the office files a visit. Others file their own, and are not asked.
import type { Receiver } from '../../supervision/notices/audience.ts';
import type { Facts } from '../facts.ts';
import type { SchoolValue } from './school.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

const FOR =
  /(?:帮|替|代|给|为)\s*(\p{Script=Han}{1,4}?)(?:督学|老师|主任)?\s*(?:补录|补登|登记|记录|录入|录|补一?[下条次])|for\s+([\p{Script=Latin} .-]{2,30}?)\s*[:,]/u;
const TITLE = /(?:督学|老师|主任|同志)$/u;

/** Whoever is an inspector herself files her own. */
const filesForOthers = ({ person: { roles } }: Facts) =>
  !roles.includes('inspector') &&
  !roles.includes('area-leader') &&
  (roles.includes('office') || roles.includes('director'));

const inspectors = ({ book }: Facts) => book.people.filter(({ roles }) => roles.includes('inspector'));
const hers = (one: Receiver, row: Asks['row']) =>
  one.schools.inspector.some(({ id }) => id === (row.school as SchoolValue | undefined)?.id); // the slot's own value
const choicesOf = (people: readonly Receiver[]) =>
  people.slice(0, MOST_CHOICES).map(({ id, name }) => ({ label: name, value: id }));

function named(said: string, { facts, row }: Asks): Took {
  const name = said.trim().replace(TITLE, '');
  const fits = inspectors(facts).filter(
    (one) => one.name === name || (name !== '' && one.name.startsWith(name)),
  );
  const near = fits.filter((one) => hers(one, row));
  const [only, ...more] = near.length > 0 ? near : fits;
  if (!only) return { wrong: 'person.unknown', vars: { typed: said.trim() } };
  return more.length === 0 ? { value: only.id } : { choices: choicesOf([only, ...more]) };
}

export const forInspectorSlot: SlotKindOf = {
  read(_reading, asks) {
    const found = filesForOthers(asks.facts) ? FOR.exec(asks.text) : null;
    const said = found?.[1] ?? found?.[2];
    return said === undefined ? undefined : named(said, asks);
  },
  answer: (text, asks) => named(text, asks),
  /** The inspector of that school; the card says so before anything is filed. */
  without({ facts, row }) {
    if (!filesForOthers(facts)) return { value: null };
    const near = inspectors(facts).filter((one) => hers(one, row));
    const [only, ...more] = near;
    return only && more.length === 0
      ? { value: only.id }
      : near.length > 1
        ? { choices: choicesOf(near) }
        : undefined;
  },
  view: (value, facts) => inspectors(facts).find(({ id }) => id === value) ?? null,
};
