// What the conversation knows while it takes a turn: who speaks, her schools, what waits for her, the day. Read before the turn.
import type { Temporal } from 'temporal-polyfill';
import type { ActOffice, Role } from '../supervision/act.ts';
import type { ClosedMonth } from '../supervision/closed-months.ts';
import { OPEN_STATES } from '../supervision/findings.ts';
import type { KnownGroup } from '../supervision/groups/list.ts';
import type { Receiver } from '../supervision/notices/audience.ts';
import type { ReceivedNotice, SavedList, SentNotice } from '../supervision/notices/list.ts';
import type { OpenWish } from '../supervision/notices/wishes.ts';
import type { KnownRobot } from '../supervision/robots/list.ts';
import type { RosterIndex } from './understand/schools/roster.ts';
import type { OfficeCalendar } from './understand/types.ts';

export interface KnownSchool {
  id: string;
  code: string;
  name: string;
  kind: string;
}

/** The office's schools as the conversation needs them; made once per roster version. */
export interface Book {
  version: number;
  index: RosterIndex;
  byName: ReadonlyMap<string, KnownSchool>;
  byCode: ReadonlyMap<string, KnownSchool>;
  byId: ReadonlyMap<string, KnownSchool>;
  areaCodeOf: ReadonlyMap<string, string>;
  /** Everybody active, for choosing the receivers of a notice. */
  people: readonly Receiver[];
}

/** A finding that waits for this person: for a school to act on, for an inspector to review. */
export interface WaitingFinding {
  id: string;
  schoolId: string;
  school: string;
  noticeId: string | null;
  /** `031`; null when no notice was issued for it. */
  number: number | null;
  no: string;
  /** Its place on the notice: "第二条"; 0 without a notice. */
  nth: number;
  item: string;
  text: string;
  state: string;
  due: string | null;
  /** Whether this person, as the school's head, is the one to act on it; otherwise she is its inspector. */
  mineToFix: boolean;
  /** Whether it waits for the office, of which she is. */
  forOffice: boolean;
  disposition: string;
  /** What the school asks: a new day with its reason, or, as an objection, only the reason. */
  asks: { due: string | null; reason: string } | null;
}

export interface UnsignedNotice {
  id: string;
  number: number;
  no: string;
  school: string;
  due: string;
}

/** One of this inspector's latest visits, for corrections. */
export interface RecentVisit {
  id: string;
  schoolId: string;
  school: string;
  date: string;
  /** Numbers of the notices that stand on it. */
  notices: string[];
}

/** An emergency that concerns this person and is not over: she raised it, was told of it, or is of the office. */
export interface OpenEmergency {
  id: string;
  schoolId: string | null;
  /** Empty while nobody said where. */
  school: string;
  text: string;
  /** raised, acknowledged, on_scene, contained, or closed (which the office has yet to look at). */
  state: string;
  at: string;
  /** She raised it. */
  mine: boolean;
  /** She said that she heard. */
  heard: boolean;
}

export interface Facts {
  locale: string;
  now: Date;
  today: Temporal.PlainDate;
  office: ActOffice;
  calendar: OfficeCalendar;
  person: {
    id: string;
    userId: string;
    name: string;
    roles: readonly Role[];
    areaId: string | null;
    learned: Record<string, string>;
  };
  /** Ids of the schools this person answers for today. */
  mine: ReadonlySet<string>;
  book: Book;
  findings: readonly WaitingFinding[];
  notices: readonly UnsignedNotice[];
  /** Notices of the office that wait for this person's 收到, newest first. */
  unconfirmed: readonly ReceivedNotice[];
  /** These, and what else the office has sent her of late, newest first. */
  received: readonly ReceivedNotice[];
  /** Of a message that is a bare number: what with numbered lines was sent her of late, and when. Null: it is none. */
  numbered: {
    remindedAt: string | null;
    /** `own`: she is the one who owes it. */
    lines: readonly { kind: string; own: boolean; no: string; school: string | null }[];
    cardAt: string | null;
  } | null;
  /** What only the office's own people know; null for others. */
  ofOffice: {
    overdue: readonly string[];
    lists: readonly SavedList[];
    /** Person-times of today that notices have used. */
    used: number;
    notices: readonly SentNotice[];
    /** Newest first. */
    closed: readonly ClosedMonth[];
    /** What receivers of notices wished, and nobody has answered; the oldest first. */
    wishes: readonly OpenWish[];
  } | null;
  /** Groups in use that she may handle: all for the office, her area's for its leader. */
  groups: readonly KnownGroup[];
  /** The office's group robots; empty for others. */
  robots: readonly KnownRobot[];
  /** Newest first. */
  visits: readonly RecentVisit[];
  /** Newest first. */
  emergencies: readonly OpenEmergency[];
  /** Whom to ask when the bot cannot help (VOICE, rule 10). */
  helper: string;
  newId(): string;
}

export const SCHOOL_OWES: ReadonlySet<string> = new Set(OPEN_STATES);
export const AWAITS_REVIEW: ReadonlySet<string> = new Set(['submitted', 'under_review']);
