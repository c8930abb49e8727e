// Chaos tests run by themselves: they start, kill and starve real processes, each its own. Two at a time, for half of their time is
// waiting: for a process to come up, for a claim or a lock of the dead to run out.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { keepInMemory } from '../support/memory-disk.ts';

keepInMemory();

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/chaos/**/*.test.ts'],
    globalSetup: ['test/support/built.ts', 'test/support/built-learnt.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
