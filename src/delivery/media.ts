// Fetches what people sent from the platform, which forgets it after three days (PROTOCOL §2), and keeps it.
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { AIBOT_URL_MS, aibotFileOf, fetchAibotFile } from '../wecom/aibot-media.ts';
import type { WecomClient } from '../wecom/client.ts';
import { CallbackError, WecomRefused } from '../wecom/errors.ts';
import { MEDIA_DAYS, MEDIA_MAX_BYTES } from '../wecom/limits.ts';
import { type FileStore, FileTooLarge, putBytes, type StoredFile } from './files.ts';
import { fileType } from './filetype.ts';

export interface MediaDeps {
  store: Store;
  clientFor(officeId: string): WecomClient | undefined;
  /** The key under which the office's smart robot gets files by callback. */
  aibotKeyFor?(officeId: string): Buffer | null;
  files: FileStore;
  now(): Date;
  log: Log;
}

/** What the platform takes for a file is the most that it can give (90253). */
const MEDIA_BYTES = MEDIA_MAX_BYTES.file;
const KEPT_MS = MEDIA_DAYS * 86_400_000;
/** 830002: over 20 MB, and to be asked for in parts; more than we keep. */
const TOO_LARGE = 830002;

type Lost = 'expired' | 'too-large' | 'refused' | 'empty';

interface Pending {
  officeId: string;
  mediaId: string;
  createdAt: Date;
}

/**
 * Makes a pending attachment `stored`, or `lost` with why; one that is neither pending nor there is left alone.
 * Throws when it may work later: the job is then tried again, and the sweep asks for it for three days.
 */
export async function fetchAttachment(deps: MediaDeps, attachmentId: string): Promise<void> {
  const { store, log } = deps;
  const [pending] = await store.query<Pending>(
    `select office_id as "officeId", media_id as "mediaId", created_at as "createdAt"
     from attachment where id = $1 and state = 'pending'`,
    [attachmentId],
    'attachment-pending',
  );
  if (!pending) return;
  try {
    const file = await fetched(deps, pending);
    if (file === undefined) return;
    if (file.bytes === 0) return await lose(store, attachmentId, 'empty');
    const mime = fileType(file.head)?.mime ?? 'application/octet-stream';
    await store.query(
      `update attachment set state = 'stored', sha256 = $2, mime = $3, bytes = $4, why = null
       where id = $1 and state = 'pending'`,
      [attachmentId, file.sha256, mime, file.bytes],
      'attachment-stored',
    );
  } catch (err) {
    const why = lostBy(err, pending, deps.now());
    if (why === undefined) throw err;
    log.warn({ attachmentId, why, err }, 'a photo or file is lost');
    await lose(store, attachmentId, why);
  }
}

/** Undefined: the office has no platform at the moment. */
async function fetched(deps: MediaDeps, pending: Pending): Promise<StoredFile | undefined> {
  const toAibot = aibotFileOf(pending.mediaId);
  if (toAibot) {
    const callbackKey = deps.aibotKeyFor?.(pending.officeId) ?? null;
    const bytes = await fetchAibotFile(toAibot, { callbackKey, maxBytes: MEDIA_BYTES });
    return putBytes(deps.files, bytes, MEDIA_BYTES);
  }
  const client = deps.clientFor(pending.officeId);
  if (!client) return undefined;
  const { stream, size } = await client.media.get(pending.mediaId);
  try {
    if (size !== null && size > MEDIA_BYTES) throw new FileTooLarge(`${size} bytes`);
    return await deps.files.put(stream, { maxBytes: MEDIA_BYTES });
  } finally {
    stream.destroy();
  }
}

function lostBy(err: unknown, pending: Pending, now: Date): Lost | undefined {
  if (err instanceof FileTooLarge || err instanceof RangeError) return 'too-large';
  const age = now.getTime() - pending.createdAt.getTime();
  const isOld = age > (aibotFileOf(pending.mediaId) ? AIBOT_URL_MS : KEPT_MS);
  if (err instanceof CallbackError) return 'refused'; // it does not open, and will not later
  if (err instanceof WecomRefused && err.errcode === TOO_LARGE) return 'too-large';
  if (err instanceof WecomRefused && (err.verdict === 'drop' || err.verdict === 'bug'))
    return isOld || err.errcode === 40007 || err.errcode === 40145 ? 'expired' : 'refused';
  return isOld ? 'expired' : undefined;
}

async function lose(store: Store, attachmentId: string, why: Lost): Promise<void> {
  await store.query(
    `update attachment set state = 'lost', why = $2 where id = $1 and state = 'pending'`,
    [attachmentId, why],
    'attachment-lost',
  );
}
