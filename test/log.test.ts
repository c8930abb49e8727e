// Whatever is handed to the log, nothing private comes out of it, and nothing makes it throw.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../src/errors.ts';
import { createLog } from '../src/log.ts';

function lines(level = 'trace') {
  const written: string[] = [];
  return { written, log: createLog({ level, to: { write: (line) => written.push(line) } }) };
}

const PHONE = '13812345678';
const hostile: [string, unknown][] = [
  ['words', { text: 'Hanwords', content: 'Hanwords', inbound: { content: 'Hanwords' } }],
  ['deep', { a: { b: { c: { d: { e: { token: 'sesame' } } } } } }],
  [
    'secret names',
    {
      access_token: 'sesame',
      corpsecret: 'sesame',
      encodingAESKey: 'sesame',
      API_KEY: 'sesame',
      password: 'sesame',
    },
  ],
  [
    'addresses',
    {
      url: 'https://q.cn/cgi-bin/gettoken?corpid=ww1&corpsecret=sesame&debug=0',
      redis: 'redis://user:sesame@host:6379',
    },
  ],
  [
    'an address in words',
    { note: `failed: GET /cgi-bin/webhook/send?key=sesame and /x?access_token=sesame` },
  ],
  ['phones', { note: `call ${PHONE} or +86 138-1234-5678`, phone: PHONE }],
  ['an error that quotes', { err: new Error(`invalid input syntax for type uuid: "sesame ${PHONE}"`) }],
  [
    'an error with a cause',
    {
      err: new AppError(
        'store.unreachable',
        'later',
        { token: 'sesame' },
        { cause: Object.assign(new Error('x "sesame"'), { detail: 'Key (phone)=(sesame)', code: '23505' }) },
      ),
    },
  ],
  ['a row', { person: { name: 'Hanwords', userId: 'sesame', phoneSealed: 'x' } }],
  ['bytes', { body: Buffer.from('sesame'), other: new Uint8Array([115, 101]) }],
  ['maps', { map: new Map([['token', 'sesame']]), set: new Set(['sesame']) }],
  ['own toJSON', { toJSON: () => ({ token: 'sesame' }), a: 1 }],
  ['a prototype', JSON.parse('{"__proto__": {"token": "sesame"}, "constructor": 1}')],
  ['text as it stands', 'sesame is not secret here, but \u5f20\u4e09\u8bf4 is'],
];

test.each(hostile)('%s', (_what, thing) => {
  const { log, written } = lines();
  if (typeof thing === 'string') log.info(thing);
  else log.info(Object(thing), 'event');
  const [line = ''] = written;
  expect(() => JSON.parse(line)).not.toThrow();
  expect(line).not.toMatch(/Hanwords|13812345678|138-1234-5678|\u5f20\u4e09/);
  if (typeof thing !== 'string') expect(line).not.toContain('sesame');
});

test('what helps stays: names of our errors, codes, frames, numbers', () => {
  const { log, written } = lines();
  log.error(
    { err: new AppError('queue.unusable', 'later', { kind: 'drain' }), outboxId: '018f', ms: 12 },
    'a job failed',
  );
  const line = JSON.parse(written[0] ?? '');
  expect(line).toMatchObject({
    level: 'error',
    name: 'dudao',
    outboxId: '018f',
    ms: 12,
    msg: 'a job failed',
  });
  expect(line.err).toMatchObject({ type: 'AppError', code: 'queue.unusable', detail: { kind: 'drain' } });
  expect(line.err.at[0]).toMatch(/log\.test\.ts/);
});

test('circles, getters that throw and proxies do not stop it', () => {
  const { log, written } = lines();
  const circle: Record<string, unknown> = { ok: 1 };
  circle.self = circle;
  const trap = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('trap');
      },
    },
  );
  const mine = {
    get bad(): string {
      throw new Error('no');
    },
  };
  log.info(
    { circle, trap, mine, fn: () => 1, sym: Symbol('x'), big: 2n ** 70n, date: new Date(Number.NaN) },
    'event',
  );
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ trap: '[unreadable]', mine: { bad: '[unreadable]' } });
});

test('any object is one line of JSON', () => {
  fc.assert(
    fc.property(
      fc.object({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
      (thing) => {
        const { log, written } = lines();
        log.info(thing, 'event');
        expect(written).toHaveLength(1);
        expect(() => JSON.parse(written[0] ?? '')).not.toThrow();
        expect(written[0]?.match(/\n/g)).toHaveLength(1);
      },
    ),
    { numRuns: 300 },
  );
});
