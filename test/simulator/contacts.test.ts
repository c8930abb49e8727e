// The contact-sync helper's side of the platform: what its address hears, what its secret reads; and our reading of members over it.
import { afterEach, expect, test } from 'vitest';
import { createContactSync, createWecomClient } from '../../src/wecom/client.ts';
import type { ContactSync } from '../../src/wecom/contacts.ts';
import { readMembers } from '../../src/wecom/members.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { wordOf } from '../../src/wecom/xml.ts';
import {
  AES_KEY,
  AGENT,
  CORP_ID,
  corp,
  SECRET,
  startBot,
  startWorld,
  type TestBot,
  TOKEN,
  type World,
} from './bot.ts';

let world: World;
let helper: TestBot;
afterEach(async () => {
  await world.close();
  await helper.close();
});

async function withHelper(contacts: object = {}, more: object = {}): Promise<void> {
  helper = await startBot();
  const keys = { callbackUrl: helper.url, token: TOKEN, encodingAesKey: AES_KEY };
  world = await startWorld({ corp: { ...corp, contacts: { ...keys, ...contacts }, ...more } });
}
const patch = (userId: string, change: object) => world.drive<object>(`people/${userId}`, change, 'PATCH');
/** What the helper heard, in short. */
const heard = () =>
  helper.got.map(({ xml }) =>
    ['ChangeType', 'UserID', 'NewUserID', 'Department', 'Name', 'Status']
      .map((name) => wordOf(xml, name))
      .join('/'),
  );

test('a new address hears of ids and departments, and of nothing else', async () => {
  await withHelper();
  await world.drive('people', { userId: 'new.one', name: '新人', departments: [2, 3] });
  await patch('li.si', { name: '李四四' });
  await patch('li.si', { status: 'disabled' });
  await patch('li.si', { departments: [2] });
  await patch('li.si', { userId: 'li.si.2' });
  await patch('zhao.liu', { status: 'left' });
  await patch('zhao.liu', { status: 'left' });
  await patch('zhao.liu', { status: 'active' });
  expect(heard()).toEqual([
    'create_user/new.one//2,3//',
    'update_user/li.si//2//',
    'update_user/li.si/li.si.2///',
    'delete_user/zhao.liu////',
    'create_user/zhao.liu//3//',
  ]);
  for (const { xml, body } of helper.got) {
    expect(wordOf(xml, 'FromUserName')).toBe('sys');
    expect(wordOf(xml, 'AgentID')).toBe('');
    expect(body).not.toContain('AgentID');
  }
  // The app hears of none of it but of who it can write to.
  expect(world.bot.got.map(({ xml }) => wordOf(xml, 'Event'))).not.toContain('change_contact');
  expect(await patch('li.si.2', { userId: 'wang.jianguo' })).toMatchObject({ error: expect.any(String) });
});

test('an address from before 2022-08-15 hears names and statuses too', async () => {
  await withHelper({ full: true });
  await patch('li.si', { status: 'disabled', name: '李四四' });
  await patch('li.si', { status: 'active' });
  expect(heard()).toEqual(['update_user/li.si///李四四/2', 'update_user/li.si////1']);
});

const heardOfDepartments = () =>
  helper.got.map(({ xml }) =>
    ['ChangeType', 'Id', 'Name', 'ParentId', 'TagId', 'AddUserItems', 'DelUserItems', 'AddPartyItems']
      .map((name) => wordOf(xml, name))
      .join('/'),
  );

async function changesDepartments(): Promise<void> {
  await world.drive('departments/4', { name: '一区', parentId: 3 }, 'PUT');
  await world.drive('departments/4', { name: '第一督学责任区' }, 'PUT');
  await world.drive('departments/4', { parentId: 2 }, 'PUT');
  await world.drive('departments/4', undefined, 'DELETE');
  await world.drive('tags/7', { users: ['zhao.liu'], departments: [2] }, 'PUT');
  await world.drive('tags/7', { users: ['zhao.liu'] }, 'PUT');
  await patch('li.si', { tags: [] });
}

test('a new address hears of departments by id alone, and who bears a tag', async () => {
  await withHelper();
  expect(await world.drive('departments/2', undefined, 'DELETE')).toMatchObject({
    error: '督导室 is not empty',
  });
  await changesDepartments();
  expect(heardOfDepartments()).toEqual([
    'create_party/4//3////',
    'update_party/4//2////',
    'delete_party/4//////',
    'update_tag////7/zhao.liu//2',
    'update_tag////7//li.si/',
  ]);
});

test('an old address hears what they are called', async () => {
  await withHelper({ full: true });
  await changesDepartments();
  expect(heardOfDepartments().slice(0, 3)).toEqual([
    'create_party/4/一区/3////',
    'update_party/4/第一督学责任区/////',
    'update_party/4//2////',
  ]);
});

test('its secret reads ids, and no details of anybody', async () => {
  await withHelper();
  const access_token = await world.token('the-secret-of-the-helper');
  const ask = async (path: string, query: object, body?: object) =>
    (await world.api(path, body, { ...query, access_token })).errcode;
  expect(await ask('user/list_id', {}, { limit: 2 })).toBe(0);
  expect(await ask('department/simplelist', {})).toBe(0);
  expect(await ask('department/list', {})).toBe(48009);
  expect(await ask('user/list', { department_id: '3' })).toBe(48009);
  expect(await ask('user/simplelist', { department_id: '3' })).toBe(48009);
  expect(await ask('user/get', { userid: 'li.si' })).toBe(48009);
});

const wire = () => ({
  ...{ base: world.simulator.apiBase, corpId: CORP_ID, tokens: memoryTokenStore() },
  now: () => world.clock.now(),
});
const client = () => createWecomClient({ ...wire(), agentId: AGENT, secret: SECRET }).contacts;
const reading = () =>
  readMembers(client(), createContactSync({ ...wire(), secret: 'the-secret-of-the-helper' }));

test('members and range are read whole: departments with all below, tags, people one by one', async () => {
  const visible = { users: ['Wang.Jianguo', 'gone'], departments: [4], tags: [7] };
  const apps = [{ agentId: AGENT, name: '督导助手', secret: SECRET, visible }];
  const tree = [
    ...(corp.departments ?? []),
    { id: 4, name: '中学', parentId: 3 },
    { id: 5, name: '高中', parentId: 4 },
  ];
  const people = [
    ...(corp.people ?? []),
    { userId: 'high', name: '高中校长', departments: [5] },
    { userId: 'off', name: '停用', departments: [4], status: 'disabled' },
  ];
  await withHelper({}, { apps, departments: tree, people });
  const { members, reach, faults, departments } = await reading();
  expect(faults).toEqual([]);
  expect(departments?.get(5)).toEqual({ name: '高中', parentId: 4 });
  expect(reach?.get('high')?.departments).toEqual([5]);
  expect([...(members ?? [])].sort()).toEqual([
    'high',
    'li.si',
    'off',
    'unlicensed',
    'wang.jianguo',
    'zhao.liu',
  ]);
  expect(
    Object.fromEntries([...(reach ?? [])].map(([key, { name, status }]) => [key, `${name} ${status}`])),
  ).toEqual({
    'wang.jianguo': '王建国 1',
    'li.si': '李四 null', // by her tag alone, which has no status
    high: '高中校长 1',
    off: '停用 2',
  });
});

test('half a list is none: a call that fails, a department whose details are not for us, a range that may not be read', async () => {
  const many = Array.from({ length: 12_000 }, (_, n) => ({
    ...{ userId: `m${n}`, name: `成员${n}`, departments: [3] },
  }));
  await withHelper({}, { people: many });
  expect((await reading()).members?.size).toBe(12_000); // two pages
  await world.drive('faults', { kind: 'errcode', errcode: 60020, path: '/cgi-bin/user/list_id' });
  expect(await reading()).toMatchObject({ members: null, faults: ['members 60020'] });
  await world.drive('faults', undefined, 'DELETE');
  await world.drive('faults', { kind: 'errcode', errcode: 48009, path: '/cgi-bin/user/list', times: 1 });
  const named = await readMembers(client(), null);
  expect(named).toMatchObject({ members: null, faults: [] });
  expect(named.reach?.get('m0')).toEqual({
    ...{ userId: 'm0', name: '成员0', status: null, departments: [3] },
  });
  await world.drive('faults', { kind: 'refuse', path: '/cgi-bin/agent/get' });
  expect(await reading()).toMatchObject({ reach: null, faults: ['range no-answer'] });
});

type Page = Awaited<ReturnType<ContactSync['listIds']>>;
const page = (next_cursor: string, ...ids: string[]): Page => ({
  next_cursor,
  dept_user: ids.map((userid) => ({ userid, department: 1 })),
});

test.each<[string, Record<string, Page>, string]>([
  ['whose second page never comes', { '': page('a', 'li.si') }, 'members no-answer'],
  [
    'whose cursor turns in a ring',
    { '': page('a', 'x'), a: page('b', 'y'), b: page('a', 'z') },
    'members cursor',
  ],
  ['without anybody', { '': page('') }, 'members empty'],
])('a list %s is none', async (_, pages, fault) => {
  await withHelper();
  const listIds: ContactSync['listIds'] = async ({ cursor = '' } = {}) => {
    const found = pages[cursor];
    if (!found) throw new Error('no answer');
    return found;
  };
  const read = await readMembers(client(), { listIds, departmentIds: async () => [] });
  expect(read).toMatchObject({ members: null, faults: [fault] });
});
