// The JSON that the platform tells a smart robot (100719, 101027), field by field as the pages show it.
import { randomBytes } from 'node:crypto';
import type { Json } from '../fields.ts';

export const newId = (): string => randomBytes(16).toString('base64url');

export interface Asker {
  aibotId: string;
  userId: string;
  /** `aibot:<id>` or `group:<chatid>`. */
  chatId: string;
  /** Where the one answer without a token goes; '' for events that have none. */
  responseUrl: string;
}

function head({ aibotId, userId, chatId, responseUrl }: Asker, msgid: string): Json {
  const group = /^group:(.+)$/.exec(chatId)?.[1];
  return {
    msgid,
    aibotid: aibotId,
    ...(group === undefined ? {} : { chatid: group }),
    chattype: group === undefined ? 'single' : 'group',
    from: { userid: userId },
    ...(responseUrl === '' ? {} : { response_url: responseUrl }),
  };
}

export const textBody = (asker: Asker, msgid: string, content: string): Json => ({
  ...head(asker, msgid),
  msgtype: 'text',
  text: { content },
});

/** A picture, file or video; `object` says where it lies. */
export const fileBody = (
  asker: Asker,
  msgid: string,
  kind: 'image' | 'file' | 'video',
  object: Json,
): Json => ({
  ...head(asker, msgid),
  msgtype: kind,
  [kind]: object,
});

/** The client asks for more of an answer that was not finished. */
export const streamBody = (asker: Asker, streamId: string): Json => ({
  ...head({ ...asker, responseUrl: '' }, newId()),
  msgtype: 'stream',
  stream: { id: streamId },
});

export const eventBody = (
  asker: Asker,
  msgid: string,
  at: number,
  eventtype: string,
  event: Json = {},
): Json => ({
  ...head(asker, msgid),
  create_time: Math.floor(at / 1000),
  msgtype: 'event',
  event: { eventtype, [eventtype]: event },
});

/** A tap on a card, without the envelope that says whose and where. */
export function tapEvent(tap: {
  key: string;
  taskId: string;
  cardType: string;
  selected: Record<string, string[]>;
}): Json {
  const selected = Object.entries(tap.selected).map(([question, ids]) => ({
    question_key: question,
    option_ids: { option_id: ids },
  }));
  return {
    card_type: tap.cardType,
    event_key: tap.key,
    task_id: tap.taskId,
    selected_items: { selected_item: selected },
  };
}
