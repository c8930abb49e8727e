// One living Dudao per data folder. The lock names its holder, so that one left by a crash is recognised and taken over.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Holder, isAlive, keepTouched, STALE_AFTER_MS, sameHolder, thisProcess } from '../processes.ts';
import { folderFault } from '../sentences.ts';

export interface Lock {
  release(): Promise<void>;
}

const LOCK = 'dudao.lock';
/** A holder that is just stopping gets so long before we give up. */
const PATIENCE_MS = 3_000;
/** How long a taker looks whether another one took the same stale lock. */
const SETTLE_MS = 40;

/** Takes the folder for this process, or throws a sentence that names who has it. */
export async function lockFolder(folder: string): Promise<Lock> {
  const file = join(folder, LOCK);
  const me = await thisProcess();
  const began = Date.now();
  for (;;) {
    const taken = await take(file, me);
    if (taken === 'mine') return hold(file, me);
    // One of another machine may have died without our seeing it; its lock is old enough only after a while.
    const patience = taken.host === me.host ? PATIENCE_MS : PATIENCE_MS + STALE_AFTER_MS;
    if (Date.now() - began > patience) throw inUse(folder, taken, me);
    await wait(100);
  }
}

/** Whether a Dudao of this machine has the folder now; one of another machine can't be told by its process. */
export async function isHeldHere(folder: string): Promise<boolean> {
  const file = join(folder, LOCK);
  const holder = await read(file);
  return holder?.host === hostname() && (await isAlive(holder, file));
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
  return now && !sameHolder(now, me) ? now : 'mine';
}

function hold(file: string, me: Holder): Lock {
  const endTouching = keepTouched(() => file);
  return {
    async release() {
      endTouching();
      const now = await read(file);
      if (now && sameHolder(now, me)) await rm(file, { force: true });
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

function inUse(folder: string, { pid, host }: Holder, me: Holder) {
  const where = host === me.host ? '' : ` on ${host}`;
  return folderFault(
    `Another Dudao (process ${pid}${where}) is using ${folder}. Stop it first, or set DATA_DIR to another folder.`,
    { why: 'in-use', dataDir: folder, pid, host },
  );
}
