// Calls a smart robot back as the platform does (PROTOCOL §15.1): JSON, sealed without a receive id, 5 s to answer; taps are told once.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeAesKey, encrypt, signature } from '../../wecom/crypto.ts';
import type { Aibot, Exchange, Outcome, VerifyView } from '../api.ts';
import type { Json } from '../fields.ts';
import { withQuery } from '../sealed.ts';
import type { World } from '../world.ts';
import { openAnswer } from './answers.ts';

export interface AibotDelivery {
  outcome: Exclude<Outcome, 'pending'>;
  exchange: Exchange | null;
  attempts: number;
  /** The reply's plain JSON; null when there is none. */
  reply: string | null;
  note: string;
}

type Keys = Required<Pick<Aibot, 'callbackUrl' | 'token' | 'encodingAesKey'>>;

function keysOf({ callbackUrl, token, encodingAesKey }: Aibot): Keys | null {
  return callbackUrl !== undefined && token !== undefined && encodingAesKey !== undefined
    ? { callbackUrl, token, encodingAesKey }
    : null;
}

function seal(keys: Keys, message: string, at: number) {
  const encrypted = encrypt({ key: decodeAesKey(keys.encodingAesKey), receiveId: '', message });
  const timestamp = String(Math.floor(at / 1000));
  const nonce = String(randomInt(1_000_000_000, 2_000_000_000));
  const msg_signature = signature(keys.token, timestamp, nonce, encrypted);
  return { encrypted, nonce, query: { msg_signature, timestamp, nonce } };
}

/** One message or event to the robot's URL. `once`: not sent again, whatever became of it. */
export async function tell(
  world: World,
  aibot: Aibot,
  userId: string,
  body: Json,
  { once = false }: { once?: boolean } = {},
): Promise<AibotDelivery> {
  const keys = keysOf(aibot);
  const nothing = { exchange: null, attempts: 0, reply: null };
  if (keys === null)
    return { ...nothing, outcome: 'not-called', note: 'the robot has no callback URL, token or key' };
  if (world.faults.strikes('no-callbacks') !== null)
    return { ...nothing, outcome: 'failed', note: 'fault: callbacks are not sent' };
  const plain = JSON.stringify(body);
  const delays = once ? [] : world.callbacks.retryDelaysMs;
  const copies = once ? 1 : (world.faults.strikes('duplicate-callbacks')?.copies ?? 1);
  for (let n = 0; ; n += 1) {
    const doubles = Array.from({ length: n === 0 ? copies - 1 : 0 }, () =>
      attempt(world, keys, userId, plain, n, 'fault: duplicate, its reply is not shown'),
    );
    const [got] = await Promise.all([attempt(world, keys, userId, plain, n), ...doubles]);
    const delay = delays[n];
    if (got.outcome !== 'failed' || !got.again || delay === undefined) return { ...got, attempts: n + 1 };
    await sleep(delay, undefined, { ref: false });
  }
}

async function attempt(world: World, keys: Keys, userId: string, plain: string, n: number, double = '') {
  const { encrypted, nonce, query } = seal(keys, plain, world.clock.now().getTime());
  const sealed = {
    query: new URLSearchParams(query).toString(),
    body: JSON.stringify({ encrypt: encrypted }),
    contentType: 'application/json',
  };
  const meta = { userId, attempt: n + 1, plainRequest: plain, note: double };
  const [exchange, answer] = await world.callbacks.post(keys, sealed, meta);
  const lost = answer.status !== null && world.faults.strikes('lost-replies') !== null;
  const opened = read(answer, keys, nonce);
  const note = lost ? 'fault: the answer got lost on the way' : opened.note;
  world.exchanges.close(exchange, {
    status: lost ? null : answer.status,
    ms: answer.ms,
    rawResponse: answer.body,
    plainResponse: opened.reply ?? '',
    note,
  });
  const outcome = lost ? ('failed' as const) : opened.outcome;
  return { outcome, reply: lost ? null : opened.reply, note, exchange, again: lost || answer.status !== 200 };
}

function read(
  answer: { status: number | null; body: string; fault: string },
  keys: Keys,
  nonce: string,
): Pick<AibotDelivery, 'outcome' | 'reply' | 'note'> {
  if (answer.status !== 200)
    return { outcome: 'failed', reply: null, note: answer.fault || `HTTP ${answer.status}` };
  if (answer.body === '') return { outcome: 'empty', reply: null, note: '' };
  const opened = openAnswer(answer.body, keys, nonce);
  if ('fault' in opened) return { outcome: 'failed', reply: null, note: opened.fault };
  return { outcome: 'answered', reply: opened.plain, note: '' };
}

/** The GET with `echostr`, as saving the URL in the console sends it. */
export async function verify(world: World, aibot: Aibot): Promise<VerifyView> {
  const keys = keysOf(aibot);
  if (keys === null) return { ok: false, status: null, ms: 0, note: 'no callback URL, token or key set' };
  const plain = `${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 9, 10 ** 10)}`;
  const { encrypted, query } = seal(keys, plain, world.clock.now().getTime());
  const url = withQuery(keys.callbackUrl, new URLSearchParams({ ...query, echostr: encrypted }).toString());
  const [exchange, answer] = await world.callbacks.get(url, { plainRequest: plain });
  const ok = answer.status === 200 && answer.body === plain;
  const note = ok
    ? 'URL verified'
    : `URL not verified: ${answer.fault || `HTTP ${answer.status}, or another body`}`;
  world.exchanges.close(exchange, {
    status: answer.status,
    ms: answer.ms,
    rawResponse: answer.body,
    plainResponse: answer.body,
    note,
  });
  return { ok, status: answer.status, ms: answer.ms, note };
}
