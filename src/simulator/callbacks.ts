// Calls the bot back as the platform does (90930, 90238): sealed XML, 5 s to answer, redeliveries of the same inner XML
// in a new envelope, the first attempts of one person in order.
import { randomInt } from 'node:crypto';
import { decodeAesKey, encrypt, signature } from '../wecom/crypto.ts';
import type { App, Exchange, Outcome, VerifyView } from './api.ts';
import type { Exchanges } from './exchanges.ts';
import type { Faults } from './faults.ts';
import { type Keys, openReply } from './passive.ts';
import { createPauses } from './pauses.ts';
import { type Callee, keysOf, type Sealed, seal, withQuery } from './sealed.ts';
import type { Answer, Wire } from './wire.ts';

const ANSWER_WINDOW_MS = 5000; // 90930
const VERIFY_WINDOW_MS = 1000; // 90930
/** Up to three redeliveries; the pages do not publish the spacing. */
const RETRY_DELAYS_MS = [1000, 3000, 5000];

export interface Delivery {
  outcome: Exclude<Outcome, 'pending'>;
  exchange: Exchange | null;
  attempts: number;
  /** Inner XML of the reply, opened and verified. */
  reply: string | null;
  note: string;
}
export interface CallbackConfig {
  now: () => number;
  retryDelaysMs?: number[];
  answerWindowMs?: number;
  /** An address passed its test. */
  onVerified?: () => void;
}
export interface Callbacks {
  send(app: Callee, corpId: string, userId: string, xml: string): Promise<Delivery>;
  verify(app: Callee, corpId: string): Promise<VerifyView>;
  verified(app: Callee): boolean;
  /** One envelope out, as it is; for crafted ones too. */
  post(
    app: Pick<App, 'callbackUrl'>,
    sealed: Sealed,
    meta: Partial<Exchange>,
    onSent?: () => void,
  ): Promise<[Exchange, Answer]>;
  /** A GET of the platform, for the verification of another kind of address. */
  get(url: string, meta: Partial<Exchange>): Promise<[Exchange, Answer]>;
  retryDelaysMs: readonly number[];
  close(): void;
}
/** Waits in real milliseconds, which tests shorten. A person's next call leaves when the one before has left, not when it was answered. */
export function createCallbacks(
  wire: Wire,
  exchanges: Exchanges,
  faults: Faults,
  { now, retryDelaysMs = RETRY_DELAYS_MS, answerWindowMs = ANSWER_WINDOW_MS, onVerified }: CallbackConfig,
): Callbacks {
  const turns = new Map<string, Promise<void>>();
  const verifiedUrls = new Map<number | null, string>();
  const pauses = createPauses();

  /** Waits until the person's earlier message has left for the first time; the next may leave when `done` is called. */
  const takeTurn = async (key: string) => {
    const before = turns.get(key);
    let done = () => {};
    const mine = new Promise<void>((resolve) => {
      done = resolve;
    });
    turns.set(key, mine);
    await before;
    return () => {
      done();
      if (turns.get(key) === mine) turns.delete(key);
    };
  };

  const post: Callbacks['post'] = async (app, sealed, meta, onSent) => {
    const path = withQuery(app.callbackUrl ?? '', sealed.query);
    const rawRequest = `POST ${path}\n\n${sealed.body}`;
    const exchange = exchanges.open({ kind: 'callback', method: 'POST', path, rawRequest, ...meta });
    const answer = await wire.send({
      url: path,
      method: 'POST',
      body: sealed.body,
      contentType: sealed.contentType,
      windowMs: answerWindowMs,
      onSent,
    });
    return [exchange, answer];
  };

  /** One delivery and what came back; `again` when the platform would try again. */
  const attempt = async (
    app: Callee,
    keys: Keys,
    xml: string,
    meta: Partial<Exchange>,
    onSent: () => void,
  ) => {
    const sealed = seal(keys, app.agentId, xml, { at: now() });
    const [exchange, answer] = await post(app, sealed, { ...meta, plainRequest: xml }, onSent);
    const lost = answer.status !== null && faults.strikes('lost-replies') !== null;
    const opened = read(answer, keys);
    const note = lost ? 'fault: the answer got lost on the way' : opened.note;
    exchanges.close(exchange, {
      status: lost ? null : answer.status,
      ms: answer.ms,
      rawResponse: answer.body,
      plainResponse: opened.reply ?? '',
      note,
    });
    return { ...opened, note, exchange, again: lost || answer.status !== 200 };
  };

  const deliver = async (app: Callee, keys: Keys, userId: string, xml: string, onSent: () => void) => {
    const copies = faults.strikes('duplicate-callbacks')?.copies ?? 1;
    for (let n = 0; ; n += 1) {
      const meta = { userId, attempt: n + 1 };
      const first = attempt(app, keys, xml, meta, onSent);
      const doubles = Array.from({ length: n === 0 ? copies - 1 : 0 }, () =>
        attempt(app, keys, xml, { ...meta, note: 'fault: duplicate, its reply is not shown' }, () => {}),
      );
      const [got] = await Promise.all([first, ...doubles]);
      const delay = retryDelaysMs[n];
      const { again, ...result } = got;
      if (!again || delay === undefined || pauses.stopped()) {
        const outcome = again ? ('failed' as const) : result.outcome;
        return { ...result, outcome, attempts: n + 1 } satisfies Delivery;
      }
      await pauses.pause(delay);
    }
  };

  const get: Callbacks['get'] = async (url, meta) => {
    const exchange = exchanges.open({
      kind: 'callback',
      method: 'GET',
      path: url,
      rawRequest: `GET ${url}`,
      ...meta,
    });
    return [exchange, await wire.send({ url, method: 'GET', windowMs: VERIFY_WINDOW_MS })];
  };

  const verifyNow: Callbacks['verify'] = async (app, corpId) => {
    const keys = keysOf(app, corpId);
    if (keys === null) return { ok: false, status: null, ms: 0, note: 'no callback URL, token or key set' };
    // Beyond 2^63: a bot must hand it back as the text it is (90930).
    const plain = `${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 9, 10 ** 10)}`;
    const echostr = encrypt({
      key: decodeAesKey(keys.encodingAesKey),
      receiveId: corpId,
      message: plain,
    });
    const [timestamp, nonce] = [String(Math.floor(now() / 1000)), String(randomInt(1_000_000_000))];
    const msg_signature = signature(keys.token, timestamp, nonce, echostr);
    const url = withQuery(
      keys.url,
      new URLSearchParams({ msg_signature, timestamp, nonce, echostr }).toString(),
    );
    const [exchange, answer] = await get(url, { plainRequest: plain });
    const ok = answer.status === 200 && answer.body === plain;
    const note = ok ? 'URL verified' : `URL not verified: ${verifyFault(answer, plain)}`;
    exchanges.close(exchange, {
      status: answer.status,
      ms: answer.ms,
      rawResponse: answer.body,
      plainResponse: answer.body,
      note,
    });
    if (ok) {
      verifiedUrls.set(app.agentId, keys.url);
      onVerified?.();
    }
    return { ok, status: answer.status, ms: answer.ms, note };
  };
  const running = new Map<number | null, Promise<VerifyView>>();
  const verify: Callbacks['verify'] = (app, corpId) => {
    const known = running.get(app.agentId);
    if (known !== undefined) return known;
    const started = verifyNow(app, corpId).finally(() => running.delete(app.agentId));
    running.set(app.agentId, started);
    return started;
  };
  const verified = (app: Callee) =>
    app.callbackUrl !== undefined && verifiedUrls.get(app.agentId) === app.callbackUrl;

  return {
    post,
    get,
    retryDelaysMs,
    verify,
    verified,
    async send(app, corpId, userId, xml) {
      const nothing = { exchange: null, attempts: 0, reply: null };
      const keys = keysOf(app, corpId);
      if (keys === null)
        return { ...nothing, outcome: 'not-called', note: 'the app has no callback URL, token or key' };
      if (faults.strikes('no-callbacks') !== null)
        return { ...nothing, outcome: 'failed', note: 'fault: callbacks are not sent' };
      const late = faults.strikes('late-callbacks');
      if (late !== null) await pauses.pause(late.ms ?? 1000);
      const done = await takeTurn(`${app.agentId}/${userId.toLowerCase()}`);
      try {
        // The console does not save a URL that fails its test, so nothing is ever sent to one.
        const checked = verified(app) ? null : await verify(app, corpId);
        if (checked !== null && !checked.ok) return { ...nothing, outcome: 'failed', note: checked.note };
        return await deliver(app, keys, userId, xml, done);
      } finally {
        done();
      }
    },
    close() {
      pauses.stop();
      wire.close();
    },
  };
}

function verifyFault(answer: Answer, plain: string): string {
  if (answer.fault !== '') return answer.fault;
  if (answer.status !== 200) return `HTTP ${answer.status}`;
  if (answer.body.includes(plain)) return 'the body must be the decrypted echostr and nothing else';
  return 'the body is not the decrypted echostr';
}

function read(answer: Answer, keys: Keys): Pick<Delivery, 'outcome' | 'reply' | 'note'> {
  if (answer.status !== 200)
    return { outcome: 'failed', reply: null, note: answer.fault || `HTTP ${answer.status}` };
  if (answer.body === '') return { outcome: 'empty', reply: null, note: '' };
  if (/^\s*(success|ok)?\s*$/i.test(answer.body))
    return { outcome: 'empty', reply: null, note: 'for "nothing to say" an app answers with an empty body' };
  const opened = openReply(answer.body, keys);
  if ('fault' in opened) return { outcome: 'failed', reply: null, note: opened.fault };
  return { outcome: 'answered', reply: opened.plain, note: '' };
}
