// A lock that one process of all holds for as long as it lives: what may exist only once stands under it. It goes with its connection.
import type { PoolClient } from 'pg';
import type { Store } from './store.ts';

export interface HeldLock {
  /** False when the connection, and the lock with it, is gone. */
  holds(): Promise<boolean>;
  release(): Promise<void>;
}

/** The first half of the keys, so that they can't meet those of other locks. */
const LOCK_CLASS = 0x6475_6c6b;

/** The name of the lock under which a smart robot's one long connection stands. */
export const aibotLock = (botId: string): string => `aibot ${botId}`;

/** Null when another process holds it. Takes one connection of the pool while it is held. */
export async function takeLock(store: Pick<Store, 'pool'>, name: string): Promise<HeldLock | null> {
  const client = await store.pool.connect();
  let broken = false;
  const onBroken = () => {
    broken = true;
  };
  client.on('error', onBroken);
  client.on('end', onBroken);
  const giveBack = (destroy: boolean) => {
    client.off('error', onBroken);
    client.off('end', onBroken);
    client.release(destroy);
  };
  try {
    const taken = await asks(client, 'SELECT pg_try_advisory_lock($1, hashtext($2)) AS yes', name);
    if (!taken) {
      giveBack(false);
      return null;
    }
  } catch (err) {
    giveBack(true);
    throw err;
  }
  return {
    async holds() {
      if (broken) return false;
      // Asked on the connection itself: whoever gets an answer there still has what it holds.
      return client.query('SELECT 1').then(
        () => true,
        () => false,
      );
    },
    async release() {
      const clean =
        !broken &&
        (await asks(client, 'SELECT pg_advisory_unlock($1, hashtext($2)) AS yes', name).catch(() => false));
      giveBack(!clean);
    },
  };
}

async function asks(client: PoolClient, sql: string, name: string): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(sql, [LOCK_CLASS, name]);
  return rows[0]?.yes === true;
}
