// Slots of an answer to what a receiver of a notice wished: whose wish it is, and what is said to her.
import type { OpenWish } from '../../supervision/notices/wishes.ts';
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

const wishes = (facts: Facts): readonly OpenWish[] => facts.ofOffice?.wishes ?? [];

/** "回复东关小学的:可以", "答复刚才那个，可以": of whom, and what comes after. */
const TO_WHOM = /^(?:刚才|刚刚|那个|这个)*(.{0,24}?)(?:那条|那个|的话|的)?[:\uff1a,\uff0c]\s*(.+)$/su;

/** Whose wishes words name: by the person, or her school. */
export function wishesNamed(facts: Facts, text: string, school: string | undefined): readonly OpenWish[] {
  return wishes(facts).filter(
    ({ name, schools }) =>
      text.includes(name) ||
      (school !== undefined && schools.includes(school)) ||
      schools.some((one) => text.includes(one)),
  );
}

const choicesOf = (list: readonly OpenWish[]): Choice[] =>
  list
    .slice(0, MOST_CHOICES)
    .map(({ id, name, said }) => ({ label: `${name}：${said}`.slice(0, 24), value: id }));

function one(list: readonly OpenWish[]): Took {
  const [only, ...more] = list;
  if (!only) return undefined;
  return more.length === 0 ? { value: only.id } : { choices: choicesOf(list) };
}

export const openWishSlot: SlotKindOf = {
  read({ slots }, { facts, text }) {
    const named = wishesNamed(facts, TO_WHOM.exec(text)?.[1] ?? text, slots.school);
    if (named.length > 0) return one(named);
    // "刚才": the last that came.
    const last = /刚才|刚刚/u.test(text) ? wishes(facts).at(-1) : undefined;
    return last ? { value: last.id } : undefined;
  },
  without: ({ facts }) => one(wishes(facts)) ?? { nothing: 'notices.no-wishes' },
  choices: ({ facts }) => choicesOf(wishes(facts)),
  view: (value, facts) => wishes(facts).find(({ id }) => id === value) ?? null,
};

export const wishAnswerSlot: SlotKindOf = {
  read(_reading, { text, open }) {
    if (open) return undefined;
    const said = TO_WHOM.exec(text)?.[2]?.trim();
    return said ? { value: said } : undefined;
  },
  answer: (text, { spec: { max } }) => {
    const said = text.trim();
    if (said === '') return undefined;
    return max !== undefined && [...said].length > max
      ? { wrong: 'text.long', vars: { max } }
      : { value: said };
  },
  view: (value) => value,
};
