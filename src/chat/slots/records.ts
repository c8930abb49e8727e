// Slots about what is filed already: which of her latest records, and what about it is to be changed.
import type { Choice } from '../conversation.ts';
import type { Facts, RecentVisit } from '../facts.ts';
import { schoolValue } from './school.ts';
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

export const recentVisitSlot: SlotKindOf = {
  /** By the school it was filed under (what is said to be wrong), by its day; nothing said: the newest. */
  read(reading, { facts, open }) {
    if (facts.visits.length === 0) return { nothing: 'waiting.none-filed' };
    const { correct, school, date } = reading.slots;
    const wrong = correct?.field === 'school' ? correct.from : (school ?? correct?.from);
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
    return undefined;
  },
  without({ facts }) {
    const [newest, ...more] = facts.visits;
    // "刚才那条" is one's own; the office, which sees everybody's, says which.
    const own = facts.person.roles.some((role) => role === 'inspector' || role === 'area-leader');
    if (!own && more.length > 0) return undefined;
    return newest ? { value: newest.id } : { nothing: 'waiting.none-filed' };
  },
  choices: ({ facts }) => choicesOf(facts.visits),
  view: (value, facts) => facts.visits.find((visit) => visit.id === value) ?? null,
};

/** What is to be changed: the school, the day or the half of the day. */
export interface CorrectionValue {
  field: 'school' | 'date' | 'session';
  /** A school's id, an ISO day, or a session's code. */
  to: string;
  /** As it will be said. */
  label: string;
  outside: boolean;
}

export const correctionSlot: SlotKindOf = {
  read(reading, asks) {
    const { correct, school, date, session } = reading.slots;
    if (correct) return fieldOf(correct.field, correct.to, asks);
    if (!asks.open) return undefined;
    if (school) return fieldOf('school', school, asks);
    if (date) return fieldOf('date', date, asks);
    return session ? fieldOf('session', session, asks) : undefined;
  },
  view: (value) => value,
};

function fieldOf(field: string, to: string, { facts }: Asks): Took {
  if (field === 'school') return schoolTo(to, facts);
  if (field === 'session' && ['am', 'pm', 'day', 'half_day'].includes(to))
    return { value: { field, to, label: to, outside: false } satisfies CorrectionValue };
  if (field !== 'date' || !/^\d{4}-\d{2}-\d{2}$/.test(to)) return { wrong: 'records.cannot-change' };
  if (to > facts.today.toString()) return { wrong: 'date.future', vars: { date: to } };
  return { value: { field, to, label: to, outside: false } satisfies CorrectionValue };
}

function schoolTo(name: string, facts: Facts): Took {
  const school = facts.book.byName.get(name);
  if (!school) return { wrong: 'school.unknown', vars: { typed: name } };
  const { id, outside } = schoolValue(school, facts);
  return { value: { field: 'school', to: id, label: school.name, outside } satisfies CorrectionValue };
}
