// Looks in PostgreSQL for what should be going on and is not, and rings for it again: the reason why a queue may be lost at any moment.
import { dueRecipients, expireClaims } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Jobs } from './engine.ts';
import { fetchMedia, makePaper } from './kinds.ts';
import { ringFor } from './ring.ts';

export interface SweepDeps {
  store: Pick<Store, 'query'>;
  now(): Date;
  jobs: Pick<Jobs, 'ringAll'>;
  log: Log;
}

export interface Swept {
  expiredClaims: number;
  recipients: number;
  attachments: number;
  papers: number;
  forgottenMessages: number;
}

/** One sweep finds so many of each; the next is soon. */
const BATCH = 1_000;
/** The bell that was rung with the message gets so long to do its work. */
const BELL_MS = 30_000;
/** The inbox is the one table that forgets: its keys outlive the platform's retries, which came hours late (Gewechat#173). */
export const INBOX_DAYS = 35;
const DAY_MS = 86_400_000;

/** Safe to run at any time, and twice at a time. */
export async function sweepOnce({ store, now, jobs, log }: SweepDeps): Promise<Swept> {
  const at = now();
  const expiredClaims = await expireClaims(store, at);
  const recipients = await dueRecipients(store, at, BATCH);
  await ringFor(jobs, recipients, { lost: true });
  const attachments = await pendingAttachments(store, new Date(at.getTime() - BELL_MS));
  await jobs.ringAll(fetchMedia, attachments);
  const papers = await wantedPapers(store, new Date(at.getTime() - BELL_MS));
  await jobs.ringAll(makePaper, papers, { lost: true });
  const forgottenMessages = await forgetMessages(store, new Date(at.getTime() - INBOX_DAYS * DAY_MS));

  const swept = {
    expiredClaims,
    recipients: recipients.length,
    attachments: attachments.length,
    papers: papers.length,
    forgottenMessages,
  };
  if (expiredClaims > 0) log.warn(swept, 'a sender died between sending and saying so');
  else if (recipients.length + attachments.length + papers.length + forgottenMessages > 0)
    log.debug(swept, 'swept');
  return swept;
}

function pendingAttachments(store: Pick<Store, 'query'>, before: Date): Promise<{ attachmentId: string }[]> {
  return store.query(
    `select id as "attachmentId" from attachment where state = 'pending' and created_at < $1
     order by created_at limit $2`,
    [before, BATCH],
    'sweep-attachments',
  );
}

function wantedPapers(store: Pick<Store, 'query'>, before: Date): Promise<{ paperId: string }[]> {
  return store.query(
    `select id as "paperId" from paper where state = 'wanted' and asked_at < $1 order by asked_at limit $2`,
    [before, BATCH],
    'sweep-papers',
  );
}

async function forgetMessages(store: Pick<Store, 'query'>, before: Date): Promise<number> {
  const rows = await store.query(
    `delete from inbox where id in (select id from inbox where received_at < $1 order by received_at limit $2)
     returning id`,
    [before, BATCH],
    'sweep-inbox',
  );
  return rows.length;
}
