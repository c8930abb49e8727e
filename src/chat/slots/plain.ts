// Slots whose value is one plain thing: a day, part of a day, methods, lessons, free words, a result, a month.
import { Temporal } from 'temporal-polyfill';
import type { Asks, SlotKindOf, Took } from './slot.ts';

export const dateSlot: SlotKindOf = {
  read(reading, asks) {
    if (
      reading.flags.includes('small-hours') &&
      reading.slots.date === asks.facts.today.toString() &&
      !asks.open
    )
      return smallHours(asks);
    return asDay(reading.slots.date, asks);
  },
  without({ facts, spec }) {
    return spec.default === 'today' ? { value: facts.today.toString() } : undefined;
  },
  view: (value) => value,
};

/** Before 05:00 "today" may be the day that the speaker has not slept yet (DOMAIN §6.4). */
function smallHours({ facts }: Asks): Took {
  const today = facts.today.toString();
  const yesterday = facts.today.subtract({ days: 1 }).toString();
  return {
    choices: [
      { label: yesterday, value: yesterday },
      { label: today, value: today },
    ],
    about: 'small-hours',
  };
}

function asDay(iso: string | undefined, { facts, spec }: Asks): Took {
  if (iso === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  if (spec.notAfter === 'today' && Temporal.PlainDate.compare(iso, facts.today) > 0)
    return { wrong: 'date.future', vars: { date: iso } };
  return { value: iso };
}

export const sessionSlot: SlotKindOf = {
  read: (reading) => (reading.slots.session ? { value: reading.slots.session } : undefined),
  view: (value) => value,
};

export const methodsSlot: SlotKindOf = {
  read: (reading) => (reading.slots.methods?.length ? { value: reading.slots.methods } : undefined),
  view: (value) => value,
};

export const itemsSlot: SlotKindOf = {
  read: (reading) => (reading.slots.items?.length ? { value: reading.slots.items } : undefined),
  view: (value) => value,
};

export const lessonsSlot: SlotKindOf = {
  read: (reading) => (reading.slots.lessons === undefined ? undefined : { value: reading.slots.lessons }),
  view: (value) => value,
};

/** Words: from the slot of the same meaning, or the whole answer when it was asked for. */
export const textSlot: SlotKindOf = {
  read(reading, { name, spec }) {
    const said = reading.slots[(spec.read ?? name) as 'reason']; // any text slot of Slots; others are refused by the check below
    return typeof said === 'string' && said.trim() !== '' ? { value: said.trim() } : undefined;
  },
  answer(text, { spec }) {
    const said = text.trim();
    if (said.length < (spec.min ?? 1)) return { wrong: 'text.short', vars: { min: spec.min ?? 1 } };
    return said.length > (spec.max ?? 500)
      ? { wrong: 'text.long', vars: { max: spec.max ?? 500 } }
      : { value: said };
  },
  view: (value) => value,
};

/** The message itself, as typed: an emergency is passed on in the words it was told in. */
export const messageSlot: SlotKindOf = {
  read: (_reading, { text }) => (text.trim() === '' ? undefined : { value: text.trim().slice(0, 500) }),
  view: (value) => value,
};

export const resultSlot: SlotKindOf = {
  read: (reading) => (reading.slots.result ? { value: reading.slots.result } : undefined),
  view: (value) => value,
};

export const periodSlot: SlotKindOf = {
  read(reading) {
    const month = /^\d{4}-\d{2}/.exec(reading.slots.period ?? reading.slots.date ?? '')?.[0];
    return month ? { value: month } : undefined;
  },
  view: (value) => value,
};
