// Makes the one call of the platform that a row stands for, with what is only known at the moment of sending.
import type { Store } from '../store/store.ts';
import type { AppchatCreate, AppchatMessage, AppchatUpdate } from '../wecom/appchat.ts';
import type { CardUpdate, WecomClient } from '../wecom/client.ts';
import { DUPLICATE_CHECK_DEFAULT_S } from '../wecom/limits.ts';
import type { OutgoingMessage } from '../wecom/messages.ts';
import type { Robot, RobotMessage } from '../wecom/webhook.ts';
import { castCard, castCodeSpent } from './cast.ts';
import type { ClaimedRow } from './claim.ts';
import { currentDigest, type WordDigest } from './digest.ts';
import type { FileStore } from './files.ts';
import { type MediaPayload, putRows } from './outbox.ts';
import type { Accepted } from './outcome.ts';
import { type FindPhotos, type PhotoCardPayload, photoCard } from './photo-card.ts';
import { postFile, robotFile } from './post.ts';
import { Later, NothingToDo, NotYet } from './put-off.ts';
import { type SentInPayload, sentIn } from './sent-in.ts';
import { withMediaId } from './upload.ts';

export interface SendDeps {
  store: Store;
  client: WecomClient;
  robotFor?(officeId: string, name: string): Promise<Robot | undefined>;
  /** Left out: nobody reaches this bot from outside, so no card bears a picture. */
  photosFor?: FindPhotos;
  wordDigest: WordDigest;
  /** Where what is handed out lies. */
  files: FileStore;
  now(): Date;
}

/**
 * 90236: while the check is asked for, a JSON that is identical to an earlier one is not delivered within the interval.
 * So it must be asked for from the first attempt on, or a retry would not be identical; and another row with the same
 * words must not be identical either, or a second "received" within half an hour would vanish. The interval does both:
 * it is the same for each attempt of a row, and another for each of the recipient's next 1,800 rows, more than she may be
 * sent in the longest interval. By chance it must not be: somewhere in a country two of 1,800 meet every day.
 */
const CHECK_SECONDS = DUPLICATE_CHECK_DEFAULT_S;

const duplicateCheck = ({ nth }: Pick<ClaimedRow, 'nth'>) => ({
  enable_duplicate_check: 1,
  duplicate_check_interval: CHECK_SECONDS + (nth % CHECK_SECONDS),
});

const ACCEPTED: Accepted = { invalid: [], unlicensed: [] };

/**
 * Throws what the client throws. The bodies are not checked here: the client checks each with its schema before it
 * leaves (WecomInvalid), which is why a row's payload may be taken for the type that its call wants.
 */
export async function send(deps: SendDeps, row: ClaimedRow): Promise<Accepted> {
  const to = row.recipient.slice(row.recipient.indexOf(':') + 1);
  switch (row.call) {
    case 'message':
      return sendBody(deps, row, { touser: to, ...row.payload });
    case 'media':
      return sendFile(deps, row, to);
    case 'photo-card':
      return sendPhotoCard(deps, row, to);
    case 'digest':
      return sendDigest(deps, row, to);
    case 'card-update':
      return updateCard(deps, row, to);
    case 'recall':
      await deps.client.recall(await messageToRecall(deps.store, row));
      return ACCEPTED;
    case 'appchat':
      await deps.client.appchat.send({ chatid: to, ...row.payload } as unknown as AppchatMessage); // see above
      return ACCEPTED;
    // Twice is once: the group's id is our own, and members who are there already stay there.
    case 'appchat-create':
      await deps.client.appchat.create({ chatid: to, ...row.payload } as unknown as AppchatCreate); // see above
      return ACCEPTED;
    case 'appchat-update':
      await deps.client.appchat.update({ chatid: to, ...row.payload } as unknown as AppchatUpdate); // see above
      return ACCEPTED;
    case 'appchat-media':
      if (!(await postFile(deps, row, to))) throw new NothingToDo('file-lost');
      return ACCEPTED;
    case 'robot':
      await (await robotOf(deps, row.officeId, to)).send(row.payload as unknown as RobotMessage); // see above
      return ACCEPTED;
    case 'robot-media':
      if (!(await robotFile(deps, row, await robotOf(deps, row.officeId, to))))
        throw new NothingToDo('file-lost');
      return ACCEPTED;
  }
}

async function sendBody({ client }: SendDeps, row: ClaimedRow, message: object): Promise<Accepted> {
  const body = { ...duplicateCheck(row), ...message } as unknown as OutgoingMessage; // see above
  const { msgid, responseCode, invalidUsers, unlicensedUsers } = await client.send(body);
  return { msgid, responseCode, invalid: invalidUsers, unlicensed: unlicensedUsers };
}

/** Photos that are long in coming hold up nobody's next message: they can be asked for when they are here. */
const PHOTOS_WAIT_MS = 30_000;

async function sendPhotoCard(deps: SendDeps, row: ClaimedRow, to: string): Promise<Accepted> {
  const payload = row.payload as unknown as PhotoCardPayload; // written by `notificationOut` alone
  const found = (await deps.photosFor?.(row)) ?? 'none';
  const isFresh = deps.now().getTime() - Date.parse(payload.at) < PHOTOS_WAIT_MS;
  if (found === 'coming' && isFresh) throw new NotYet('photos');
  if (found === 'coming' || found === 'none') throw new NothingToDo('quiet.no-photos');
  return sendBody(deps, row, { touser: to, ...photoCard(payload, found) });
}

/** What does not fit into one message follows it as messages of its own. */
async function sendDigest(deps: SendDeps, row: ClaimedRow, to: string): Promise<Accepted> {
  const said = await currentDigest(deps, row);
  if (said === 'nothing') throw new NothingToDo('quiet.settled');
  if (said === 'superseded') throw new NothingToDo('quiet.superseded');
  if (said === 'busy') throw new NotYet('digest');
  if ('later' in said) throw new Later(said.later);
  const [first = {}, ...rest] = said;
  const accepted = await sendBody(deps, row, { touser: to, ...first });
  if (accepted.invalid.length + accepted.unlicensed.length === 0)
    await putRows(
      { sql: deps.store.query },
      rest.map((payload, index) => ({
        ...{ officeId: row.officeId, recipient: row.recipient, call: 'message', payload },
        ...{ key: `${row.key}-${index + 1}`, notBefore: deps.now() },
      })),
    );
  return accepted;
}

/** The robot behind a name; its key is a credential, so no row holds it. It may have been taken off meanwhile. */
async function robotOf(deps: SendDeps, officeId: string, name: string): Promise<Robot> {
  const robot = await deps.robotFor?.(officeId, name);
  if (!robot) throw new NothingToDo('robot-out');
  return robot;
}

/** Puts the file up when the platform has not got it (any more), and sends it. */
async function sendFile(deps: SendDeps, row: ClaimedRow, to: string): Promise<Accepted> {
  const payload = row.payload as unknown as MediaPayload | SentInPayload; // whoever writes such a row says so with `satisfies`
  const file = 'attachment' in payload ? await sentIn(deps, payload) : payload;
  const sent = await withMediaId(deps, row.officeId, file, async (mediaId) => {
    const body = {
      touser: file.touser ?? to,
      ...duplicateCheck(row),
      msgtype: file.kind,
      [file.kind]: { media_id: mediaId },
    } as unknown as OutgoingMessage; // one of the two types that carry a media id
    const { msgid, invalidUsers, unlicensedUsers } = await deps.client.send(body);
    return { msgid, invalid: invalidUsers, unlicensed: unlicensedUsers };
  });
  if (sent === null) throw new NothingToDo('file-lost');
  return sent;
}

interface Card {
  state: string;
  code: string | null;
  /** It waits for its turn behind the very row that would change it: neither would ever leave. */
  behind?: boolean;
}

/**
 * Uses up the newest right to change the card. It is taken out of the row only afterwards: after an unknown outcome
 * the same code is tried again, and a second use of it changes nothing (60140).
 */
async function updateCard({ store, client }: SendDeps, row: ClaimedRow, to: string): Promise<Accepted> {
  const cast = await castCard(store, row, to);
  const [card]: Card[] =
    cast ??
    (await store.query<Card>(
      `select state, response_code as code, recipient = $3 and id > $4 as behind from outbox
     where office_id = $1 and task_id = $2 and call = 'message' order by id desc limit 1`,
      [row.officeId, row.taskId, row.recipient, row.id],
      'outbox-card',
    ));
  if (!card?.code) {
    if (card && !card.behind && ['pending', 'sending', 'unknown'].includes(card.state))
      throw new NotYet('card');
    throw new NothingToDo('quiet.no-card-code');
  }
  const whom = ['userids', 'partyids', 'tagids', 'atall'].some((key) => key in row.payload)
    ? {}
    : { userids: [to] };
  const body = { ...whom, ...row.payload, response_code: card.code } as unknown as CardUpdate; // as in `send`
  const { invalidUsers } = await client.updateCard(body);
  if (cast) await castCodeSpent(store, row, to, card.code);
  else
    await store.query(
      `update outbox set response_code = null where office_id = $1 and task_id = $2 and response_code = $3`,
      [row.officeId, row.taskId, card.code],
      'outbox-code-spent',
    );
  return { invalid: invalidUsers, unlicensed: [] };
}

/** The msgid, by the key of the row that sent it. One that never left is kept from leaving. */
async function messageToRecall(store: Store, row: ClaimedRow): Promise<string> {
  const { msgid, key } = row.payload;
  if (typeof msgid === 'string') return msgid;
  const [sent] = await store.query<{ state: string; msgid: string | null }>(
    `update outbox set
       state = case when state = 'pending' then 'refused' else state end,
       why = case when state = 'pending' then 'quiet.nothing-to-recall' else why end
     where office_id = $1 and key = $2 and call in ('message', 'media') returning state, msgid`,
    [row.officeId, key],
    'outbox-recall',
  );
  if (sent?.msgid) return sent.msgid;
  if (sent && ['sending', 'unknown'].includes(sent.state)) throw new NotYet('message');
  throw new NothingToDo('quiet.nothing-to-recall');
}
