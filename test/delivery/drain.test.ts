// Messages on their way to people: each once, in order, within the limits, whatever the platform answers.
import { expect, test } from 'vitest';
import { createDelivery } from '../../src/delivery/drain.ts';
import { expireClaims } from '../../src/delivery/outbox.ts';
import { takeAway } from '../support/absence.ts';
import { noDigests } from '../support/no-digests.ts';
import { openWorld, SEND, text } from './world.ts';

const MINUTE = 60_000;

test('rows arrive in the order in which they were written, and say so', async () => {
  const { say, drain, reads, row } = await openWorld();
  await say('one', 'two', 'three');
  expect(await drain()).toBeUndefined();
  expect(await reads()).toEqual(['one', 'two', 'three']);
  expect(await row('one')).toMatchObject({ state: 'sent', errcode: 0, why: null, attempts: 1 });
  expect((await row('one')).msgid).toBeTruthy();
});

test('the same decision written twice is one row', async () => {
  const { put, drain, reads } = await openWorld();
  await put({ key: 'k', payload: text('first') }, { key: 'k', payload: text('again') });
  await put({ key: 'k', payload: text('and again') });
  await drain();
  expect(await reads()).toEqual(['first']);
});

test('the same words twice within half an hour are two messages', async () => {
  const { put, drain, reads } = await openWorld();
  await put({ key: 'a', payload: text('received') }, { key: 'b', payload: text('received') });
  await drain();
  expect(await reads()).toEqual(['received', 'received']);
});

test('the same words a hundred times within the hour are a hundred messages', async () => {
  const { put, drain, reads, clock } = await openWorld();
  for (let minute = 0; minute < 6; minute += 1) {
    await put(
      ...Array.from({ length: 20 }, (_, i) => ({ key: `${minute}-${i}`, payload: text('received') })),
    );
    await drain();
    clock.advance(MINUTE + 1_000);
  }
  expect(await reads()).toHaveLength(120);
});

test('urgent rows pass what waits; a row for later holds nobody up', async () => {
  const { put, say, drain, reads, clock } = await openWorld();
  await put({ key: 'tomorrow', notBefore: new Date(clock.now().getTime() + 3_600_000) });
  await say('notice', 'second notice');
  await put({ key: 'danger', urgent: true });
  await drain();
  expect(await reads()).toEqual(['danger', 'notice', 'second notice']);
  clock.advance(3_600_000);
  await drain();
  expect((await reads()).at(-1)).toBe('tomorrow');
});

test('many drains at a time, in several processes: each row is sent once, in order', async () => {
  const { say, another, reads, calls } = await openWorld();
  const texts = Array.from({ length: 12 }, (_, i) => `m${i}`);
  await say(...texts);
  const processes = Array.from({ length: 6 }, () => another());
  await Promise.all(processes.map((p) => p.drain('018f0000-0000-7000-8000-000000000001', 'user:lisi')));
  expect(await reads()).toEqual(texts);
  expect(await calls(SEND)).toBe(texts.length);
});

test('a row that is written while another process drains is not forgotten by both', async () => {
  const { say, another, drain, reads, fault } = await openWorld();
  await say('first');
  await fault({ kind: 'slow', path: SEND, ms: 300, times: 1 });
  const busy = another().drain('018f0000-0000-7000-8000-000000000001', 'user:lisi');
  await say('second');
  await drain(); // finds the other busy, and leaves
  await busy;
  expect(await reads()).toEqual(['first', 'second']);
});

test('killed between sending and saying so: the row is sent again, and the platform drops the double', async () => {
  const { say, store, another, drain, reads, row, clock, client, calls } = await openWorld();
  await say('once', 'after');
  const dead = another({
    clientFor: () => ({
      ...client,
      async send(message) {
        await client.send(message);
        return new Promise<never>(() => {}); // the process dies here
      },
    }),
  });
  void dead.drain('018f0000-0000-7000-8000-000000000001', 'user:lisi');
  await expect.poll(() => reads()).toEqual(['once']);
  expect(await drain()).toBeUndefined(); // it is somebody's, as far as anybody can tell
  await store.query(
    `update outbox set claimed_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
  );
  expect(await expireClaims(store, clock.now())).toBe(1);
  expect(await row('once')).toMatchObject({ state: 'unknown' });
  await drain();
  expect(await reads()).toEqual(['once', 'after']);
  expect(await row('once')).toMatchObject({ state: 'sent', attempts: 2 });
  expect(await calls(SEND)).toBe(3);
});

test('a database that is away when a call ends is told of it when it is back: the next message waits for nothing else', async () => {
  const { say, drain, reads, row, fault, databaseUrl } = await openWorld();
  await say('sent meanwhile');
  await fault({ kind: 'slow', path: SEND, ms: 1_500, times: 1 });
  const busy = drain();
  await expect.poll(async () => (await row('sent meanwhile')).state).toBe('sending');
  const absence = await takeAway(databaseUrl);
  await expect.poll(() => reads()).toEqual(['sent meanwhile']);
  await new Promise((resolve) => setTimeout(resolve, 300)); // the ending finds no database
  await absence.end();
  expect(await busy).toBeUndefined();
  expect(await row('sent meanwhile')).toMatchObject({ state: 'sent', attempts: 1 });
  await say('after');
  await drain();
  expect(await reads()).toEqual(['sent meanwhile', 'after']);
});

test('a claim that ran out is taken over also before any sweep has seen it', async () => {
  const { say, store, drain, reads } = await openWorld();
  await say('stuck');
  await store.query(
    `update outbox set state = 'sending', attempts = 1, claimed_until = clock_timestamp() - interval '1 second'`,
  );
  await drain();
  expect(await reads()).toEqual(['stuck']);
});

test('an answer that got lost: the outcome is unknown, the recipient waits, and the retry is no second message', async () => {
  const { say, drain, reads, row, fault, clock } = await openWorld();
  await say('one', 'two');
  await fault({ kind: 'drop-answer', path: SEND, times: 1 });
  expect(await drain()).toBe(2_000);
  expect(await row('one')).toMatchObject({ state: 'unknown', why: 'no-answer', attempts: 1 });
  expect(await row('two')).toMatchObject({ state: 'pending', attempts: 0 });
  clock.advance(2_000);
  expect(await drain()).toBeUndefined();
  expect(await reads()).toEqual(['one', 'two']);
  expect(await row('one')).toMatchObject({ state: 'sent', attempts: 2 });
});

test('a platform that does not answer in time leaves it unknown as well', async () => {
  const { say, drain, row, fault } = await openWorld({ timeoutMs: 200 });
  await say('one');
  await drain('user:wang'); // nothing
  await fault({ kind: 'slow', path: SEND, ms: 600, times: 1 });
  await drain();
  expect(await row('one')).toMatchObject({ state: 'unknown', why: 'no-answer' });
});

test('waits grow, up to five minutes, and nothing overtakes', async () => {
  const { say, put, drain, reads, fault, noFaults, clock } = await openWorld();
  await say('one', 'two');
  await fault({ kind: 'errcode', errcode: -1, path: SEND });
  const waits: (number | undefined)[] = [];
  for (let i = 0; i < 10; i += 1) {
    waits.push(await drain());
    clock.advance(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((s) => s * 1_000));
  await noFaults();
  await put({ key: 'three' });
  await drain();
  expect(await reads()).toEqual(['one', 'two', 'three']);
});

test('a token that died is replaced without anybody noticing', async () => {
  const { say, drain, reads, row, fault, calls } = await openWorld();
  await say('one');
  await drain();
  await fault({ kind: 'token-expired', path: SEND, times: 1 });
  await say('two');
  await drain();
  expect(await reads()).toEqual(['one', 'two']);
  expect(await row('two')).toMatchObject({ state: 'sent', attempts: 1 });
  expect(await calls('/cgi-bin/gettoken')).toBe(2);
});

test('45009 holds the whole office for the window, and then all goes on', async () => {
  const { say, put, drain, reads, row, fault, clock, calls } = await openWorld();
  await say('one', 'two');
  await put({ key: 'to wang', recipient: 'user:wang' });
  await fault({ kind: 'errcode', errcode: 45009, path: SEND, times: 1 });
  expect(await drain()).toBe(MINUTE);
  expect(await row('one')).toMatchObject({ state: 'pending', why: 'rate-limit', errcode: 45009 });
  expect(await drain('user:wang')).toBeGreaterThan(MINUTE - 5_000);
  expect(await calls(SEND)).toBe(1);
  clock.advance(MINUTE);
  await drain();
  await drain('user:wang');
  expect(await reads()).toEqual(['one', 'two']);
  expect(await reads('wang')).toEqual(['to wang']);
});

test('an address that is not trusted stops the office with an alarm, and loses nothing', async () => {
  const alarms: object[] = [];
  const { say, another, reads, row, fault, noFaults, clock } = await openWorld();
  await say('one', 'two');
  await fault({ kind: 'untrusted-ip' });
  const log = { error: (facts: object) => alarms.push(facts), warn() {} };
  // Only these two of pino are used.
  const delivery = another({ log: log as never });
  for (let i = 0; i < 50; i += 1) {
    await delivery.drain('018f0000-0000-7000-8000-000000000001', 'user:lisi');
    clock.advance(MINUTE);
  }
  expect(alarms[0]).toMatchObject({ errcode: 60020, why: 'alarm' });
  expect(await row('one')).toMatchObject({ state: 'pending', errcode: 60020 });
  await noFaults();
  await delivery.drain('018f0000-0000-7000-8000-000000000001', 'user:lisi');
  expect(await reads()).toEqual(['one', 'two']);
});

test.each([
  { recipient: 'user:nobody', why: 'refused', errcode: 81013 },
  { recipient: 'user:hidden', why: 'refused', errcode: 81013 },
  { recipient: 'user:unlicensed', why: 'unlicensed-user', errcode: 0 },
] as const)(
  '$recipient cannot be reached: $why, and later rows go on',
  async ({ recipient, why, errcode }) => {
    const { put, drain, row } = await openWorld();
    await put({ key: 'a', recipient }, { key: 'b', recipient });
    await drain(recipient);
    expect(await row('a')).toMatchObject({ state: 'refused', why, errcode });
    expect(await row('b')).toMatchObject({ state: 'refused' });
  },
);

test('a message that the platform would cut never leaves, and the next one does', async () => {
  const { put, drain, reads, row, calls } = await openWorld();
  await put({ key: 'long', payload: text('长'.repeat(700)) }, { key: 'short' });
  await drain();
  expect(await row('long')).toMatchObject({ state: 'refused', why: 'bug' });
  expect(await reads()).toEqual(['short']);
  expect(await calls(SEND)).toBe(1);
});

test('a minute of one person: ordinary messages leave six of its thirty, the rest waits, is seen to wait, and arrives in order', async () => {
  const { say, drain, reads, row, clock, put } = await openWorld();
  const texts = Array.from({ length: 40 }, (_, i) => `m${i}`);
  await say(...texts);
  const wait = await drain();
  expect(wait).toBeGreaterThan(MINUTE - 20_000);
  expect((await reads()).length).toBe(24);
  expect(await row('m24')).toMatchObject({ state: 'pending', why: 'held.minute', attempts: 0 });
  await put({ key: 'to wang', recipient: 'user:wang' });
  await drain('user:wang');
  expect(await reads('wang')).toEqual(['to wang']);
  clock.advance(wait ?? 0);
  await drain();
  clock.advance(MINUTE);
  await drain();
  expect(await reads()).toEqual(texts);
  expect(await row('m24')).toMatchObject({ state: 'sent', why: null });
});

test('urgent messages pass when ordinary ones have used their share of the minute, up to the thirty of the platform', async () => {
  const { say, drain, reads, row, put } = await openWorld();
  await say(...Array.from({ length: 30 }, (_, i) => `m${i}`));
  await drain();
  expect(await row('m24')).toMatchObject({ state: 'pending', why: 'held.minute' });
  const urgent = Array.from({ length: 7 }, (_, i) => `u${i}`);
  await put(...urgent.map((key) => ({ key, urgent: true })));
  await drain();
  expect((await reads()).slice(24)).toEqual(urgent.slice(0, 6));
  expect(await row('u6')).toMatchObject({ state: 'pending', why: 'held.minute' });
});

test('a thousand an hour for one person', async () => {
  const { say, store, drain, clock } = await openWorld();
  await store.query(
    `insert into outbox (id, office_id, key, recipient, call, payload, state, not_before, sent_at)
     select gen_random_uuid(), '018f0000-0000-7000-8000-000000000001', 'old-' || i, 'user:lisi', 'message', '{}', 'sent',
       $1::timestamptz, $1::timestamptz - make_interval(secs => 100 + i)
     from generate_series(1, 1000) i`,
    [clock.now()],
  );
  await say('one more');
  const wait = (await drain()) ?? 0;
  // fifty of them are kept for urgent ones
  expect(wait).toBeGreaterThan(3_600_000 - 1_051_000);
  expect(wait).toBeLessThan(3_600_000 - 1_040_000);
  clock.advance(wait);
  expect(await drain()).toBeUndefined();
});

test('a stopped process ends after the row it is at, and another goes on', async () => {
  const { say, another, drain, reads, fault } = await openWorld();
  await say('one', 'two');
  await fault({ kind: 'slow', path: SEND, ms: 200, times: 1 });
  const stopping = another();
  const ending = stopping.drain('018f0000-0000-7000-8000-000000000001', 'user:lisi');
  stopping.stop();
  await ending;
  expect((await reads()).length).toBeLessThan(2);
  await drain();
  expect(await reads()).toEqual(['one', 'two']);
});

test('an office without a platform keeps its rows', async () => {
  const { say, store, files, row, clock } = await openWorld();
  await say('one');
  const none = createDelivery({
    store,
    clientFor: () => undefined,
    files,
    now: clock.now,
    log: {} as never,
    random: () => 0,
    wordDigest: noDigests,
  });
  expect(await none.drain('018f0000-0000-7000-8000-000000000001', 'user:lisi')).toBe(MINUTE);
  expect(await row('one')).toMatchObject({ state: 'pending', attempts: 0 });
});
