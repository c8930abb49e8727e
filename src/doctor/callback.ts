// Goes the way that the console's "save" button goes: a signed GET to the public address, which must give back the decrypted echo.
import { randomBytes, randomInt } from 'node:crypto';
import type { WecomCredentials } from '../config.ts';
import { decodeAesKey, encrypt, signature } from '../wecom/crypto.ts';
import { type Finding, fault, ok, skipped } from './check.ts';

/** The platform's own patience (PROTOCOL §1.2) and ours, to tell slow from silent. */
const PLATFORM_WAITS_MS = 1_000;
const WE_WAIT_MS = 6_000;

export async function checkCallback(
  wecom: WecomCredentials,
  publicUrl: string | null,
  office: string,
  now: () => Date,
): Promise<Finding> {
  if (!publicUrl) return skipped('callback', 'none');
  const url = `${publicUrl}/wecom/${office}/callback`;
  const echo = String(randomInt(2 ** 47));
  const key = decodeAesKey(wecom.encodingAesKey);
  const echostr = encrypt({ key, receiveId: wecom.corpId, message: echo });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const nonce = randomBytes(6).toString('hex');
  const query = new URLSearchParams({
    msg_signature: signature(wecom.token, timestamp, nonce, echostr),
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
    if (response.status !== 200) return fault('callback', 'status', { url, status: response.status });
    if (body !== echo) return fault('callback', 'body', { url });
    return ms > PLATFORM_WAITS_MS ? fault('callback', 'slow', { url, ms }) : ok('callback', 'ok', { url });
  } catch {
    return fault('callback', 'unreachable', { url });
  }
}
