// What the understander takes and gives: the one vocabulary that the conversation, the command line and the tests share.
import type { RosterIndex } from './schools/roster.ts';

/** Every intent of DOMAIN §6.2, most of them with an action behind them, all of them understood. */
export const INTENTS = [
  'visit.log',
  'visit.plan',
  'visit.pending',
  'visit.history',
  'lesson.log',
  'assign.list',
  'assign.change',
  'finding.report',
  'rect.issue',
  'rect.list',
  'rect.query',
  'rect.plan',
  'rect.evidence',
  'rect.extend_request',
  'rect.extend_decide',
  'rect.review',
  'rect.appeal',
  'rect.remind',
  'notice.broadcast',
  'notice.ack',
  'notice.status',
  'notice.recall',
  'campaign.create',
  'campaign.progress',
  'comp.notify',
  'comp.avoidance',
  'comp.selfeval',
  'emergency.report',
  'opinion.log',
  'opinion.list',
  'opinion.reply',
  'study.log',
  'stats.query',
  'export.file',
  'briefing.draft',
  'rule.query',
  'record.correct',
  'record.void',
  'flow.confirm',
  'flow.cancel',
  'help.show',
  'chat.other',
] as const;
export type Intent = (typeof INTENTS)[number];

export type Session = 'am' | 'pm' | 'day' | 'half_day';
export type Method = 'tour' | 'lesson' | 'docs' | 'meeting' | 'interview' | 'survey' | 'undercover';
export type ItemCode = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'K1' | 'K2' | 'K3' | 'K4';
export type Severity = 'fixed_on_site' | 'minor' | 'general' | 'serious' | 'complex';
export type Result = 'pass' | 'fail' | 'partial';

export interface FoundProblem {
  /** Left out when no word of the lexicon points at an item; the conversation then asks. */
  item?: ItemCode;
  /** As typed, without fillers, names of pupils and phone numbers masked. */
  text: string;
  severity?: Severity;
  /** Days to rectify, or the day itself, when this finding has its own deadline. */
  days?: number;
  due?: string;
}

export interface Correction {
  field: string;
  /** Which finding, counted from 1, when one was named ("第二条当场就改了"). */
  index?: number;
  from?: string;
  to: string;
}

/** Slots by the names and shapes of DOMAIN §6.2. Days are ISO (`2026-03-18`); spans `2026-03`, `2026-W12`, `a/b`, `2026`. */
export interface Slots {
  school?: string;
  schools?: string[];
  school_candidates?: string[];
  school_unresolved?: string;
  date?: string;
  session?: Session;
  /** `HH:MM` when an hour was said ("周五下午三点"); beside `date`, not in DOMAIN's list. */
  time?: string;
  methods?: Method[];
  items?: ItemCode[];
  findings?: FoundProblem[];
  no_findings?: boolean;
  highlight?: string;
  lessons?: number;
  companions?: string[];
  rect_no?: string;
  /** All numbers when one message names several; `rect_no` is then the first. */
  rect_nos?: string[];
  due?: string;
  days?: number;
  reason?: string;
  result?: Result;
  audience?: string;
  content?: string;
  period?: string;
  metric?: string | string[];
  person?: string;
  /** Full names of those whom a surname with a title may mean ("张督学"), when several bear it. */
  person_candidates?: string[];
  correct?: Correction;
  topic?: string;
  hours?: number;
  format?: string;
}
export type SlotKind = keyof Slots | 'confirm' | 'choice' | 'text';

/** What the bot may offer as a choice: another reading of the intent, or a school near to what was typed. */
export type Candidate =
  | { kind: 'intent'; intent: Intent; confidence: number }
  | { kind: 'school'; code: string; name: string };

/**
 * Things the conversation must not pass over in silence:
 * `school-outside` (not one of the inspector's), `school-fuzzy` (by sound or a typo: say the official name back),
 * `danger` (a risk to life inside a finding), `not-clean` ("没啥大问题": ask once for small ones),
 * `small-hours` (today is doubtful before 05:00), `personal` (a name or phone number was masked).
 */
export type Flag = 'school-outside' | 'school-fuzzy' | 'danger' | 'not-clean' | 'small-hours' | 'personal';

export interface Reading {
  intent: Intent;
  slots: Slots;
  /** 0–1; below `SURE` the conversation should offer `candidates` instead of acting. */
  confidence: number;
  needs: SlotKind[];
  flags: Flag[];
  /** The agreed words that began this: what a flow of several kinds is told apart by. */
  agreed?: string;
}

export interface Understood extends Reading {
  candidates: Candidate[];
  /** Present when one message holds several: most urgent first (danger, then record, then question). */
  intents?: Reading[];
}

/** At and above this an intent may be acted on (still with the flow's own confirmation). */
export const SURE = 0.55;

export interface Sender {
  userId: string;
  name: string;
  roles: string[];
  areaCode?: string;
  /** Codes of the schools this person answers for, today. */
  schools: string[];
  /** What this person's words were confirmed to mean: typed name → school code. */
  learned?: Record<string, string>;
}

export interface Semester {
  /** ISO days, both inclusive. */
  start: string;
  end: string;
}

export interface OfficeCalendar {
  semesters?: Semester[];
}

export interface Context {
  roster: RosterIndex;
  sender: Sender;
  now: Date;
  /** IANA, e.g. `Asia/Shanghai`. */
  timeZone: string;
  calendar?: OfficeCalendar;
  /** The open question of the conversation, so that a bare "好" or "第二个" is read as its answer. */
  expecting?: SlotKind[];
  flow?: string;
}

export interface Understander {
  understand(text: string, context: Context): Understood;
  /** What the message names, whatever it is for: the slots of a command, whose flow is already known. */
  named(text: string, context: Context): Reading;
}
