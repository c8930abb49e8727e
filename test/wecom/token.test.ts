// One token at a time: fetched once for many, renewed once when it is dead, never in a loop, never on a wrong secret.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWecomClient } from '../../src/wecom/client.ts';
import { memoryTokenStore, type TokenStore } from '../../src/wecom/token.ts';
import { type Platform, startPlatform } from './platform.ts';

const GETTOKEN = '/cgi-bin/gettoken';
const SEND = '/cgi-bin/message/send';
const hello = { touser: 'li.si', msgtype: 'text', text: { content: '好' } } as const;
const SECRET = 'the-secret-of-the-app';

let platform: Platform;
let at: number;
beforeEach(async () => {
  platform = await startPlatform();
  at = 1_718_000_000_000;
});
afterEach(() => platform.close());

const client = (tokens: TokenStore = memoryTokenStore(), secret = SECRET) =>
  createWecomClient({
    base: platform.base,
    corpId: 'ww1',
    agentId: 7,
    secret,
    tokens,
    now: () => new Date(at),
  });
const tokensUsed = () => platform.arrived.filter((a) => a.path === SEND).map((a) => a.query.access_token);

test('thirty calls at once need one token', async () => {
  const app = client();
  await Promise.all(Array.from({ length: 30 }, () => app.send(hello)));
  expect(platform.count(GETTOKEN)).toBe(1);
  expect(new Set(tokensUsed())).toEqual(new Set(['token-1']));
});

test('two processes with one store need one token', async () => {
  const tokens = memoryTokenStore();
  const [a, b] = [client(tokens), client(tokens)];
  await Promise.all([a.send(hello), b.send(hello), a.send(hello), b.send(hello)]);
  expect(platform.count(GETTOKEN)).toBe(1);
});

test('two apps do not share a token', async () => {
  const tokens = memoryTokenStore();
  await client(tokens).send(hello);
  await client(tokens, 'another-secret').send(hello);
  expect(tokensUsed()).toEqual(['token-1', 'token-2']);
});

test('it is renewed five minutes before its time', async () => {
  const app = client();
  await app.send(hello);
  at += (7200 - 301) * 1000;
  await app.send(hello);
  expect(platform.count(GETTOKEN)).toBe(1);
  at += 2000;
  await app.send(hello);
  expect(platform.count(GETTOKEN)).toBe(2);
});

test('a very short life is not renewed at every call', async () => {
  platform.answers(GETTOKEN, { errcode: 0, errmsg: 'ok', access_token: 'brief', expires_in: 60 });
  const app = client();
  for (let i = 0; i < 5; i++) await app.send(hello);
  expect(platform.count(GETTOKEN)).toBe(1);
});

test.each([40014, 42001, 40001])('%i: renewed once, tried once more', async (errcode) => {
  const app = client();
  platform.answers(SEND, { errcode, errmsg: 'invalid' }, { errcode: 0, errmsg: 'ok', msgid: 'm' });
  await expect(app.send(hello)).resolves.toMatchObject({ msgid: 'm' });
  expect(tokensUsed()).toEqual(['token-1', 'token-2']);
  expect(platform.count(GETTOKEN)).toBe(2);
});

test('a token that stays refused is an alarm after two tries, not a loop', async () => {
  platform.answers(SEND, { errcode: 40014, errmsg: 'invalid access_token' });
  await expect(client().send(hello)).rejects.toMatchObject({
    name: 'WecomRefused',
    errcode: 40014,
    verdict: 'alarm',
  });
  expect([platform.count(SEND), platform.count(GETTOKEN)]).toEqual([2, 2]);
});

test('many calls that fail with one dead token renew it once', async () => {
  const app = client();
  await app.send(hello);
  platform.answers(SEND, ({ query }) =>
    query.access_token === 'token-1' ? { errcode: 42001, errmsg: 'expired' } : { errcode: 0, errmsg: 'ok' },
  );
  await Promise.all(Array.from({ length: 20 }, () => app.send(hello)));
  expect(platform.count(GETTOKEN)).toBe(2);
});

test("another process's newer token is taken, not fetched again", async () => {
  const tokens = memoryTokenStore();
  const [a, b] = [client(tokens), client(tokens)];
  await Promise.all([a.send(hello), b.send(hello)]);
  platform.answers(SEND, ({ query }) =>
    query.access_token === 'token-1' ? { errcode: 42001, errmsg: 'expired' } : { errcode: 0, errmsg: 'ok' },
  );
  await a.send(hello);
  await b.send(hello);
  expect(platform.count(GETTOKEN)).toBe(2);
});

test('a wrong secret is an alarm, and gettoken is left alone for a while', async () => {
  platform.answers(GETTOKEN, { errcode: 40001, errmsg: `invalid credential corpsecret=${SECRET}` });
  const app = client();
  const err = await app.send(hello).catch((e: unknown) => e);
  expect(err).toMatchObject({ errcode: 40001, verdict: 'alarm', path: GETTOKEN });
  expect(JSON.stringify([err, String(err)])).not.toContain(SECRET);
  await expect(app.send(hello)).rejects.toMatchObject({ errcode: 40001 });
  expect(platform.count(GETTOKEN)).toBe(1);
  at += 60_000;
  await expect(app.send(hello)).rejects.toMatchObject({ errcode: 40001 });
  expect([platform.count(GETTOKEN), platform.count(SEND)]).toEqual([2, 0]);
});

test('a busy gettoken may be asked again at once', async () => {
  platform.answers(GETTOKEN, { errcode: -1, errmsg: 'system busy' }, { access_token: 't', expires_in: 7200 });
  const app = client();
  await expect(app.send(hello)).rejects.toMatchObject({ verdict: 'retry' });
  await expect(app.send(hello)).resolves.toBeDefined();
});

test('no answer to gettoken means that the message was not sent', async () => {
  platform.answers(GETTOKEN, (_, response) => void response.socket?.destroy());
  await expect(client().send(hello)).rejects.toMatchObject({ name: 'WecomUnreachable', outcome: 'not-sent' });
});

test('a store that fails means that the message was not sent', async () => {
  const broken: TokenStore = {
    withLock: (_, work) => work(),
    read: () => Promise.reject(new Error('redis is away')),
    write: () => Promise.resolve(),
  };
  await expect(client(broken).send(hello)).rejects.toMatchObject({ outcome: 'not-sent' });
});

test('the lock lets one in after another, also after a failure', async () => {
  const store = memoryTokenStore();
  const order: string[] = [];
  const job = (name: string, fail = false) =>
    store.withLock('app', async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} out`);
      if (fail) throw new Error(name);
    });
  await Promise.allSettled([job('a', true), job('b'), job('c')]);
  expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
});
