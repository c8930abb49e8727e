// What people and the platform say to the app, as one typed union. Whatever is not known is kept as `unknown`: the
// platform adds types without notice, and a callback refused for its novelty would be sent again and then lost.
import { createHash } from 'node:crypto';
import { type EventBody, readEvent } from './events.ts';
import { type Fields, fieldsOf, numberOf } from './fields.ts';
import { parseXml, textOf, wordOf, type XmlElement } from './xml.ts';

/** What every callback carries. */
export interface Common {
  /** The corp id. */
  toUser: string;
  /** Who did it: a userid as given, or `sys`. */
  fromUser: string;
  /** Unix seconds, of the platform's clock; 0 when missing. */
  createTime: number;
  /** null when the callback belongs to no app. */
  agentId: number | null;
}

interface MessageBase extends Common {
  /** A 64-bit number: kept as text, JavaScript would round it. Unique per sender and app only. */
  msgId: string;
}

export interface TextMessage extends MessageBase {
  kind: 'text';
  content: string;
}
/** Media ids live three days: fetch at once. */
export interface ImageMessage extends MessageBase {
  kind: 'image';
  mediaId: string;
  picUrl: string;
}
export interface VoiceMessage extends MessageBase {
  kind: 'voice';
  mediaId: string;
  /** `amr`, `speex`, … There is no transcript. */
  format: string;
}
export interface VideoMessage extends MessageBase {
  kind: 'video';
  mediaId: string;
  thumbMediaId: string;
}
export interface LocationMessage extends MessageBase {
  kind: 'location';
  latitude: number | null;
  longitude: number | null;
  scale: number | null;
  label: string;
  /** `wxwork`; '' when it comes from the WeChat side. */
  appType: string;
}
export interface LinkMessage extends MessageBase {
  kind: 'link';
  title: string;
  description: string;
  url: string;
  picUrl: string;
}
/** Not documented, but seen in the field; any part may be empty. */
export interface FileMessage extends MessageBase {
  kind: 'file';
  mediaId: string;
  fileName: string;
}

export type Message =
  | TextMessage
  | ImageMessage
  | VoiceMessage
  | VideoMessage
  | LocationMessage
  | LinkMessage
  | FileMessage;

export interface Unknown extends Common {
  kind: 'unknown';
  msgType: string;
  /** The event's name, '' for a message. */
  event: string;
  msgId: string;
  fields: Fields;
}

export type EventInbound = Common & EventBody;
export type Inbound = Message | EventInbound | Unknown;

const MESSAGE_KINDS: ReadonlySet<string> = new Set<Message['kind']>([
  'text',
  'image',
  'voice',
  'video',
  'location',
  'link',
  'file',
]);

/** True for what a person sent as a message (text, photo, place …), false for events and the unknown. */
export function isMessage(inbound: Inbound): inbound is Message {
  return MESSAGE_KINDS.has(inbound.kind);
}

/**
 * Reads a decrypted callback (90239, 90240). Order of elements and use of CDATA do not matter.
 * @throws {CallbackError} `bad-xml` when it is not well-formed; never for an unknown type or a missing field.
 */
export function parseInbound(xml: string): Inbound {
  return readInbound(parseXml(xml, { maxElements: 20_000 }));
}

function readInbound(root: XmlElement): Inbound {
  const common: Common = {
    toUser: wordOf(root, 'ToUserName'),
    fromUser: wordOf(root, 'FromUserName'),
    createTime: numberOf(root, 'CreateTime') ?? 0,
    agentId: numberOf(root, 'AgentID') ?? numberOf(root, 'AgentId'),
  };
  const msgType = wordOf(root, 'MsgType');
  const msgId = wordOf(root, 'MsgId');
  const event = msgType === 'event' ? wordOf(root, 'Event') : '';
  const body = msgType === 'event' ? readEvent(event, root) : readMessage(msgType, root);
  if (body === undefined)
    return { ...common, kind: 'unknown', msgType, event, msgId, fields: fieldsOf(root) };
  // One spread for two families; each body is whole in its own family.
  return isMessageBody(body) ? { ...common, ...body, msgId } : { ...common, ...body };
}

type MessageBody = Message extends infer M ? (M extends Message ? Omit<M, keyof MessageBase> : never) : never;

function isMessageBody(body: MessageBody | EventBody): body is MessageBody {
  return MESSAGE_KINDS.has(body.kind);
}

function readMessage(msgType: string, root: XmlElement): MessageBody | undefined {
  const mediaId = wordOf(root, 'MediaId');
  switch (msgType) {
    case 'text':
      return { kind: 'text', content: textOf(root, 'Content') };
    case 'image':
      return { kind: 'image', mediaId, picUrl: wordOf(root, 'PicUrl') };
    case 'voice':
      return { kind: 'voice', mediaId, format: wordOf(root, 'Format') };
    case 'video':
      return { kind: 'video', mediaId, thumbMediaId: wordOf(root, 'ThumbMediaId') };
    case 'location':
      return {
        kind: 'location',
        latitude: numberOf(root, 'Location_X'),
        longitude: numberOf(root, 'Location_Y'),
        scale: numberOf(root, 'Scale'),
        label: textOf(root, 'Label'),
        appType: wordOf(root, 'AppType'),
      };
    case 'link':
      return {
        kind: 'link',
        title: textOf(root, 'Title'),
        description: textOf(root, 'Description'),
        url: wordOf(root, 'Url'),
        picUrl: wordOf(root, 'PicUrl'),
      };
    case 'file':
      return { kind: 'file', mediaId, fileName: textOf(root, 'FileName') || textOf(root, 'Title') };
    default:
      return undefined;
  }
}

const KEY_LIMIT = 200; // an index entry in a database is bounded; ids of the platform are far shorter

/**
 * The key under which a second delivery is recognised: for messages MsgId with sender and app (MsgId alone repeats),
 * for events a hash of the decrypted XML (sender and second together lose real events).
 */
export function dedupKey(inbound: Inbound, xml: string): string {
  const msgId = isMessage(inbound) || inbound.kind === 'unknown' ? inbound.msgId : '';
  const key = `msg:${inbound.agentId ?? ''}:${inbound.fromUser.toLowerCase()}:${msgId}`;
  if (msgId !== '' && key.length <= KEY_LIMIT) return key;
  return `xml:${createHash('sha256').update(xml).digest('hex')}`;
}
