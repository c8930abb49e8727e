// Browser tests run by themselves: they need Chromium. Two files at a time, for a browser that is looked at mostly waits.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { keepInMemory } from '../support/memory-disk.ts';

keepInMemory();

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/support/built.ts', 'test/support/built-learnt.ts', 'test/e2e/build-page.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
