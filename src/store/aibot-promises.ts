// Answers that a smart robot promised over its long connection (PROTOCOL §16), kept so that another process gives them when this one dies.
import type { Store } from './store.ts';

export interface AibotPromise {
  dedupKey: string;
  aibotId: string;
  /** The id of the message, which its stream bears. */
  streamId: string;
  userId: string;
  /** The request that the platform waits for an answer to. */
  reqId: string;
}

export interface AibotPromises {
  keep(officeId: string, promise: AibotPromise): Promise<void>;
  /** It is kept or given up; true for whoever was the first to say so. */
  settle(officeId: string, dedupKey: string): Promise<boolean>;
  /** Those that the platform still waits for, with their age in milliseconds; older ones are forgotten. */
  open(officeId: string, withinMs: number): Promise<(AibotPromise & { ageMs: number })[]>;
}

/** The promises of all offices, in one table. A promise is settled by whoever deletes its row first. */
export function aibotPromises(store: Pick<Store, 'query'>): AibotPromises {
  return {
    async keep(officeId, { dedupKey, aibotId, streamId, userId, reqId }) {
      await store.query(
        `insert into aibot_promise (office_id, dedup_key, aibot_id, stream_id, user_id, req_id)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [officeId, dedupKey, aibotId, streamId, userId, reqId],
        'aibot-promise',
      );
    },
    async settle(officeId, dedupKey) {
      const rows = await store.query(
        'delete from aibot_promise where office_id = $1 and dedup_key = $2 returning 1 as one',
        [officeId, dedupKey],
        'aibot-promise-settle',
      );
      return rows.length > 0;
    },
    async open(officeId, withinMs) {
      await store.query(
        `delete from aibot_promise where office_id = $1 and made_at < clock_timestamp() - make_interval(secs => $2)`,
        [officeId, withinMs / 1000],
        'aibot-promise-forget',
      );
      return store.query(
        `select dedup_key as "dedupKey", aibot_id as "aibotId", stream_id as "streamId", user_id as "userId", req_id as "reqId",
           (extract(epoch from clock_timestamp() - made_at) * 1000)::float8 as "ageMs"
         from aibot_promise where office_id = $1 order by made_at`,
        [officeId],
        'aibot-promises',
      );
    },
  };
}
