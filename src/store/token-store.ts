// The platform's access tokens, shared by all processes: one row each, sealed, and fetched by one process at a time.
// Has the shape that src/wecom/token.ts asks for, without either knowing the other.
import { AppError } from '../errors.ts';
import { createSealer } from './seal.ts';
import type { Store } from './store.ts';

export interface SharedTokens {
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>;
  read(name: string): Promise<{ token: string; expiresAt: Date } | null>;
  write(name: string, token: string, expiresAt: Date): Promise<void>;
}

/** How long one waits for another who is fetching; shorter than a statement may take (pool.ts). */
const WAIT_MS = 8_000;
/** Locks held at a time in this process: each needs a connection while the platform answers. */
const AT_A_TIME = 4;
/** The first half of our advisory locks' keys, so that they can't meet anybody else's. */
const LOCK_CLASS = 0x6475_6461;

/** `waitMs`: how long one waits for another process that fetches; then `store.unreachable` (later). */
export function createTokenStore(store: Store, appSecret: string, { waitMs = WAIT_MS } = {}): SharedTokens {
  const sealer = createSealer(appSecret, 'platform-token');
  const slots = semaphore(AT_A_TIME);

  return {
    withLock: (name, work) =>
      slots(() =>
        store.transaction(async (tx) => {
          await tx.sql(`SET LOCAL lock_timeout = ${waitMs}`);
          await tx
            .sql('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK_CLASS, name])
            .catch(tookTooLong);
          return work();
        }),
      ),

    async read(name) {
      const [row] = await store.query<{ sealed: string; expires_at: Date }>(
        'SELECT sealed, expires_at FROM platform_token WHERE name = $1',
        [name],
        'token-read',
      );
      if (!row) return null;
      try {
        return { token: sealer.open(row.sealed, name), expiresAt: row.expires_at };
      } catch {
        return null; // sealed under an APP_SECRET of before: a new token is fetched and written over it
      }
    },

    async write(name, token, expiresAt) {
      await store.query(
        `INSERT INTO platform_token (name, sealed, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at`,
        [name, sealer.seal(token, name), expiresAt],
        'token-write',
      );
    },
  };
}

function tookTooLong(err: unknown): never {
  if ((err as { code?: string }).code !== '55P03') throw err; // lock_not_available
  throw new AppError(
    'store.unreachable',
    'later',
    { reason: 'another process is fetching the token' },
    { cause: err },
  );
}

function semaphore(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = size;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
