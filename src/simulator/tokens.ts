// Access tokens (91039): one per secret, 7200 s of the simulator's time, and what the platform says to wrong ones.
import { randomBytes } from 'node:crypto';
import type { App } from './api.ts';
import type { Directory } from './directory.ts';
import type { Windows } from './windows.ts';

/** Who calls: an app, or the contact-sync helper. */
export type Caller = { app: App } | { contacts: true };
type Refused = { errcode: number; errmsg: string };

const TOKEN_LIFE_S = 7200; // 91039
/** Wrong secrets from one address before it is shut out for an hour; the page gives no figure. */
const WRONG_SECRETS = 20;
const HOUR_MS = 3_600_000;

export interface Tokens {
  issue(corpId: string, secret: string, ip: string): { token: string; expiresIn: number } | Refused;
  check(token: string | undefined): Caller | Refused;
  /** Kills every token given out so far, as the platform may do at any time. */
  revokeAll(): void;
  clear(): void;
}

interface Issued {
  token: string;
  secret: string;
  expiresAt: number;
}

/** A secret gets the same token until it dies; too many wrong secrets block their address for an hour (91039). */
export function createTokens(directory: Directory, windows: Windows, now: () => number): Tokens {
  const issued = new Map<string, Issued>();
  const current = new Map<string, Issued>();

  const callerOf = (secret: string): Caller | null => {
    const app = directory.apps().find((known) => known.secret === secret);
    if (app !== undefined) return { app };
    return directory.corp().contactsSecret === secret ? { contacts: true } : null;
  };

  return {
    issue(corpId, secret, ip) {
      const wrong = `wrong-secret:${ip}`;
      if (windows.blocked(wrong)) return { errcode: 45009, errmsg: 'api freq out of limit' };
      if (corpId !== directory.corp().corpId) return { errcode: 40013, errmsg: 'invalid corpid' };
      if (callerOf(secret) === null) {
        windows.takeOrBlock(wrong, WRONG_SECRETS, HOUR_MS, HOUR_MS);
        return { errcode: 40001, errmsg: 'invalid credential' };
      }
      const kept = current.get(secret);
      if (kept !== undefined && kept.expiresAt > now()) {
        return { token: kept.token, expiresIn: Math.ceil((kept.expiresAt - now()) / 1000) };
      }
      const fresh = {
        token: randomBytes(160).toString('base64url'),
        secret,
        expiresAt: now() + TOKEN_LIFE_S * 1000,
      };
      current.set(secret, fresh);
      issued.set(fresh.token, fresh);
      // An old token is known as expired for a while, then it is as unknown as any other word.
      for (const token of issued.keys()) {
        if (issued.size <= 200) break;
        issued.delete(token);
      }
      return { token: fresh.token, expiresIn: TOKEN_LIFE_S };
    },
    check(token) {
      if (token === undefined || token === '') return { errcode: 41001, errmsg: 'access_token missing' };
      const known = issued.get(token);
      if (known === undefined) return { errcode: 40014, errmsg: 'invalid access_token' };
      if (known.expiresAt <= now()) return { errcode: 42001, errmsg: 'access_token expired' };
      // The secret may have been reset in the console since.
      return callerOf(known.secret) ?? { errcode: 40014, errmsg: 'invalid access_token' };
    },
    revokeAll() {
      for (const token of issued.values()) token.expiresAt = Math.min(token.expiresAt, now());
    },
    clear() {
      issued.clear();
      current.clear();
    },
  };
}
