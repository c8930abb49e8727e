// What did not arrive, as rows that somebody sees; no words of the message are among them.
import type { Store } from '../store/store.ts';
import type { Call, OutboxState, Why } from './outbox.ts';

export interface Undelivered {
  id: string;
  key: string;
  recipient: string;
  call: Call;
  /** `refused`: never arrives. `unknown`: nobody can say, and it is tried again; `unsure`: nor ever will, and it is not. `pending`, `sending`: still tried. */
  state: OutboxState;
  why: Why | null;
  errcode: number | null;
  attempts: number;
  createdAt: Date;
  /** When it should have left, or is tried again. */
  notBefore: Date;
}

/** What waits for longer than this without having left is shown, though it may yet arrive. */
const STUCK_MINUTES = 10;

/** Newest first, at most `limit`. What was dropped without a loss to anybody (`quiet.…`) is left out. */
export function undelivered(
  store: Pick<Store, 'query'>,
  officeId: string,
  options: { since: Date; now: Date; limit?: number },
): Promise<Undelivered[]> {
  return store.query<Undelivered>(
    `select id, key, recipient, call, state, why, errcode, attempts, created_at as "createdAt", not_before as "notBefore"
     from outbox
     where office_id = $1 and created_at >= $2
       and (state = 'refused' and why not like 'quiet.%'
         or state in ('unknown', 'unsure')
         or state in ('pending', 'sending') and not_before < $3::timestamptz - make_interval(mins => $4)
         or state = 'pending' and attempts > 1)
     order by id desc limit $5`,
    [officeId, options.since, options.now, STUCK_MINUTES, options.limit ?? 200],
    'outbox-undelivered',
  );
}
