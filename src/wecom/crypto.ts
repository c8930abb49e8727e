// The envelope's cipher and signature (90968). Sealing is @wecom/crypto's; opening is ours, because that package checks
// neither the pad bytes nor the length field nor the receive id.
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { getSignature, encrypt as sealWithPackage } from '@wecom/crypto';
import { CallbackError } from './errors.ts';

const AES_BLOCK = 16;
const PAD_BLOCK = 32; // 90968: PKCS#7 with blocks of 32, though AES itself has blocks of 16
const RANDOM_BYTES = 16;
const HEAD_BYTES = RANDOM_BYTES + 4;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Turns the console's EncodingAESKey into the 32-byte key. Most published keys are not canonical Base64 (the last
 * character carries two spare bits), so the decoded length is checked and not a re-encoding.
 * @throws {RangeError} when it is not 43 characters that make 32 bytes.
 */
export function decodeAesKey(encodingAesKey: string): Buffer {
  const key = /^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)
    ? Buffer.from(`${encodingAesKey}=`, 'base64')
    : Buffer.alloc(0);
  if (key.length !== 32) throw new RangeError('EncodingAESKey must be 43 characters of A-Z, a-z, 0-9');
  return key;
}

/** Lower-case hex SHA-1 over the four strings, sorted and joined; they are used exactly as received. */
export function signature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return getSignature(token, timestamp, nonce, encrypted);
}

/** Compares in constant time, so that a guesser learns nothing from how long a refusal takes. */
export function sameSignature(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** Seals a message; gives Base64. `random` is 16 bytes and only a test sets it. */
export function encrypt(input: { key: Buffer; receiveId: string; message: string; random?: Buffer }): string {
  const encodingAesKey = input.key.toString('base64').slice(0, 43);
  return sealWithPackage(encodingAesKey, input.message, input.receiveId, input.random);
}

/**
 * Opens a sealed message with every check that the layout allows:
 * random[16] | uint32_be(length) | message | receive id, padded to 32.
 * @throws {CallbackError} `decrypt-failed`, `bad-padding`, `too-short`, `bad-length` or `receiveid-mismatch`.
 */
export function decrypt(input: { key: Buffer; receiveId: string; encrypted: string }): string {
  const plain = decipher(input.key, input.encrypted);
  if (plain.length < HEAD_BYTES) throw new CallbackError('too-short');
  const end = HEAD_BYTES + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new CallbackError('bad-length');
  if (!plain.subarray(end).equals(Buffer.from(input.receiveId)))
    throw new CallbackError('receiveid-mismatch');
  return plain.toString('utf8', HEAD_BYTES, end);
}

function decipher(key: Buffer, encrypted: string): Buffer {
  // Node's Base64 decoder skips what it does not know; a damaged text must not pass as a shorter one.
  if (encrypted.length % 4 !== 0 || !BASE64.test(encrypted)) throw new CallbackError('decrypt-failed');
  return decryptBytes(key, Buffer.from(encrypted, 'base64'));
}

/** Bytes without the layout of a message: a file. @throws {CallbackError} `decrypt-failed` or `bad-padding`. */
export function decryptBytes(key: Buffer, sealed: Buffer): Buffer {
  if (sealed.length === 0 || sealed.length % AES_BLOCK !== 0) throw new CallbackError('decrypt-failed');
  const aes = createDecipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK));
  aes.setAutoPadding(false);
  return unpad(Buffer.concat([aes.update(sealed), aes.final()]));
}

function unpad(padded: Buffer): Buffer {
  const n = padded[padded.length - 1] ?? 0;
  if (n < 1 || n > PAD_BLOCK || n > padded.length) throw new CallbackError('bad-padding');
  for (let i = padded.length - n; i < padded.length; i++) {
    if (padded[i] !== n) throw new CallbackError('bad-padding');
  }
  return padded.subarray(0, padded.length - n);
}

/** The signature of a page that uses the JSSDK (90506). `url` is the page's address; what follows `#` is left out. */
export function jssdkSignature(input: {
  ticket: string;
  nonce: string;
  timestamp: number;
  url: string;
}): string {
  const url = input.url.split('#', 1)[0] ?? '';
  const text = `jsapi_ticket=${input.ticket}&noncestr=${input.nonce}&timestamp=${input.timestamp}&url=${url}`;
  return createHash('sha1').update(text).digest('hex');
}
