// One living Dudao per data folder. The lock names its holder, so that one left by a crash is recognised and taken over.
import { execFile } from 'node:child_process';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { folderFault } from './sentences.ts';

interface Holder {
  pid: number;
  /** When that process began, as its system tells it: a pid alone is given out again. */
  started: string;
  host: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** A holder that is just stopping gets so long before we give up. */
const PATIENCE_MS = 3_000;
/** The holder touches the lock this often; whether a process of another machine or container lives shows only so. */
const TOUCH_MS = 5_000;
const STALE_AFTER_MS = 4 * TOUCH_MS;
/** How long a taker looks whether another one took the same stale lock. */
const SETTLE_MS = 40;

/** Takes the folder for this process, or throws a sentence that names who has it. */
export async function lockFolder(folder: string): Promise<Lock> {
  const file = join(folder, 'dudao.lock');
  const me: Holder = { pid: process.pid, started: (await startOf(process.pid)) ?? '', host: hostname() };
  const giveUp = Date.now() + PATIENCE_MS;
  for (;;) {
    const taken = await take(file, me);
    if (taken === 'mine') return hold(file, me);
    if (Date.now() > giveUp && taken.host === me.host) throw inUse(folder, taken);
    if (Date.now() > giveUp + STALE_AFTER_MS) throw inUse(folder, taken);
    await wait(100);
  }
}

async function take(file: string, me: Holder): Promise<'mine' | Holder> {
  const text = JSON.stringify(me);
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
    return 'mine';
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EEXIST') throw err;
  }
  const holder = await read(file);
  if (holder && (await isAlive(holder, file))) return holder;
  // Stale. Of several takers the last to rename wins, and the others see that before they go on.
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, text, { mode: 0o600 });
  await rename(mine, file);
  await wait(SETTLE_MS);
  const now = await read(file);
  return now && !same(now, me) ? now : 'mine';
}

function hold(file: string, me: Holder): Lock {
  const touch = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), TOUCH_MS);
  touch.unref();
  return {
    async release() {
      clearInterval(touch);
      const now = await read(file);
      if (now && same(now, me)) await rm(file, { force: true });
    },
  };
}

async function read(file: string): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const holder = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder> | null; // perhaps torn, hence the checks
      const { pid, started, host } = holder ?? {};
      if (pid && pid > 0 && started !== undefined && host) return { pid, started, host };
    } catch {
      // Not there, or not whole.
    }
    await wait(SETTLE_MS); // its holder may be about to write it
  }
  return undefined;
}

const same = (a: Holder, b: Holder) => a.pid === b.pid && a.started === b.started && a.host === b.host;

async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.host === hostname()) return (await startOf(holder.pid)) === holder.started;
  const touched = await stat(file).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs < STALE_AFTER_MS;
}

/** A word that differs between two processes with the same number; undefined when there is no such process. */
export async function startOf(pid: number): Promise<string | undefined> {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ESRCH') return undefined; // EPERM: it lives, and is somebody else's
  }
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces
    return fields[0] === 'Z' ? undefined : `${fields[19]}`; // state; start time in ticks (proc(5), field 22)
  }
  if (process.platform === 'win32') return 'alive';
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim() || undefined;
}

function inUse(folder: string, { pid, host }: Holder) {
  const where = host === hostname() ? '' : ` on ${host}`;
  return folderFault(
    `Another Dudao (process ${pid}${where}) is using ${folder}. Stop it first, or set DATA_DIR to another folder.`,
    { pid, host },
  );
}
