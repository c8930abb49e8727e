// The other families of calls against a real HTTP server: cards and recall, group chats, contacts, menu, OAuth.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { authorizeUrl, webLoginUrl } from '../../src/wecom/oauth.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { type Platform, startPlatform } from './platform.ts';

let platform: Platform;
let app: WecomClient;
beforeEach(async () => {
  platform = await startPlatform();
  app = createWecomClient({
    base: platform.base,
    corpId: 'ww1',
    agentId: 1000007,
    secret: 'app-secret',
    tokens: memoryTokenStore(),
  });
});
afterEach(() => platform.close());
const last = () => platform.arrived.at(-1);

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
  const forNobody = { response_code: 'RC', userids: [], button: { replace_name: '好' } };
  await expect(app.updateCard(forNobody)).rejects.toMatchObject({ name: 'WecomInvalid' });
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
