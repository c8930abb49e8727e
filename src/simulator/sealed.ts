// Seals what the platform calls a bot with: inner XML into the envelope, with the address it goes to (90930).
import { randomInt } from 'node:crypto';
import { decodeAesKey, encrypt, signature } from '../wecom/crypto.ts';
import { element } from '../wecom/xml.ts';
import type { App } from './api.ts';
import type { Keys } from './passive.ts';

export interface Sealed {
  query: string;
  body: string;
  contentType?: string;
}

/** Who is called back: an app, or the contact-sync helper, which has no agent id. */
export type Callee = Pick<App, 'callbackUrl' | 'token' | 'encodingAesKey'> & { agentId: number | null };

/** Where an app or the helper is called back, and under which keys; null while its address or one of its keys is not set. */
export function keysOf(app: Callee, corpId: string): (Keys & { url: string }) | null {
  const { callbackUrl, token, encodingAesKey } = app;
  if (callbackUrl === undefined || token === undefined || encodingAesKey === undefined) return null;
  return { url: callbackUrl, corpId, token, encodingAesKey };
}

/** The envelope of a callback: query and outer XML. */
export function seal(
  keys: Keys,
  agentId: number | null,
  xml: string,
  with_: { timestamp?: string; nonce?: string; receiveId?: string; at: number },
): Sealed {
  const encrypted = encrypt({
    key: decodeAesKey(keys.encodingAesKey),
    receiveId: with_.receiveId ?? keys.corpId,
    message: xml,
  });
  const timestamp = with_.timestamp ?? String(Math.floor(with_.at / 1000));
  const nonce = with_.nonce ?? String(randomInt(1_000_000_000, 2_000_000_000));
  const query = new URLSearchParams({
    msg_signature: signature(keys.token, timestamp, nonce, encrypted),
    timestamp,
    nonce,
  });
  const outer = [
    element('ToUserName', keys.corpId),
    element('Encrypt', encrypted),
    ...(agentId === null ? [] : [element('AgentID', String(agentId))]),
  ];
  return { query: query.toString(), body: `<xml>${outer.join('')}</xml>` };
}

export const withQuery = (url: string, query: string) => url + (url.includes('?') ? '&' : '?') + query;
