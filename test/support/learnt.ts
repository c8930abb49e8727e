// What the examples teach is the same for every test process: learnt once before a run, in a folder that all of them read.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedUnderstander } from '../../src/chat/understand/cli.ts';

/** Where it lies; it is learnt anew when a word or the code has changed. */
export const LEARNT = fileURLToPath(new URL('../../node_modules/.dudao', import.meta.url));

/** Before a run, so that its workers do not all learn at once. */
export default function setup(): void {
  shippedUnderstander(undefined, LEARNT);
}

/** A bot that keeps its data in `dataDir` takes what was learnt from there. */
export function shareLearnt(dataDir: string): void {
  mkdirSync(LEARNT, { recursive: true });
  symlinkSync(LEARNT, join(dataDir, 'cache'));
}
