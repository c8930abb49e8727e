// A smart robot's door in callback mode (PROTOCOL §15.1): the app's envelope with JSON around and inside it, and no receive id.
import { z } from 'zod';
import { type AibotInbound, aibotDedupKey, parseAibot } from './aibot.ts';
import {
  BODY_LIMIT_BYTES,
  type CallbackQuery,
  createEnvelope,
  type EnvelopeSettings,
  one,
  textWithin,
} from './envelope.ts';
import { CallbackError } from './errors.ts';

export interface AibotOpened {
  inbound: AibotInbound;
  json: string;
  dedupKey: string;
  nonce: string;
}

export interface AibotCallback {
  /** @throws {CallbackError} */
  verify(query: CallbackQuery): string;
  /** @throws {CallbackError} */
  open(body: string | Uint8Array, query: CallbackQuery): AibotOpened;
  /** Seals a reply; `nonce` must be the one of the callback that is answered. */
  seal(replyJson: string, at: { nonce: string; timestamp: number; random?: Buffer }): string;
}

const outer = z.object({ encrypt: z.string().min(1) });

/** @throws {RangeError} when the key is not one. */
export function createAibotCallback(settings: Omit<EnvelopeSettings, 'receiveId'>): AibotCallback {
  const envelope = createEnvelope({ ...settings, receiveId: '' });
  return {
    verify: envelope.verify,
    open(body, query) {
      const json = envelope.open(encryptedOf(textWithin(body, BODY_LIMIT_BYTES)), query);
      const inbound = parseAibot(json);
      return { inbound, json, dedupKey: aibotDedupKey(inbound, json), nonce: one(query, 'nonce') };
    },
    seal(replyJson, { nonce, timestamp, random }) {
      const { encrypted, signature } = envelope.seal(replyJson, { nonce, timestamp, random });
      return JSON.stringify({ encrypt: encrypted, msgsignature: signature, timestamp, nonce });
    },
  };
}

function encryptedOf(body: string): string {
  try {
    return outer.parse(JSON.parse(body)).encrypt;
  } catch (cause) {
    throw new CallbackError('bad-json', { cause });
  }
}
