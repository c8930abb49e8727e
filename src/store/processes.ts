// Who holds a file in the data folder, and whether that process still lives; so that what a crash left is recognised.
import { execFile } from 'node:child_process';
import { readFile, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

export interface Holder {
  pid: number;
  /** When that process began, as its system tells it: a pid alone is given out again. */
  started: string;
  host: string;
}

/** A holder touches its file this often; whether a process of another machine or container lives shows only so. */
const TOUCH_MS = 5_000;
export const STALE_AFTER_MS = 4 * TOUCH_MS;

/** This process, as it is to be known again by others. */
export async function thisProcess(): Promise<Holder> {
  return { pid: process.pid, started: (await startOf(process.pid)) ?? '', host: hostname() };
}

/** The same life of the same process. */
export const sameHolder = (a: Holder, b: Holder) =>
  a.pid === b.pid && a.started === b.started && a.host === b.host;

/** Does the holder of `file` live? Its clock need not agree with ours by more than a few seconds. */
export async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.host === hostname()) return (await startOf(holder.pid)) === holder.started;
  const touched = await stat(file).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs < STALE_AFTER_MS;
}

/** Touches the file from now on; returns what ends it. */
export function keepTouched(file: () => string): () => void {
  const timer = setInterval(() => void utimes(file(), new Date(), new Date()).catch(() => {}), TOUCH_MS);
  timer.unref();
  return () => clearInterval(timer);
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
