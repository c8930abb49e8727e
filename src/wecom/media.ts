// Temporary media (90253, 90254): up and down, three days each, as streams.
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { type Api, withQuery } from './api.ts';
import { WecomUnreachable } from './errors.ts';
import { type ApiRequest, readAnswer, requestApi, textOf, withToken } from './http.ts';
import { type MediaType, multipartBody, type Upload } from './multipart.ts';

export interface Uploaded {
  mediaId: string;
  type: string;
  /** Unix seconds; the id dies three days later. */
  createdAt: number;
}

export interface MediaFile {
  /** To be read to its end, or destroyed. */
  stream: Readable;
  contentType: string;
  /** '' when the platform gives none. */
  filename: string;
  /** Bytes, or null when not said. */
  size: number | null;
  /** `bytes 0-1023/4096` for a part (206), else ''. */
  contentRange: string;
}

export interface Media {
  upload(upload: Upload): Promise<Uploaded>;
  /** 40007 and 40145: the id is dead. 830002: over 20 MB, ask for ranges (`bytes=0-20971519`). */
  get(mediaId: string, options?: { range?: string }): Promise<MediaFile>;
}

/** Up to 20 MB through an office's line takes longer than a message. */
const MEDIA_TIMEOUT_MS = 60_000;

export const uploadAnswer = z
  .object({
    type: z.string().default(''),
    media_id: z.string().min(1),
    created_at: z.coerce.number().catch(0), // a string on the wire
  })
  .transform((a): Uploaded => ({ mediaId: a.media_id, type: a.type, createdAt: a.created_at }));

/** Both ways take up to a minute. An upload is repeated by itself once, when the token was dead. */
export function createMedia(api: Api): Media {
  const timeoutMs = Math.max(api.wire.timeoutMs, MEDIA_TIMEOUT_MS);
  return {
    async upload(upload) {
      const path = '/cgi-bin/media/upload';
      const body = multipartBody(path, upload);
      return api.call({ path, query: { type: upload.type }, body, timeoutMs }, uploadAnswer);
    },
    get: (mediaId, { range } = {}) =>
      withToken(api.tokens, (token) => {
        // Unpacked on the way, a length would no longer be the file's.
        const headers = { 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) };
        const request = { path: '/cgi-bin/media/get', query: { media_id: mediaId }, headers, timeoutMs };
        return download(api, withQuery(request, token));
      }),
  };
}

async function download(api: Api, request: ApiRequest): Promise<MediaFile> {
  const response = await requestApi(api.wire, request);
  const contentType = response.headers.get('content-type') ?? '';
  const disposition = response.headers.get('content-disposition') ?? '';
  // A refusal is JSON under status 200. A stored JSON file has a name with it.
  if (/\bjson\b|^text\/plain/i.test(contentType) && disposition === '') {
    readAnswer(api.wire, request, await textOf(response, request.path), z.object({}));
    throw new WecomUnreachable('unknown', request.path, 'JSON without a refusal instead of a file');
  }
  const body = response.body;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  return {
    // fetch's stream is node's own; the two type packages merely do not know each other.
    stream: body === null ? Readable.from([]) : Readable.fromWeb(body as NodeReadableStream<Uint8Array>),
    contentType,
    filename: filenameOf(disposition),
    size: Number.isSafeInteger(length) ? length : null,
    contentRange: response.headers.get('content-range') ?? '',
  };
}

/** Headers arrive as Latin-1; the platform writes UTF-8 into them. */
export function filenameOf(disposition: string): string {
  const extended = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  const plain = /filename="((?:\\.|[^"\\])*)"|filename=([^;]+)/.exec(disposition);
  const said = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? '';
  return Buffer.from(said.trim(), 'latin1').toString('utf8');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text.trim();
  }
}

export type { MediaType, Upload };
