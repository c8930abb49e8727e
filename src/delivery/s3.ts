// Photos and files in any S3-compatible store, for deployments of several machines: the same names as in a folder, under a prefix.
import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { AppError } from '../errors.ts';
import { drafted, type FileStore, placeUnder } from './files.ts';

export interface S3Settings {
  /** Such as `https://s3.example.cn`; the bucket follows as the first part of the path, which every such store understands. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Before each name, such as `dudao/`; may be empty. */
  prefix: string;
}

const TIMEOUT_MS = 30_000;
/** After 0.1, 0.2 and 0.4 s; what fails then is tried again by the job that asked. */
const RETRIES = 3;

/**
 * A file is there when `put` resolves: the store compared the hash that names it with what arrived. `incoming`: a folder for
 * what is under way. Both throw `store.unreachable` (later) when the store does not do as asked; no key is ever named.
 */
export function s3Files(settings: S3Settings, incoming: string): FileStore {
  const { accessKeyId, secretAccessKey, region, endpoint, bucket, prefix } = settings;
  const client = new AwsClient({
    ...{ accessKeyId, secretAccessKey, region },
    service: 's3',
    retries: RETRIES,
    initRetryMs: 100,
  });
  const urlOf = (sha256: string) =>
    `${endpoint.replace(/\/+$/, '')}/${bucket}/${prefix}${placeUnder(sha256)}`;

  async function call(sha256: string, init: RequestInit): Promise<Response> {
    const answer = await client
      .fetch(urlOf(sha256), { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
      .catch((cause: unknown) => {
        throw new AppError('store.unreachable', 'later', { what: 's3' }, { cause });
      });
    if (answer.ok || answer.status === 404) return answer;
    await answer.body?.cancel();
    throw new AppError('store.unreachable', 'later', { what: 's3', status: answer.status });
  }

  return {
    put: (stream, { maxBytes }) =>
      drafted(incoming, stream, maxBytes, async (draft, { sha256 }) => {
        const body = await openAsBlob(draft);
        const answer = await call(sha256, {
          method: 'PUT',
          body,
          headers: { 'x-amz-content-sha256': sha256 },
        });
        // "Not found" is about the bucket here.
        if (!answer.ok)
          throw new AppError('store.unreachable', 'later', { what: 's3', status: answer.status });
      }),

    async get(sha256) {
      const answer = await call(sha256, { method: 'GET' });
      if (answer.ok && answer.body) return Readable.fromWeb(answer.body as ReadableStream); // the same thing under two types
      await answer.body?.cancel();
      return undefined;
    },
  };
}
