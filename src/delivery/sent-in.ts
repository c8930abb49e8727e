// What one person sent in and another asked to see: it may be on its way here still, and is sent on when it is here, without being asked for again.
import type { Store } from '../store/store.ts';
import { extensionOf } from './filetype.ts';
import type { MediaPayload } from './outbox.ts';
import { Later, NothingToDo } from './put-off.ts';

export interface SentInPayload {
  attachment: string;
  /** Without its ending, which is only known when it is here. */
  name: string;
  /** When it was asked for, in ISO. */
  at: string;
}

/** Whoever asked was told that more may come; a photo of this morning does not come in the middle of the night. */
const WAITS_MS = 60 * 60_000;
/** How soon it is looked for again: at first soon, then the less often the longer it has not come. */
const SOONEST_MS = 500;
const LATEST_MS = 60_000;

/** The platform takes JPEG and PNG as pictures (90253); anything else goes as a file. */
const PICTURES: readonly string[] = ['image/jpeg', 'image/png'];

/** The kept file. Throws `Later` while it is on its way here, which holds up nothing behind it. */
export async function sentIn(
  { store, now }: { store: Pick<Store, 'query'>; now(): Date },
  { attachment, name, at }: SentInPayload,
): Promise<MediaPayload> {
  const [found] = await store.query<{ state: string; sha256: string | null; mime: string | null }>(
    'select state, sha256, mime from attachment where id = $1',
    [attachment],
    'sent-in',
  );
  const age = now().getTime() - Date.parse(at);
  if (found?.state === 'pending' && age < WAITS_MS)
    throw new Later(new Date(now().getTime() + Math.min(Math.max(age / 2, SOONEST_MS), LATEST_MS)));
  if (!found?.sha256) throw new NothingToDo('quiet.no-photos');
  const mime = found.mime ?? '';
  return {
    kind: PICTURES.includes(mime) ? 'image' : 'file',
    sha256: found.sha256,
    name: `${name}.${extensionOf(mime)}`,
  };
}
