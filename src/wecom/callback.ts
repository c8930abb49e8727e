// The door: believes nothing of a callback before size, shape, signature, cipher and receive id were checked, in that order.
import { decodeAesKey, decrypt, encrypt, sameSignature, signature } from './crypto.ts';
import { CallbackError } from './errors.ts';
import { dedupKey, type Inbound, parseInbound } from './inbound.ts';
import { childrenOf, element, legalText, parseXml, type XmlElement } from './xml.ts';

/** The largest text message is 2 KB; an approval event with many nodes stays far below this. */
export const BODY_LIMIT_BYTES = 64 * 1024;
export const MAX_AGE_MS = 30 * 60_000;

/** A parsed query string, decoded once. Whatever is not one string per name is refused. */
export type CallbackQuery = Readonly<Record<string, unknown>>;

export interface CallbackSettings {
  corpId: string;
  /** When set, a message or event of another app is refused. */
  agentId?: number;
  token: string;
  /** The 43 characters of the console. */
  encodingAesKey: string;
  /** What the sealed text must end with: the corp id for a self-built app (default), '' for a smart robot. */
  receiveId?: string;
  /**
   * How far a callback's timestamp may lie from `now`, both ways, in ms; default 30 min. The platform publishes no
   * tolerance, a re-delivery may carry the first delivery's timestamp, and offices' clocks go wrong: so this only
   * stops old recordings from being replayed; younger repeats are met by the deduplication key and answered with 200.
   */
  maxAgeMs?: number;
  bodyLimit?: number;
  /** The clock. Left out, it is the system's. */
  now?: () => Date;
}

export interface Opened {
  inbound: Inbound;
  /** The decrypted XML, without characters that XML (and a database's text) cannot hold. */
  xml: string;
  dedupKey: string;
  toUser: string;
  agentId: number | null;
  timestamp: string;
  nonce: string;
}

export interface Callback {
  /** Answers the console's URL check (90968): the exact body to send within 1 s. @throws {CallbackError} */
  verify(query: CallbackQuery): string;
  /** Opens a POST. @throws {CallbackError} for whatever is not to be believed; map every one to the same 4xx. */
  open(body: string | Uint8Array, query: CallbackQuery): Opened;
  /** Seals a passive reply (90968); `timestamp` and `nonce` may be those of the request. */
  seal(replyXml: string, at: { timestamp: string | number; nonce: string; random?: Buffer }): string;
}

/** @throws {RangeError} when the key is not one. */
export function createCallback(settings: CallbackSettings): Callback {
  const { corpId, agentId, token, receiveId = corpId } = settings;
  const { maxAgeMs = MAX_AGE_MS, bodyLimit = BODY_LIMIT_BYTES, now = () => new Date() } = settings;
  const key = decodeAesKey(settings.encodingAesKey);

  function believe(encrypted: string, query: CallbackQuery): string {
    const timestamp = one(query, 'timestamp');
    const expected = signature(token, timestamp, one(query, 'nonce'), encrypted);
    if (!sameSignature(expected, one(query, 'msg_signature'))) throw new CallbackError('bad-signature');
    const age = Math.abs(now().getTime() - Number(timestamp) * 1000);
    if (!(age <= maxAgeMs)) throw new CallbackError('stale');
    return decrypt({ key, receiveId, encrypted });
  }

  return {
    verify(query) {
      // Base64 holds no space: one that stands there was a '+' before a form parser saw it.
      return believe(one(query, 'echostr').replaceAll(' ', '+'), query);
    },

    open(body, query) {
      const xml = legalText(believe(encryptedOf(textWithin(body, bodyLimit)), query));
      const inbound = readInner(xml);
      if (agentId !== undefined && !isFor(inbound, agentId)) throw new CallbackError('agent-mismatch');
      return {
        inbound,
        xml,
        dedupKey: dedupKey(inbound, xml),
        toUser: inbound.toUser,
        agentId: inbound.agentId,
        timestamp: one(query, 'timestamp'),
        nonce: one(query, 'nonce'),
      };
    },

    seal(replyXml, { timestamp, nonce, random }) {
      const encrypted = encrypt({ key, receiveId, message: replyXml, random });
      const signed = signature(token, String(timestamp), nonce, encrypted);
      return element('xml', [
        element('Encrypt', encrypted),
        element('MsgSignature', signed),
        element('TimeStamp', Number(timestamp)),
        element('Nonce', nonce),
      ]);
    },
  };
}

const QUERY_LIMIT = 4096; // an echostr is about 100 characters

function one(query: CallbackQuery, name: string): string {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  if (typeof value !== 'string' || value === '' || value.length > QUERY_LIMIT)
    throw new CallbackError('bad-query');
  return value;
}

function textWithin(body: string | Uint8Array, limit: number): string {
  // A string's length is never above its bytes, so the cheap test comes first.
  if (body.length > limit) throw new CallbackError('too-large');
  if (typeof body !== 'string') return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  if (Buffer.byteLength(body) > limit) throw new CallbackError('too-large');
  return body;
}

function encryptedOf(body: string): string {
  const found = childrenOf(parseXml(body, { maxDepth: 4, maxElements: 16 }), 'Encrypt');
  const only: XmlElement | undefined = found.length === 1 ? found[0] : undefined;
  const encrypted = only?.hasCdata ? only.text : only?.text.trim();
  if (!encrypted) throw new CallbackError('bad-xml');
  return encrypted;
}

function readInner(xml: string): Inbound {
  try {
    return parseInbound(xml);
  } catch (cause) {
    throw new CallbackError('bad-inner-xml', { cause });
  }
}

/** Shared-app events carry the upstream app's id, and what is unknown may mean anything by it. */
function isFor(inbound: Inbound, agentId: number): boolean {
  if (inbound.agentId === null || inbound.agentId === agentId) return true;
  return (
    inbound.kind === 'share_agent_change' ||
    inbound.kind === 'share_chain_change' ||
    inbound.kind === 'unknown'
  );
}
