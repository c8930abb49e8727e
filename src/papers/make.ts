// Makes one file that somebody asked for and hands it over: whatever goes wrong in between, she gets it once, or is told that she will not.
import { buffer } from 'node:stream/consumers';
import type { Temporal } from 'temporal-polyfill';
import { dressText } from '../delivery/dress.ts';
import { type FileStore, FileTooLarge, putBytes } from '../delivery/files.ts';
import { type MediaPayload, type NewOutboxRow, putRows } from '../delivery/outbox.ts';
import { sizedDown } from '../delivery/pictures.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { dayOf } from '../store/days.ts';
import type { Store } from '../store/store.ts';
import type { ActOffice } from '../supervision/act.ts';
import { officeById } from '../supervision/roster/current.ts';
import { officeSettings, type SettingRules } from '../supervision/settings.ts';

/** The words of bot-scripts as papers need them, in the reader's language. */
export interface Words {
  text(id: string, vars?: Record<string, unknown>): string;
  term(key: string): string | undefined;
  day(iso: string): string;
}

export interface PaperOrder {
  id: string;
  kind: string;
  params: unknown;
  rows: unknown;
}

export interface MakeContext {
  sql: Store['query'];
  office: ActOffice;
  person: { id: string; name: string };
  now: Date;
  today: Temporal.PlainDate;
  words: Words;
  /** A photo for a paper, upright and sized down to a JPEG; null: it is not there, or no picture that can be read. */
  photo(sha256: string): Promise<{ bytes: Uint8Array; width: number; height: number } | null>;
}

export interface MadePaper {
  /** As the receiver sees it, with its extension. */
  name: string;
  /** Shown in the chat; at most 10 MB instead of 20. */
  image?: boolean;
  bytes: Uint8Array;
}

/** Throws `AppError(…, 'never')` when it would fail each time. */
export type Maker = (order: PaperOrder, context: MakeContext) => Promise<MadePaper>;

export interface PaperDeps {
  store: Store;
  files: FileStore;
  now(): Date;
  log: Log;
  makers: ReadonlyMap<string, Maker>;
  /** Asked for each paper: what an office staff member changed counts from the next one on. */
  settings(): SettingRules;
  wordsFor(office: { name: string; short: string }, person: { name: string }, today: string): Words;
}

interface Wanted extends PaperOrder {
  officeId: string;
  attempts: number;
  personId: string;
  personName: string;
  userKey: string;
  active: boolean;
}

const MB = 1024 * 1024;
/** After so many tries she is told instead of left waiting. */
const TRIES = 3;

/**
 * Gives the rows that were written to the outbox; ring for them. Does nothing for a paper that is made, given up or unknown.
 * Throws when it may work at the next try, which is the job's or the sweep's.
 */
export async function makePaper(deps: PaperDeps, paperId: string): Promise<NewOutboxRow[]> {
  const { store, log } = deps;
  const [wanted] = await store.query<Wanted>(
    `update paper p set attempts = p.attempts + 1 from person who
     where p.id = $1 and p.state = 'wanted' and who.id = p.person_id
     returning p.id, p.kind, p.params, p.rows, p.office_id as "officeId", p.attempts,
       who.id as "personId", who.name as "personName", who.user_key as "userKey", who.active`,
    [paperId],
    'paper-take',
  );
  if (!wanted) return [];
  const office = await officeOf(deps, wanted.officeId);
  const today = dayOf(deps.now(), office.timeZone);
  const words = deps.wordsFor(office, { name: wanted.personName }, today.toString());
  // Whoever left the office meanwhile gets nothing of it any more.
  if (!wanted.active) return giveUp(deps, wanted, 'person-left', []);
  try {
    const maker = deps.makers.get(wanted.kind);
    if (!maker) throw new AppError('act.not-found', 'never', { what: wanted.kind });
    const made = await maker(wanted, {
      sql: store.query.bind(store),
      office,
      person: { id: wanted.personId, name: wanted.personName },
      now: deps.now(),
      today,
      words,
      photo: (sha256) => photoOf(deps.files, sha256),
    });
    return await handOver(deps, wanted, made);
  } catch (err) {
    const hopeless = err instanceof FileTooLarge || (err instanceof AppError && err.retry === 'never');
    if (!hopeless && wanted.attempts < TRIES) throw err;
    log.error({ paperId, kind: wanted.kind, err }, 'a paper could not be made');
    const why = err instanceof FileTooLarge ? 'too-large' : err instanceof AppError ? err.code : 'failed';
    const key = why === 'too-large' ? 'papers.too-large' : 'papers.failed';
    const text = words.text(key, { kind: words.term(`paper.${wanted.kind}`) ?? '' });
    return giveUp(deps, wanted, why, dressText(text));
  }
}

/** Sharp on paper at the size at which two stand side by side. */
const PHOTO_SIDE = 1000;

/** As `MakeContext.photo`. */
async function photoOf(files: Pick<FileStore, 'get'>, sha256: string): ReturnType<MakeContext['photo']> {
  const stream = await files.get(sha256);
  return stream ? sizedDown(await buffer(stream), PHOTO_SIDE) : null;
}

async function officeOf({ store, settings }: PaperDeps, officeId: string): Promise<ActOffice> {
  const row = await store.transaction((tx) => officeById(tx, officeId));
  if (!row) throw new AppError('act.not-found', 'never', { what: 'office' });
  const { id, slug, name, short, timeZone } = row;
  return { id, slug, name, short, timeZone, settings: officeSettings(settings(), row.settings).settings };
}

/** State and message in one transaction; of two jobs that made the same paper one finds it done. */
async function handOver(
  { store, files, now }: PaperDeps,
  wanted: Wanted,
  made: MadePaper,
): Promise<NewOutboxRow[]> {
  const { sha256, bytes } = await putBytes(files, made.bytes, (made.image ? 10 : 20) * MB);
  const payload: MediaPayload = { kind: made.image ? 'image' : 'file', sha256, name: made.name };
  const row: NewOutboxRow = { ...addressed(wanted), call: 'media', payload, notBefore: now() };
  return store.transaction(async (tx) => {
    const [mine] = await tx.sql(
      `update paper set state = 'made', name = $2, sha256 = $3, bytes = $4, made_at = $5
       where id = $1 and state = 'wanted' returning id`,
      [wanted.id, made.name, sha256, bytes, now()],
      'paper-made',
    );
    if (!mine) return [];
    await putRows(tx, [row]);
    return [row];
  });
}

async function giveUp(
  { store, now }: PaperDeps,
  wanted: Wanted,
  why: string,
  told: readonly object[],
): Promise<NewOutboxRow[]> {
  const rows = told.map(
    (payload, index): NewOutboxRow => ({
      ...addressed(wanted),
      key: `paper-${wanted.id}-failed-${index}`,
      call: 'message',
      payload,
      notBefore: now(),
    }),
  );
  return store.transaction(async (tx) => {
    const [mine] = await tx.sql(
      `update paper set state = 'failed', why = $2 where id = $1 and state = 'wanted' returning id`,
      [wanted.id, why],
      'paper-failed',
    );
    if (!mine) return [];
    await putRows(tx, rows);
    return rows;
  });
}

const addressed = (wanted: Wanted) => ({
  officeId: wanted.officeId,
  key: `paper-${wanted.id}`,
  recipient: `user:${wanted.userKey}` as const,
});
