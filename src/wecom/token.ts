// The access_token (91039): fetched by one at a time, in this process and among all, kept until shortly before it dies.
// Frequent fetching is intercepted by the platform, and many tries with a wrong secret block the address for an hour.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { WecomRefused, WecomUnreachable } from './errors.ts';
import { callApi, type Wire } from './http.ts';

export interface StoredToken {
  token: string;
  /** When to stop using it: already a few minutes before the platform's own time. */
  expiresAt: Date;
}

/** Where processes share tokens. `name` is one app of one corp. */
export interface TokenStore {
  /** Runs `work` while nobody else holds the lock of that name, in any process. */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>;
  read(name: string): Promise<StoredToken | null>;
  write(name: string, token: string, expiresAt: Date): Promise<void>;
}

export interface Tokens {
  get(): Promise<string>;
  /** A token other than the one that just failed: somebody's newer one, or a fresh one. */
  replace(failed: string): Promise<string>;
}

export interface TokenSettings {
  wire: Wire;
  corpId: string;
  agentId: number;
  secret: string;
  store: TokenStore;
  now: () => Date;
}

const EARLY_S = 300;
/** After a refusal that only an operator can mend, gettoken is left alone for this long. */
const REFUSED_HOLD_MS = 45_000;
const PATH = '/cgi-bin/gettoken';
const answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** The token of one app. Throws WecomRefused as `alarm` when only an operator can help, WecomUnreachable (not-sent) for all else. */
export function createTokens(settings: TokenSettings): Tokens {
  const { store, now, corpId, agentId, secret } = settings;
  // The secret's hash is part of the name: a reset secret must not be served the old one's token.
  const name = `${corpId}:${agentId}:${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
  let cached: StoredToken | null = null;
  let flight: Promise<string> | null = null;
  let held: { error: WecomRefused; until: number } | null = null;

  const usable = (token: StoredToken | null, failed?: string): token is StoredToken =>
    token !== null && token.token !== failed && token.expiresAt > now();

  async function obtain(failed?: string): Promise<string> {
    const shared = await store.read(name);
    if (usable(shared, failed)) return keep(shared);
    return store.withLock(name, async () => {
      // While waiting for the lock somebody may have fetched one.
      const newer = await store.read(name);
      if (usable(newer, failed)) return keep(newer);
      const fetched = await fetchToken();
      await store.write(name, fetched.token, fetched.expiresAt);
      return keep(fetched);
    });
  }

  function keep(token: StoredToken): string {
    cached = token;
    return token.token;
  }

  async function fetchToken(): Promise<StoredToken> {
    if (held !== null && held.until > now().getTime()) throw held.error;
    held = null;
    const query = { corpid: corpId, corpsecret: secret };
    try {
      const got = await callApi(settings.wire, { path: PATH, query, secrets: [secret] }, answer);
      const early = Math.min(EARLY_S, got.expires_in / 2);
      return {
        token: got.access_token,
        expiresAt: new Date(now().getTime() + (got.expires_in - early) * 1000),
      };
    } catch (err) {
      throw hold(err);
    }
  }

  /** 40001 here is a wrong secret, not a dead token: asking again would earn the block. */
  function hold(err: unknown): unknown {
    if (!(err instanceof WecomRefused)) return err;
    const verdict = err.verdict === 'wait' || err.verdict === 'retry' ? err.verdict : 'alarm';
    const error = new WecomRefused(err.errcode, err.errmsg, verdict, PATH, { cause: err });
    if (verdict !== 'retry') held = { error, until: now().getTime() + (error.waitMs || REFUSED_HOLD_MS) };
    return error;
  }

  function fly(failed?: string): Promise<string> {
    flight ??= obtain(failed)
      .catch((err: unknown) => {
        throw notSent(err);
      })
      .finally(() => {
        flight = null;
      });
    return flight;
  }

  return {
    async get() {
      return usable(cached) ? cached.token : fly();
    },
    async replace(failed) {
      if (usable(cached, failed)) return cached.token;
      if (flight !== null) {
        const joined = await flight;
        if (joined !== failed) return joined;
      }
      return fly(failed);
    },
  };
}

/** Whatever went wrong on the way to a token, the call that needed it has not been made. */
function notSent(err: unknown): unknown {
  if (err instanceof WecomRefused) return err;
  const what = err instanceof WecomUnreachable ? err.what : 'the token store failed';
  return new WecomUnreachable('not-sent', PATH, what, { cause: err });
}

/** Tokens of one process, for tests and small installations. */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const tails = new Map<string, Promise<unknown>>();
  return {
    withLock(name, work) {
      const turn = (tails.get(name) ?? Promise.resolve()).then(work);
      const tail = turn.catch(() => {}); // the next one's turn comes whatever became of this one
      tails.set(name, tail);
      return turn;
    },
    async read(name) {
      return tokens.get(name) ?? null;
    },
    async write(name, token, expiresAt) {
      tokens.set(name, { token, expiresAt });
    },
  };
}
