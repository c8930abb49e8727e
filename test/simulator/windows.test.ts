// Sliding windows, checked against the slow and obvious way of counting.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWindows } from '../../src/simulator/windows.ts';

test('a window lets through what a plain count lets through, also when the clock is moved back', () => {
  const steps = fc.array(fc.integer({ min: -30, max: 60 }), { maxLength: 400 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 5 }), (moves, limit) => {
      let now = 10_000;
      let taken: number[] = [];
      const windows = createWindows(() => now);
      for (const move of moves) {
        now += move;
        taken = taken.filter((at) => at <= now && at > now - 100);
        const fits = taken.length < limit;
        expect(windows.take('k', limit, 100)).toBe(fits);
        if (fits) taken.push(now);
      }
    }),
  );
});

test('a day begins at midnight in China', () => {
  let now = Date.parse('2026-09-01T15:59:59Z');
  const windows = createWindows(() => now);
  expect(windows.takeOfDay('k', 3, 3)).toBe(true);
  expect(windows.takeOfDay('k', 3, 1)).toBe(false);
  now += 1000;
  expect(windows.takeOfDay('k', 3, 3)).toBe(true);
});

test('many at once: no more than the limit in any window, and over it a block', () => {
  let now = 3_600_000;
  const windows = createWindows(() => now);
  const take = (count: number) => windows.takeManyOrBlock('k', 20_000, 60_000, count);
  expect(take(15_000)).toBe(true);
  now += 30_000;
  expect(take(5_000)).toBe(true);
  expect(take(1)).toBe(false);
  now += 59_000; // the first are out of the window, but it is blocked for a minute
  expect(take(1)).toBe(false);
  now += 1_001;
  expect(take(15_000)).toBe(true);
});
