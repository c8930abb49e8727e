// What people and the platform say to a smart robot (智能机器人, PROTOCOL §15): JSON, the same by callback and by long connection.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CallbackError } from './errors.ts';
import { legalText } from './xml.ts';

/** Where it was said. The platform names a group by its id and never says who is in it. */
export type AibotChat = { type: 'single' } | { type: 'group'; chatId: string };

export interface AibotCommon {
  aibotId: string;
  /** A userid; an encrypted id when the robot's creator is no super administrator (101031). */
  fromUser: string;
  chat: AibotChat;
  msgId: string;
  /** Unix seconds; 0 when missing. */
  createTime: number;
  /** Takes one message within an hour, without a token; '' when missing. */
  responseUrl: string;
  /** What she quoted, as text; '' when nothing, or no text. */
  quote: string;
}

export type AibotBody =
  | { kind: 'aibot.text'; content: string }
  /** Text and pictures; the texts stand in `content`, one a line. */
  | { kind: 'aibot.mixed'; content: string; pictures: number }
  /** The platform's own transcript. */
  | { kind: 'aibot.voice'; content: string }
  /** Sealed under the callback's key or, over the long connection, under `aesKey`; five minutes to be fetched. */
  | { kind: 'aibot.media'; media: 'image' | 'file' | 'video'; url: string; aesKey: string }
  /** The client asks for more of an answer that was not finished. */
  | { kind: 'aibot.stream'; streamId: string }
  | { kind: 'aibot.enter' }
  | {
      kind: 'aibot.tap';
      eventKey: string;
      taskId: string;
      cardType: string;
      selected: { questionKey: string; optionIds: string[] }[];
    }
  /** `verdict`: 1 accurate, 2 not, 3 taken back. `reasons`: 1 off topic, 2 incomplete, 3 wrong, 4 a faulty analysis. */
  | { kind: 'aibot.feedback'; verdict: number; id: string; content: string; reasons: number[] }
  /** Long connection: another one took this one's place. */
  | { kind: 'aibot.disconnected' }
  | { kind: 'aibot.unknown'; msgType: string; event: string };

export type AibotInbound = AibotCommon & AibotBody;

const text = z.object({ content: z.string().catch('') });
const link = z.object({ url: z.string().catch(''), aeskey: z.string().catch('') });
const item = z.object({ msgtype: z.string().catch(''), text: text.optional() });
const said = z.object({
  text: text.optional(),
  voice: text.optional(),
  mixed: z.object({ msg_item: z.array(item).catch([]) }).optional(),
});
const selectedItem = z.object({
  question_key: z.string().catch(''),
  option_ids: z.object({ option_id: z.array(z.string()).catch([]) }).catch({ option_id: [] }),
});
const event = z.looseObject({
  eventtype: z.string().catch(''),
  // The page's table spells the fields without the line that its samples have (PROTOCOL §15.3).
  template_card_event: z
    .object({
      card_type: z.string().optional(),
      cardtype: z.string().optional(),
      event_key: z.string().optional(),
      eventkey: z.string().optional(),
      task_id: z.string().optional(),
      taskid: z.string().optional(),
      selected_items: z
        .object({ selected_item: z.array(selectedItem).catch([]) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  feedback_event: z
    .object({
      id: z.string().catch(''),
      type: z.number().catch(0),
      content: z.string().catch(''),
      inaccurate_reason_list: z.array(z.number()).catch([]),
    })
    .optional()
    .catch(undefined),
});
const message = said.extend({
  msgid: z.string().catch(''),
  create_time: z.number().catch(0),
  aibotid: z.string().catch(''),
  chatid: z.string().catch(''),
  chattype: z.string().catch('single'),
  from: z.object({ userid: z.string().catch('') }).catch({ userid: '' }),
  response_url: z.string().catch(''),
  msgtype: z.string(),
  quote: said
    .extend({ msgtype: z.string().catch('') })
    .optional()
    .catch(undefined),
  image: link.optional(),
  file: link.optional(),
  video: link.optional(),
  stream: z.object({ id: z.string().catch('') }).optional(),
  event: event.optional(),
});
type Message = z.infer<typeof message>;

/**
 * Reads a decrypted callback, or the body of a frame (100719, 101027). What is not known is kept as `aibot.unknown`.
 * @throws {CallbackError} `bad-inner-json` when it is no JSON object with a `msgtype`.
 */
export function parseAibot(json: string): AibotInbound {
  try {
    return readAibot(JSON.parse(json));
  } catch (cause) {
    if (cause instanceof CallbackError) throw cause;
    throw new CallbackError('bad-inner-json', { cause });
  }
}

/** As `parseAibot`, of what was parsed already. */
export function readAibot(value: unknown): AibotInbound {
  const read = message.safeParse(value);
  if (!read.success) throw new CallbackError('bad-inner-json', { cause: read.error });
  const m = read.data;
  return {
    aibotId: m.aibotid,
    fromUser: m.from.userid,
    // An event of a group may leave the kind of chat out, but not the chat.
    chat:
      m.chattype === 'group' || m.chatid !== '' ? { type: 'group', chatId: m.chatid } : { type: 'single' },
    msgId: m.msgid,
    createTime: m.create_time,
    responseUrl: m.response_url,
    quote: m.quote ? wordsOf(m.quote) : '',
    ...bodyOf(m),
  };
}

function bodyOf(m: Message): AibotBody {
  switch (m.msgtype) {
    case 'text':
      return { kind: 'aibot.text', content: wordsOf(m) };
    case 'mixed': {
      const pictures = m.mixed?.msg_item.filter((one) => one.msgtype === 'image').length ?? 0;
      return { kind: 'aibot.mixed', content: wordsOf(m), pictures };
    }
    case 'voice':
      return { kind: 'aibot.voice', content: wordsOf(m) };
    case 'image':
    case 'file':
    case 'video': {
      const { url = '', aeskey: aesKey = '' } = m[m.msgtype] ?? {};
      return { kind: 'aibot.media', media: m.msgtype, url, aesKey };
    }
    case 'stream':
      return { kind: 'aibot.stream', streamId: m.stream?.id ?? '' };
    case 'event':
      return eventOf(m);
    default:
      return { kind: 'aibot.unknown', msgType: m.msgtype, event: '' };
  }
}

function eventOf({ event: said }: Message): AibotBody {
  const name = said?.eventtype ?? '';
  if (name === 'enter_chat') return { kind: 'aibot.enter' };
  if (name === 'disconnected_event') return { kind: 'aibot.disconnected' };
  if (name === 'feedback_event')
    return {
      kind: 'aibot.feedback',
      verdict: said?.feedback_event?.type ?? 0,
      id: said?.feedback_event?.id ?? '',
      content: legalText(said?.feedback_event?.content ?? ''),
      reasons: said?.feedback_event?.inaccurate_reason_list ?? [],
    };
  const tap = said?.template_card_event;
  if (name !== 'template_card_event' || !tap) return { kind: 'aibot.unknown', msgType: 'event', event: name };
  return {
    kind: 'aibot.tap',
    eventKey: tap.event_key ?? tap.eventkey ?? '',
    taskId: tap.task_id ?? tap.taskid ?? '',
    cardType: tap.card_type ?? tap.cardtype ?? '',
    selected: (tap.selected_items?.selected_item ?? []).map(({ question_key, option_ids }) => ({
      questionKey: question_key,
      optionIds: option_ids.option_id,
    })),
  };
}

function wordsOf({ text: one, voice, mixed }: z.infer<typeof said>): string {
  const parts = mixed ? mixed.msg_item.flatMap((part) => part.text?.content ?? []) : [];
  // Free words may hold what a database's text cannot.
  return legalText(mixed ? parts.join('\n') : (one?.content ?? voice?.content ?? ''));
}

/** Whether the platform shows an answer to it; to the rest it wants an empty body. */
export function takesAnswer({ kind }: AibotInbound): boolean {
  return ['aibot.text', 'aibot.mixed', 'aibot.voice', 'aibot.media', 'aibot.enter'].includes(kind);
}

const KEY_LIMIT = 200; // an index entry in a database is bounded

/** The key under which a second delivery is recognised: `msgid` (100719), or a hash of all when there is none. */
export function aibotDedupKey({ msgId, aibotId }: AibotInbound, json: string): string {
  const key = `aibot:${aibotId}:${msgId}`;
  if (msgId !== '' && key.length <= KEY_LIMIT) return key;
  return `aibot-json:${createHash('sha256').update(json).digest('hex')}`;
}

/**
 * Takes the robot's mention out of what was said in a group: `@督导助手 还差哪几所`. The name is taken wherever it stands;
 * when it is not found (renamed, or never told to us), the first word that begins with @ is. Others' mentions stay.
 */
export function withoutMention(content: string, name: string): string {
  const space = '[\\s\\u2005\\u00a0]*';
  const named =
    name === '' ? null : new RegExp(`@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${space}`, 'gu');
  const stripped = named ? content.replace(named, ' ') : content;
  const plain =
    stripped === content ? content.replace(new RegExp(`@[^\\s\\u2005\\u00a0]+${space}`, 'u'), ' ') : stripped;
  return plain.replace(/[\u2005\u00a0]/gu, ' ').trim();
}
