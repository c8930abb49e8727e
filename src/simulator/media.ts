// Temporary media (90253, 90254): kept three days of the simulator's time, told apart by their bytes and not by their names.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaView } from './api.ts';

export type MediaKind = MediaView['kind'];
export interface MediaItem {
  id: string;
  kind: MediaKind;
  fileName: string;
  contentType: string;
  size: number;
  /** Unix ms of the simulator's clock. */
  at: number;
  /** Key of the robot that alone may use it; absent: any app of the corp. */
  robot?: string;
}

const MEDIA_LIFE_MS = 3 * 86_400_000; // 90253
const MEMORY_BYTES = 200 * 1024 * 1024;

export interface MediaStore {
  put(input: { bytes: Buffer; fileName: string; kind: MediaKind; robot?: string }): MediaItem;
  /** Also what is past its three days: a person still sees an old photo, only the API refuses it. */
  find(id: string): MediaItem | undefined;
  alive(id: string): MediaItem | undefined;
  bytes(id: string): Buffer | null;
  dump(): MediaItem[];
  restore(items: MediaItem[]): void;
  clear(): void;
}

/** What a file is, by its first bytes; null when it is none of the kinds with rules of their own. */
export function sniff(bytes: Buffer): { kind: MediaKind; contentType: string } | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])))
    return { kind: 'image', contentType: 'image/jpeg' };
  if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n')
    return { kind: 'image', contentType: 'image/png' };
  if (bytes.subarray(0, 6).toString('latin1') === '#!AMR\n')
    return { kind: 'voice', contentType: 'audio/amr' };
  if (bytes.subarray(4, 8).toString('latin1') === 'ftyp') return { kind: 'video', contentType: 'video/mp4' };
  return null;
}

// Bytes of an AMR-NB frame after its head, by frame type; each frame lasts 20 ms (RFC 4867).
const AMR_FRAME = [12, 13, 15, 17, 19, 20, 26, 31, 5] as const;

/** Length of an AMR recording in ms. */
export function amrMs(bytes: Buffer): number {
  let frames = 0;
  for (let at = 6; at < bytes.length; frames += 1) {
    at += 1 + (AMR_FRAME[((bytes[at] ?? 0) >> 3) & 15] ?? 0);
  }
  return frames * 20;
}

/** With `dir`, the bytes are files there and outlive a restart. */
export function createMediaStore(now: () => number, dir?: string): MediaStore {
  const items = new Map<string, MediaItem>();
  const inMemory = new Map<string, Buffer>();
  let held = 0;

  const drop = (id: string) => {
    held -= inMemory.get(id)?.length ?? 0;
    inMemory.delete(id);
    items.delete(id);
  };

  return {
    put({ bytes, fileName, kind, robot }) {
      const item: MediaItem = {
        id: `3${randomBytes(48).toString('base64url')}`,
        kind,
        fileName,
        contentType: sniff(bytes)?.contentType ?? 'application/octet-stream',
        size: bytes.length,
        at: now(),
        ...(robot === undefined ? {} : { robot }),
      };
      items.set(item.id, item);
      if (dir !== undefined) {
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, item.id), bytes);
        return item;
      }
      inMemory.set(item.id, bytes);
      held += bytes.length;
      for (const id of inMemory.keys()) {
        if (held <= MEMORY_BYTES) break;
        drop(id);
      }
      return item;
    },
    find: (id) => items.get(id),
    alive(id) {
      const item = items.get(id);
      return item !== undefined && now() - item.at < MEDIA_LIFE_MS ? item : undefined;
    },
    bytes(id) {
      const kept = inMemory.get(id);
      if (kept !== undefined) return kept;
      if (dir === undefined || !items.has(id)) return null;
      try {
        return readFileSync(join(dir, id));
      } catch {
        return null; // somebody emptied the folder: the picture is gone, the chat stays
      }
    },
    dump: () => (dir === undefined ? [] : [...items.values()]),
    restore(known) {
      for (const item of known) items.set(item.id, item);
    },
    clear() {
      items.clear();
      inMemory.clear();
      held = 0;
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}
