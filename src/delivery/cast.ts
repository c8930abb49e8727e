// One call for up to a thousand receivers of a notice: whom it reached, whom not and why, and each receiver's own right to her card.
import { IS_LOCKED, lockedReceipts } from '../store/receipts.ts';
import type { Store, Tx } from '../store/store.ts';
import { PER_MEMBER_A_MINUTE } from '../wecom/limits.ts';
import type { ClaimedRow } from './claim.ts';
import type { Why } from './outbox.ts';
import type { Outcome } from './outcome.ts';

/** The natural key of a call: its notice, its chunk from 1, and which of the chunk's messages it is. */
export const castKey = (noticeId: string, chunk: number, part: number) => `cast-${noticeId}-${chunk}-${part}`;
/** One lane an office: its notices leave one call after the other, in the order in which they were sent, and take one worker. */
export const CAST = 'cast:all' as const;
/** The card's task_id, unique in the app; a tap on it tells whose receipt it is. */
export const castTask = (noticeId: string, chunk: number) => `cast-${noticeId}-${chunk}`;

const KEY = /^cast-([0-9a-f-]{36})-(\d+)(?:-\d+)?$/;

/** What a key or a task stands for; null for anything else (a reminder, a recall). */
function chunkOf(key: string | null): { noticeId: string; chunk: number } | null {
  const match = KEY.exec(key ?? '');
  return match?.[1] ? { noticeId: match[1], chunk: Number(match[2]) } : null;
}

/**
 * Writes per receiver how a call ended. A call that is tried again says nothing yet. One that was confirmed meanwhile
 * stays confirmed: who answered has got it.
 */
export async function markReceivers(tx: Tx, row: ClaimedRow, outcome: Outcome, now: Date): Promise<void> {
  const of = row.call === 'message' ? chunkOf(row.key) : null;
  if (!of || (outcome.state !== 'sent' && outcome.state !== 'refused')) return;
  const refused = outcome.state === 'refused';
  if (refused && outcome.why?.startsWith('quiet.')) return;
  await tx.sql(
    `with ${lockedReceipts(`r.notice_id = $1 and r.chunk = $2 and r.state in ('pending', 'sent')`)}
     update notice_receipt r
     set why = case when user_key = any($4) then 'invalid-user' when user_key = any($5) then 'unlicensed-user' else $3::text end,
       state = case when $3::text is null and not user_key = any($4) and not user_key = any($5) then 'sent' else 'failed' end,
       sent_at = case when $3::text is null and not user_key = any($4) and not user_key = any($5) then coalesce(sent_at, $6) end
     from locked where ${IS_LOCKED}`,
    [
      of.noticeId,
      of.chunk,
      refused ? (outcome.errcode === ALL_INVALID ? 'invalid-user' : outcome.why) : null,
      outcome.invalid ?? [],
      outcome.unlicensed ?? [],
      now,
    ],
    'cast-mark',
  );
}

/** 90313: none of the receivers can be reached. */
const ALL_INVALID = 81013;

/** Of a member's messages a minute, what ordinary ones leave to urgent ones. */
export const MEMBER_SPARE = 6;

/** Somebody among the receivers has got all that ordinary messages may take of her minute; more than the minute holds is dropped without a word. */
export async function fullMember(
  tx: Pick<Tx, 'sql'>,
  key: string,
  since: Date,
): Promise<{ why: Extract<Why, 'held.minute'>; ms: number } | undefined> {
  const of = chunkOf(key);
  if (!of) return undefined;
  const [full] = await tx.sql(
    `select 1 from notice_receipt r
     where r.notice_id = $1 and r.chunk = $2 and r.state = 'pending' and (
       select count(*) from outbox o where o.office_id = r.office_id and o.recipient = 'user:' || r.user_key
         and o.sent_at > $3 and o.call not in ('card-update', 'recall')) >= $4
     limit 1`,
    [of.noticeId, of.chunk, since, PER_MEMBER_A_MINUTE - MEMBER_SPARE],
    'cast-full-member',
  );
  return full ? { why: 'held.minute', ms: FULL_WAIT_MS } : undefined;
}
const FULL_WAIT_MS = 5_000;

/** A tap brings its receiver's own right to change her card. False: the card is none of a notice. */
export async function keepCastCode(
  tx: Pick<Tx, 'sql'>,
  card: { officeId: string; taskId: string; responseCode: string; userId: string },
): Promise<boolean> {
  const of = chunkOf(card.taskId);
  if (!of) return false;
  await tx.sql(
    `update notice_receipt set response_code = $3 where office_id = $4 and notice_id = $1 and user_key = $2`,
    [of.noticeId, card.userId.toLowerCase(), card.responseCode, card.officeId],
    'cast-keep-code',
  );
  return true;
}

/** The card of a notice as one receiver holds it; null when the row is about another card. */
export async function castCard(
  store: Pick<Store, 'query'>,
  row: Pick<ClaimedRow, 'taskId' | 'officeId'>,
  userKey: string,
): Promise<{ state: string; code: string | null }[] | null> {
  const of = chunkOf(row.taskId);
  if (!of) return null;
  return store.query(
    `select 'sent' as state, response_code as code from notice_receipt
     where office_id = $3 and notice_id = $1 and user_key = $2`,
    [of.noticeId, userKey, row.officeId],
    'cast-card',
  );
}

/** Forgets one receiver's right to change her card, unless a newer tap has brought another. */
export async function castCodeSpent(
  store: Pick<Store, 'query'>,
  row: Pick<ClaimedRow, 'taskId' | 'officeId'>,
  userKey: string,
  code: string,
): Promise<void> {
  const of = chunkOf(row.taskId);
  if (!of) return;
  await store.query(
    `update notice_receipt set response_code = null
     where office_id = $4 and notice_id = $1 and user_key = $2 and response_code = $3`,
    [of.noticeId, userKey, code, row.officeId],
    'cast-code-spent',
  );
}

/** Chunks of reminders are counted from here, so that they are none of the notice's own. */
export const REMINDERS_FROM = 1_000_000;

/** What of a notice has not reached a group yet stays here. */
export async function dropPosts(
  tx: Pick<Tx, 'sql'>,
  notice: { id: string; officeId: string },
): Promise<void> {
  await tx.sql(
    `update outbox set state = 'refused', why = 'quiet.nothing-to-recall'
     where office_id = $1 and state = 'pending' and call in ('appchat', 'appchat-media', 'robot', 'robot-media')
       and key like 'post-' || $2 || '-%'`,
    [notice.officeId, notice.id],
    'cast-drop-posts',
  );
}

/**
 * Orders to take back every message of a notice, in one statement, however many they are. What has not left yet is kept
 * from leaving by its own order (send.ts).
 */
export async function recallCalls(
  tx: Pick<Tx, 'sql'>,
  notice: { id: string; officeId: string },
  now: Date,
): Promise<void> {
  await tx.sql(
    `insert into outbox (id, office_id, key, recipient, call, payload, urgent, not_before)
     select gen_random_uuid(), office_id, 'recall-' || key, recipient, 'recall', jsonb_build_object('key', key), true, $2
     from outbox where office_id = $1 and recipient = '${CAST}' and call in ('message', 'media') and key like 'cast-' || $3 || '-%'
     on conflict (office_id, key) do nothing`,
    [notice.officeId, now, notice.id],
    'cast-recall',
  );
}
