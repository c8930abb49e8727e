// One file as multipart/form-data, written by hand: the platform wants the name as raw UTF-8 in `filename="…"` and a
// length in front; with RFC 5987 names or chunks it answers 44001 or shows mojibake.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { WecomInvalid } from './errors.ts';
import type { ApiRequest } from './http.ts';
import { MEDIA_MAX_BYTES, MEDIA_MIN_BYTES } from './limits.ts';
import { legalText } from './xml.ts';

export type MediaType = keyof typeof MEDIA_MAX_BYTES;

/** Bytes, or a way to open them as often as needed: an upload is repeated when the token was dead. */
export type MediaBytes = Uint8Array | { size: number; open: () => AsyncIterable<Uint8Array> };

export interface Upload {
  type: MediaType;
  /** What people see as the file's name. */
  filename: string;
  data: MediaBytes;
  contentType?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  amr: 'audio/amr',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** @throws {WecomInvalid} when the size is beyond the limits (90253). */
export function checkSize(path: string, type: MediaType, size: number): void {
  if (size > MEDIA_MIN_BYTES && size <= MEDIA_MAX_BYTES[type]) return;
  throw new WecomInvalid(path, [
    `${type}: ${size} bytes, must be over ${MEDIA_MIN_BYTES} and at most ${MEDIA_MAX_BYTES[type]}`,
  ]);
}

/** The request's body for an upload of `media`. @throws {WecomInvalid} when the size is beyond the limits (90253). */
export function multipartBody(path: string, upload: Upload): NonNullable<ApiRequest['body']> {
  const { type, data } = upload;
  const size = data instanceof Uint8Array ? data.byteLength : data.size;
  checkSize(path, type, size);
  const boundary = `----part-${randomUUID()}`;
  const filename = legalText(upload.filename).replace(/["\\\r\n\t]/g, '_') || 'file';
  const extension = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? '';
  const contentType = upload.contentType ?? TYPES[extension] ?? 'application/octet-stream';
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${filename}"; filelength=${size}\r\n` +
      `Content-Type: ${contentType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.length + size + tail.length,
    open: () => (data instanceof Uint8Array ? Buffer.concat([head, data, tail]) : streamed(head, data, tail)),
  };
}

function streamed(head: Buffer, data: Exclude<MediaBytes, Uint8Array>, tail: Buffer): BodyInit {
  async function* parts() {
    yield head;
    yield* data.open();
    yield tail;
  }
  // fetch's stream is node's own; the two type packages merely do not know each other.
  return Readable.toWeb(Readable.from(parts(), { objectMode: false })) as ReadableStream;
}
