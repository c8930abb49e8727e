// The month that the office closes: one that is over and not closed yet; otherwise it is said at once, before anything is confirmed.
import { wallOf } from '../../supervision/notices/send.ts';
import type { Facts } from '../facts.ts';
import { periodSlot } from './plain.ts';
import type { SlotKindOf, Took } from './slot.ts';

/** What stands against closing this month; undefined: nothing does. */
function fault(month: unknown, facts: Facts): Took {
  if (typeof month !== 'string') return undefined;
  if (month >= facts.today.toPlainYearMonth().toString())
    return { nothing: 'month.not-over', vars: { month } };
  const closed = facts.ofOffice?.closed.find((one) => one.month === month);
  if (!closed) return undefined;
  const at = wallOf(facts.office, new Date(closed.at));
  return { nothing: 'month.closed-already', vars: { month, at, by: closed.by } };
}

const unlessFault = (took: Took, facts: Facts): Took =>
  took && 'value' in took ? (fault(took.value, facts) ?? took) : took;

const lastMonth = ({ today }: Facts) => today.toPlainYearMonth().subtract({ months: 1 }).toString();

export const closingMonthSlot: SlotKindOf = {
  read: (reading, asks) => unlessFault(periodSlot.read(reading, asks), asks.facts),
  answer: (text, asks) => unlessFault(periodSlot.answer?.(text, asks), asks.facts),
  /** "关闭月份": of the last one it is said; which other is meant, she says. */
  without: ({ facts }) => fault(lastMonth(facts), facts),
  choices: ({ facts, term }) => [{ label: term('last-month'), value: lastMonth(facts) }],
  view: (value) => value,
};
