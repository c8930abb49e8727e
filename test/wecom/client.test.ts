// The client against a real HTTP server: what it sends, what it makes of each answer, and that nothing secret leaks.
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { authorizeUrl, webLoginUrl } from '../../src/wecom/oauth.ts';
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

test('a card is updated with one code, and taken back by msgid', async () => {
  platform.answers('/cgi-bin/message/update_template_card', {
    errcode: 0,
    errmsg: 'ok',
    invaliduser: ['Li.Si'],
  });
  const done = await app.updateCard({
    userids: ['li.si'],
    response_code: 'RC',
    button: { replace_name: '已签收' },
  });
  expect(done).toEqual({ invalidUsers: ['li.si'] });
  expect(last()?.json).toEqual({
    userids: ['li.si'],
    response_code: 'RC',
    button: { replace_name: '已签收' },
    agentid: 1000007,
  });
  await expect(app.updateCard({ response_code: 'RC' })).rejects.toMatchObject({ name: 'WecomInvalid' });
  await app.recall('M1');
  expect(last()).toMatchObject({ path: '/cgi-bin/message/recall', json: { msgid: 'M1' } });
});

test('group chats are made, changed, read and written to', async () => {
  platform.answers('/cgi-bin/appchat/create', { errcode: 0, errmsg: 'ok', chatid: 'C1' });
  expect(await app.appchat.create({ name: '东片', userlist: ['a', 'b'] })).toBe('C1');
  await app.appchat.update({ chatid: 'C1', add_user_list: ['c'] });
  expect(last()?.json).toEqual({ chatid: 'C1', add_user_list: ['c'] });
  platform.answers('/cgi-bin/appchat/get', {
    errcode: 0,
    chat_info: { chatid: 'C1', name: '东片', owner: 'a', userlist: ['a', 'b'], chat_type: 0 },
  });
  expect(await app.appchat.get('C1')).toEqual({
    chatid: 'C1',
    name: '东片',
    owner: 'a',
    userlist: ['a', 'b'],
  });
  await app.appchat.send({
    chatid: 'C1',
    msgtype: 'text',
    text: { content: '好', mentioned_list: ['@all'] },
  });
  expect(last()?.path).toBe('/cgi-bin/appchat/send');
  await expect(app.appchat.create({ userlist: ['a'] })).rejects.toMatchObject({ name: 'WecomInvalid' });
});

test('contacts are read as the platform names them', async () => {
  platform.answers('/cgi-bin/user/get', {
    errcode: 0,
    userid: 'li.si',
    name: '李四',
    department: [1],
    status: 1,
  });
  expect(await app.contacts.user('li.si')).toMatchObject({ userid: 'li.si', name: '李四', status: 1 });
  platform.answers('/cgi-bin/user/simplelist', {
    errcode: 0,
    userlist: [{ userid: 'a', name: 'A', department: [1] }],
  });
  expect(await app.contacts.simpleList(1)).toEqual([{ userid: 'a', name: 'A', department: [1] }]);
  expect(last()?.query).toEqual({ access_token: 'token-1', department_id: '1' });
  platform.answers('/cgi-bin/user/list', { errcode: 0, userlist: [{ userid: 'a' }] });
  expect(await app.contacts.list(1)).toHaveLength(1);
  platform.answers('/cgi-bin/user/list_id', {
    errcode: 0,
    next_cursor: 'n',
    dept_user: [{ userid: 'a', department: 1 }],
  });
  expect(await app.contacts.listIds()).toEqual({
    next_cursor: 'n',
    dept_user: [{ userid: 'a', department: 1 }],
  });
  platform.answers('/cgi-bin/department/list', {
    errcode: 0,
    department: [{ id: 1, name: '局', parentid: 0 }],
  });
  expect(await app.contacts.departments()).toMatchObject([{ id: 1, name: '局' }]);
  platform.answers('/cgi-bin/department/simplelist', {
    errcode: 0,
    department_id: [{ id: 2, parentid: 1, order: 3 }],
  });
  expect(await app.contacts.departmentIds(1)).toEqual([{ id: 2, parentid: 1, order: 3 }]);
  platform.answers('/cgi-bin/tag/get', {
    errcode: 0,
    tagname: 'T',
    userlist: [{ userid: 'a', name: 'A' }],
    partylist: [2],
  });
  expect(await app.contacts.tag(3)).toMatchObject({ tagname: 'T', partylist: [2] });
  platform.answers('/cgi-bin/agent/get', { errcode: 0, agentid: 1000007, allow_partys: { partyid: [1] } });
  expect(await app.contacts.agent()).toMatchObject({ agentid: 1000007, allow_partys: { partyid: [1] } });
});

test('the menu is put up, read and taken down', async () => {
  await app.menu.create({
    button: [
      { name: '待办', type: 'click', key: 'TODO' },
      { name: '督导', sub_button: [{ name: '登记入校督导', type: 'click', key: 'VISIT' }] },
    ],
  });
  expect(last()).toMatchObject({ path: '/cgi-bin/menu/create', query: { agentid: '1000007' } });
  platform.answers('/cgi-bin/menu/get', { errcode: 46003, errmsg: 'no menu' });
  expect(await app.menu.get()).toBeNull();
  await app.menu.delete();
  expect(last()?.path).toBe('/cgi-bin/menu/delete');
  const tooLong = { button: [{ name: '督导责任区', type: 'click' as const, key: 'K' }] };
  await expect(app.menu.create(tooLong)).resolves.toBeUndefined();
  const six = { button: [{ name: '督导责任区域', type: 'click' as const, key: 'K' }] };
  await expect(app.menu.create(six)).rejects.toMatchObject({ name: 'WecomInvalid' });
});

test('a code tells who came', async () => {
  platform.answers(
    '/cgi-bin/auth/getuserinfo',
    { errcode: 0, userid: 'li.si', user_ticket: 'T' },
    { openid: 'o1' },
  );
  expect(await app.userFromCode('c1')).toEqual({ kind: 'member', userId: 'li.si', userTicket: 'T' });
  expect(last()?.query).toEqual({ access_token: 'token-1', code: 'c1' });
  expect(await app.userFromCode('c2')).toEqual({ kind: 'outsider', openId: 'o1', externalUserId: undefined });
  expect(authorizeUrl({ corpId: 'ww1', redirectUri: 'https://a.b/in?x=1', state: 's' })).toBe(
    'https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1&redirect_uri=https%3A%2F%2Fa.b%2Fin%3Fx%3D1&response_type=code&scope=snsapi_base&state=s#wechat_redirect',
  );
  expect(webLoginUrl({ corpId: 'ww1', agentId: 7, redirectUri: 'https://a.b/', state: 's' })).toContain(
    'login_type=CorpApp',
  );
});

test('where callbacks come from', async () => {
  platform.answers('/cgi-bin/getcallbackip', { errcode: 0, ip_list: ['101.226.103.*'] });
  expect(await app.callbackIps()).toEqual(['101.226.103.*']);
});

test('a base that is no address is refused at once', () => {
  expect(() => client('qyapi.weixin.qq.com')).toThrow(TypeError);
});
