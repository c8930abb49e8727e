// The key of a group robot is a credential: whoever types one sends it in a message, and from the door on nobody sees it but sealed.
import type { AibotInbound } from '../wecom/aibot.ts';
import type { Inbound } from '../wecom/inbound.ts';
import type { Envelope } from './accept.ts';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** The webhook's address with its key, or the key alone, which has the shape of a UUID (99110). */
const KEY = new RegExp(
  `https?://[^\\s<>"']*/cgi-bin/webhook/(?:send|upload_media)\\?[^\\s<>"']*?\\bkey=([0-9a-z_-]{6,64})|(?<![0-9a-f-])(${UUID})(?![0-9a-f-])`,
  'giu',
);
/** How a sealed key stands in a text, for the slot that takes it (chat/slots/robots.ts). */
const TOKEN = /〔密钥v1\.[\w-]+〕/gu;
const HIDDEN = '〔密钥已隐去〕';

/**
 * Keys in what was typed, sealed in their place; in the envelope as well, which may have to lie on the disk for a while.
 * What was typed in a group is taken for no key: the robot is registered between the two.
 */
export function hushed(envelope: Envelope, seal: (key: string) => string): Envelope {
  const { inbound } = envelope;
  const typed = wordsOf(inbound);
  if (typed === null || typed.search(KEY) < 0) return envelope;
  const inGroup = 'chat' in inbound && inbound.chat.type === 'group';
  const tokens = new Map<string, string>();
  const content = typed.replaceAll(KEY, (_, ofAddress?: string, alone?: string) => {
    const key = ofAddress ?? alone ?? '';
    const token = inGroup ? HIDDEN : (tokens.get(key) ?? `〔密钥${seal(key)}〕`);
    tokens.set(key, token);
    return token;
  });
  // A key has no sign that XML or JSON would write otherwise.
  const xml = [...tokens].reduce((text, [key, token]) => text.replaceAll(key, token), envelope.xml);
  return { ...envelope, inbound: withWords(inbound, content), xml };
}

/** What is kept of the message for good: not even the sealed key. */
export function withoutKeys(inbound: Envelope['inbound']): Envelope['inbound'] {
  const typed = wordsOf(inbound);
  return typed === null ? inbound : withWords(inbound, typed.replaceAll(TOKEN, HIDDEN));
}

function wordsOf(inbound: Inbound | AibotInbound): string | null {
  return inbound.kind === 'text' || inbound.kind === 'aibot.text' ? inbound.content : null;
}

function withWords(inbound: Inbound | AibotInbound, content: string): Inbound | AibotInbound {
  return inbound.kind === 'text' || inbound.kind === 'aibot.text' ? { ...inbound, content } : inbound;
}
