// Writes down how the sending of a row ended: for whoever drains next, for the sweep, and for the office that asks.
import type { Store, Tx } from '../store/store.ts';
import { markReceivers } from './cast.ts';
import type { ClaimedRow } from './claim.ts';
import type { Outcome } from './outcome.ts';

/** Only if the claim is still ours: `attempts` counts the claims. Throws when the database does; twice is once. */
export async function writeEnding(store: Store, row: ClaimedRow, outcome: Outcome, now: Date): Promise<void> {
  if (!row.recipient.startsWith('cast:')) return void (await mark(store, row, outcome, now));
  // What became of the call and of each of its receivers is one fact.
  await store.transaction(async (tx) => {
    const ours = await mark({ query: tx.sql.bind(tx) }, row, outcome, now);
    if (ours) await markReceivers(tx, row, outcome, now);
  });
}

async function mark(
  on: { query: Tx['sql'] },
  row: ClaimedRow,
  outcome: Outcome,
  now: Date,
): Promise<boolean> {
  const left = ['sent', 'unknown', 'unsure'].includes(outcome.state);
  const rows = await on.query(
    `update outbox
     set state = $3, why = $4, errcode = $5, not_before = coalesce($6, not_before), claimed_until = null,
       msgid = coalesce($7, msgid), response_code = coalesce($8, response_code),
       -- Not to 0: what was tried holds up what is behind it; what was put off for hours does not.
       attempts = case when $12 then 0 when $11 then attempts else greatest(attempts - 1, 1) end,
       -- The end of the call, not its beginning: the platform counted it somewhere in between.
       sent_at = case when $9 then $10::timestamptz else sent_at end
     where id = $1 and attempts = $2 and state in ('sending', 'unknown') returning id`,
    [
      row.id,
      row.attempts,
      outcome.state,
      outcome.why,
      outcome.errcode,
      outcome.waitMs === null ? null : new Date(now.getTime() + outcome.waitMs),
      outcome.msgid ?? null,
      outcome.responseCode ?? null,
      left,
      now,
      outcome.counts,
      outcome.asNew ?? false,
    ],
    'outbox-mark',
  );
  return rows.length > 0;
}
