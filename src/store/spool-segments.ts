// The spool's files: one line per record, each with a checksum, and the holder's process in the name.
import { createHash } from 'node:crypto';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { type Holder, isAlive, startOf } from './processes.ts';

/** A verified envelope: the office's slug, the decrypted XML, the instant it came (ISO). Personal data. */
export interface Kept {
  office: string;
  xml: string;
  receivedAt: string;
}

/** A record: something waits, or no longer does. */
export type Line = { op: 'add'; id: string; entry: Kept } | { op: 'done'; id: string };

const line: z.ZodType<Line> = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('add'),
    id: z.string(),
    entry: z.object({ office: z.string(), xml: z.string(), receivedAt: z.string() }),
  }),
  z.object({ op: z.literal('done'), id: z.string() }),
]);

const sum = (text: string) => crc32(text).toString(16).padStart(8, '0');

/** A record as one line: its checksum, a space, its JSON. */
export function lineOf(record: Line): string {
  const text = JSON.stringify(record);
  return `${sum(text)} ${text}\n`;
}

/** What still waits in a file, in order, and how many lines were not whole (a crash in the middle of a write). */
export async function readSegment(file: string): Promise<{ entries: Map<string, Kept>; torn: number }> {
  const entries = new Map<string, Kept>();
  let torn = 0;
  for (const text of (await readFile(file, 'utf8')).split('\n')) {
    if (text === '') continue;
    const record = read(text);
    if (!record) torn += 1;
    else if (record.op === 'add') entries.set(record.id, record.entry);
    else entries.delete(record.id);
  }
  return { entries, torn };
}

function read(text: string): Line | undefined {
  const body = text.slice(9);
  if (text[8] !== ' ' || sum(body) !== text.slice(0, 8)) return undefined;
  return line.safeParse(JSON.parse(body)).data;
}

const SUFFIX = '.spool';

/** The start word may hold spaces and colons; a short hash of it does as well. */
const short = (started: string) => createHash('sha256').update(started).digest('hex').slice(0, 8);

/** Names the process that holds the file, so that others see whether it still lives. */
export function segmentName({ pid, started, host }: Holder, unique: string): string {
  return [pid, short(started), unique, encodeURIComponent(host)].join('_') + SUFFIX;
}

/**
 * Takes the files of processes that no longer live, and this process's own from before, by giving them names of ours:
 * a rename succeeds for one taker only.
 */
export async function adoptOrphans(
  dir: string,
  { inUse, newName }: { inUse: ReadonlySet<string>; newName(): string },
): Promise<string[]> {
  const adopted: string[] = [];
  for (const name of (await readdir(dir)).sort()) {
    if (!name.endsWith(SUFFIX) || inUse.has(name) || (await isHeld(join(dir, name), name))) continue;
    const mine = join(dir, newName());
    await rename(join(dir, name), mine).then(
      () => adopted.push(mine),
      (err: NodeJS.ErrnoException) => {
        if (err.code !== 'ENOENT') throw err; // another process was faster
      },
    );
  }
  return adopted;
}

async function isHeld(file: string, name: string): Promise<boolean> {
  const [pid, started, , host] = name.slice(0, -SUFFIX.length).split('_');
  if (Number(pid) === process.pid && host === encodeURIComponent(hostname())) return false; // ours, and not in use
  const alive = await startOf(Number(pid));
  // Compared by hash where we can look; by the file's age where the process is another machine's.
  const holder = { pid: Number(pid), started: alive ?? '', host: decodeURIComponent(host ?? '') };
  if (alive !== undefined && short(alive) !== started) holder.pid = -1;
  return isAlive(holder, file);
}

/** A file's name is on the disk only when its folder is. Not every system lets a folder be opened (Windows). */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
