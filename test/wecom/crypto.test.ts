// The cipher and the signature against every published vector, and against the package that the platform itself offers.
import { createCipheriv } from 'node:crypto';
import { getJsApiSignature, decrypt as openWithPackage } from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeAesKey,
  decrypt,
  encrypt,
  jssdkSignature,
  sameSignature,
  signature,
} from '../../src/wecom/crypto.ts';
import { CallbackError } from '../../src/wecom/errors.ts';
import { jssdkVectors, negativeVectors, positiveVectors } from './vectors.ts';

const ENCODING_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

describe.each(positiveVectors)('$name', (vector) => {
  const key = decodeAesKey(vector.encodingAESKey);

  test('opens to the published text', () => {
    expect(decrypt({ key, receiveId: vector.receiveid, encrypted: vector.encrypt })).toBe(vector.plaintext);
  });

  test('is sealed again byte for byte', () => {
    const random = Buffer.from(vector.randomHex, 'hex');
    expect(encrypt({ key, receiveId: vector.receiveid, message: vector.plaintext, random })).toBe(
      vector.encrypt,
    );
  });

  const published = vector.msg_signature;
  if (published) {
    test('carries the published signature', () => {
      const expected = signature(
        vector.token ?? '',
        vector.timestamp ?? '',
        vector.nonce ?? '',
        vector.encrypt,
      );
      expect(sameSignature(expected, published)).toBe(true);
    });
  }

  test('reads the same with the platform package', () => {
    const opened = openWithPackage(vector.encodingAESKey, vector.encrypt);
    expect([opened.message, opened.id]).toEqual([vector.plaintext, vector.receiveid]);
  });
});

test.each(negativeVectors)('$name is refused as $expect', (vector) => {
  const open = () => {
    const expected = signature(vector.token, vector.timestamp, vector.nonce, vector.encrypt);
    if (!sameSignature(expected, vector.msg_signature)) throw new CallbackError('bad-signature');
    return decrypt({
      key: decodeAesKey(vector.encodingAESKey),
      receiveId: vector.receiveid,
      encrypted: vector.encrypt,
    });
  };
  expect(open).toThrow(expect.objectContaining({ name: 'CallbackError', reason: vector.expect }));
});

test.each(jssdkVectors)('$name', (vector) => {
  const input = {
    ticket: vector.jsapi_ticket,
    nonce: vector.noncestr,
    timestamp: vector.timestamp,
    url: vector.url,
  };
  expect(jssdkSignature(input)).toBe(vector.signature);
  expect(jssdkSignature({ ...input, url: `${vector.url}#/tab` })).toBe(vector.signature);
  expect(
    getJsApiSignature({
      ticket: vector.jsapi_ticket,
      nonceStr: vector.noncestr,
      timestamp: vector.timestamp,
      url: vector.url,
    }).signature,
  ).toBe(vector.signature);
});

test('whatever is sealed here, both openers read the same', () => {
  const key = decodeAesKey(ENCODING_KEY);
  const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(texts, fc.stringMatching(/^[a-z0-9]{0,20}$/), (message, receiveId) => {
      const encrypted = encrypt({ key, receiveId, message });
      const theirs = openWithPackage(ENCODING_KEY, encrypted);
      expect(decrypt({ key, receiveId, encrypted })).toBe(theirs.message);
      expect(theirs.id).toBe(receiveId);
    }),
  );
});

test('a length field beyond 2^31 does not wrap around', () => {
  const key = decodeAesKey(ENCODING_KEY);
  const plain = Buffer.concat([Buffer.alloc(16), Buffer.from('ffffffff', 'hex'), Buffer.alloc(12, 12)]);
  const aes = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const encrypted = Buffer.concat([aes.update(plain), aes.final()]).toString('base64');
  expect(() => decrypt({ key, receiveId: '', encrypted })).toThrow(
    expect.objectContaining({ reason: 'bad-length' }),
  );
});

test.each(['', 'short', `${ENCODING_KEY}=`, `${ENCODING_KEY.slice(0, 42)}-`, `${ENCODING_KEY}A`])(
  'the key %j is refused, and not repeated in the refusal',
  (encodingKey) => {
    expect(() => decodeAesKey(encodingKey)).toThrow(RangeError);
    expect(() => decodeAesKey(encodingKey)).toThrow(/^EncodingAESKey must be 43 characters/);
  },
);
