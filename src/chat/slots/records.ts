// Slots about what is filed already: which of her latest records, and what about it is to be changed.
import { fixedOf } from '../../supervision/visit-contents.ts';
import type { SaidVisit } from '../../supervision/visit-said.ts';
import type { Choice } from '../conversation.ts';
import type { Facts, RecentVisit } from '../facts.ts';
import type { Reading } from '../understand/types.ts';
import { CHANGES, correctionParts, halfOf } from './correction-parts.ts';
import { spokenOf } from './likeness.ts';
import { type SchoolValue, schoolValue } from './school.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

function choicesOf(visits: readonly RecentVisit[]): Choice[] {
  return visits
    .slice(0, MOST_CHOICES)
    .map((visit) => ({ label: `${visit.date.slice(5)} ${visit.school}`, value: visit.id }));
}

function one(visits: readonly RecentVisit[]): Took {
  const [only, ...more] = visits;
  if (!only) return undefined;
  return more.length === 0 ? { value: only.id } : { choices: choicesOf(visits) };
}

/** "灭火器是3个不是2个" names what was wrong as well; that is no school. */
const schoolIn = (from: string | undefined, { book }: Facts) =>
  from !== undefined && book.byName.has(from) ? from : undefined;

/** "一中的不是灭火器是消火栓" says of which record it is, and no other school: what is wrong stands behind the name. */
const namedBefore = (school: string, { facts, text }: Asks): string | undefined =>
  OF_A_RECORD.test(text.trim()) && facts.visits.some((visit) => visit.school === school) ? school : undefined;
const OF_A_RECORD = /^[^,\uff0c。\s]{1,10}?(?:的|那[个条家边]|那里)[,\uff0c\s]*(?:是)?不是.{1,10}是/u;

export const recentVisitSlot: SlotKindOf = {
  /** By the school it was filed under (what is said to be wrong), by its day; nothing said: the newest. */
  read(reading, asks) {
    const { facts, open, text, part } = asks;
    if (facts.visits.length === 0) return { nothing: 'waiting.none-filed' };
    // Of several corrections the first says of which record.
    const [first = '', ...more] = correctionParts(text);
    const { correct, school, date } = (more.length > 0 ? part(first) : reading).slots;
    const wrong =
      correct?.field === 'school'
        ? (correct.from ?? namedBefore(correct.to, asks))
        : (school ?? schoolIn(correct?.from, facts));
    const bySchool =
      wrong === undefined ? facts.visits : facts.visits.filter((visit) => visit.school === wrong);
    const byDay = date === undefined ? bySchool : bySchool.filter((visit) => visit.date === date);
    if (wrong !== undefined || date !== undefined)
      return (
        one(byDay) ??
        (open || wrong !== undefined
          ? { wrong: 'records.none-such', choices: choicesOf(facts.visits) }
          : one(bySchool))
      );
    // "那个坑还是一周吧" after two schools in one go: of the one where the hole is.
    const lately = facts.visits.filter(({ id }) => asks.lastVisits.includes(id));
    const at = new Set(spokenOf(facts.findings, text).map(({ schoolId }) => schoolId));
    const [meant, ...others] = lately.filter(({ schoolId }) => at.has(schoolId));
    return lately.length > 1 && meant && others.length === 0 ? { value: meant.id } : undefined;
  },
  without({ facts, lastVisits }) {
    const late = one(facts.visits.filter(({ id }) => lastVisits.includes(id)));
    if (late) return late;
    const [newest, ...more] = facts.visits;
    // "刚才那条" is one's own; the office, which sees everybody's, says which.
    const own = facts.person.roles.some((role) => role === 'inspector' || role === 'area-leader');
    if (!own && more.length > 0) return undefined;
    return newest ? { value: newest.id } : { nothing: 'waiting.none-filed' };
  },
  choices: ({ facts }) => choicesOf(facts.visits),
  view: (value, facts) => facts.visits.find((visit) => visit.id === value) ?? null,
};

/**
 * The filed record in whose place a draft comes: set when it is opened again (turn/filed/rewrite.ts), never said. `kept`: what the
 * school has on paper stays as it is, and the record is put right in place.
 */
export const replacedVisitSlot: SlotKindOf = {
  read: () => undefined,
  view(value, _facts, row) {
    const { id: school } = row.school as SchoolValue; // the slot's own value
    const now = fixedOf({ ...(row as SaidVisit), school }); // the row is what will be said of the visit
    return { ...(value as object), kept: now === (value as { fixed: string }).fixed };
  },
};

/** One thing to be changed: the school, the day or the half of the day. */
export interface Change {
  field: 'school' | 'date' | 'session';
  /** A school's id, an ISO day, or a session's code. */
  to: string;
  /** As it will be said. */
  label: string;
  outside: boolean;
}

export interface CorrectionValue {
  changes: Change[];
}

/** What was found, and all else of a record, is changed as a draft is (turn/filed/rewrite.ts): the words go with the doubt. */
const asDraft = (said: string) => ({ wrong: CANNOT_CHANGE, vars: { said } });
export const CANNOT_CHANGE = 'records.cannot-change';

/** "是二中,而且是昨天去的" changes two things; what is said later of the same thing counts. */
export const correctionSlot: SlotKindOf = {
  read(reading, asks) {
    const parts = correctionParts(asks.text);
    const several = parts.length > 1 ? severalOf(parts, asks) : null;
    if (several) return several;
    const { correct } = reading.slots;
    const ofIt = correct?.field === 'school' && correct.from === undefined && namedBefore(correct.to, asks);
    const took = ofIt ? undefined : changeOf(reading, asks);
    // What is no such change is said of the record as a draft; which one that is, is asked first where it is not plain.
    const which = recentVisitSlot.without?.(asks);
    const asked = asks.row.visit === undefined && !(which && 'value' in which);
    if (took && 'wrong' in took && !asks.open && asked) return undefined;
    if (took === undefined && !asked && saysMore(asks)) return asDraft(asks.text);
    return took && 'changes' in took ? { value: withChanges(asks, took.changes) } : took;
  },
  /** Which record it is may be known only later; what it says already is dropped from the change. */
  check(value, asks) {
    const { changes } = value as CorrectionValue; // the slot's own value
    const real = changes.filter((change) => !standsAlready(change, asks));
    if (real.length === changes.length) return undefined;
    return real.length > 0 ? { value: { changes: real } } : { wrong: 'records.same' };
  },
  view: (value) => value,
};

/** "第二条去掉" says what is to be changed; "改", "刚才那条写错了" only that something is. */
function saysMore({ open, text }: Asks): boolean {
  if (open) return /\p{L}{2}/u.test(text);
  const said = text.trim();
  // "张明没去 写错了": the sigh stands by itself.
  const rest = said.replace(/[,\uff0c。\s]+[我写记登填弄搞说]*错了?[。.]?$/u, '');
  return rest === said ? [...said].length > 4 && !POINTS.test(said) : [...rest].length > 2;
}

type TookChange = { changes: Change[] } | Exclude<Took, { value: unknown }>;

/** "昨天一中那条记录写错了" says which record, not what it should say. */
const POINTS = /错了?$|有误$|记录$|[那这][条个次]$/u;

function severalOf(parts: readonly string[], asks: Asks): Took {
  const took = parts.flatMap((text) => {
    const reading = asks.part(text);
    if (reading.slots.correct === undefined && POINTS.test(text)) return [];
    return [{ text, got: changeOf(reading, { ...asks, text, open: true }) }];
  });
  const changes = took.flatMap(({ got }) => (got && 'changes' in got ? got.changes : []));
  const others = took.filter(({ text, got }) => (got ? !('changes' in got) : CHANGES.test(text)));
  const told = took.filter(({ got }) => got !== undefined).length;
  if (changes.length === 0 || told + others.length < 2) return undefined;
  return others.length > 0 ? asDraft(asks.text) : { value: withChanges(asks, changes) };
}

function withChanges({ row, name }: Asks, changes: readonly Change[]): CorrectionValue {
  const had = (row[name] as CorrectionValue | undefined)?.changes ?? []; // the slot's own value
  const byField = new Map([...had, ...changes].map((change) => [change.field, change]));
  return { changes: [...byField.values()] };
}

/** "把东关小学那条的日期改成昨天" names the school it stands under: that is no change, least of all one that voids a notice. */
function standsAlready({ field, to }: Change, { facts, row }: Asks): boolean {
  const visit = facts.visits.find(({ id }) => id === row.visit);
  return visit !== undefined && to === (field === 'school' ? visit.schoolId : field === 'date' && visit.date);
}

function changeOf(reading: Reading, asks: Asks): TookChange {
  const { correct, school, date, session } = reading.slots;
  if (correct) return fieldOf(correct.field, correct.to, asks);
  // Asked for it, or beside what is to be changed already: "还有是上午去的".
  if (!asks.open && asks.row[asks.name] === undefined) return undefined;
  if (school) return fieldOf('school', school, asks);
  if (date) return fieldOf('date', date, asks);
  return session ? fieldOf('session', session, asks) : undefined;
}

function fieldOf(field: string, to: string, { facts, text }: Asks): TookChange {
  if (field === 'school') return schoolTo(to, facts);
  if (field === 'session' && ['am', 'pm', 'day', 'half_day'].includes(to))
    return { changes: [{ field, to, label: to, outside: false }] };
  if (field !== 'date' || !/^\d{4}-\d{2}-\d{2}$/.test(to)) return asDraft(text);
  if (to > facts.today.toString()) return { wrong: 'date.future', vars: { date: to } };
  const half = halfOf(text);
  const session: Change[] = half ? [{ field: 'session', to: half, label: half, outside: false }] : [];
  return { changes: [{ field, to, label: to, outside: false }, ...session] };
}

function schoolTo(name: string, facts: Facts): TookChange {
  const school = facts.book.byName.get(name);
  if (!school) return { wrong: 'school.unknown', vars: { typed: name } };
  const { id, outside } = schoolValue(school, facts);
  return { changes: [{ field: 'school', to: id, label: school.name, outside }] };
}
