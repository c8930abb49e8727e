// The client against a real HTTP server: what it sends, what it makes of each answer, and that nothing secret leaks.
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { type Platform, startPlatform } from './platform.ts';

const SEND = '/cgi-bin/message/send';
const hello = { touser: 'li.si', msgtype: 'text', text: { content: '好' } } as const;

let platform: Platform;
let app: WecomClient;
let warnings: unknown[];
beforeEach(async () => {
  platform = await startPlatform();
  warnings = [];
  app = client(platform.base);
});
afterEach(() => platform.close());

function client(base: string, timeoutMs?: number) {
  return createWecomClient({
    base,
    corpId: 'ww1',
    agentId: 1000007,
    secret: 'app-secret',
    tokens: memoryTokenStore(),
    timeoutMs,
    onWarning: (warning) => warnings.push(warning),
  });
}
const last = () => platform.arrived.at(-1);

describe('send', () => {
  test('posts real UTF-8 JSON with the token in the query and the agentid in the body', async () => {
    await app.send({ ...hello, text: { content: '督学👍\u0001\uD800' } });
    expect(last()).toMatchObject({ method: 'POST', path: SEND, query: { access_token: 'token-1' } });
    expect(last()?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(last()?.body.toString()).toBe(
      '{"touser":"li.si","agentid":1000007,"msgtype":"text","text":{"content":"督学👍"}}',
    );
  });

  test('reads everything of the answer; ids in lower case', async () => {
    platform.answers(SEND, {
      errcode: 0,
      errmsg: 'ok',
      invaliduser: 'Zhao|qian',
      invalidparty: '3',
      invalidtag: '',
      unlicenseduser: 'sun',
      msgid: 'M1',
      response_code: 'RC',
    });
    expect(await app.send(hello)).toEqual({
      msgid: 'M1',
      responseCode: 'RC',
      invalidUsers: ['zhao', 'qian'],
      invalidParties: ['3'],
      invalidTags: [],
      unlicensedUsers: ['sun'],
    });
  });

  test('errcode 0 is a yes, whatever stands beside it: nothing is sent again for the shape of a list', async () => {
    const odd = { invaliduser: null, invalidparty: 3, unlicenseduser: ['Sun', ''], msgid: 5 };
    platform.answers(SEND, { errcode: 0, errmsg: 'ok', ...odd });
    expect(await app.send(hello)).toMatchObject({
      invalidUsers: [],
      invalidParties: [],
      unlicensedUsers: ['sun'],
    });
  });

  test('an answer without errcode is a yes', async () => {
    platform.answers(SEND, { msgid: 'M2' });
    expect(await app.send(hello)).toMatchObject({ msgid: 'M2', invalidUsers: [] });
  });

  test('the hint at a malformed field is passed on', async () => {
    platform.answers(SEND, { errcode: 0, errmsg: 'ok. Warning: wrong json format. ' });
    await app.send(hello);
    expect(warnings).toEqual([{ path: SEND, errmsg: 'ok. Warning: wrong json format. ' }]);
  });

  test('what the platform would refuse or cut never leaves the house', async () => {
    const long = { ...hello, text: { content: '中'.repeat(700) } };
    const err = await app.send(long).catch((e: unknown) => e);
    expect(err).toMatchObject({
      name: 'WecomInvalid',
      verdict: 'bug',
      faults: ['text.content: more than 2048 bytes'],
    });
    await expect(app.send({ ...hello, touser: '' })).rejects.toMatchObject({ name: 'WecomInvalid' });
    expect(platform.arrived).toEqual([]);
  });

  test.each([
    [81013, 'drop', 0],
    [45009, 'wait', 60_000],
    [60020, 'alarm', 0],
    [-1, 'retry', 0],
    [42030, 'bug', 0],
  ])('a no with %i is %s', async (errcode, verdict, waitMs) => {
    platform.answers(SEND, { errcode, errmsg: 'no, hint: [1_2_a], from ip: 203.0.113.9, more info' });
    const err = await app.send(hello).catch((e: unknown) => e);
    expect(err).toMatchObject({ name: 'WecomRefused', errcode, verdict, waitMs, path: SEND });
    expect(String(err)).toContain('hint: [1_2_a]');
    expect(String(err)).not.toContain('203.0.113.9');
  });
});

describe('no answer', () => {
  async function outcome(run: Promise<unknown>) {
    const err = await run.catch((e: unknown) => e);
    expect(err).toMatchObject({ name: 'WecomUnreachable' });
    expect(String(err)).not.toMatch(/token-1|app-secret/);
    return err;
  }

  test('a refused connection: not sent', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(await outcome(client(`http://127.0.0.1:${port}`).send(hello))).toMatchObject({
      outcome: 'not-sent',
      what: 'ECONNREFUSED',
    });
  });

  test('an unknown name: not sent', async () => {
    expect(await outcome(client('http://wecom.invalid').send(hello))).toMatchObject({ outcome: 'not-sent' });
  });

  test('silence after the request left: unknown', async () => {
    platform.answers(SEND, () => undefined);
    expect(await outcome(client(platform.base, 150).send(hello))).toMatchObject({
      outcome: 'unknown',
      what: 'timeout',
    });
  });

  test('a connection cut in the middle: unknown', async () => {
    platform.answers(SEND, (_, response) => void response.socket?.destroy());
    expect(await outcome(app.send(hello))).toMatchObject({ outcome: 'unknown' });
  });

  test('an answer cut in the middle: unknown', async () => {
    platform.answers(SEND, (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"errcode":0');
      setImmediate(() => response.destroy());
      return undefined;
    });
    expect(await outcome(app.send(hello))).toMatchObject({ outcome: 'unknown' });
  });

  test.each([
    [502, '<html>bad gateway</html>', 'HTTP 502'],
    [200, '<html>a proxy says hello</html>', 'not JSON'],
    [200, '[]', 'not JSON'],
    [302, '', 'connection failed'],
  ])('status %i with %j: unknown', async (status, body, what) => {
    platform.answers(
      SEND,
      (_, response) => void response.writeHead(status, { location: '/elsewhere' }).end(body),
    );
    expect(await outcome(app.send(hello))).toMatchObject({ outcome: 'unknown', what });
  });

  test('an answer that lacks what was asked for: unknown', async () => {
    expect(await outcome(app.appchat.create({ userlist: ['a', 'b'] }))).toMatchObject({
      outcome: 'unknown',
      what: 'answer without chatid',
    });
  });
});

test('a base that is no address is refused at once', () => {
  expect(() => client('qyapi.weixin.qq.com')).toThrow(TypeError);
});

test('what the platform refuses of the app is read off its calls, until one of them is let in', async () => {
  expect(app.refusal()).toBeNull();
  platform.answers(
    SEND,
    { errcode: 60020, errmsg: 'not allow to access from your ip' },
    { errcode: 60021, errmsg: 'not in the visible range' },
    { errcode: 0 },
  );
  await expect(app.send(hello)).rejects.toThrow('60020');
  expect(app.refusal()).toEqual({ of: 'address', errcode: 60020 });
  // A no to one message says nothing of the door.
  await expect(app.send(hello)).rejects.toThrow('60021');
  expect(app.refusal()).toEqual({ of: 'address', errcode: 60020 });
  await app.send(hello);
  expect(app.refusal()).toBeNull();

  platform.answers('/cgi-bin/agent/get', { errcode: 301002, errmsg: 'not allowed' }, { errcode: 0 });
  await expect(app.knock()).rejects.toThrow('301002');
  await app.callbackIps();
  expect(app.refusal()).toEqual({ of: 'app', errcode: 301002 });
  await app.knock();
  expect(app.refusal()).toBeNull();
});
