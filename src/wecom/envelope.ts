// The sealed envelope of a callback, whatever is inside: believed only after size, shape, signature, age and cipher were checked.
import { decodeAesKey, decrypt, encrypt, sameSignature, signature } from './crypto.ts';
import { CallbackError } from './errors.ts';

/** The largest that is known: a change of a tag by 1,000 members of 64 bytes each (90973) is 87 KB once it is sealed. */
export const BODY_LIMIT_BYTES = 128 * 1024;
export const MAX_AGE_MS = 30 * 60_000;

/** A parsed query string, decoded once. Whatever is not one string per name is refused. */
export type CallbackQuery = Readonly<Record<string, unknown>>;

export interface EnvelopeSettings {
  token: string;
  /** The 43 characters of the console. */
  encodingAesKey: string;
  /** What the sealed text must end with: the corp id for a self-built app, '' for a smart robot (PROTOCOL §1.5). */
  receiveId: string;
  /**
   * How far a callback's timestamp may lie from `now`, both ways, in ms; default 30 min. The platform publishes no
   * tolerance, a re-delivery may carry the first delivery's timestamp, and offices' clocks go wrong: so this only
   * stops old recordings from being replayed; younger repeats are met by the deduplication key and answered with 200.
   */
  maxAgeMs?: number;
  /** The clock. Left out, it is the system's. */
  now?: () => Date;
}

export interface Sealed {
  encrypted: string;
  signature: string;
}

export interface EnvelopeDoor {
  /** Answers the console's URL check (90968): the exact body to send within 1 s. @throws {CallbackError} */
  verify(query: CallbackQuery): string;
  /** The plain text of a sealed one. @throws {CallbackError} */
  open(encrypted: string, query: CallbackQuery): string;
  seal(message: string, at: { timestamp: string | number; nonce: string; random?: Buffer }): Sealed;
}

/** @throws {RangeError} when the key is not one. */
export function createEnvelope(settings: EnvelopeSettings): EnvelopeDoor {
  const { token, receiveId, maxAgeMs = MAX_AGE_MS, now = () => new Date() } = settings;
  const key = decodeAesKey(settings.encodingAesKey);

  function open(encrypted: string, query: CallbackQuery): string {
    const timestamp = one(query, 'timestamp');
    const expected = signature(token, timestamp, one(query, 'nonce'), encrypted);
    if (!sameSignature(expected, one(query, 'msg_signature'))) throw new CallbackError('bad-signature');
    const age = Math.abs(now().getTime() - Number(timestamp) * 1000);
    if (!(age <= maxAgeMs)) throw new CallbackError('stale');
    return decrypt({ key, receiveId, encrypted });
  }

  return {
    open,
    // Base64 holds no space: one that stands there was a '+' before a form parser saw it.
    verify: (query) => open(one(query, 'echostr').replaceAll(' ', '+'), query),
    seal(message, { timestamp, nonce, random }) {
      const encrypted = encrypt({ key, receiveId, message, random });
      return { encrypted, signature: signature(token, String(timestamp), nonce, encrypted) };
    },
  };
}

const QUERY_LIMIT = 4096; // an echostr is about 100 characters

/** The one string that stands under a name in the query. @throws {CallbackError} `bad-query` */
export function one(query: CallbackQuery, name: string): string {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  if (typeof value !== 'string' || value === '' || value.length > QUERY_LIMIT)
    throw new CallbackError('bad-query');
  return value;
}

/** The body as text. @throws {CallbackError} `too-large` */
export function textWithin(body: string | Uint8Array, limit: number): string {
  // A string's length is never above its bytes, so the cheap test comes first.
  if (body.length > limit) throw new CallbackError('too-large');
  if (typeof body !== 'string') return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  if (Buffer.byteLength(body) > limit) throw new CallbackError('too-large');
  return body;
}
