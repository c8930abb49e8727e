// Who may show a photo: only the one who sent it, whatever record it is put to.
import { AppError } from '../errors.ts';
import type { ActContext } from './act.ts';

/** Throws `act.not-allowed` when one of these attachments is not the actor's own, or not there. */
export async function refuseOthersPhotos(context: ActContext, photos: readonly string[]): Promise<void> {
  const db = await context.tx.db();
  const own = await db.attachment.count({
    where: { id: { in: [...photos] }, personId: context.actor.personId },
  });
  if (own !== photos.length) throw new AppError('act.not-allowed', 'never', { what: 'photo' });
}
