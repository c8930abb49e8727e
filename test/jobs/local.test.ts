// The runner that stands in for the queue keeps the queue's rules: one at a time per key, and the last bell is not lost.
import { expect, test } from 'vitest';
import { localRunner } from '../../src/jobs/local.ts';

/** A piece of work that ends when told to. */
function work() {
  let end: () => void = () => {};
  let starts = 0;
  const run = () => {
    starts += 1;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  };
  return { run, end: () => end(), starts: () => starts };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('bells for the same key while it runs become one more run', async () => {
  const local = localRunner(4);
  const { run, end, starts } = work();
  for (let i = 0; i < 5; i += 1) local.run('li', run);
  expect(starts()).toBe(1);
  end();
  await turn();
  expect(starts()).toBe(2);
  end();
  await turn();
  expect(starts()).toBe(2);
});

test('different keys run side by side, no more than allowed', async () => {
  const local = localRunner(2);
  const all = ['li', 'wang', 'zhao'].map((key) => ({ key, ...work() }));
  for (const { key, run } of all) local.run(key, run);
  expect(all.map((w) => w.starts())).toEqual([1, 1, 0]);
  all[0]?.end();
  await turn();
  expect(all.map((w) => w.starts())).toEqual([1, 1, 1]);
});

test('closing waits for what runs, drops what waits, and has an end', async () => {
  const local = localRunner(1);
  const [first, second, late] = [work(), work(), work()];
  local.run('li', first.run);
  local.run('wang', second.run);
  local.run('zhao', late.run, 60_000);
  await local.close(20);
  first.end();
  await turn();
  expect([second.starts(), late.starts()]).toEqual([0, 0]);
  local.run('sun', second.run);
  expect(second.starts()).toBe(0);
});
