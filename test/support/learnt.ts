// What the examples teach is the same for every test process: learnt once before a run, in a folder that all of them read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { shippedUnderstander } from '../../src/chat/understand/cli.ts';
import { projectRoot } from '../../src/operator.ts';

/** Where it lies; it is learnt anew when a word or the code has changed. */
export const LEARNT = fileURLToPath(new URL('../../node_modules/.dudao', import.meta.url));

/** What the compiled code learnt, which takes nothing that other code has learnt. */
export const LEARNT_BUILT = join(LEARNT, 'built');

/** Before a run, so that its workers do not all learn at once. */
export default function setup(): void {
  shippedUnderstander(undefined, LEARNT);
}

/** The same for runs that start the bot as it is installed; that is compiled by then. */
export function setupBuilt(): void {
  const from = pathToFileURL(join(projectRoot, 'dist/chat/understand/cli.js'));
  const program = `import { shippedUnderstander } from ${JSON.stringify(from)};
    shippedUnderstander(undefined, ${JSON.stringify(LEARNT_BUILT)});`;
  mkdirSync(LEARNT_BUILT, { recursive: true });
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' });
}

/** A bot that keeps its data in `dataDir` takes what was learnt from there. */
export function shareLearnt(dataDir: string, learnt: string = LEARNT): void {
  mkdirSync(learnt, { recursive: true });
  symlinkSync(learnt, join(dataDir, 'cache'));
}
