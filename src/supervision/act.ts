// What an act of supervision is: who does it, in which transaction, whom it tells. The conversation and the jobs both call acts.
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import type { NotificationKey } from './notifications.ts';
import type { Settings } from './settings.ts';

export const ROLES = [
  'inspector',
  'area-leader',
  'school-inspector',
  'principal',
  'office',
  'director',
] as const;
export type Role = (typeof ROLES)[number];

/** The office's own staff, who stand above every school of it. */
export const OFFICE_ROLES: readonly Role[] = ['office', 'director'];

/** Says whether a person is one of the office's own staff, whatever else she is. */
export const isOfOffice = ({ roles }: { roles: readonly string[] }): boolean =>
  OFFICE_ROLES.some((role) => roles.includes(role));

export interface Actor {
  personId: string;
  userId: string;
  name: string;
  roles: readonly Role[];
  areaId: string | null;
}

export interface ActOffice {
  id: string;
  slug: string;
  name: string;
  short: string;
  timeZone: string;
  settings: Settings;
}

/** A message to one person by key and data; the words are found in bot-scripts when it is written to the outbox. */
export interface Notification {
  personId: string;
  /** `<file>.<key>` of bot-scripts/texts. */
  key: NotificationKey;
  data: Record<string, unknown>;
  /** Natural key of the decision: telling twice writes once. */
  dedup: string;
  /** Passes waiting broadcasts. */
  urgent?: boolean;
  /** Sent after the words, in this order. */
  files?: readonly HandedFile[];
  /** The words stand beneath the photos of these findings, sized down; said only where photos can be shown on a card (delivery/photo-card.ts). */
  photosOf?: readonly string[];
}

/**
 * A file for a person: her chat shows `name`, and an `image` (JPEG or PNG, at most 10 MB) as a picture; a file may have
 * 20 MB (90253). Its contents are given, or named by their hash when they are kept already.
 */
type GivenFile = { name: string; image?: boolean } & (
  | { bytes: Uint8Array; sha256?: undefined }
  | { sha256: string; bytes?: undefined }
);

/** What somebody sent in, by its attachment: it may be on its way here still, and leaves when it is here. `name` lacks its ending. */
interface SentInFile {
  name: string;
  attachment: string;
}

export type HandedFile = GivenFile | SentInFile;

/** What an act gets: one transaction, one moment, one actor. It never reads a clock and never sends anything itself. */
export interface ActContext {
  tx: Tx;
  office: ActOffice;
  actor: Actor;
  now: Date;
  /** Today on the office's calendar. */
  today: Temporal.PlainDate;
  /** The message that asked for it; null for the clock and the command line. */
  inboxId: string | null;
  /** A telephone number in clear text; empty when it cannot be opened. Whoever shows it audits that. */
  openPhone(sealed: string): string;
  notify(notification: Notification): void;
  /** Gives the actor a file, after the words that answer her. */
  hand(file: HandedFile): void;
  /** A paper that was written down (supervision/papers.ts) is to be made as soon as this transaction has ended. */
  wanted(paperId: string): void;
  /** After the commit: there is something for the planner of notices to do at once. The clock would find it too, later. */
  wake?(): void;
}

/**
 * One thing that a person may do. `input` is what the slots of a flow give, `result` is what its texts may name.
 * `preview` tells, before anything is done, who will be told and what it costs.
 */
export interface Action<I = unknown, R extends Record<string, unknown> = Record<string, unknown>> {
  name: string;
  roles: readonly Role[];
  input: z.ZodType<I>;
  result: z.ZodObject;
  /** Flows that it may lead on to: `result.draft`, as a button's `start:` names them, takes the place of words. */
  leadsTo?: readonly string[];
  /** Other words than the flow's `done`, by what came of it: `result.say` names the text `done.<one>`. */
  says?: readonly string[];
  run(context: ActContext, input: I): Promise<R>;
}

/** Keeps the types of input and result together while the registry holds many of them. */
export function action<I, R extends Record<string, unknown>>(of: Action<I, R>): Action {
  // The registry erases the types; `run` is only ever called with what `input` has parsed.
  return of as unknown as Action;
}

export interface AuditLine {
  action: string;
  subject:
    | 'visit'
    | 'finding'
    | 'notice'
    | 'person'
    | 'office'
    | 'school'
    | 'emergency'
    | 'group'
    | 'list'
    | 'robot';
  subjectId: string;
  schoolId?: string | null;
  before?: object | null;
  after?: object | null;
}

/** Where and when it was done; nobody's name stands beside what the platform or the clock did. */
type AuditContext = Pick<ActContext, 'tx' | 'now' | 'inboxId'> & {
  office: Pick<ActOffice, 'id'>;
  actor: Pick<Actor, 'personId'> | null;
};

/** Writes down who changed what, when, from which message, old and new (DOMAIN §3, common rules). */
export async function audit(context: AuditContext, lines: AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((line) => ({
    id: newId(),
    action: line.action,
    subject: line.subject,
    subject_id: line.subjectId,
    school_id: line.schoolId ?? null,
    before: line.before ?? null,
    after: line.after ?? null,
  }));
  await context.tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, school_id, before, after)
     select r.id, $1, $2, $3, $4, r.action, r.subject, r.subject_id, r.school_id, r.before, r.after
     from jsonb_to_recordset($5::jsonb)
       as r(id uuid, action text, subject text, subject_id uuid, school_id uuid, before jsonb, after jsonb)`,
    [context.office.id, context.now, context.actor?.personId ?? null, context.inboxId, JSON.stringify(rows)],
    'audit-lines',
  );
}
