// A smart robot's long connection (PROTOCOL §16) through the official SDK: frames in, replies out, and what became of the connection.
import { type AibotInbound, readAibot } from './aibot.ts';
import { CallbackError, WecomRefused, WecomUnreachable } from './errors.ts';
import { type Uploaded, uploadAnswer } from './media.ts';
import { checkSize, type MediaType } from './multipart.ts';
import { legalText } from './xml.ts';

export interface AibotSocketSettings {
  botId: string;
  secret: string;
  /** The platform's, unless a simulator stands for it. */
  url: string;
  /** The first wait before it is tried again, doubled up to 30 s; 1 s unless said. */
  reconnectMs?: number;
  /** A wrong secret is tried again so often: a new one may take a moment until the platform knows it. */
  authRetries?: number;
}

export interface AibotFrame {
  inbound: AibotInbound;
  json: string;
  /** The request that is answered; another connection of the robot may answer it too, within a day. */
  reqId: string;
  /** Answers this message, under its request's id, as often as a stream has parts. Rejects when the platform did not take it. */
  answer(replyJson: string): Promise<void>;
}

export type AibotSocketState =
  /** Subscribed: messages come. */
  | 'ready'
  /** Gone; the SDK tries again by itself. */
  | 'lost'
  /** Another connection of the same robot took its place; nothing is tried any more. */
  | 'replaced'
  /** Bot id or secret are wrong; nothing is tried any more. */
  | 'refused';

export interface AibotSocket {
  /** Answers a message that an earlier connection heard. Rejects when the platform did not take it. */
  answer(reqId: string, replyJson: string): Promise<void>;
  /**
   * Puts a file up in parts; its id is good for three days, in answers of this robot. 30 a minute, 1,000 an hour.
   * @throws {WecomInvalid} @throws {WecomRefused} @throws {WecomUnreachable}
   */
  upload(file: { type: MediaType; filename: string; data: Uint8Array }): Promise<Uploaded>;
  close(): void;
}

const UPLOAD = 'aibot_upload_media';

/** The SDK's log holds what people write, so nobody hears it. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** The SDK is loaded only now: who has no such robot does not pay for it. */
export async function openAibotSocket(
  settings: AibotSocketSettings,
  on: { frame(frame: AibotFrame): void; state(state: AibotSocketState): void; odd(error: unknown): void },
): Promise<AibotSocket> {
  const { WSAuthFailureError, WSClient, WsCmd } = await import('@wecom/aibot-node-sdk');
  const { botId, secret, url, reconnectMs = 1_000, authRetries = 3 } = settings;
  const client = new WSClient({
    ...{ botId, secret, wsUrl: url, logger: SILENT },
    ...{ maxReconnectAttempts: -1, maxAuthFailureAttempts: authRetries, reconnectInterval: reconnectMs },
  });
  let over = false;
  const state = (next: AibotSocketState) => {
    if (!over) on.state(next);
    if (next === 'replaced' || next === 'refused') over = true;
  };

  const heard = (frame: { headers: { req_id: string }; body?: unknown }) => {
    let inbound: AibotInbound;
    try {
      inbound = readAibot(frame.body);
    } catch (err) {
      if (err instanceof CallbackError) return on.odd(err);
      throw err;
    }
    if (inbound.kind === 'aibot.disconnected') return state('replaced');
    on.frame({
      inbound,
      json: JSON.stringify(frame.body),
      reqId: frame.headers.req_id,
      async answer(replyJson) {
        await client.reply(frame, JSON.parse(replyJson), WsCmd[REPLY_TO[inbound.kind] ?? 'RESPONSE']);
      },
    });
  };
  client.on('message', heard);
  client.on('event', heard);
  client.on('authenticated', () => state('ready'));
  client.on('disconnected', () => state('lost'));
  client.on('error', (err) => {
    if (err instanceof WSAuthFailureError) state('refused');
  });
  client.connect();
  return {
    async answer(reqId, replyJson) {
      await client.reply({ headers: { req_id: reqId } }, JSON.parse(replyJson), WsCmd.RESPONSE);
    },
    async upload({ type, filename, data }) {
      checkSize(UPLOAD, type, data.byteLength);
      const named = { type, filename: legalText(filename) || 'file' };
      const put = await client.uploadMedia(Buffer.from(data), named).catch((err: unknown) => {
        throw uploadError(err);
      });
      return uploadAnswer.parse(put);
    },
    close() {
      over = true;
      client.disconnect();
    },
  };
}

/** The SDK rejects with the platform's frame, or with an error of its own. An upload that was not finished said nothing to anybody. */
function uploadError(err: unknown): WecomRefused | WecomUnreachable {
  const { errcode, errmsg } = Object(err) as { errcode?: unknown; errmsg?: unknown };
  if (typeof errcode === 'number') return new WecomRefused(errcode, String(errmsg ?? ''), undefined, UPLOAD);
  return new WecomUnreachable('not-sent', UPLOAD, 'the upload ended early', { cause: err });
}

/** Replies to events have commands of their own. */
const REPLY_TO: Partial<Record<AibotInbound['kind'], 'RESPONSE_WELCOME' | 'RESPONSE_UPDATE'>> = {
  'aibot.enter': 'RESPONSE_WELCOME',
  'aibot.tap': 'RESPONSE_UPDATE',
};
