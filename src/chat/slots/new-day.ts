// The slot "new-day": until when a school wants to have time, or is given it. A day, or so many days more than it has.
import { Temporal } from 'temporal-polyfill';
import { clausesIn, MARKS_OR_SPACE } from '../clauses.ts';
import type { Row } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { parseDate, parseDays } from '../understand/answers.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** Of several days the one that is given: "月底太晚了,给到20号吧". */
const GIVEN =
  /(?:给|延|缓|宽|放|批|定)(?:你们|他们|它们)?(?:限|宽)?(?:到|至|在)(.{2,12})|(?:最[多晚]|只能|顶多)(?:到|给到|延到)?(.{2,12})/u;

/** The day until which time is given; undefined when the words give none. */
export function dayGiven(text: string, { now, calendar, office }: Facts): string | undefined {
  const [, to, most] = GIVEN.exec(text) ?? [];
  const day = parseDate(to ?? most ?? '', { now, calendar, timeZone: office.timeZone, direction: 'future' });
  return day?.span === false ? day.date : undefined;
}

/** "4月3号吧,厂家没货": what stands beside the day says why. */
export const besideDay = (text: string): string =>
  clausesIn(text, MARKS_OR_SPACE)
    .filter((clause) => parseDays(clause) === undefined && !/\d|[天周月底号日吧谢]/u.test(clause))
    .join('，');

export const newDaySlot: SlotKindOf = {
  read(reading, asks) {
    const { due, days, date } = reading.slots;
    const said = dayGiven(asks.text, asks.facts) ?? due ?? (asks.open ? date : undefined);
    if (said !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(said)) return { value: said };
    return days === undefined ? undefined : { value: days };
  },
  answer(text, { facts }: Asks): Took {
    const { now, calendar, office } = facts;
    const day = parseDate(text, { now, calendar, timeZone: office.timeZone, direction: 'future' });
    if (day && !day.span) return { value: day.date };
    const days = parseDays(text);
    return days === undefined ? undefined : { value: days };
  },
  /** More time than the office gives is said at once, with the latest day there is (`rect.extensionDaysMax`). */
  check(value, { facts, row }) {
    const was = dueOf(facts, row);
    if (was === undefined) return undefined;
    const day = typeof value === 'number' ? later(value, facts, row) : String(value);
    const most = facts.office.settings['rect.extensionDaysMax'];
    const latest = Temporal.PlainDate.from(was).add({ days: most }).toString();
    if (day > latest)
      return {
        wrong: 'extension.too-long',
        vars: { latest, most },
        choices: [{ label: latest, value: latest }],
      };
    return day <= was ? { wrong: 'extension.too-short', vars: { was, latest, day } } : undefined;
  },
  /** As a day: "ten days more" are counted from the day that a notice set, and from today where there is none yet. */
  view: (value, facts, row) => (typeof value === 'number' ? later(value, facts, row) : value),
};

function later(days: number, facts: Facts, row: Row): string {
  const due = dueOf(facts, row) ?? facts.today.toString();
  return Temporal.PlainDate.from(due).add({ days }).toString();
}

/** The day that a notice set for what the row is about, or that an act's list gives with it; undefined when there is none. */
function dueOf(facts: Facts, row: Row): string | undefined {
  const about: (string | { was?: string })[] = Array.isArray(row.finding) ? row.finding : [];
  const [due] = [
    ...about.flatMap((one) => (typeof one === 'string' ? [] : (one.was ?? []))),
    ...facts.findings
      .filter((one) => about.includes(one.id))
      .flatMap((one) => (one.noticeId === null ? [] : (one.due ?? []))),
  ].sort();
  return due;
}

/** A day to come, by itself: when something is meant to be done. */
export const dateAheadSlot: SlotKindOf = {
  view: newDaySlot.view,
  read(reading, asks) {
    const { due, date, days } = reading.slots;
    const said = due ?? date;
    if (said !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(said)) return { value: said };
    return days === undefined ? undefined : ahead(days, asks);
  },
  answer(text, asks) {
    const took = newDaySlot.answer?.(text, asks);
    return took && 'value' in took && typeof took.value === 'number' ? ahead(took.value, asks) : took;
  },
};

/** The day on which something is or was done, told beside other words; what they promise by a day is not it. */
export const doneDaySlot: SlotKindOf = {
  view: newDaySlot.view,
  read: ({ slots: { date } }) =>
    date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? { value: date } : undefined,
};

const ahead = (days: number, { facts }: Asks): Took => ({ value: facts.today.add({ days }).toString() });

/** So many days, as understood: "逾期超过7天". */
export const countSlot: SlotKindOf = {
  read: ({ slots }) => (slots.days === undefined ? undefined : { value: slots.days }),
  view: (value) => value,
};

/** A word of the understander's own, by the slot's name: `metric`, `audience`. Never what was typed. */
export const codeSlot: SlotKindOf = {
  read({ slots }, { name }) {
    const code = name === 'metric' ? slots.metric : name === 'audience' ? slots.audience : undefined;
    return typeof code === 'string' ? { value: code } : undefined;
  },
  view: (value) => value,
};
