// Thousands of hostile envelopes: each ends in one CallbackError, quickly, and nothing stays behind in memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCallback } from '../../src/wecom/callback.ts';
import { decodeAesKey, encrypt, signature } from '../../src/wecom/crypto.ts';
import { CallbackError } from '../../src/wecom/errors.ts';
import { message } from './samples.ts';

const KEY = 'lP1syEzDezlX6qpJ0M8IKM6Jpqp1IIGlukOckmzUIk4';
const CORP = 'ww0123456789abcdef';
const TOKEN = 'tk7Hn2QpZ4';
const AT = '1718000000';
const callback = createCallback({
  corpId: CORP,
  token: TOKEN,
  encodingAesKey: KEY,
  now: () => new Date(Number(AT) * 1000),
});

interface Attack {
  body: string | Uint8Array;
  query: Record<string, unknown>;
}

const wrap = (encrypted: string) =>
  `<xml><ToUserName>${CORP}</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
const signed = (encrypted: string) => ({
  msg_signature: signature(TOKEN, AT, 'n', encrypted),
  timestamp: AT,
  nonce: 'n',
});
const unsigned = { msg_signature: 'a'.repeat(40), timestamp: AT, nonce: 'n' };
const seal = (xml: string, receiveId = CORP) => encrypt({ key: decodeAesKey(KEY), receiveId, message: xml });
/** Somebody who has the token but not the key. */
const withToken = (encrypted: string): Attack => ({ body: wrap(encrypted), query: signed(encrypted) });
const sealed = (xml: string, receiveId?: string): Attack => withToken(seal(xml, receiveId));
const bare = (body: string | Uint8Array): Attack => ({ body, query: unsigned });

const GENUINE = seal(message('text', '<Content>x</Content>'));
function flipped(n: number): string {
  const bytes = Buffer.from(GENUINE, 'base64');
  const at = n % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (n % 8));
  return bytes.toString('base64');
}

const sizes = fc.integer({ min: 0, max: 60_000 });
const deep = (n: number) => '<a>'.repeat(n) + '</a>'.repeat(n);
const bomb = `<!DOCTYPE x [${Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')}]><xml><Encrypt>&e12;</Encrypt></xml>`;

const attacks: Record<string, fc.Arbitrary<Attack>> = {
  'noise as text': fc.string({ unit: 'binary', maxLength: 5000 }).map(bare),
  'noise as bytes': fc.uint8Array({ maxLength: 5000 }).map(bare),
  'noise that looks like XML': fc
    .array(
      fc.constantFrom(
        '<xml>',
        '</xml>',
        '<Encrypt>',
        '</Encrypt>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<?',
        '&',
        ';',
        '"',
        ' ',
        'A',
        '=',
        '/>',
      ),
      { maxLength: 400 },
    )
    .map((parts) => bare(parts.join(''))),
  'a wrong signature': fc
    .string({ unit: 'grapheme', maxLength: 500 })
    .map((text) => bare(wrap(seal(message('text', text.replaceAll(/[<&]/g, '')))))),
  'a right signature on broken Base64': fc
    .string({ minLength: 1, maxLength: 400 })
    .map((s) => s.replaceAll(/[\]\s]/g, '*'))
    .map(withToken),
  'a right signature on noise': fc
    .uint8Array({ minLength: 16, maxLength: 640 })
    .map((bytes) => withToken(Buffer.from(bytes).toString('base64'))),
  'one flipped bit': fc.nat().map((n) => ({ body: wrap(flipped(n)), query: signed(GENUINE) })),
  'a cut cipher text': fc.nat().map((n) => {
    const whole = seal(message('text', '<Content>x</Content>'));
    return withToken(whole.slice(0, n % whole.length));
  }),
  'a foreign receive id': fc.stringMatching(/^ww[0-9a-f]{16}$/).map((id) => sealed(message('text', ''), id)),
  'broken XML inside': fc
    .constantFrom('<xml>', '', 'x', '{"a":1}', '<xml></XML>', '<xml>&nbsp;</xml>')
    .map((xml) => sealed(xml)),
  'deep nesting, outside': sizes.map((n) => bare(deep(5 + (n % 9000)))),
  'deep nesting, inside': sizes.map((n) => sealed(deep(17 + (n % 6000)))),
  'a huge attribute': sizes.map((n) => bare(`<xml a="${'x'.repeat(n)}"><Encrypt>A</Encrypt></xml>`)),
  'many attributes': sizes.map((n) =>
    bare(`<xml ${'a="b" '.repeat(17 + (n % 9000))}><Encrypt>A</Encrypt></xml>`),
  ),
  'a huge name': sizes.map((n) => bare(`<${'x'.repeat(65 + n)}>`)),
  'many elements': sizes.map((n) => bare(`<xml>${'<a/>'.repeat(17 + (n % 15_000))}</xml>`)),
  'an entity bomb': fc.constant(bare(bomb)),
  'an entity bomb inside': fc.constant(sealed(bomb)),
  'an external entity': fc.constant(
    bare('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Encrypt>&x;</Encrypt></xml>'),
  ),
  'ten megabytes': fc
    .constantFrom('x', '<', '<a>', '中')
    .map((unit) => bare(unit.repeat(10_000_000 / unit.length))),
  'a strange query': fc
    .dictionary(fc.constantFrom('msg_signature', 'timestamp', 'nonce'), fc.anything(), { maxKeys: 3 })
    .map((query) => ({ body: wrap(seal(message('text', ''))), query })),
};

const RUNS = 300;
/** Each takes a few ms; the rest is room for a machine that does other things too. What is quadratic takes far longer. */
const LIMIT_MS = 2000;

test.each(Object.entries(attacks))('%s', (_, attack) => {
  const runs = fc.sample(attack, { numRuns: RUNS, seed: 20_261 });
  let slowest = 0;
  for (const { body, query } of runs) {
    const started = performance.now();
    expect(() => callback.open(body, query)).toThrow(CallbackError);
    slowest = Math.max(slowest, performance.now() - started);
  }
  expect(slowest).toBeLessThan(LIMIT_MS);
});

test('a flipped bit under a right signature gives a refusal or a message, never another error', () => {
  // CBC alone does not protect its text: who has the token can garble a block, and that is all.
  for (let n = 0; n < 3000; n++) {
    const { body, query } = withToken(flipped(n));
    try {
      expect(callback.open(body, query).dedupKey).toMatch(/^(msg|xml):/);
    } catch (err) {
      expect(err).toBeInstanceOf(CallbackError);
    }
  }
});

test('noise in the URL check is refused the same way', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (echostr) => {
      expect(() => callback.verify({ ...unsigned, echostr })).toThrow(CallbackError);
      expect(() => callback.verify({ ...signed(echostr.replaceAll(' ', '+')), echostr })).toThrow(
        CallbackError,
      );
    }),
  );
});

test('memory does not grow with the number of attacks', () => {
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  const mixed = Object.values(attacks).flatMap((attack) => fc.sample(attack, { numRuns: 10, seed: 7 }));
  const round = () => {
    for (const { body, query } of mixed) {
      try {
        callback.open(body, query);
      } catch {
        // Every one is refused: that is the test above.
      }
    }
  };
  const heapAfter = (rounds: number) => {
    for (let i = 0; i < rounds; i++) round();
    gc();
    return process.memoryUsage().heapUsed;
  };
  const before = heapAfter(5);
  const after = heapAfter(25);
  expect(after - before).toBeLessThan(3 * 1024 * 1024);
});
