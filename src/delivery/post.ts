// Files and messages for a whole group: through the app's own groups, or through a group's robot with its key.
import type { AppchatMessage } from '../wecom/appchat.ts';
import { ROBOT_IMAGE_BYTES } from '../wecom/limits.ts';
import { type Robot, type RobotMessage, robotImage } from '../wecom/webhook.ts';
import { beginPost, type ClaimedRow } from './claim.ts';
import type { MediaPayload } from './outbox.ts';
import { NotYet } from './put-off.ts';
import type { SendDeps } from './send.ts';
import { notSent, wholeFile, withMediaId } from './upload.ts';

type Deps = Pick<SendDeps, 'client' | 'store' | 'files' | 'now'>;

/** False: the file is lost. */
export async function postFile(deps: Deps, row: ClaimedRow, chatid: string): Promise<boolean> {
  const file = row.payload as unknown as MediaPayload; // written by `postRows` alone (app/posts.ts)
  const sent = await withMediaId(deps, row.officeId, file, async (mediaId) => {
    const body = { chatid, msgtype: file.kind, [file.kind]: { media_id: mediaId } };
    await nowPosted(deps, row);
    await deps.client.appchat.send(body as unknown as AppchatMessage); // one of the two types that carry a media id
    return true;
  });
  return sent !== null;
}

/** A robot takes small pictures inside the message and uploads of its own for all else; no media id of the app is good for it (99110). */
export async function robotFile(deps: Deps, row: ClaimedRow, robot: Robot): Promise<boolean> {
  const file = row.payload as unknown as MediaPayload; // as above
  const data = await wholeFile(deps.files, file);
  if (data === null) return false;
  if (file.kind === 'image' && data.byteLength <= ROBOT_IMAGE_BYTES) {
    await nowPosted(deps, row);
    await robot.send(robotImage(data));
    return true;
  }
  const { mediaId } = await notSent(robot.upload({ type: 'file', filename: file.name, data }));
  await nowPosted(deps, row);
  await robot.send({ msgtype: 'file', file: { media_id: mediaId } } satisfies RobotMessage);
  return true;
}

async function nowPosted({ store }: Deps, row: ClaimedRow): Promise<void> {
  if (!(await beginPost(store, row))) throw new NotYet('post');
}
