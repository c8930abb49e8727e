// Turns what the bot says into rows of the outbox and the one text that may go back in the HTTP answer.
import type { GroupWords, Reply } from '../chat/reply.ts';
import type { RenderedCard, Voice } from '../chat/scripts/scripts.ts';
import { type Dressed, dressCard, dressText } from '../delivery/dress.ts';
import type { MediaPayload, NewOutboxRow } from '../delivery/outbox.ts';
import type { PhotoCardPayload } from '../delivery/photo-card.ts';
import type { SentInPayload } from '../delivery/sent-in.ts';
import { newId } from '../store/ids.ts';
import type { HandedFile, Notification } from '../supervision/act.ts';

export interface Outgoing {
  /** Goes back in the HTTP answer; null when the first thing said is a card, or nothing. */
  passive: string | null;
  rows: NewOutboxRow[];
}

/** Texts that follow each other are one message, so that none of them can overtake the other. */
function joined(replies: readonly Reply[]): Exclude<Reply, GroupWords>[] {
  const out: Exclude<Reply, GroupWords>[] = [];
  for (const reply of replies) {
    const last = out.at(-1);
    if (reply.kind === 'text' && last?.kind === 'text')
      out[out.length - 1] = { kind: 'text', text: `${last.text}\n${reply.text}` };
    else if (reply.kind === 'group')
      continue; // said in the group, by whom the group heard (aibot-out.ts)
    else if (reply.kind === 'greyed')
      out.unshift(reply); // the old card first, then what takes its place
    else if (reply.kind !== 'text' || reply.text !== '') out.push(reply);
  }
  return out;
}

/** Where the replies of one turn go. `passive` false: the platform no longer waits, everything takes the outbox's way. */
export function repliesOut(
  replies: readonly Reply[],
  to: { officeId: string; userId: string; inboxId: string; now: Date; passive: boolean },
): Outgoing {
  const rows: NewOutboxRow[] = [];
  let passive: string | null = null;
  const row = (of: Pick<NewOutboxRow, 'call' | 'payload'> & { taskId?: string }) =>
    rows.push({
      officeId: to.officeId,
      key: `reply-${to.inboxId}-${rows.length}`,
      recipient: `user:${to.userId.toLowerCase()}`,
      notBefore: to.now,
      ...of,
    });
  const sendable = joined(replies);
  const firstSaid = sendable.find((reply) => reply.kind !== 'greyed');
  for (const reply of sendable) {
    if (reply.kind === 'greyed') {
      row({
        call: 'card-update',
        payload: { userids: [to.userId], button: { replace_name: reply.label } },
        taskId: reply.task,
      });
      continue;
    }
    const dressed = reply.kind === 'text' ? dressText(reply.text) : dressCard(reply);
    for (const [index, payload] of dressed.entries()) {
      if (to.passive && index === 0 && reply === firstSaid && payload.msgtype === 'text')
        passive = payload.text.content;
      else
        row({
          call: 'message',
          payload,
          ...(payload.msgtype === 'template_card' && reply.kind === 'card' ? { taskId: reply.task } : {}),
        });
    }
  }
  return { passive, rows };
}

/** The words of a notification, in its receiver's language, as rows of the outbox. */
export function notificationOut(
  notification: Notification,
  to: { officeId: string; userId: string; now: Date; voice: Voice; photoCards?: boolean },
): NewOutboxRow[] {
  const card = to.voice.card(notification.key, notification.data);
  if (notification.photosOf)
    return to.photoCards ? [photoCardOut(notification, notification.photosOf, card, to)] : [];
  const task = `n-${newId()}`;
  const buttons = card.buttons?.filter((button) => button.text !== '');
  const dressed = buttons?.length ? dressCard({ task, ...card, buttons }) : plainWords(card);
  const words = dressed.map(
    (payload, index): NewOutboxRow => ({
      officeId: to.officeId,
      key: index === 0 ? notificationKey(notification) : `${notificationKey(notification)}-${index}`,
      recipient: `user:${to.userId.toLowerCase()}`,
      call: 'message',
      payload,
      urgent: notification.urgent ?? false,
      notBefore: to.now,
      ...(payload.msgtype === 'template_card' ? { taskId: task } : {}),
    }),
  );
  const files = filesOut(notification.files ?? [], {
    ...to,
    key: notificationKey(notification),
    urgent: notification.urgent ?? false,
  });
  return [...words, ...files];
}

function photoCardOut(
  notification: Notification,
  photosOf: readonly string[],
  { title, desc = '' }: RenderedCard,
  to: { officeId: string; userId: string; now: Date },
): NewOutboxRow {
  return {
    officeId: to.officeId,
    key: notificationKey(notification),
    recipient: `user:${to.userId.toLowerCase()}`,
    call: 'photo-card',
    payload: { findings: [...photosOf], title, desc, at: to.now.toISOString() } satisfies PhotoCardPayload,
    urgent: notification.urgent ?? false,
    notBefore: to.now,
  };
}

/** Files that are kept already, as rows of the outbox; `key` is the decision's. */
export function filesOut(
  files: readonly HandedFile[],
  to: { officeId: string; userId: string; now: Date; key: string; urgent?: boolean },
): NewOutboxRow[] {
  return files.map((file, index) => {
    return {
      officeId: to.officeId,
      key: `${to.key}-file-${index}`,
      recipient: `user:${to.userId.toLowerCase()}`,
      call: 'media',
      payload: payloadOf(file, to.now),
      urgent: to.urgent ?? false,
      notBefore: to.now,
    };
  });
}

function payloadOf(file: HandedFile, now: Date): MediaPayload | SentInPayload {
  if ('attachment' in file)
    return { attachment: file.attachment, name: file.name, at: now.toISOString() } satisfies SentInPayload;
  if (file.sha256 === undefined) throw new Error('a file is to be kept before it is handed out');
  return {
    kind: file.image ? 'image' : 'file',
    sha256: file.sha256,
    name: file.name,
  } satisfies MediaPayload;
}

/** A card without buttons is a message in words, or several. */
export function plainWords({ title, desc, body }: RenderedCard): Dressed[] {
  return dressText([title, desc, body].filter(Boolean).join('\n'));
}

/** The key of a notification's row; what does not fit into it goes on under the same with a number. */
export const notificationKey = ({ dedup }: Pick<Notification, 'dedup'>) => `notify-${dedup}`;
