// Messages on this machine's disk while the database is away. A message is here before the platform hears 200, and no kill
// and no power cut takes it; src/http decides when it is taken in and then removes it.
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../errors.ts';
import { newId } from './ids.ts';
import { type Holder, keepTouched, thisProcess } from './processes.ts';
import { explain, folderFault } from './sentences.ts';
import { adoptOrphans, type Kept, readSegment, segmentName } from './spool-segments.ts';
import { createSpoolWriter } from './spool-writer.ts';

export type { Kept } from './spool-segments.ts';

export interface SpoolFiles {
  /** Resolves with the entry's id when it is on the disk (fsync). Rejects with AppError('store.folder'), e.g. disk full. */
  append(entry: Kept): Promise<string>;
  /** A crash before this is written means that the entry waits again; its deduplication key makes that harmless. */
  remove(id: string): Promise<void>;
  /** Puts it aside into `<dir>/parked/<id>.json` for a person to look at; it is never tried again by itself. */
  park(id: string): Promise<void>;
  /** What waited when it was opened, oldest first: from an earlier run, and from processes that died. */
  waiting: readonly { id: string; entry: Kept }[];
  parked(): number;
  size(): number;
  close(): Promise<void>;
}

interface Log {
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

/** Opens this process's spool in `dir` and adopts those of processes that no longer live. Files have mode 600. */
export async function openSpoolFiles({ dir, log }: { dir: string; log: Log }): Promise<SpoolFiles> {
  const parkedDir = join(dir, 'parked');
  const asFault = (err: unknown) => explain(err, dir);
  await mkdir(parkedDir, { recursive: true, mode: 0o700 }).catch((err: unknown) =>
    Promise.reject(asFault(err)),
  );
  const names = segmentNames(await thisProcess());
  /** What waits, by id; the files on the disk hold at least this. */
  const live = new Map<string, Kept>();
  const old = await adoptOrphans(dir, { inUse, newName: names.next });
  for (const file of old) {
    const { entries, torn } = await readSegment(file);
    for (const [id, entry] of entries) live.set(id, entry);
    if (torn > 0)
      log.warn({ file, torn }, 'the end of a spool file was torn; what was not acknowledged is skipped');
  }
  const waiting = [...live].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, entry]) => ({ id, entry }));
  let parkedCount = (await readdir(parkedDir)).length;
  let closed = false;

  const writer = createSpoolWriter({ dir, newName: names.next, live, old, log });
  const endTouching = keepTouched(() => writer.file() ?? dir);
  // Made now, when it can be said, rather than in the middle of an outage; a full disk is said, and tried again later.
  await writer.begin().catch((err: unknown) => {
    const fault = asFault(err) as AppError;
    if (!/full/.test(fault.message)) throw fault;
    log.error({ err }, 'the spool cannot be written');
  });

  async function remove(id: string): Promise<void> {
    live.delete(id);
    await writer.write({ op: 'done', id }, { sync: false }).catch(() => {}); // it waits again after a restart, at worst
  }

  return {
    waiting,
    parked: () => parkedCount,
    size: () => live.size,
    async append(entry) {
      if (closed) throw folderFault('The spool is closed.');
      const id = newId();
      live.set(id, entry);
      try {
        await writer.write({ op: 'add', id, entry }, { sync: true });
      } catch (err) {
        live.delete(id);
        const known = asFault(err) as Error;
        throw known.name === 'AppError' ? known : folderFault('The spool cannot be written.', {}, err);
      }
      return id;
    },
    remove,
    async park(id) {
      const entry = live.get(id);
      if (!entry) return;
      await writeWhole(join(parkedDir, `${id}.json`), `${JSON.stringify(entry, null, 2)}\n`);
      parkedCount += 1;
      await remove(id);
    },
    async close() {
      if (closed) return;
      closed = true;
      await writer.close();
      endTouching();
      names.giveUp();
    },
  };
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Names in use by this process, which may open a folder again after closing it; then its old files are orphans too. */
const inUse = new Set<string>();

function segmentNames(me: Holder): { next(): string; giveUp(): void } {
  const mine: string[] = [];
  return {
    next() {
      const name = segmentName(me, newId().slice(-12));
      mine.push(name);
      inUse.add(name);
      return name;
    },
    giveUp() {
      for (const name of mine) inUse.delete(name);
    },
  };
}
