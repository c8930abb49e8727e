// Puts a kept file up to the platform and remembers under which media id, so that one file for a hundred people goes up once.
import { AppError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { WecomClient } from '../wecom/client.ts';
import { WecomInvalid, WecomRefused, WecomUnreachable } from '../wecom/errors.ts';
import { MEDIA_DAYS, MEDIA_MAX_BYTES } from '../wecom/limits.ts';
import type { FileStore } from './files.ts';
import type { MediaPayload } from './outbox.ts';

export interface UploadDeps {
  store: Store;
  client: WecomClient;
  files: FileStore;
  now(): Date;
}

/** An id that is nearly as old as the platform keeps it is not worth the risk. */
const GOOD_FOR_MS = (MEDIA_DAYS * 24 - 4) * 3_600_000;

/** 40007: the platform no longer knows the media id, though its three days were not over. */
const DEAD_MEDIA = 40007;

/**
 * Hands the platform's id for this file to `use`, putting the file up first when the platform has not got it, and once
 * more when it has forgotten it. Null: we have lost the file. Throws what the client throws.
 */
export async function withMediaId<T>(
  deps: UploadDeps,
  officeId: string,
  file: MediaPayload,
  use: (mediaId: string) => Promise<T>,
): Promise<T | null> {
  const attempt = async () => {
    const mediaId = await mediaIdOf(deps, officeId, file);
    return mediaId === null ? null : use(mediaId);
  };
  try {
    return await attempt();
  } catch (err) {
    if (!(err instanceof WecomRefused) || err.errcode !== DEAD_MEDIA) throw err;
    await forgetMediaId(deps, officeId, file);
    return attempt();
  }
}

/** From an earlier upload of the last days, or a new one. */
async function mediaIdOf(
  { store, client, files, now }: UploadDeps,
  officeId: string,
  file: MediaPayload,
): Promise<string | null> {
  const named = [officeId, file.sha256, file.kind, file.name];
  const [known] = await store.query<{ mediaId: string }>(
    `select media_id as "mediaId" from uploaded_media
     where office_id = $1 and sha256 = $2 and kind = $3 and name = $4 and uploaded_at > $5`,
    [...named, new Date(now().getTime() - GOOD_FOR_MS)],
    'media-known',
  );
  if (known) return known.mediaId;
  const data = await wholeFile(files, file);
  if (data === null) return null;
  const { mediaId } = await notSent(client.media.upload({ type: file.kind, filename: file.name, data }));
  await store.query(
    `insert into uploaded_media (office_id, sha256, kind, name, media_id, uploaded_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (office_id, sha256, kind, name) do update set media_id = $5, uploaded_at = $6`,
    [...named, mediaId, now()],
    'media-uploaded',
  );
  return mediaId;
}

async function forgetMediaId(
  { store }: Pick<UploadDeps, 'store'>,
  officeId: string,
  { sha256, kind, name }: MediaPayload,
): Promise<void> {
  await store.query(
    'delete from uploaded_media where office_id = $1 and sha256 = $2 and kind = $3 and name = $4',
    [officeId, sha256, kind, name],
    'media-forgotten',
  );
}

/** An upload says nothing to anybody: one without an answer counts as not sent. */
export async function notSent<T>(upload: Promise<T>): Promise<T> {
  try {
    return await upload;
  } catch (err) {
    if (!(err instanceof WecomUnreachable)) throw err;
    throw new WecomUnreachable('not-sent', err.path, err.what, { cause: err });
  }
}

/**
 * Null: we have lost it. In memory: an upload may have to be repeated, and the platform takes no more than 20 MB.
 * Throws `store.unreachable` (later) when the file store does not give all of it now.
 */
export async function wholeFile(
  files: FileStore,
  { sha256, kind }: MediaPayload,
): Promise<Uint8Array | null> {
  try {
    const stream = await files.get(sha256);
    return stream ? await bytesOf(stream, kind) : null;
  } catch (err) {
    if (err instanceof WecomInvalid || err instanceof AppError) throw err;
    throw new AppError('store.unreachable', 'later', { what: 'files' }, { cause: err });
  }
}

async function bytesOf(stream: AsyncIterable<Uint8Array>, kind: MediaPayload['kind']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > MEDIA_MAX_BYTES[kind])
      throw new WecomInvalid('/cgi-bin/media/upload', [`${kind}: more than ${MEDIA_MAX_BYTES[kind]} bytes`]);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
