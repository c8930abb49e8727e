// Folders that tests write into: one for a test, or one for the whole run, and none of them is left behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

/** A new folder, gone when the running test has ended. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-test-'));
  // What the test began may still be writing when it ends; hence the retries.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));
  return folder;
}

/** The same for every test of a run: for files that stand in nobody's way, such as those that are named by their hash. */
export const runFolder = (): string => inject('folder');
