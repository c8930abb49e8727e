// Bells, handlers and the clock, the same on Redis and on PostgreSQL.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { handler } from '../../src/jobs/handlers.ts';
import { drain, fetchMedia, sweep } from '../../src/jobs/kinds.ts';
import { PATIENCE_MS, until } from '../support/until.ts';
import { counting, engines, li, openWorld } from './world.ts';

const attachmentId = '018f0000-0000-7000-8000-0000000000aa';

describe.each(engines)('on %s', (engine) => {
  test('a bell starts its handler with its payload, and an opened queue is healthy', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    expect(await jobs.ring(fetchMedia, { attachmentId })).toBe(true);
    await until('the fetch', () => seen.media.includes(attachmentId));
    await until('a tick', async () => (await jobs.health()).ticks.every((t) => t.ageMs !== null && !t.late));
    expect(await jobs.health()).toMatchObject({ engine, reachable: true, depth: { deliver: 0, work: 0 } });
  });

  test('many bells for one recipient: one drain at a time, few of them, and one after the last bell', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const gates: (() => void)[] = [];
    const { seen, handlers } = counting(() => new Promise((resolve) => gates.push(resolve)));
    await jobs.start(handlers);
    for (let i = 0; i < 20; i += 1) await jobs.ring(drain, li);
    await until('the first drain', () => gates.length === 1);
    for (let i = 0; i < 20; i += 1) await jobs.ring(drain, li);
    gates[0]?.();
    await until('the drain for the bells in between', () => gates.length === 2);
    gates[1]?.();
    await until('its end', () => seen.drains.length === 2);
    await jobs.ring(drain, li);
    await until('a bell after it is over is heard again', () => gates.length === 3);
    gates[2]?.();
    await until('the last end', () => seen.drains.length === 3);
    expect(seen.sideBySide).toBe(1);
  });

  test('a bell of the sweep is heard though a dead worker still seems to be at it', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { seen, handlers } = counting(() =>
      seen.sideBySide > 1 ? Promise.resolve() : new Promise(() => {}),
    );
    await jobs.start(handlers);
    await jobs.ring(drain, li);
    await until('a drain that never ends', () => seen.sideBySide === 1);
    await jobs.ringAll(drain, [li], { lost: true });
    await until('another drain', () => seen.drains.length === 1);
  });

  test('a delayed bell rings in its time, and does not keep an undelayed one from ringing', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await jobs.ring(drain, li, { delayMs: 3_600_000 }); // not within this test
    await jobs.ring(drain, li);
    await until('the undelayed one', () => seen.drains.length === 1);
    const wang = { ...li, recipient: 'user:wang' };
    const rung = Date.now();
    await jobs.ring(drain, wang, { delayMs: 2_500 });
    await jobs.ring(drain, wang, { delayMs: 2_500 });
    await until('the delayed one', () => seen.drains.length === 2);
    expect(Date.now() - rung).toBeGreaterThanOrEqual(2_490);
  });

  test('a job that failed is tried again when its kind says so, and not when it can never succeed', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const tries = { later: 0, never: 0 };
    const others = counting().handlers.filter((h) => h.kind.name !== 'fetch-media');
    const fetch = handler(fetchMedia, async (data) => {
      const kind = data.attachmentId === attachmentId ? 'later' : 'never';
      tries[kind] += 1;
      if (kind === 'never') throw new AppError('act.not-found', 'never');
      if (tries.later === 1) throw new Error('not yet');
    });
    await jobs.start([...others, fetch]);
    await jobs.ring(fetchMedia, { attachmentId: attachmentId.replace('aa', 'bb') });
    await jobs.ring(fetchMedia, { attachmentId });
    await until('the second try', () => tries.later === 2);
    expect(tries.never).toBe(1);
  });

  test('the clock starts its jobs, and each end is written down', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    await until('three sweeps', () => seen.sweeps >= 3);
    const { ticks } = await jobs.health();
    expect(ticks).toContainEqual(expect.objectContaining({ kind: 'sweep', everyMs: 500, late: false }));
  });

  test('a failing scheduled job makes its tick late', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const others = counting().handlers.filter((h) => h.kind.name !== 'sweep');
    const failing = handler(sweep, async () => {
      throw new Error('no');
    });
    await jobs.start([...others, failing]);
    const { ticks } = await jobs.health();
    expect(ticks).toContainEqual(expect.objectContaining({ kind: 'sweep', ageMs: null, late: true }));
  });

  test('the start is refused unless every kind has exactly one handler', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { handlers } = counting();
    await expect(jobs.start(handlers.slice(1))).rejects.toMatchObject({
      code: 'queue.unusable',
      message: expect.stringContaining('drain: no handler'),
    });
  });

  test('two processes share the work; one that does not consume leaves it to the other', async () => {
    const { open } = await openWorld(engine);
    const [server, worker] = [await open(), await open()];
    const [idle, busy] = [counting(), counting()];
    await worker.start(busy.handlers);
    await server.start(idle.handlers, { consume: false });
    for (let i = 0; i < 10; i += 1) await server.ring(drain, { ...li, recipient: `user:p${i}` });
    await until('all drains', () => busy.seen.drains.length === 10);
    expect(idle.seen.drains).toEqual([]);
  });

  test('near work is done here at once, whatever the queue does; a long line of it is shared', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open({ near: [drain] });
    const gates: (() => void)[] = [];
    const { seen, handlers } = counting(() => new Promise((resolve) => gates.push(resolve)));
    expect(await jobs.ring(drain, li), 'before the start there is nobody here to do it').toBe(true);
    await jobs.start(handlers);
    await until('the bell from before', () => gates.length === 1);
    gates[0]?.();
    await until('its end', () => seen.drains.length === 1);
    await until('the queue to know of it', async () => (await jobs.health()).depth?.deliver === 0);

    await jobs.ring(drain, { ...li, recipient: 'user:near' });
    expect(gates).toHaveLength(2); // no journey to any store lies in between
    expect((await jobs.health()).depth?.deliver).toBe(0);
    const many = Array.from({ length: 100 }, (_, i) => ({ ...li, recipient: `user:p${i}` }));
    await jobs.ringAll(drain, many);
    await until('the queue to carry them', () => gates.length > 10);
    for (let at = 1; seen.drains.length < 102; at++) {
      await until('the next', () => gates.length > at || seen.drains.length === 102);
      gates[at]?.();
    }
    expect(new Set(seen.drains).size).toBe(102);
  });

  test('a process that was held up itself does not take its queue for slow', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { seen, handlers } = counting();
    await jobs.start(handlers);
    const rung = jobs.ring(drain, li);
    const until1500 = performance.now() + 1_500;
    while (performance.now() < until1500); // as a long reading does, or a machine with too much to do
    expect(await rung).toBe(true);
    expect((await jobs.health()).reachable).toBe(true);
    await until('the drain', () => seen.drains.length === 1);
  });

  test('closing has an end, also while a job does not', async () => {
    const { open } = await openWorld(engine);
    const jobs = await open();
    const { seen, handlers } = counting(() => new Promise(() => {}));
    await jobs.start(handlers);
    await jobs.ring(drain, li);
    await until('a drain that never ends', () => seen.sideBySide === 1);
    const began = Date.now();
    await jobs.close(300);
    expect(Date.now() - began).toBeLessThan(PATIENCE_MS);
    expect(await jobs.ring(drain, li)).toBe(false);
  });
});
