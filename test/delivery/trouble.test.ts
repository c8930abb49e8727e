// The platform slow, limiting, away or refusing: everything arrives in its order when it is back, and the office is told once, in words.
import { expect, test } from 'vitest';
import { casts } from '../../src/app/casts.ts';
import { openTroubles } from '../../src/delivery/trouble.ts';
import { watchTroubles } from '../../src/jobs/trouble.ts';
import type { FaultInput } from '../../src/simulator/api.ts';
import { newId } from '../../src/store/ids.ts';
import { shippedTalk } from '../support/office.ts';
import { officeId, openWorld, SEND, silent } from './world.ts';

const HOUR_MS = 3_600_000;

async function openTrouble() {
  const world = await openWorld();
  const { store, clock, delivery } = world;
  await store.query(`insert into office (id, slug, name, short) values ($1, 'main', '督导室', '督导室')`, [
    officeId,
  ]);
  await store.query(
    `insert into person (id, office_id, user_id, user_key, name, roles) values ($1, $2, 'wang', 'wang', '小王', '{office}')`,
    [newId(), officeId],
  );
  const { over } = casts({ scripts: () => shippedTalk().scripts, locale: 'zh-CN', now: clock.now });
  return {
    ...world,
    /** Whatever waits is trouble at once: the test has no ten minutes. */
    look: () => watchTroubles({ store, log: silent, jobs: { ringAll: async () => true }, over }, 0),
    drainAll: async () => {
      for (const to of ['user:lisi', 'user:wang']) await delivery.drain(officeId, to);
    },
  };
}

test('a platform that takes three seconds for each is slow, and no trouble', async () => {
  const { say, fault, look, drainAll, reads, row } = await openTrouble();
  await fault({ kind: 'slow', path: SEND, ms: 3_000 });
  await say('一', '二');
  await drainAll();
  await look();
  expect(await reads()).toEqual(['一', '二']);
  expect(await row('一')).toMatchObject({ state: 'sent', attempts: 1 });
  expect(await reads('wang')).toEqual([]);
});

test.each<[string, FaultInput, string, RegExp]>([
  ['limits', { kind: 'errcode', path: SEND, errcode: 45009 }, 'limited', /限制了本应用发消息/],
  ['is away for an hour', { kind: 'refuse', path: '/cgi-bin' }, 'away', /没有应答/],
  ['answers nothing for an hour', { kind: 'drop-answer', path: SEND }, 'away', /没有应答/],
  ['refuses the token', { kind: 'errcode', path: SEND, errcode: 40001 }, 'refused', /拒绝了本应用的凭证/],
])('a platform that %s', async (_, wrong, kind, words) => {
  const { store, clock, say, fault, noFaults, look, drainAll, reads } = await openTrouble();
  await fault(wrong);
  await say('一', '二', '三');
  await drainAll();
  await Promise.all([look(), look()]); // two processes
  await look();
  expect(await openTroubles(store)).toEqual([kind]);

  clock.advance(HOUR_MS / 2);
  await say('四');
  await drainAll();
  await look();
  expect(await reads('wang')).toEqual([]);

  await noFaults();
  clock.advance(HOUR_MS / 2);
  await drainAll();
  await Promise.all([look(), look()]);
  await look();
  await drainAll();
  expect([...new Set(await reads())]).toEqual(['一', '二', '三', '四']);
  const told = await reads('wang');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(words);
  expect(told[0]).toMatch(/4条消息晚到/);
  expect(await openTroubles(store)).toEqual([]);

  await say('五');
  await drainAll();
  await look();
  expect(await reads('wang')).toEqual(told);
});
