// Runs the postgres program so that it can't outlive us: a watchdog of eight lines of shell holds the other end of a pipe,
// and when the pipe closes (we stopped, crashed or were killed) it shuts the server down.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startOf } from '../processes.ts';
import { explain, folderFault, tail } from '../sentences.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { serverEnv } from './cluster.ts';

/** Small memory, real durability (fsync and synchronous_commit stay on), and no words of people in the server's log. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '%m [%p] ',
};

/** Ignores the terminal's and the service manager's signals: it stops the server when, and only when, the pipe closes. */
const WATCHDOG = `trap '' INT TERM HUP
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
( read -r line <&3; kill -INT "$server" ) &
reader=$!
exec 3<&-
wait "$server"; code=$?
kill -KILL "$reader" 2>/dev/null
exit "$code"`;

const READY_WITHIN_MS = 120_000; // crash recovery may take its time
const STOP_WITHIN_MS = 20_000;
const LOG_AT_MOST_BYTES = 4_000_000;

export interface Server {
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ServerPlan {
  folder: string;
  port: number;
  settings: Record<string, string>;
}

/** Starts the server and waits until it lets people in. Throws PortTaken when somebody else has the port. */
export async function startServer(plan: ServerPlan, binaries: Binaries, account: Account): Promise<Server> {
  const { folder, port } = plan;
  const logFile = `${folder}.log`;
  await turnLog(logFile);
  const log = await open(logFile, 'a', 0o600);
  try {
    const from = (await log.stat()).size;
    const child = launch(plan, binaries, account, log);
    let over = false;
    const ended = new Promise<void>((resolve) => {
      const end = () => {
        over = true;
        resolve();
      };
      child.once('exit', end);
      child.once('error', end);
    });
    const giveUp = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(folder))) {
      if (over || Date.now() > giveUp) {
        await stopChild(child, ended, folder, binaries);
        throw whyNot((await readFile(logFile, 'utf8')).slice(from), folder, port);
      }
      await wait(8);
    }
    child.unref();
    return { ended, stop: () => stopChild(child, ended, folder, binaries) };
  } finally {
    await log.close();
  }
}

export class PortTaken extends Error {}

function launch(plan: ServerPlan, binaries: Binaries, account: Account, log: FileHandle): ChildProcess {
  const { folder, port } = plan;
  const flags = Object.entries({ ...SETTINGS, ...plan.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const postgres = [binaries.postgres, '-D', folder, '-p', String(port), ...flags];
  const [command = '', ...args] =
    process.platform === 'win32'
      ? postgres
      : [...account.prefix, '/bin/sh', '-c', WATCHDOG, 'dudao-postgres', ...postgres];
  return spawn(command, args, {
    ...(account.prefix.length ? {} : account.ids),
    cwd: process.platform === 'win32' ? undefined : '/',
    env: serverEnv(),
    // A session of its own: Ctrl-C in our terminal is for us, and we stop the server after we have ended our work.
    detached: true,
    stdio: ['pipe', log.fd, log.fd],
    windowsHide: true,
  });
}

async function stopChild(
  child: ChildProcess,
  ended: Promise<void>,
  folder: string,
  binaries: Binaries,
): Promise<void> {
  child.ref();
  if (process.platform === 'win32') {
    await promisify(execFile)(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast']).catch(() => {});
  }
  child.stdin?.on('error', () => {}); // it may be gone already
  child.stdin?.end();
  if (await within(STOP_WITHIN_MS, ended)) return;
  // Its checkpoint hangs, on a full or broken disk perhaps. Ending at once is safe: the next start recovers from the WAL.
  const pid = await postmaster(folder);
  if (pid) process.kill(pid, 'SIGQUIT');
  await within(5_000, ended);
}

/** Whether it came in time; leaves no timer behind. */
async function within(ms: number, event: Promise<void>): Promise<boolean> {
  const timer = new AbortController();
  const late = wait(ms, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([event.then(() => true), late]);
  timer.abort();
  return inTime;
}

/** PostgreSQL writes its state into the eighth line of postmaster.pid. */
export async function isReady(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  return text.split('\n')[7]?.trim() === 'ready';
}

/** The process id of a living server on this folder. */
async function postmaster(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!(await startOf(pid))) return undefined;
  if (process.platform !== 'linux') return pid;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === 'postgres' ? pid : undefined;
}

/**
 * A server of a Dudao that was killed is shutting down or, without its watchdog, still running: waits for it, helps it,
 * and clears away a postmaster.pid whose number now belongs to some other program. Only the lock's holder may call it.
 */
export async function endLeftover(folder: string): Promise<void> {
  const began = Date.now();
  let asked: NodeJS.Signals | undefined;
  for (let pid = await postmaster(folder); pid; pid = await postmaster(folder)) {
    const waited = Date.now() - began;
    const ask = waited > 15_000 ? 'SIGQUIT' : waited > 3_000 ? 'SIGINT' : undefined;
    if (ask && ask !== asked) process.kill(pid, ask);
    asked = ask;
    if (waited > 30_000) {
      throw folderFault(
        `A PostgreSQL server (process ${pid}) is still using ${folder} and does not stop. Stop it, then start again.`,
        { why: 'still-running', dataDir: folder, pid },
      );
    }
    await wait(20);
  }
  await rm(join(folder, 'postmaster.pid'), { force: true });
}

function whyNot(said: string, folder: string, port: number): unknown {
  if (/could not bind|Address already in use|could not create any TCP\/IP sockets/.test(said))
    return new PortTaken(String(port));
  const known = explain(new Error(said), folder);
  if (known instanceof Error && known.name === 'AppError') return known;
  return folderFault(
    `The embedded PostgreSQL did not start: ${tail(said, 3) || 'it said nothing'}. Its log is ${folder}.log. Set DATABASE_URL to use another one.`,
    { why: 'not-started', said: tail(said, 3) || '?', logFile: `${folder}.log` },
  );
}

async function turnLog(file: string): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size > LOG_AT_MOST_BYTES) await rename(file, `${file}.1`);
}
