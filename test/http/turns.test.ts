// How many turns are in the work, and who is next.
import { expect, test } from 'vitest';
import { oneAtATime } from '../../src/http/turns.ts';
import { until } from '../support/until.ts';

test('few turns are in the work at a time, and they end in the order in which they came', async () => {
  const turns = oneAtATime(2);
  const [ended, gates]: [number[], (() => void)[]] = [[], []];
  const all = [0, 1, 2, 3, 4].map((who) =>
    turns(String(who), async () => {
      await new Promise<void>((go) => gates.push(go));
      ended.push(who);
      if (who === 1) throw new Error('one that fails gives its place on, too');
    }),
  );
  const settled = Promise.allSettled(all);
  expect(gates).toHaveLength(2);
  for (let at = 0; at < 5; at++) {
    await until('the next', () => gates.length > at);
    expect(gates.length - at).toBeLessThanOrEqual(2);
    gates[at]?.();
    await until('its end', () => ended.length > at);
  }
  expect((await settled).map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
  expect(ended).toEqual([0, 1, 2, 3, 4]);
  await turns('again', async () => ended.push(9));
  expect(ended.at(-1)).toBe(9);
});

test('a storm in one lane lets another wait for one turn of each lane, not for the storm', async () => {
  const turns = oneAtATime(1);
  const ended: string[] = [];
  const turn = (key: string, lane: string) =>
    turns(
      key,
      async () => {
        await new Promise((resolve) => setImmediate(resolve));
        ended.push(key);
      },
      lane,
    );
  const storm = Array.from({ length: 20 }, (_, at) => turn(`a${at}`, 'a'));
  const others = [turn('b0', 'b'), turn('c0', 'c'), turn('b1', 'b')];
  await Promise.all([...storm, ...others]);
  expect(ended.slice(0, 7)).toEqual(['a0', 'a1', 'b0', 'c0', 'a2', 'b1', 'a3']);
  expect(ended).toHaveLength(23);
});
