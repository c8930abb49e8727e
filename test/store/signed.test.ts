// A signed address opens as what was signed, until it ends, and never as anything else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSigner } from '../../src/store/signed.ts';

const id = '018f0000-0000-7000-8000-0000000000ab';
const until = new Date('2026-03-20T08:00:00Z');
const before = new Date(until.getTime() - 1);

test('it fits into an address, opens until its moment, and only for its own purpose and secret', () => {
  const signer = createSigner('a secret', 'photos');
  const signed = signer.sign(id, until);
  expect(signed).toMatch(/^[\w-]{48}$/);
  expect(signer.sign(id, until)).toBe(signed);
  expect(signer.open(signed, before)).toBe(id);
  expect(signer.open(signed, until)).toBeNull();
  expect(createSigner('a secret', 'other').open(signed, before)).toBeNull();
  expect(createSigner('another', 'photos').open(signed, before)).toBeNull();
});

test('nothing that differs from it opens', () => {
  const signer = createSigner('a secret', 'photos');
  const signed = signer.sign(id, until);
  fc.assert(
    fc.property(fc.nat({ max: 35 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const bytes = Buffer.from(signed, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(at) ^ by, at);
      expect(signer.open(bytes.toString('base64url'), before)).toBeNull();
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => signer.open(text, before) === null));
});
