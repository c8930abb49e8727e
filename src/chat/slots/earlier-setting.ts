// The slot "earlier-setting": one of the values that a setting had before, as the act listed them for this draft.
import type { Earlier } from '../../supervision/setting-history.ts';
import type { Choice, Row } from '../conversation.ts';
import type { Asks, SlotKindOf } from './slot.ts';

const knownTo = (row: Row): readonly Earlier[] => (row.known ?? []) as Earlier[]; // as the act gave it

/** What `sayValue` leaves to the language. */
const WORDS = ['yes', 'no', 'none'];

/** `10(小陈 3月2日)`; what nobody had set was there from the beginning. */
function label({ value, by, at }: Earlier, term: Asks['term']): string {
  const said = WORDS.includes(value) ? term(`setting-value.${value}`) : value;
  const day = at === '' ? '' : `${Number(at.slice(5, 7))}-${Number(at.slice(8, 10))}`;
  const who = at === '' ? term('setting-by.nobody') : `${by || term('setting-by.command')} ${day}`;
  return `${said}(${who})`.slice(0, 24);
}

export const earlierSettingSlot: SlotKindOf = {
  read: () => undefined,
  choices: ({ row, term }): Choice[] =>
    knownTo(row).map((one) => ({ label: label(one, term), value: one.id })),
  answer(text, { row }) {
    const found = knownTo(row).filter(({ value }) => value === text.trim());
    return found[0] ? { value: found[0].id } : undefined;
  },
  without({ row }) {
    const [only, ...more] = knownTo(row);
    return only && more.length === 0 ? { value: only.id } : undefined;
  },
  view: (value, _facts, row) => knownTo(row).find(({ id }) => id === value) ?? null,
};
