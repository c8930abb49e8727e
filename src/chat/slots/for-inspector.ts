// "替王督学补录…": for whom the office files a visit, or an area leader one of her area. Others file their own, and whoever names
// somebody else is told so: the record would otherwise be hers who speaks.
import type { Receiver } from '../../supervision/notices/audience.ts';
import type { Facts } from '../facts.ts';
import type { SchoolValue } from './school.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

const FOR =
  /(?:帮|替|代|给|为)\s*(\p{Script=Han}{1,4}?)(?:督学|老师|主任)?\s*(?:补录|补登|登记|记录|录入|录|补一?[下条次])|for\s+([\p{Script=Latin} .-]{2,30}?)\s*[:,]/u;
/** "张明让我替他补一条", "补录张明3月18日…": a full name, or it would be anybody's word. */
const ASKED_BY =
  /(\p{Script=Han}{2,6})(?:督学|老师)?(?:让|叫|请|托|委托)我(?:来|去)?(?:帮忙|帮|替|代)?(?:他|她)?(?:补|登|录|记)/u;
const FILED_AS = /(?:补录|补登)(?:一[下条次])?[:\uff1a,\uff0c\s]*(\p{Script=Han}{2,6})/u;
const COMES_ALONG = /^(?:督学|老师)?(?:和|跟|与|同|也|一起|一同|随行)/u;
const TITLE = /(?:督学|老师|主任|同志)$/u;

const ofOffice = ({ person: { roles } }: Facts) => roles.includes('office') || roles.includes('director');
/** Whoever is an inspector herself files her own, unless she names another. */
const filesForOthers = (facts: Facts) =>
  ofOffice(facts) && !facts.person.roles.includes('inspector') && !facts.person.roles.includes('area-leader');
const mayFileFor = (facts: Facts, { areaId }: Receiver) =>
  ofOffice(facts) ||
  (facts.person.roles.includes('area-leader') && areaId !== null && areaId === facts.person.areaId);

const inspectors = ({ book }: Facts) => book.people.filter(({ roles }) => roles.includes('inspector'));
const hers = (one: Receiver, row: Asks['row']) =>
  one.schools.inspector.some(({ id }) => id === (row.school as SchoolValue | undefined)?.id); // the slot's own value
const choicesOf = (people: readonly Receiver[]) =>
  people.slice(0, MOST_CHOICES).map(({ id, name }) => ({ label: name, value: id }));

/** Whom these letters name: of several the one whose school it is. */
function fitting(said: string, { facts, row }: Pick<Asks, 'facts' | 'row'>): Receiver[] {
  const name = said.trim().replace(TITLE, '');
  const fits = inspectors(facts).filter(
    (one) => one.name === name || (name !== '' && one.name.startsWith(name)),
  );
  const near = fits.filter((one) => hers(one, row));
  return near.length > 0 ? near : fits;
}

function named(said: string, asks: Asks): Took {
  const [only, ...more] = fitting(said, asks);
  if (!only) return { wrong: 'person.unknown', vars: { typed: said.trim() } };
  return more.length === 0 ? { value: only.id } : { choices: choicesOf([only, ...more]) };
}

/** What stands in the place of a name. */
function saidName({ facts, text }: Asks): string | undefined {
  const found = FOR.exec(text);
  const plain = found?.[1] ?? found?.[2];
  if (plain !== undefined && !/^[他她]/u.test(plain)) return plain;
  const all = inspectors(facts).map(({ name }) => name);
  const before = ASKED_BY.exec(text)?.[1];
  const asking = before && all.find((name) => before.endsWith(name));
  if (asking) return asking;
  const as = FILED_AS.exec(text);
  const after = as && text.slice(as.index + as[0].length - (as[1] ?? '').length);
  return after
    ? all.find((name) => after.startsWith(name) && !COMES_ALONG.test(after.slice(name.length)))
    : undefined;
}

export const forInspectorSlot: SlotKindOf = {
  read(_reading, asks) {
    const { facts } = asks;
    const said = saidName(asks);
    if (said === undefined) return undefined;
    if (filesForOthers(facts)) return named(said, asks);
    // "给学校登记": no inspector's name, so nobody was meant.
    const [only, ...more] = fitting(said, asks).filter(({ id }) => id !== facts.person.id);
    if (!only) return undefined;
    const open = [only, ...more].filter((one) => mayFileFor(facts, one));
    const [mine, ...others] = open;
    if (!mine) return { nothing: 'filing.not-yours', vars: { name: only.name } };
    return others.length === 0 ? { value: mine.id } : { choices: choicesOf(open) };
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
