// The bot as it is installed, for tests that start it as a process: compiled once a run, since compiling it anew in each process
// takes longer than what it is started for.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/operator.ts';

/** The command line, to be given to Node. */
export const builtMain = join(projectRoot, 'dist/main.js');

const memory = join(projectRoot, 'node_modules/.cache/dudao/tsc.tsbuildinfo');

/** For a run's global set-up: compiles when something under `src` is younger than what was compiled of it. */
export default function build(): void {
  const there = existsSync(builtMain);
  if (there && youngest('src', /\.ts$/) <= Math.max(youngest('dist', /\.js$/), changedAt(memory))) return;
  // It remembers what it wrote, and would not write it again.
  if (!there) rmSync(memory, { force: true });
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: projectRoot, stdio: 'inherit' });
}

/** Unix ms; the pages are built by themselves. */
function youngest(folder: string, fitting: RegExp): number {
  let newest = 0;
  for (const entry of readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !fitting.test(entry.name) || /[\\/]pages([\\/]|$)/.test(entry.parentPath))
      continue;
    newest = Math.max(newest, changedAt(join(entry.parentPath, entry.name)));
  }
  return newest;
}

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
