// What is sent to a smart robot alone: an address good for five minutes, and bytes sealed under the callback's key or one of their own (PROTOCOL §15.2, §16).
import { z } from 'zod';
import { decryptBytes } from './crypto.ts';

/** 100719: the address lives so long. */
export const AIBOT_URL_MS = 5 * 60_000;
const FETCH_MS = 30_000;
/** A whole block of padding, and no more, comes on top of a file. */
const PADDING = 32;

const reference = z.object({ url: z.string(), aesKey: z.string() });
export type AibotFile = z.infer<typeof reference>;

const MARK = 'aibot:';

/** The file as one word, which stands where an app's message has its media id. */
export const aibotMediaId = (file: AibotFile): string => `${MARK}${JSON.stringify(file)}`;

/** Null: a media id of the app. */
export function aibotFileOf(mediaId: string): AibotFile | null {
  return mediaId.startsWith(MARK) ? reference.parse(JSON.parse(mediaId.slice(MARK.length))) : null;
}

export class AibotFileGone extends Error {
  override readonly name = 'AibotFileGone';
}

/**
 * Fetches and opens it. `callbackKey` opens what came by callback; a file of the long connection brings its own.
 * Throws AibotFileGone when the address gives nothing, RangeError beyond `maxBytes`.
 */
export async function fetchAibotFile(
  file: AibotFile,
  { callbackKey, maxBytes }: { callbackKey: Buffer | null; maxBytes: number },
): Promise<Buffer> {
  const key = file.aesKey === '' ? callbackKey : Buffer.from(file.aesKey, 'base64');
  if (key?.length !== 32) throw new AibotFileGone('there is no key to it');
  const response = await fetch(file.url, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok || !response.body) throw new AibotFileGone(`HTTP ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes + PADDING) throw new RangeError('the file is larger than may be kept');
    chunks.push(chunk);
  }
  return decryptBytes(key, Buffer.concat(chunks));
}
