// Slots whose value is one plain thing: a day, part of a day, methods, lessons, free words, a result, a month.
import { Temporal } from 'temporal-polyfill';
import type { Facts } from '../facts.ts';
import { parseDate } from '../understand/answers.ts';
import { pastEnglishDay } from '../understand/english/when.ts';
import { maskPersonal } from '../understand/text/mask.ts';
import { amissIn, seenIn, verdictIn } from './looked.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took, whichPerson } from './slot.ts';

export const dateSlot: SlotKindOf = {
  read(reading, asks) {
    const { date } = reading.slots;
    const doubtful = reading.flags.includes('small-hours') && !asks.open;
    if (doubtful && (date === undefined || date === asks.facts.today.toString())) return smallHours(asks);
    return oneOf(date, asks) ?? asDay(date, asks);
  },
  answer: (text, asks) => asDay(dayIn(text, asks), asks),
  without({ facts, spec }) {
    return spec.default === 'today' ? { value: facts.today.toString() } : undefined;
  },
  view: (value) => value,
};

/** "16、17号两天": a record is of one day, so which, is asked; of more days than there are buttons, in words. */
function oneOf(said: string | undefined, { facts, spec }: Asks): Took {
  const [from, to] = said?.split('/') ?? [];
  if (!from || !to || !/^\d{4}-\d{2}-\d{2}$/.test(from)) return undefined;
  const first = Temporal.PlainDate.from(from);
  const last =
    spec.notAfter === 'today' && to > facts.today.toString() ? facts.today : Temporal.PlainDate.from(to);
  const count = first.until(last).days + 1;
  if (count < 1 || count > MOST_CHOICES) return { wrong: 'date.one-day' };
  const each = Array.from({ length: count }, (_, i) => first.add({ days: i }).toString());
  return { choices: each.map((day) => ({ label: day, value: day })), about: 'date.one-day' };
}

/** A day that was said by itself: "昨天", "上周三", "5号". */
function dayIn(text: string, { facts }: Asks): string | undefined {
  const { now, calendar, office } = facts;
  const english = pastEnglishDay(text, facts.today);
  if (english !== undefined) return english;
  const found = parseDate(text, { now, calendar, timeZone: office.timeZone, direction: 'past' });
  return found && !found.span ? found.date : undefined;
}

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

/** Nobody files a visit of so long ago without naming the year: such a day was a coming one. */
const FAR_BACK_DAYS = 270;

function asDay(iso: string | undefined, { facts, spec, text }: Asks): Took {
  if (iso === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  if (spec.notAfter !== 'today') return { value: iso };
  const day = Temporal.PlainDate.from(iso);
  if (Temporal.PlainDate.compare(day, facts.today) > 0) return { wrong: 'date.future', vars: { date: iso } };
  const back = day.until(facts.today).days;
  if (back <= FAR_BACK_DAYS || /\d{4}|[去前]年|last year/iu.test(text)) return { value: iso };
  return { wrong: 'date.future', vars: { date: day.with({ year: facts.today.year }).toString() } };
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

/** Names of pupils and phone numbers do not enter a record as typed (DOMAIN §6.4). */
function kept(said: string, { book }: Facts): Took {
  const masked = maskPersonal(said, book.index.people);
  return { value: masked, ...(masked === said ? {} : { masked: true }) };
}

/** Words: from the slot of the same meaning, or the whole answer when it was asked for. */
export const textSlot: SlotKindOf = {
  read(reading, { name, spec, facts, text }) {
    if (spec.read === 'seen') {
      const amiss = amissIn(text);
      return amiss === '' ? undefined : kept(amiss, facts);
    }
    const which = (spec.read ?? name) === 'person' ? whichPerson(reading, (full) => full) : undefined;
    if (which) return which;
    const said = reading.slots[(spec.read ?? name) as 'reason']; // any text slot of Slots; others are refused by the check below
    return typeof said === 'string' && said.trim() !== '' ? kept(said.trim(), facts) : undefined;
  },
  answer(text, { spec, facts }) {
    const said = text.trim();
    if (said.length < (spec.min ?? 1)) return { wrong: 'text.short', vars: { min: spec.min ?? 1 } };
    return said.length > (spec.max ?? 500)
      ? { wrong: 'text.long', vars: { max: spec.max ?? 500 } }
      : kept(said, facts);
  },
  view: (value) => value,
};

/** The message itself: an emergency is passed on in the words it was told in, but for pupils' names (DOMAIN §3 f). */
export const messageSlot: SlotKindOf = {
  read: (_reading, { text, facts }) =>
    text.trim() === '' ? undefined : kept(text.trim().slice(0, 500), facts),
  view: (value) => value,
};

/** To "同意吗?"; its draft is shown before it goes. */
const AGREES = /^(?:确认|好的?|行|可以|嗯|是的?|对|签|ok|okay|yes)[吧了啊。.!\s]*$/iu;

export const resultSlot: SlotKindOf = {
  read(reading, { spec, text, open }) {
    const { result } = reading.slots;
    if (result) return { value: result };
    // Words that were agreed on carry their verdict themselves: "异议成立", "上次的围墙看了 修好了".
    if (spec.read === undefined && !open) return undefined;
    // "确认" answers no question what was seen.
    if (spec.read === 'seen') {
      const seen = seenIn(text);
      return seen ? { value: seen } : undefined;
    }
    const said = verdictIn(text) ?? (open && AGREES.test(text.trim()) ? 'pass' : undefined);
    return said ? { value: said } : undefined;
  },
  view: (value) => value,
};

export const periodSlot: SlotKindOf = {
  read: ({ slots }) => monthIn(slots.period ?? slots.date),
  answer(text, { facts }) {
    const { now, calendar, office } = facts;
    return monthIn(parseDate(text, { now, calendar, timeZone: office.timeZone, direction: 'past' })?.date);
  },
  view: (value) => value,
};

function monthIn(iso: string | undefined): Took {
  const month = /^\d{4}-\d{2}/.exec(iso ?? '')?.[0];
  return month ? { value: month } : undefined;
}
