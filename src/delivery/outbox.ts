// The outbox as others see it: a message is a row, written in the same transaction as the fact that it speaks of.
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import { keepCastCode } from './cast.ts';

export type Recipient = `user:${string}` | `chat:${string}` | `robot:${string}` | `cast:${string}`;
export type Call =
  | 'message'
  | 'media'
  | 'photo-card'
  | 'digest'
  | 'card-update'
  | 'recall'
  | 'appchat'
  | 'appchat-create'
  | 'appchat-media'
  | 'appchat-update'
  | 'robot'
  | 'robot-media';

/**
 * - `pending`: to be sent, or known not to have been sent yet.
 * - `sending`: one worker has it until `claimed_until`.
 * - `sent`: the platform took it.
 * - `unknown`: it left and nobody knows whether it arrived; sent again with the platform's duplicate check.
 * - `unsure`: as `unknown`, by a call that has no duplicate check: not sent again, for that might double it. The next
 *   messages go on, and the office sees this one and says itself whether it has to be sent anew.
 * - `refused`: it will never arrive; `why` and `errcode` say the reason.
 */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'unknown' | 'unsure' | 'refused';

/** Calls that the platform would carry out twice: it checks for duplicates in message/send alone (90236). */
export const UNCHECKED: readonly Call[] = ['appchat', 'appchat-media', 'robot', 'robot-media'];

/** Calls that put a file up to the platform first, which takes its time on an office's line. */
export const UPLOADS: readonly Call[] = ['media', 'appchat-media', 'robot-media'];

/**
 * `why` of a file for a group that is being sent, as long as it only goes up: nothing has been said to anybody by then, and
 * if its sender dies it is sent again. Taken off right before the post itself (claim.ts), whose outcome nobody can ask for.
 */
export const GOING_UP = 'going-up';

export interface NewOutboxRow {
  officeId: string;
  /** The natural key of the decision, within the office: deciding twice writes once. */
  key: string;
  /**
   * `user:` with the userid in lower case, `chat:` with the chatid, `robot:` with the name that the office gave it,
   * `cast:all` for the notices of the office: they leave one after the other, and each payload names its receivers (cast.ts).
   */
  recipient: Recipient;
  call: Call;
  /**
   * The body of the platform's call without `agentid`, and without what `recipient` says (`touser`, `chatid`).
   * A `card-update` names no response code but its card, by the row's `taskId`; a `recall` says `{ key }` of the row to recall;
   * a `media` names a kept file (`MediaPayload`), which goes up to the platform when it is sent, or what somebody sent in
   * (`SentInPayload`), which may not be here yet; `appchat-media` and `robot-media` name a kept file for a group; a `photo-card` names the findings whose photos it shows (`PhotoCardPayload`);
   * a `digest` holds its words and what they tell of (`DigestPayload`).
   */
  payload: object;
  /** Passes what waits for the same recipient. */
  urgent?: boolean;
  /** Not sent before; quiet hours are the writer's business. */
  notBefore: Date;
  /** Of a message with a card: the card's task_id. Of a `card-update`: the card to change. */
  taskId?: string;
}

/** A file of the file store, as one person is to see it. `image`: shown in the chat, at most 10 MB; `file`: at most 20 MB. */
export interface MediaPayload {
  kind: 'file' | 'image';
  sha256: string;
  name: string;
  /** Of a notice to many: all of them, as `touser` wants it. */
  touser?: string;
}

/** Why a row is not sent (yet). `quiet.…` are no loss that anybody must hear of. */
export type Why =
  | 'refused'
  | 'invalid-user'
  | 'unlicensed-user'
  | 'bug'
  | 'gave-up'
  | 'alarm'
  | 'rate-limit'
  | 'busy'
  | 'no-answer'
  | 'not-sent'
  | 'not-yet'
  | typeof GOING_UP
  | 'file-lost'
  | 'left'
  | 'robot-out'
  | 'held.minute'
  | 'held.hour'
  | 'held.day'
  | 'quiet.card-code-spent'
  | 'quiet.no-card-code'
  | 'quiet.recall-too-late'
  | 'quiet.no-photos'
  | 'quiet.nothing-to-recall'
  | 'quiet.superseded'
  | 'quiet.settled';

/** New rows as the columns of their table, with their ids: for a statement that writes them beside something else. */
export function outboxColumns(rows: readonly NewOutboxRow[]): object[] {
  return rows.map((row) => ({
    id: newId(),
    office_id: row.officeId,
    key: row.key,
    recipient: row.recipient,
    call: row.call,
    payload: row.payload,
    urgent: row.urgent ?? false,
    not_before: row.notBefore,
    task_id: row.taskId ?? null,
  }));
}

/**
 * Writes all rows in one statement; a row whose key the office has used before is left out without a word.
 * Their order is the order in which one recipient gets them. Ring for `recipientsOf(rows)` after the commit.
 */
export async function putRows(tx: Pick<Tx, 'sql'>, rows: readonly NewOutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql(
    `insert into outbox (id, office_id, key, recipient, call, payload, urgent, not_before, task_id)
     select r.id, r.office_id, r.key, r.recipient, r.call, r.payload, r.urgent, r.not_before, r.task_id
     from jsonb_to_recordset($1::jsonb) as r(id uuid, office_id uuid, key text, recipient text, call text,
       payload jsonb, urgent boolean, not_before timestamptz, task_id text)
     on conflict (office_id, key) do nothing`,
    [JSON.stringify(outboxColumns(rows))],
    'outbox-put',
  );
}

/** Somebody for whom something is due. */
export interface Waiting {
  officeId: string;
  recipient: string;
  /** Something of it passes all else. */
  urgent: boolean;
}

/** Whom to ring for, each once. */
export function recipientsOf(
  rows: readonly Pick<NewOutboxRow, 'officeId' | 'recipient' | 'urgent'>[],
): Waiting[] {
  const byName = new Map<string, Waiting>();
  for (const { officeId, recipient, urgent = false } of rows) {
    const known = byName.get(`${officeId} ${recipient}`);
    byName.set(`${officeId} ${recipient}`, { officeId, recipient, urgent: urgent || known?.urgent === true });
  }
  return [...byName.values()];
}

/**
 * Keeps the newest right to change a card: each tap on it brings one (PROTOCOL §8), good for one change within 72 h.
 * A card that is not known, or was not sent by us, is no fault.
 */
export async function keepResponseCode(
  tx: Pick<Tx, 'sql'>,
  card: { officeId: string; taskId: string; responseCode: string; userId: string },
): Promise<void> {
  if (await keepCastCode(tx, card)) return;
  await tx.sql(
    `update outbox set response_code = $3 where office_id = $1 and task_id = $2 and call = 'message'`,
    [card.officeId, card.taskId, card.responseCode],
    'outbox-keep-code',
  );
}

/** Recipients for whom something is due, the urgent and then the longest waiting first; the sweep rings for them. */
export function dueRecipients(store: { query: Tx['sql'] }, now: Date, limit: number): Promise<Waiting[]> {
  return store.query(
    `select office_id as "officeId", recipient, bool_or(urgent) as urgent from outbox
     where state in ('pending', 'unknown') and not_before <= $1
     group by office_id, recipient order by bool_or(urgent) desc, min(not_before) limit $2`,
    [now, limit],
    'outbox-due',
  );
}

/**
 * Rows whose sender died between sending and saying so become `unknown`, or `unsure` where a second try might double them; a file that only
 * went up has not been sent. Leases run on the database's own clock: it is one for all processes, and no demo moves it. Returns how many there were.
 */
export async function expireClaims(store: { query: Tx['sql'] }, now: Date): Promise<number> {
  const rows = await store.query(
    `update outbox set claimed_until = null,
       state = case when why = $3 then 'pending' when call = any($2) then 'unsure' else 'unknown' end,
       why = case when why = $3 then 'not-sent' else 'no-answer' end,
       sent_at = case when why = $3 then sent_at else $1 end
     where state = 'sending' and claimed_until < clock_timestamp() returning id`,
    [now, UNCHECKED, GOING_UP],
    'outbox-expire',
  );
  return rows.length;
}
