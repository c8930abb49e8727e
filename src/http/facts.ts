// What the conversation is told before it takes a turn: the sender, what waits for her, her office's book, the moment.
import type { Facts } from '../chat/facts.ts';
import type { Scripts, Voice } from '../chat/scripts/scripts.ts';
import type { dayOf } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import type { Accepted, Sender } from '../store/turns.ts';
import { isOfOffice, type Role } from '../supervision/act.ts';
import { type WaitingFacts, waitingFacts } from '../supervision/facts.ts';
import { noticeNo } from '../supervision/notices.ts';
import type { AibotInbound } from '../wecom/aibot.ts';
import type { Inbound } from '../wecom/inbound.ts';
import type { OfficeBook } from './book.ts';

/** One message at one moment; `media` gathers what has to be fetched after the commit, `papers` what has to be made. */
export interface Moment {
  inbound: Inbound | AibotInbound;
  /** The smart robot's name, which a mention in a group begins with; '' when the office has none. */
  aibotName: string;
  inboxId: string;
  now: Date;
  today: ReturnType<typeof dayOf>;
  media: string[];
  papers: string[];
  /** Set by an act: the planner of notices is to look at once. */
  wake?: boolean;
}

/** The voice of the bot towards one person. */
export function voiceFor(
  scripts: Scripts,
  locale: string,
  book: OfficeBook,
  name: string,
  today: string,
): Voice {
  return scripts.voice(locale, () => today, {
    person: { name },
    office: { name: book.office.name, short: book.office.short },
    helper: `${book.helper}${book.reach}`,
    today,
  });
}

/** Whom this person may ask: nobody is sent to herself. */
function helperFor(book: OfficeBook, sender: Sender): string {
  const { name, short } = book.office;
  if (book.helper !== `${short}${sender.name}`) return book.helper;
  const other = book.roster.people.find((person) => person.id !== sender.id && isOfOffice(person));
  return other ? `${short}${other.name}` : name;
}

/** What a turn may know, out of the roster that this process has read and the facts that came with the message's row. */
export function factsOf(
  locale: string,
  book: OfficeBook,
  accepted: Accepted,
  sender: Sender,
  { now, today }: Moment,
): Facts {
  const waiting: WaitingFacts = waitingFacts.parse(accepted.facts);
  const prefix = book.office.settings['rect.numberPrefix'];
  const person = book.roster.personById.get(sender.id);
  const schoolName = (id: string) => book.roster.schoolById.get(id)?.name ?? '';
  const held = Object.values(person?.schools ?? {}).flat();
  return {
    locale,
    now,
    today,
    office: book.office,
    calendar: book.calendarOn(today),
    person: {
      id: sender.id,
      userId: sender.userId,
      name: sender.name,
      roles: sender.roles as Role[], // checked when the roster came in
      areaId: sender.areaId,
      learned: sender.learned as Record<string, string>, // written by this file alone
    },
    mine: new Set(held.map((school) => school.id)),
    book: book.book,
    findings: waiting.findings.map((one) => ({
      ...one,
      school: schoolName(one.schoolId),
      no: one.number === null || one.year === null ? '' : noticeNo(prefix, one.year, one.number),
    })),
    notices: waiting.notices.map((one) => ({
      ...one,
      school: schoolName(one.schoolId),
      no: noticeNo(prefix, one.year, one.number),
    })),
    visits: waiting.visits.map((one) => ({
      ...one,
      school: schoolName(one.schoolId),
      notices: one.notices.map(({ year, number }) => noticeNo(prefix, year, number)),
    })),
    received: waiting.received,
    unconfirmed: waiting.received.filter(({ waits }) => waits),
    numbered: waiting.numbered,
    ofOffice: waiting.ofOffice,
    groups: waiting.groups,
    robots: waiting.robots,
    emergencies: waiting.emergencies,
    helper: `${helperFor(book, sender)}${book.reach}`,
    newId,
  };
}
