// The door: believes nothing of a callback before size, shape, signature, cipher and receive id were checked, in that order.
import { BODY_LIMIT_BYTES, type CallbackQuery, createEnvelope, one, textWithin } from './envelope.ts';
import { CallbackError } from './errors.ts';
import { dedupKey, type Inbound, parseInbound } from './inbound.ts';
import { childrenOf, element, legalText, parseXml, type XmlElement } from './xml.ts';

export { BODY_LIMIT_BYTES, type CallbackQuery, MAX_AGE_MS } from './envelope.ts';

export interface CallbackSettings {
  corpId: string;
  /** When set, a message or event of another app is refused. */
  agentId?: number;
  token: string;
  /** The 43 characters of the console. */
  encodingAesKey: string;
  /** See EnvelopeSettings; the corp id unless said. */
  receiveId?: string;
  maxAgeMs?: number;
  bodyLimit?: number;
  /** The clock. Left out, it is the system's. */
  now?: () => Date;
}

export interface Opened {
  inbound: Inbound;
  /** The decrypted XML, without characters that XML (and a database's text) cannot hold. */
  xml: string;
  dedupKey: string;
  toUser: string;
  agentId: number | null;
  timestamp: string;
  nonce: string;
}

export interface Callback {
  /** Answers the console's URL check (90968): the exact body to send within 1 s. @throws {CallbackError} */
  verify(query: CallbackQuery): string;
  /** Opens a POST. @throws {CallbackError} for whatever is not to be believed; map every one to the same 4xx. */
  open(body: string | Uint8Array, query: CallbackQuery): Opened;
  /** Seals a passive reply (90968); `timestamp` and `nonce` may be those of the request. */
  seal(replyXml: string, at: { timestamp: string | number; nonce: string; random?: Buffer }): string;
}

/** @throws {RangeError} when the key is not one. */
export function createCallback(settings: CallbackSettings): Callback {
  const { corpId, agentId, bodyLimit = BODY_LIMIT_BYTES } = settings;
  const envelope = createEnvelope({ ...settings, receiveId: settings.receiveId ?? corpId });

  return {
    verify: envelope.verify,

    open(body, query) {
      const xml = legalText(envelope.open(encryptedOf(textWithin(body, bodyLimit)), query));
      const inbound = readInner(xml);
      if (agentId !== undefined && !isFor(inbound, agentId)) throw new CallbackError('agent-mismatch');
      return {
        inbound,
        xml,
        dedupKey: dedupKey(inbound, xml),
        toUser: inbound.toUser,
        agentId: inbound.agentId,
        timestamp: one(query, 'timestamp'),
        nonce: one(query, 'nonce'),
      };
    },

    seal(replyXml, { timestamp, nonce, random }) {
      const sealed = envelope.seal(replyXml, { timestamp, nonce, random });
      return element('xml', [
        element('Encrypt', sealed.encrypted),
        element('MsgSignature', sealed.signature),
        element('TimeStamp', Number(timestamp)),
        element('Nonce', nonce),
      ]);
    },
  };
}

function encryptedOf(body: string): string {
  const found = childrenOf(parseXml(body, { maxDepth: 4, maxElements: 16 }), 'Encrypt');
  const only: XmlElement | undefined = found.length === 1 ? found[0] : undefined;
  const encrypted = only?.hasCdata ? only.text : only?.text.trim();
  if (!encrypted) throw new CallbackError('bad-xml');
  return encrypted;
}

function readInner(xml: string): Inbound {
  try {
    return parseInbound(xml);
  } catch (cause) {
    throw new CallbackError('bad-inner-xml', { cause });
  }
}

/** Shared-app events carry the upstream app's id, and what is unknown may mean anything by it. */
function isFor(inbound: Inbound, agentId: number): boolean {
  if (inbound.agentId === null || inbound.agentId === agentId) return true;
  return (
    inbound.kind === 'share_agent_change' ||
    inbound.kind === 'share_chain_change' ||
    inbound.kind === 'unknown'
  );
}
