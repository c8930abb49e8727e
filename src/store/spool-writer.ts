// Writes the spool's records: one write and one fsync for all who come meanwhile, and a new file after each that failed.
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kept, type Line, lineOf, syncFolder } from './spool-segments.ts';

export interface SpoolWriter {
  /** Makes the file before anything is to be written. Throws what the disk says; the next write tries again. */
  begin(): Promise<void>;
  /** With `sync` it resolves when the record is on the disk. Rejects with what the disk says. */
  write(record: Line, options: { sync: boolean }): Promise<void>;
  /** The file that is being written. */
  file(): string | undefined;
  /** After all writes; a file that holds nothing goes, one that does is taken over by the next process. */
  close(): Promise<void>;
}

interface Deps {
  dir: string;
  newName(): string;
  /** What waits: each new file begins with all of it. */
  live: ReadonlyMap<string, Kept>;
  /** Files that hold a part of `live` and go when a new one holds it all. */
  old: readonly string[];
  log: { error(detail: object, message: string): void };
}

interface Segment {
  file: string;
  handle: FileHandle;
  bytes: number;
}

interface Pending {
  line: string;
  sync: boolean;
  done(): void;
  fail(err: unknown): void;
}

/** An emptied file is cut to nothing when it is larger than this. */
const CUT_ABOVE_BYTES = 64 * 1024;

/** Of one process and one folder. It writes nothing until it is asked to. */
export function createSpoolWriter({ dir, newName, live, log, ...deps }: Deps): SpoolWriter {
  let old = [...deps.old];
  let current: Segment | undefined;
  let complained = false;
  let pending: Pending[] = [];
  let flushing: Promise<void> | undefined;

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
    current ??= await newSegment();
    const bytes = Buffer.from(text);
    const { bytesWritten } = await current.handle.write(bytes, 0, bytes.length, current.bytes);
    if (bytesWritten < bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
    if (sync) await current.handle.datasync();
    current.bytes += bytes.length;
  }

  /** A new file that holds all that waits; the files before it are no longer needed then. */
  async function newSegment(): Promise<Segment> {
    const file = join(dir, newName());
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

  return {
    async begin() {
      current ??= await newSegment();
    },
    write: (record, { sync }) =>
      new Promise((done, fail) => {
        pending.push({ line: lineOf(record), sync, done, fail });
        flushing ??= flush();
      }),
    file: () => current?.file,
    async close() {
      await flushing;
      await current?.handle.close();
      if (live.size === 0 && current) await rm(current.file, { force: true });
    },
  };
}
