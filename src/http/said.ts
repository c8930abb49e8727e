// What a callback says to the conversation: the platform's kinds of messages and events as the few things a talk knows.
import { placesIn } from '../chat/turn/answer/choices.ts';
import type { Said } from '../chat/turn/turn.ts';
import { type AibotInbound, withoutMention } from '../wecom/aibot.ts';
import { aibotMediaId } from '../wecom/aibot-media.ts';
import type { Inbound } from '../wecom/inbound.ts';

/** "1", "第二条", "1和3", and not a word more: all that a turn has to know of reminders for. */
export function saysNumber(inbound: Inbound | AibotInbound): boolean {
  const { kind } = inbound;
  return (
    (kind === 'text' || kind === 'aibot.text' || kind === 'aibot.voice') &&
    placesIn(inbound.content).length > 0
  );
}

/** Media that has to be fetched before it expires (3 days, 90239). */
export interface Media {
  kind: 'image' | 'voice' | 'video' | 'file';
  mediaId: string;
}

/** Whether it came through the smart robot, and not the app. */
export function isAibot(inbound: Inbound | AibotInbound): inbound is AibotInbound {
  return inbound.kind.startsWith('aibot.');
}

/**
 * What was said to the smart robot, `name` being its own. In a group only words count: a tap or a picture there would be
 * of many, and the talk is with one.
 */
export function saidToAibot(inbound: AibotInbound, name: string, attachmentId: string): Said | null {
  const isGroup = inbound.chat.type === 'group';
  switch (inbound.kind) {
    case 'aibot.text':
    case 'aibot.voice':
    case 'aibot.mixed': {
      if (isGroup) return { kind: 'group', text: withoutMention(inbound.content, name) };
      const unseen = inbound.kind === 'aibot.mixed' ? inbound.pictures : 0;
      return { kind: 'text', text: inbound.content, unseen };
    }
    case 'aibot.media':
      if (aibotMediaIn(inbound) === null) return { kind: 'unseen' };
      return { kind: inbound.media === 'file' ? 'file' : 'photo', attachmentId };
    case 'aibot.enter':
      return { kind: 'enter' };
    default:
      return null;
  }
}

/** A picture or file that she sent to the robot alone; in a group it takes none. */
export function aibotMediaIn(inbound: AibotInbound): Media | null {
  if (inbound.kind !== 'aibot.media' || inbound.chat.type === 'group' || inbound.url === '') return null;
  const { media, url, aesKey } = inbound;
  return { kind: media, mediaId: aibotMediaId({ url, aesKey }) };
}

/** Null: nothing a person said; kept, and answered with silence. */
export function saidIn(inbound: Inbound, attachmentId: string): Said | null {
  switch (inbound.kind) {
    case 'text':
      return { kind: 'text', text: inbound.content };
    case 'image':
    case 'video':
      return { kind: 'photo', attachmentId };
    case 'file':
      return inbound.mediaId === '' ? { kind: 'other' } : { kind: 'file', attachmentId };
    case 'voice':
      return { kind: 'voice' };
    case 'location':
      return { kind: 'place', label: inbound.label };
    case 'link':
      return { kind: 'other' };
    case 'unknown':
      return isUnknownMessage(inbound) ? { kind: 'other' } : null;
    case 'enter_agent':
      return { kind: 'enter' };
    case 'click':
      return { kind: 'menu', key: inbound.eventKey };
    case 'template_card_event':
    case 'template_card_menu_event':
      return { kind: 'tap', key: inbound.eventKey, task: inbound.taskId };
    default:
      return null;
  }
}

/** What has to be fetched of a message to the app; null when it brings nothing. */
export function mediaIn(inbound: Inbound): Media | null {
  switch (inbound.kind) {
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return inbound.mediaId === '' ? null : { kind: inbound.kind, mediaId: inbound.mediaId };
    default:
      return null;
  }
}

/**
 * Whether a text in the HTTP answer reaches the person. The platform's pages disagree about taps on cards, and its list
 * of events that take a reply leaves them out (PROTOCOL §3, §4): their replies take the sure way, through the outbox.
 */
export function takesReply(inbound: Inbound): boolean {
  switch (inbound.kind) {
    case 'text':
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
    case 'location':
    case 'link':
    case 'enter_agent':
    case 'click':
      return true;
    case 'unknown':
      return isUnknownMessage(inbound);
    default:
      return false;
  }
}

/** A kind of message that the platform has added since: somebody sent it, and is told that it can't be read. */
const isUnknownMessage = ({ msgType, msgId }: Extract<Inbound, { kind: 'unknown' }>): boolean =>
  msgType !== 'event' && msgId !== '';
