// Where photos and files lie: under the hash of their contents, so that the same photo is kept once and no name is ever trusted.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HEAD_BYTES } from './filetype.ts';

export interface StoredFile {
  /** In lower-case hex. */
  sha256: string;
  bytes: number;
  /** The first bytes, for telling what it is. */
  head: Buffer;
}

export interface FileStore {
  /** Keeps the stream's contents. Throws FileTooLarge beyond `maxBytes`, and then keeps nothing. */
  put(stream: AsyncIterable<Uint8Array>, options: { maxBytes: number }): Promise<StoredFile>;
  /** Undefined: no such file. */
  get(sha256: string): Promise<Readable | undefined>;
}

/** Keeps what is in memory already. Throws FileTooLarge as `put` does. */
export function putBytes(files: FileStore, bytes: Uint8Array, maxBytes: number): Promise<StoredFile> {
  async function* once() {
    yield bytes;
  }
  return files.put(once(), { maxBytes });
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** `<first two digits>/<hash>`: no folder grows without end. */
export function placeUnder(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256 in hex');
  return `${sha256.slice(0, 2)}/${sha256}`;
}

/**
 * Writes the stream to a file of its own in `folder`, measured and hashed on the way, and gives it to `keep`, which may
 * move it away; whatever is left there is removed. Throws FileTooLarge beyond `maxBytes`.
 */
export async function drafted(
  folder: string,
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  keep: (draft: string, file: StoredFile) => Promise<void>,
): Promise<StoredFile> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, randomUUID());
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);

  async function* measured() {
    for await (const chunk of stream) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new FileTooLarge(`more than ${maxBytes} bytes`);
      hash.update(chunk);
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
      yield chunk;
    }
  }

  try {
    // `flush`: on the disk before the row says that it is there.
    await pipeline(measured, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }));
    const file = { sha256: hash.digest('hex'), bytes, head };
    await keep(draft, file);
    return file;
  } finally {
    await rm(draft, { force: true });
  }
}

/** `<folder>/<first two digits>/<hash>`; a file appears there whole or not at all. */
export function folderFiles(folder: string): FileStore {
  const placeOf = (sha256: string) => join(folder, placeUnder(sha256));

  return {
    put: (stream, { maxBytes }) =>
      drafted(join(folder, 'incoming'), stream, maxBytes, async (draft, { sha256 }) => {
        const place = placeOf(sha256);
        await mkdir(join(place, '..'), { recursive: true });
        await rename(draft, place);
      }),

    async get(sha256) {
      const place = placeOf(sha256);
      const exists = await access(place).then(
        () => true,
        () => false,
      );
      return exists ? createReadStream(place) : undefined;
    },
  };
}
