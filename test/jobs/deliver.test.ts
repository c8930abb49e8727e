// Bell, queue, drain and platform together: what was written is delivered, also when the queue's store goes away in the middle.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderFiles } from '../../src/delivery/files.ts';
import { recipientsOf } from '../../src/delivery/outbox.ts';
import { type Jobs, type JobsSettings, openJobs } from '../../src/jobs/engine.ts';
import { drain, KINDS } from '../../src/jobs/kinds.ts';
import { ticksOf } from '../../src/jobs/ticks.ts';
import { handlersOf } from '../../src/jobs/work.ts';
import { mustLoadPolicy } from '../../src/supervision/deadlines/policy.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { openWorld as openPlatform, SEND, type World } from '../delivery/world.ts';
import { takeAway } from '../support/absence.ts';
import { type TestRedis, testRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type Engine, engines, HASTE, noOwnRedis, officeId, queueOf, silent } from './world.ts';

interface Office extends World {
  jobs: Jobs;
  redis: TestRedis | undefined;
  /** Writes to li and rings after the commit, as a turn does. */
  tell(...keys: string[]): Promise<void>;
}

async function openOffice(engine: Engine, settings: Partial<JobsSettings> = {}): Promise<Office> {
  const world = await openPlatform();
  const redis = engine === 'redis' && !noOwnRedis ? await testRedis() : undefined;
  const files = await mkdtemp(join(tmpdir(), 'dudao-files-'));
  const { databaseUrl } = world;
  const jobs = await openJobs({
    ...queueOf(engine, redis),
    databaseUrl,
    ticks: ticksOf(world.store),
    log: silent,
    ...HASTE,
    ...settings,
  });
  onTestFinished(async () => {
    await jobs.close(1_000);
    await redis?.close();
    await rm(files, { recursive: true });
  });
  const { store, delivery, client, clock } = world;
  const media = { files: folderFiles(files), clientFor: () => client };
  const reminders = {
    rules: () => ({ policy: mustLoadPolicy(), rules: loadSettingRules() }),
    render: () => [],
    openPhone: (sealed: string) => sealed,
  };
  const words = { text: (id: string) => id, term: () => undefined, day: (iso: string) => iso };
  const papers = { makers: new Map(), settings: loadSettingRules, wordsFor: () => words };
  const casts = {
    rules: loadSettingRules(),
    render: () => [],
    post: () => [],
    remind: () => [],
    settled: () => [],
    recalledLate: () => [],
    over: () => [],
  };
  const robots = { render: () => [] };
  const groups = { rules: loadSettingRules(), render: () => [] };
  const contacts = {
    ...{ rules: loadSettingRules(), render: () => [], list: async () => null, alone: '' },
    ...{ officeIds: () => [], departments: async () => null },
  };
  await jobs.start(
    handlersOf({
      jobs,
      store,
      delivery,
      reminders,
      papers,
      casts,
      groups,
      contacts,
      robots,
      ...media,
      now: clock.now,
      log: silent,
    }),
  );
  return {
    ...world,
    jobs,
    redis,
    async tell(...keys) {
      await world.say(...keys);
      for (const who of recipientsOf([{ officeId, recipient: 'user:lisi' }])) await jobs.ring(drain, who);
    },
  };
}

describe.each(engines)('on %s', (engine) => {
  test('what is written and rung for arrives, in order', async () => {
    const { tell, reads } = await openOffice(engine);
    const keys = Array.from({ length: 10 }, (_, i) => `m${i}`);
    for (const key of keys) await tell(key);
    await until('all messages', async () => (await reads()).length === keys.length);
    expect(await reads()).toEqual(keys);
  });

  test('what was written and never rung for is found by the sweep', async () => {
    const { say, reads } = await openOffice(engine);
    await say('forgotten');
    await until('the message', async () => (await reads()).includes('forgotten'));
  });

  test('what was rung for while the database was away arrives when it is back, long before the clock would look', async () => {
    const { say, jobs, reads, databaseUrl } = await openOffice(engine, { kinds: KINDS, near: [drain] });
    await until('a sweep, and the next in a quarter of a minute', async () =>
      (await jobs.health()).ticks.some(({ kind, ageMs }) => kind === 'sweep' && ageMs !== null),
    );
    await say('written');
    const absence = await takeAway(databaseUrl);
    await jobs.ring(drain, { officeId, recipient: 'user:lisi' });
    await new Promise((resolve) => setTimeout(resolve, 500)); // the drain finds no database
    await absence.end();
    await until('the message', async () => (await reads()).includes('written'), 4_000);
  });

  test('a message that must wait is tried again by itself', async () => {
    const { tell, reads, fault } = await openOffice(engine);
    await fault({ kind: 'drop-answer', path: SEND, times: 1 });
    await tell('one', 'two');
    await until('both messages', async () => (await reads()).length === 2);
    expect(await reads()).toEqual(['one', 'two']);
  });
});

describe.skipIf(noOwnRedis)('with Redis', () => {
  test('flushed again and again while messages are written: each arrives once, in order', async () => {
    const { tell, reads, redis } = await openOffice('redis');
    const keys = Array.from({ length: 12 }, (_, i) => `m${i}`);
    for (const [i, key] of keys.entries()) {
      await tell(key);
      if (i % 3 === 1) await redis?.flush();
    }
    await until('all messages', async () => (await reads()).length === keys.length);
    expect(await reads()).toEqual(keys);
  });

  test('stopped in the middle and back later: messages go on, each once, in order', async () => {
    const { tell, reads, redis, jobs } = await openOffice('redis');
    await tell('before', 'before too');
    await redis?.stop();
    await tell('without 1');
    await tell('without 2');
    await until('messages without Redis', async () => (await reads()).includes('without 2'));
    await redis?.start();
    await until('the queue', async () => (await jobs.health()).reachable);
    await tell('after');
    await until('the last message', async () => (await reads()).includes('after'));
    expect(await reads()).toEqual(['before', 'before too', 'without 1', 'without 2', 'after']);
  });
});
