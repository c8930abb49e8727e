// Takes the next row of one recipient for sending, so that whoever else drains the same recipient takes none.
import type { Store } from '../store/store.ts';
import { fullFor } from './full.ts';
import { type Call, GOING_UP, type Recipient, UNCHECKED, UPLOADS } from './outbox.ts';

export interface ClaimedRow {
  id: string;
  officeId: string;
  recipient: Recipient;
  key: string;
  call: Call;
  payload: Record<string, unknown>;
  taskId: string | null;
  /** This one included; with `id` it says whose claim it is. */
  attempts: number;
  /** The same for each attempt; of what this recipient was sent in the last two hours, no other row has it. */
  nth: number;
  /** An earlier attempt may have arrived. */
  mayHaveArrived: boolean;
  /** Of a file for a group: it only goes up so far, and nothing has been said to anybody (`beginPost`). */
  goesUp: boolean;
}

export type Claim =
  | { kind: 'row'; row: ClaimedRow }
  /** Nothing is due. */
  | { kind: 'none' }
  /** Another process is sending to this recipient, and will look for more when it is done. */
  | { kind: 'busy' }
  /** The next row waits, and what comes after it waits behind it. */
  | { kind: 'later'; ms: number };

/**
 * Longer than a call may take (drain.ts); after it the row is taken for sent with an unknown outcome. Who puts a file up
 * first takes longer and says so (`renewClaim`): when he dies, nobody waits longer for what he held than for any other row.
 */
const CLAIM_SECONDS = 60;
/** Longer than the platform remembers a message for its duplicate check (send.ts); then the numbers may begin again. */
const NUMBERED_MS = 7_200_000;

interface Head {
  id: string;
  key: string;
  state: 'pending' | 'unknown' | 'sending';
  taken: boolean;
  waitMs: number;
  why: string | null;
  call: Call;
  urgent: boolean;
}

/**
 * Claims under a lock per recipient that is held for three short statements, never while sending.
 * Order: by id, urgent ones first. A row that was tried and waits for its next attempt holds up what is behind it;
 * one that was only written for later does not.
 */
export async function claimNext(
  store: Store,
  officeId: string,
  recipient: string,
  now: Date,
): Promise<Claim> {
  for (;;) {
    const claim = await claimHead(store, officeId, recipient, now);
    if (claim.kind !== 'passed over') return claim;
  }
}

function claimHead(
  store: Store,
  officeId: string,
  recipient: string,
  now: Date,
): Promise<Claim | { kind: 'passed over' }> {
  return store.transaction(async (tx): Promise<Claim | { kind: 'passed over' }> => {
    await tx.sql(
      'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      [`outbox ${officeId} ${recipient}`],
      'outbox-lock',
    );
    const [head] = await tx.sql<Head>(HEAD, [officeId, recipient, now], 'outbox-head');
    if (!head) return { kind: 'none' };
    if (head.taken) return { kind: 'busy' };
    // Its sender died, or an older version left it so: a second try might be a second message.
    const onlyWentUp = head.why === GOING_UP;
    if (head.state !== 'pending' && UNCHECKED.includes(head.call) && !onlyWentUp) {
      await tx.sql(
        `update outbox set state = 'unsure', why = 'no-answer', claimed_until = null, sent_at = coalesce(sent_at, $2)
         where id = $1`,
        [head.id, now],
        'outbox-unsure',
      );
      return { kind: 'passed over' };
    }
    if (head.waitMs > 0) return { kind: 'later', ms: head.waitMs };

    const full = await fullFor(tx, head, officeId, recipient, now);
    if (full) {
      // Not a change of its time: it keeps its place, and the office sees why it waits.
      if (head.why !== full.why)
        await tx.sql('update outbox set why = $2 where id = $1', [head.id, full.why]);
      return { kind: 'later', ms: full.ms };
    }
    const goesUp = UPLOADS.includes(head.call) && UNCHECKED.includes(head.call);
    const [row] = await tx.sql<Omit<ClaimedRow, 'mayHaveArrived' | 'goesUp'>>(
      TAKE,
      [
        ...[head.id, CLAIM_SECONDS, officeId, recipient, new Date(now.getTime() - NUMBERED_MS)],
        goesUp ? GOING_UP : null,
      ],
      'outbox-take',
    );
    if (!row) return { kind: 'none' };
    return { kind: 'row', row: { ...row, mayHaveArrived: head.state !== 'pending' && !onlyWentUp, goesUp } };
  });
}

// `sending` comes first: either somebody is at it, or its sender died and it is the oldest that this recipient waits for.
const HEAD = `
  select id, key, state, why, call, urgent,
    state = 'sending' and claimed_until >= clock_timestamp() as taken,
    case when state = 'sending' then 0
      else greatest(0, extract(epoch from not_before - $3::timestamptz) * 1000)::float8 end as "waitMs"
  from outbox
  where office_id = $1 and recipient = $2 and state in ('pending', 'unknown', 'sending')
    and not (state = 'pending' and attempts = 0 and not_before > $3)
  order by state = 'sending' desc, urgent desc, id
  limit 1`;

const TAKE = `
  update outbox
  set state = 'sending', attempts = attempts + 1, claimed_until = clock_timestamp() + make_interval(secs => $2),
    why = coalesce($6, why),
    nth = coalesce(nth, 1 + (select coalesce(max(nth), 0) from outbox
      where office_id = $3 and recipient = $4 and nth is not null and (sent_at is null or sent_at > $5)))
  where id = $1
  returning id, office_id as "officeId", recipient, key, call, payload, task_id as "taskId", attempts, nth`;

/** Whoever claimed it is still at it. A claim that has run out is not taken back. */
export async function renewClaim(store: Store, { id, attempts }: ClaimedRow): Promise<void> {
  await store.query(
    `update outbox set claimed_until = clock_timestamp() + make_interval(secs => $3)
     where id = $1 and attempts = $2 and state = 'sending' and claimed_until >= clock_timestamp()`,
    [id, attempts, CLAIM_SECONDS],
    'outbox-renew',
  );
}

/**
 * The file is up and is now posted: from here on nobody can say whether a post without an answer arrived. False: whoever claimed it was too slow,
 * and it is no longer his to post.
 */
export async function beginPost(store: Store, row: ClaimedRow): Promise<boolean> {
  const ours = await store.query(
    `update outbox set why = null where id = $1 and attempts = $2 and state = 'sending' and claimed_until >= clock_timestamp()
     returning id`,
    [row.id, row.attempts],
    'outbox-post',
  );
  if (ours.length > 0) row.goesUp = false;
  return ours.length > 0;
}
