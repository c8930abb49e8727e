// Messages on this machine's disk while the database is away. A message is here before the platform hears 200, and no kill
// and no power cut takes it; src/http decides when it is taken in and then removes it.
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../errors.ts';
import { newId } from './ids.ts';
import { type Holder, keepTouched, thisProcess } from './processes.ts';
import { explain, folderFault } from './sentences.ts';
import { adoptOrphans, type Kept, lineOf, readSegment, segmentName, syncFolder } from './spool-segments.ts';

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

/** An emptied file is cut to nothing when it is larger than this. */
const CUT_ABOVE_BYTES = 64 * 1024;

/** Opens this process's spool in `dir` and adopts those of processes that no longer live. Files have mode 600. */
export async function openSpoolFiles({ dir, log }: { dir: string; log: Log }): Promise<SpoolFiles> {
  const parkedDir = join(dir, 'parked');
  const asFault = (err: unknown) => explain(err, dir);
  await mkdir(parkedDir, { recursive: true, mode: 0o700 }).catch((err: unknown) =>
    Promise.reject(asFault(err)),
  );
  const me = await thisProcess();
  const names = segmentNames(me);

  /** What waits, by id; the file holds at least this. */
  const live = new Map<string, Kept>();
  /** Files that hold a part of `live` and go when the current one holds it all. */
  let old = await adoptOrphans(dir, { inUse, newName: names.next });
  for (const file of old) {
    const { entries, torn } = await readSegment(file);
    for (const [id, entry] of entries) live.set(id, entry);
    if (torn > 0)
      log.warn({ file, torn }, 'the end of a spool file was torn; what was not acknowledged is skipped');
  }
  const waiting = [...live].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, entry]) => ({ id, entry }));
  let parkedCount = (await readdir(parkedDir)).length;

  let current: { file: string; handle: FileHandle; bytes: number } | undefined;
  let complained = false;
  let closed = false;
  const endTouching = keepTouched(() => current?.file ?? dir);

  interface Pending {
    line: string;
    sync: boolean;
    done(): void;
    fail(err: unknown): void;
  }
  let pending: Pending[] = [];
  let flushing: Promise<void> | undefined;

  function write(line: string, sync: boolean): Promise<void> {
    return new Promise((done, fail) => {
      pending.push({ line, sync, done, fail });
      flushing ??= flush();
    });
  }

  /** One write and one fsync for all who came in the meantime. */
  async function flush(): Promise<void> {
    for (;;) {
      if (pending.length === 0) await cutWhenEmpty();
      if (pending.length === 0) {
        flushing = undefined; // in the same breath, so that nobody waits for a flush that has ended
        return;
      }
      const batch = pending;
      pending = [];
      try {
        await put(
          batch.map(({ line }) => line).join(''),
          batch.some(({ sync }) => sync),
        );
        complained = false;
        for (const { done } of batch) done();
      } catch (err) {
        await abandon();
        if (!complained) log.error({ err }, 'the spool cannot be written');
        complained = true;
        for (const { fail } of batch) fail(err);
      }
    }
  }

  async function cutWhenEmpty(): Promise<void> {
    if (live.size > 0 || !current || current.bytes <= CUT_ABOVE_BYTES) return;
    await current.handle.truncate(0).then(
      () => {
        if (current) current.bytes = 0;
      },
      () => {}, // it is tried again when it is next empty
    );
  }

  async function put(text: string, sync: boolean): Promise<void> {
    current ??= await begin();
    const bytes = Buffer.from(text);
    const { bytesWritten } = await current.handle.write(bytes, 0, bytes.length, current.bytes);
    if (bytesWritten < bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
    if (sync) await current.handle.datasync();
    current.bytes += bytes.length;
  }

  /** A new file that holds all that waits; the files before it are no longer needed then. */
  async function begin(): Promise<{ file: string; handle: FileHandle; bytes: number }> {
    const file = join(dir, names.next());
    const handle = await open(file, 'wx', 0o600);
    try {
      const text = [...live].map(([id, entry]) => lineOf({ op: 'add', id, entry })).join('');
      await handle.writeFile(text);
      await handle.datasync();
      await syncFolder(dir);
      for (const name of old) await rm(name, { force: true });
      old = [];
      return { file, handle, bytes: Buffer.byteLength(text) };
    } catch (err) {
      await handle.close().catch(() => {});
      await rm(file, { force: true }).catch(() => {});
      throw err;
    }
  }

  /** After a failed write or fsync nobody knows what the file holds; the next write begins another. */
  async function abandon(): Promise<void> {
    if (!current) return;
    old.push(current.file);
    await current.handle.close().catch(() => {});
    current = undefined;
  }

  // Made now, when it can be said, rather than in the middle of an outage; a full disk is said, and tried again later.
  current = await begin().catch((err: unknown) => {
    const fault = asFault(err) as AppError;
    if (!/full/.test(fault.message)) throw fault;
    log.error({ err }, 'the spool cannot be written');
    return undefined;
  });

  async function remove(id: string): Promise<void> {
    live.delete(id);
    await write(lineOf({ op: 'done', id }), false).catch(() => {}); // it waits again after a restart, at worst
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
        await write(lineOf({ op: 'add', id, entry }), true);
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
      const file = await open(join(parkedDir, `${id}.json`), 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(entry, null, 2)}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
      parkedCount += 1;
      await remove(id);
    },
    async close() {
      if (closed) return;
      closed = true;
      await flushing;
      endTouching();
      names.giveUp();
      await current?.handle.close();
      if (live.size > 0 || !current) return; // the next process takes it over
      await rm(current.file, { force: true });
    },
  };
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
