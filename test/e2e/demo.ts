// The whole thing as a newcomer starts it: `dudao demo` on free ports and a folder of its own, stopped and swept away after.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Story, storyOf } from '../../src/commands/demo/corp.ts';
import { clearDemo } from '../../src/commands/demo/fresh.ts';
import { demoRoster } from '../../src/demo/people.ts';
import { builtMain } from '../support/built.ts';
import { LEARNT_BUILT, shareLearnt } from '../support/learnt.ts';
import { until } from '../support/until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A Thursday in term, of which the stories tell. */
export const STORY_NOW = '2026-03-19T10:00+08:00';
/** The database is made and the district filled in this time on a slow machine. */
const READY_MS = 120_000;

export interface Demo {
  /** The simulator's page. */
  url: string;
  /** The inspector and the principal of a school of the demo district. */
  storyOf(school: string): Story;
  stop(): Promise<void>;
}

export async function startDemo(args: string[] = []): Promise<Demo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dudao-e2e-'));
  // Learning is the same for everybody; that a demo learns by itself is what `.ci/run` begins with.
  await mkdir(join(dataDir, 'demo'));
  shareLearnt(join(dataDir, 'demo'), LEARNT_BUILT);
  const command = [builtMain, 'demo', '--port', '0', '--simulator-port', '0'];
  const child = spawn(process.execPath, [...command, '--now', STORY_NOW, ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const end = async () => {
    await stopped(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  const stop = async () => {
    await stopped(child);
    // As `--fresh` does: it refuses when something lies there that no demo is known to make.
    await clearDemo(join(dataDir, 'demo'));
    await end();
  };
  try {
    const url = await until('the addresses of the demo', () => simulatorIn(said, child), READY_MS);
    return { url, storyOf: storyIn, stop };
  } catch (cause) {
    await end();
    throw new Error(`The demo did not start. It said:\n${said}`, { cause });
  }
}

/** The address under which the driving API answers; the other one is the bot's. */
async function simulatorIn(said: string, child: ChildProcess): Promise<string | null> {
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
  for (const [url] of said.matchAll(/https?:\/\/[^\s:]+:\d+/g)) {
    const answer = await fetch(`${url}/simulator/state`).catch(() => null);
    if (answer?.ok) return url;
  }
  return null;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

function storyIn(school: string): Story {
  const story = storyOf(demoRoster(), school);
  if (story?.school !== school) throw new Error(`The demo district has no ${school}`);
  return story;
}
