// Goes the way that the console's "save" button goes: a signed GET to the public address, which must give back the decrypted echo.
import { randomBytes, randomInt } from 'node:crypto';
import { decodeAesKey, encrypt, signature } from '../wecom/crypto.ts';
import { type Finding, fault, ok, skipped } from './check.ts';

/** The platform's own patience (PROTOCOL §1.2) and ours, to tell slow from silent. */
const PLATFORM_WAITS_MS = 1_000;
const WE_WAIT_MS = 6_000;

export interface Asked {
  /** Name of the check. */
  check: 'callback' | 'aibot-callback' | 'contacts-callback';
  /** Null: there is no public address. */
  url: string | null;
  token: string;
  encodingAesKey: string;
  receiveId: string;
}

/** Asks our own address as the console does, through whatever stands before it. */
export async function checkCallback(asked: Asked, now: () => Date): Promise<Finding> {
  const { check, url, token, receiveId } = asked;
  if (!url) return skipped(check, 'none');
  const echo = String(randomInt(2 ** 47));
  const key = decodeAesKey(asked.encodingAesKey);
  const echostr = encrypt({ key, receiveId, message: echo });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const nonce = randomBytes(6).toString('hex');
  const query = new URLSearchParams({
    msg_signature: signature(token, timestamp, nonce, echostr),
    timestamp,
    nonce,
    echostr,
  });
  const began = performance.now();
  try {
    // The platform follows no redirects.
    const response = await fetch(`${url}?${query}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(WE_WAIT_MS),
    });
    const body = (await response.text()).slice(0, 1000);
    const ms = Math.round(performance.now() - began);
    if (response.status !== 200) return fault(check, 'status', { url, status: response.status });
    if (body !== echo) return fault(check, 'body', { url });
    return ms > PLATFORM_WAITS_MS ? fault(check, 'slow', { url, ms }) : ok(check, 'ok', { url });
  } catch {
    return fault(check, 'unreachable', { url });
  }
}
