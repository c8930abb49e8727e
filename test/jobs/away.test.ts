// The queue's store may be wiped, stopped, frozen or wrongly set up at any moment: the work goes on, or the start says why not.
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { drain } from '../../src/jobs/kinds.ts';
import { redisFault } from '../../src/jobs/redis.ts';
import { takeAway } from '../support/absence.ts';
import { PATIENCE_MS, until } from '../support/until.ts';
import { counting, HASTE, li, noOwnRedis, officeId, openWorld } from './world.ts';

const person = (i: number) => ({ ...li, recipient: `user:p${i}` });

async function redisWorld() {
  const world = await openWorld('redis');
  if (!world.redis) throw new Error('a world on Redis has one');
  return { ...world, redis: world.redis };
}

describe.skipIf(noOwnRedis)('on redis', () => {
  test('flushed in the middle: the clock and the bells go on', async () => {
    const { open, redis } = await redisWorld();
    const jobs = await open();
    let flushed = false;
    const { seen, handlers } = counting(async () => {
      // In the middle of a job: its own end finds nothing left to end.
      if (!flushed) await redis.flush();
      flushed = true;
    });
    await jobs.start(handlers);
    await jobs.ring(drain, li);
    await until('the drain that was cut', () => seen.drains.length === 1);
    const before = seen.sweeps;
    await until('the clock', () => seen.sweeps >= before + 3);
    await jobs.ring(drain, li);
    await until('another drain', () => seen.drains.length === 2);
    await until('health', async () => (await jobs.health()).ticks.every((t) => !t.late));
  });

  test('schedules that vanished are put in again by the next look that is due', async () => {
    const { open, redis } = await redisWorld();
    // The clock's own rescue is far away here: only the upsert can bring it back.
    const kinds = HASTE.kinds.map((k) => (k.everyMs ? { ...k, everyMs: 2_000 } : k));
    const jobs = await open({ kinds, timing: { watchMs: 100, upsertMs: 500 } });
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await until('the first sweep', () => seen.sweeps > 0);
    await redis.flush();
    await until('the schedule', async () => ((await jobs.health()).depth?.clock ?? 0) > 0, 3_000);
  });

  test('stopped and started again, empty: bells run in this process, the clock goes on, then the queue takes over', async () => {
    const { open, redis } = await redisWorld();
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await until('the clock', () => seen.sweeps > 0);

    await redis.stop();
    expect(await jobs.ring(drain, person(1))).toBe(false);
    await until('a drain without Redis', () => seen.drains.includes('user:p1'));
    expect((await jobs.health()).reachable).toBe(false);
    const before = seen.sweeps;
    await until('sweeps without Redis', () => seen.sweeps >= before + 2, 6_000);

    await redis.start();
    await until('the queue again', async () => (await jobs.health()).reachable);
    expect(await jobs.ring(drain, person(2))).toBe(true);
    await until('a drain by the queue', () => seen.drains.includes('user:p2'));
    const after = seen.sweeps;
    await until('the clock again', () => seen.sweeps >= after + 2);
  });

  test('frozen: a bell holds nobody up for longer than a second, and the next one not at all', async () => {
    const { open, redis } = await redisWorld();
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    redis.freeze();
    const took: number[] = [];
    for (let i = 1; i < 50; i += 1) {
      const began = performance.now();
      expect(await jobs.ring(drain, person(i))).toBe(false);
      took.push(performance.now() - began);
    }
    // Without an end of its own it would wait until the thaw. A machine that is slow may hold up one or another.
    expect(took[0]).toBeLessThan(10_000);
    // If each was waited for, each would take a second.
    expect(took.slice(1).toSorted((a, b) => a - b)[24]).toBeLessThan(500);
    await until('all drains', () => new Set(seen.drains).size === 49);
    redis.thaw();
    await until('the queue again', async () => (await jobs.health()).reachable);
  });

  test('away at the start: the start goes on, and the queue is taken when it comes', async () => {
    const { open, redis } = await redisWorld();
    await redis.stop();
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await jobs.ring(drain, person(1));
    await until('a drain without Redis', () => seen.drains.includes('user:p1'));
    await redis.start();
    await until('the queue', async () => (await jobs.health()).reachable);
    expect(await jobs.ring(drain, person(2))).toBe(true);
    await until('a drain by the queue', () => seen.drains.includes('user:p2'));
  });

  test('closing while it is away has an end', async () => {
    const { open, redis } = await redisWorld();
    const jobs = await open();
    await jobs.start(counting().handlers);
    await redis.stop();
    const began = Date.now();
    await jobs.close();
    expect(Date.now() - began).toBeLessThan(PATIENCE_MS);
  });

  test('a Redis that may throw jobs away is refused with the sentence that says what to set', async () => {
    const { open, redis } = await redisWorld();
    expect(await redisFault(redis.url)).toBeUndefined();
    await redis.set('maxmemory-policy', 'allkeys-lru');
    await expect(open()).rejects.toMatchObject({
      code: 'queue.unusable',
      retry: 'never',
      message: expect.stringMatching(
        /"allkeys-lru".*must be "noeviction".*CONFIG SET maxmemory-policy noeviction/,
      ),
    });
    expect(await redisFault(redis.url)).toMatch(/noeviction/);
    await redis.stop();
    expect(await redisFault(redis.url)).toMatch(/does not answer/);
  });
});

describe('on postgres', () => {
  test('all connections cut in the middle: bells and the clock go on', async () => {
    const { open, databaseUrl } = await openWorld('postgres');
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await until('the clock', () => seen.sweeps > 0);
    await cutAll(databaseUrl);
    const before = seen.sweeps;
    await until('the clock again', () => seen.sweeps >= before + 3);
    await until('a bell', async () => {
      await jobs.ring(drain, li);
      return seen.drains.length > 0;
    });
    await until('health', async () => (await jobs.health()).reachable);
  });

  test('while it is away nobody asks it without a pause, and the workers come back with it', async () => {
    const { open, databaseUrl } = await openWorld('postgres');
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await until('the clock', () => seen.sweeps > 0);
    const absence = await takeAway(databaseUrl);
    try {
      await until('that it is noticed', async () => !(await jobs.health()).reachable);
      const tried = vi.spyOn(pg.Client.prototype, 'connect');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      // A look five times a second, and what it asks; the workers alone try as often as the machine can.
      expect(tried.mock.calls.length).toBeLessThan(35);
      tried.mockRestore();
    } finally {
      await absence.end();
    }
    const sweeps = seen.sweeps;
    await until('the clock again', () => seen.sweeps >= sweeps + 2);
    await until('the queue', async () => (await jobs.health()).reachable);
    await jobs.ring(drain, li);
    await until('a drain', () => seen.drains.length === 1);
  });

  test('one answer that is long in coming: its work is done here, and what others ring for is done as ever', async () => {
    const { open, databaseUrl } = await openWorld('postgres');
    // No look mends anything before the test is over.
    const [slow, other] = [await open({ timing: { watchMs: 600_000 } }), await open()];
    const [here, idle] = [counting(), counting()];
    await slow.start(here.handlers);
    await other.start(idle.handlers, { consume: false });
    const lock = new pg.Client({ connectionString: databaseUrl });
    await lock.connect();
    try {
      const deduplication = `bullmq:dedup:deliver:drain-${officeId}-user-li`;
      await lock.query('select pg_advisory_lock(hashtext($1))', [deduplication]);
      expect(await slow.ring(drain, li)).toBe(false);
      await until('the work of the bell that got no answer', () => here.seen.drains.includes('user:li'));
      // One at a time: a worker that is told to rest ends its last wait with a job.
      for (const i of [1, 2, 3]) {
        expect(await other.ring(drain, person(i))).toBe(true);
        await until("another's bell", () => here.seen.drains.includes(`user:p${i}`));
      }
    } finally {
      await lock.end();
    }
  });

  test('its tables emptied in the middle: bells and the clock go on', async () => {
    const { open, store } = await openWorld('postgres');
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await until('the clock', () => seen.sweeps > 0);
    const tables = await store.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
    );
    // The queue is at work on these tables: a deadlock with it is no failure of anything, so try again.
    const truncate = () => store.query(`truncate ${tables.map((t) => t.name).join(', ')}`);
    await until('the tables empty', () =>
      truncate().then(
        () => true,
        (err: { code?: string }) => {
          if (err.code !== '40P01') throw err;
          return false;
        },
      ),
    );
    const before = seen.sweeps;
    await until('the clock again', () => seen.sweeps >= before + 3);
    await jobs.ring(drain, li);
    await until('a drain', () => seen.drains.length === 1);
  });
});

async function cutAll(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await client.end();
}
