// Builds the callback's door alone, with real cryptography and three lambdas instead of a house behind it.
import { afterEach } from 'vitest';
import { acceptor, type Envelope, type RunTurn, SpoolFailed, senderOf } from '../../src/http/accept.ts';
import type { Budget } from '../../src/http/passive.ts';
import { createServer } from '../../src/http/server.ts';
import { oneAtATime } from '../../src/http/turns.ts';
import { createLog } from '../../src/log.ts';
import { createCallback } from '../../src/wecom/callback.ts';
import { decodeAesKey, decrypt, encrypt, signature } from '../../src/wecom/crypto.ts';

export const corpId = 'ww0123456789abcdef';
export const token = 'QDG6eK';
export const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const key = decodeAesKey(encodingAesKey);

export interface DoorOptions {
  run?: RunTurn;
  budget?: Budget;
  diskFull?: boolean;
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

export async function door(options: DoorOptions = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'trace', to: { write: (line) => lines.push(line) } });
  const spooled: Envelope[] = [];
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const accept = acceptor({
    hush: (envelope) => envelope,
    run: options.run ?? (async () => ({ reply: null })),
    spool: {
      async append(envelope) {
        if (options.diskFull) throw new SpoolFailed('ENOSPC');
        spooled.push(envelope);
      },
      holds: (envelope) => spooled.some((other) => senderOf(other) === senderOf(envelope)),
    },
    queue: oneAtATime(),
    count,
    log,
    budget: options.budget,
  });
  const now = () => new Date();
  const callback = createCallback({ corpId, agentId: 1000002, token, encodingAesKey, now });
  const app = await createServer({
    callback: {
      callbackOf: (office) => (office === 'main' ? callback : undefined),
      accept,
      refused: count,
      log,
      now,
    },
    health: {
      ready: async () => ({
        answers: true,
        reasons: [],
        databaseMs: 1,
        queue: null,
        ticks: {},
        spool: { entries: 0, parked: 0 },
      }),
      counters: () => counts,
    },
    log,
  });
  opened.push(app);
  return { app, lines, spooled, counts };
}

let serial = 0;
export function textXml(content: string, from = 'Li.Si', msgId = String(7_000_000_000 + ++serial)): string {
  return (
    `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
    `<CreateTime>1766000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content>` +
    `<MsgId>${msgId}</MsgId><AgentID>1000002</AgentID></xml>`
  );
}

export interface Sealing {
  receiveId?: string;
  token?: string;
  key?: Buffer;
  timestamp?: number;
}

/** The address and body of a callback as the platform would send it; what a test gets wrong it says. */
export function sealed(xml: string, wrong: Sealing = {}) {
  const encrypted = encrypt({ key: wrong.key ?? key, receiveId: wrong.receiveId ?? corpId, message: xml });
  return { ...signed(encrypted, wrong), payload: envelopeXml(encrypted) };
}

export function signed(encrypted: string, wrong: Sealing = {}) {
  const timestamp = String(wrong.timestamp ?? Math.floor(Date.now() / 1000));
  const nonce = '1372623149';
  const query = new URLSearchParams({
    msg_signature: signature(wrong.token ?? token, timestamp, nonce, encrypted),
    timestamp,
    nonce,
  });
  return { url: `/wecom/main/callback?${query}`, query };
}

export const envelopeXml = (encrypted: string) =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;

/** Opens the sealed passive reply; throws when it is not one. */
export function unseal(body: string): string {
  const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/.exec(body)?.[1];
  if (!encrypted) throw new Error('no sealed reply');
  return decrypt({ key, receiveId: corpId, encrypted });
}

export const seal = (message: string) => encrypt({ key, receiveId: corpId, message });
