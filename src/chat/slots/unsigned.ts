// The slot "unsigned-notice": a rectification notice that waits for a head's signature, by number or the only one.
import type { Choice } from '../conversation.ts';
import type { UnsignedNotice } from '../facts.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf } from './slot.ts';
import { numberOf } from './waiting.ts';

const noticeChoices = (list: readonly UnsignedNotice[]): Choice[] =>
  list.slice(0, MOST_CHOICES).map((notice) => ({ label: notice.no, value: notice.id }));

export const unsignedNoticeSlot: SlotKindOf = {
  read(reading, { facts }) {
    const number = numberOf(reading.slots.rect_no);
    if (number === null) return undefined;
    if (facts.notices.length === 0) return { nothing: 'notices.none' };
    const notice = facts.notices.find((one) => one.number === number);
    return notice
      ? { value: notice.id }
      : { wrong: 'waiting.no-such-number', vars: { number }, choices: noticeChoices(facts.notices) };
  },
  without({ facts }: Asks) {
    const [only, ...more] = facts.notices;
    if (!only) return { nothing: 'notices.none' };
    return more.length === 0 ? { value: only.id } : { choices: noticeChoices(facts.notices) };
  },
  choices: ({ facts }) => noticeChoices(facts.notices),
  view: (value, facts) => facts.notices.find((notice) => notice.id === value) ?? null,
};
