// The platform's API, call by call: what it gives, and what it says to a call that is wrong.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PIXEL_PNG } from '../../src/simulator/acts.ts';
import type { ExchangesView } from '../../src/simulator/api.ts';
import { person } from '../support/person.ts';
import { AGENT, CORP_ID, corp, SECRET, startWorld, type World } from './bot.ts';

const text = (content: string, more: object = {}) => ({
  touser: 'li.si',
  msgtype: 'text',
  agentid: AGENT,
  text: { content },
  ...more,
});
const HOUR = 3_600_000;

describe('tokens', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());
  const get = async (query: Record<string, string>) =>
    (await fetch(`${world.simulator.apiBase}/cgi-bin/gettoken?${new URLSearchParams(query)}`)).json();

  test('are the same within their two hours, then new; the old one is expired, any other invalid', async () => {
    const first = await world.token();
    expect(await world.token()).toBe(first);
    expect(await world.api('getcallbackip', undefined, { access_token: first })).toMatchObject({
      errcode: 0,
    });
    world.clock.advance(2 * HOUR);
    expect(await world.api('getcallbackip', undefined, { access_token: first })).toMatchObject({
      errcode: 42001,
    });
    expect(await world.token()).not.toBe(first);
    expect(await world.api('getcallbackip', undefined, { access_token: 'x' })).toMatchObject({
      errcode: 40014,
    });
    expect(await world.api('getcallbackip', undefined, { access_token: '' })).toMatchObject({
      errcode: 41001,
    });
  });

  test('are not given for wrong words, and many wrong secrets shut the address out for an hour', async () => {
    expect(await get({ corpsecret: SECRET })).toMatchObject({ errcode: 41002 });
    expect(await get({ corpid: CORP_ID })).toMatchObject({ errcode: 41004 });
    expect(await get({ corpid: 'ww1', corpsecret: SECRET })).toMatchObject({ errcode: 40013 });
    for (let n = 0; n < 21; n += 1)
      expect(await get({ corpid: CORP_ID, corpsecret: 'wrong' })).toMatchObject({ errcode: 40001 });
    expect(await get({ corpid: CORP_ID, corpsecret: SECRET })).toMatchObject({ errcode: 45009 });
    world.clock.advance(HOUR + 1);
    expect(await get({ corpid: CORP_ID, corpsecret: SECRET })).toMatchObject({
      errcode: 0,
      expires_in: 7200,
    });
  });

  test('belong to one app', async () => {
    const other = await world.token('other-secret');
    expect(await world.api('message/send', text('x'), { access_token: other })).toMatchObject({
      errcode: 301002,
    });
    const helper = await world.token('the-secret-of-the-helper');
    expect(await world.api('message/send', text('x'), { access_token: helper })).toMatchObject({
      errcode: 48002,
    });
    expect(await world.api('user/list_id', { limit: 2 }, { access_token: helper })).toMatchObject({
      errcode: 0,
      next_cursor: '2',
      dept_user: [
        { userid: 'Wang.Jianguo', department: 2 },
        { userid: 'li.si', department: 3 },
      ],
    });
  });
});

describe('bodies and paths', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  test.each<[string, string | undefined, number]>([
    ['GET where POST is meant', undefined, 40063],
    ['no JSON', '{"touser":', 40058],
    ['a list', '[]', 40058],
    ['\\u escapes', '{"touser":"\\u674e"}', 40033],
  ])('%s', async (_, body, errcode) => {
    expect(await world.api('message/send', body)).toMatchObject({ errcode });
  });

  test('a backslash that only looks like an escape is none', async () => {
    expect(await world.api('message/send', text('C:\\u1234'))).toMatchObject({ errcode: 0 });
  });

  test('wrong types are ignored, and only errmsg hints at it', async () => {
    const answer = await world.api('message/send', { ...text('x'), agentid: String(AGENT) });
    expect(answer).toMatchObject({ errcode: 0, errmsg: expect.stringMatching(/Warning: wrong json format/) });
    const ignored = await world.api('message/send', text('x', { touser: ['li.si'] }));
    expect(ignored).toMatchObject({
      errcode: 82001,
      errmsg: expect.stringMatching(/Warning.*hint: \[.*from ip: /),
    });
  });

  test('an unknown path is no JSON at all', async () => {
    const response = await fetch(`${world.simulator.apiBase}/cgi-bin/no/such`);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  test('debug=1 is good for five calls a minute', async () => {
    const codes = [];
    for (let n = 0; n < 6; n += 1)
      codes.push((await world.api('getcallbackip', undefined, { debug: '1' })).errcode);
    expect(codes).toEqual([0, 0, 0, 0, 0, 45009]);
  });
});

describe('message/send', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());
  const notes = async () =>
    (await world.drive<ExchangesView>('exchanges?limit=1000')).exchanges.map(({ note }) => note).join('\n');

  test('delivers to whom it can and names the others, in lower case', async () => {
    const answer = await world.api('message/send', text('通知', { touser: 'LI.SI|Nobody|gone|unlicensed' }));
    expect(answer).toMatchObject({ errcode: 0, invaliduser: 'nobody|gone', unlicenseduser: 'unlicensed' });
    expect(answer.msgid).toEqual(expect.any(String));
    expect(answer).not.toHaveProperty('response_code');
    await person(world.simulator.url, 'li.si').seesOnce(/通知/);
  });

  test('reaches departments with what is below them, tags, and all', async () => {
    expect(await world.api('message/send', text('部门', { touser: '', toparty: '1|99' }))).toMatchObject({
      errcode: 0,
      invalidparty: '99',
    });
    expect(await world.api('message/send', text('标签', { touser: '', totag: '7' }))).toMatchObject({
      errcode: 0,
    });
    expect(await world.api('message/send', text('全体', { touser: '@all' }))).toMatchObject({ errcode: 0 });
    const saw = async (userId: string) =>
      (await person(world.simulator.url, userId).saw()).map((seen) => seen.text);
    expect(await saw('li.si')).toEqual(['部门', '标签', '全体']);
    expect(await saw('zhao.liu')).toEqual(['部门', '全体']);
  });

  test.each<[string, object, number]>([
    ['no receiver', { touser: '' }, 82001],
    ['only strangers', { touser: '12|13' }, 81013],
    ['over 1000 people', { touser: Array.from({ length: 1001 }, (_, n) => `u${n}`).join('|') }, 40032],
    ['over 100 departments', { toparty: Array.from({ length: 101 }, (_, n) => n).join('|') }, 82002],
    ['no agent', { agentid: undefined }, 41011],
    ['an agent that does not exist', { agentid: 5 }, 40056],
    ['an unknown type', { msgtype: 'taskcard' }, 40008],
    ['no text', { text: { content: '' } }, 44004],
    ['long markdown', { msgtype: 'markdown', markdown: { content: '督'.repeat(683) } }, 45002],
    [
      'a textcard without title',
      { msgtype: 'textcard', textcard: { description: 'd', url: 'https://a' } },
      41016,
    ],
    ['a textcard without URL', { msgtype: 'textcard', textcard: { title: 't', description: 'd' } }, 41010],
    [
      'an URL without scheme',
      { msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'a.cn' } },
      40094,
    ],
    [
      'nine articles',
      { msgtype: 'news', news: { articles: Array(9).fill({ title: 't', url: 'https://a' }) } },
      45008,
    ],
    ['confidential news', { msgtype: 'news', safe: 1, news: { articles: [] } }, 40074],
    ['a media id that does not exist', { msgtype: 'image', image: { media_id: 'no' } }, 40007],
  ])('refuses %s', async (_, more, errcode) => {
    expect(await world.api('message/send', text('x', more))).toMatchObject({ errcode });
    expect(await person(world.simulator.url, 'li.si').saw()).toEqual([]);
  });

  test('cuts long text at 2,048 bytes between characters, and says nothing', async () => {
    expect(await world.api('message/send', text(`a${'督'.repeat(900)}`))).toMatchObject({ errcode: 0 });
    const [seen] = await person(world.simulator.url, 'li.si').saw();
    expect(seen?.text).toBe(`a${'督'.repeat(682)}`);
    expect(await notes()).toMatch(/cut at 2048/);
  });

  test('drops what is over 30 a minute for one member, and says nothing', async () => {
    for (let n = 0; n < 32; n += 1)
      expect(await world.api('message/send', text(`${n}`))).toMatchObject({ errcode: 0 });
    const li = person(world.simulator.url, 'li.si');
    expect(await li.saw()).toHaveLength(30);
    expect(await notes()).toMatch(/dropped silently.*li\.si/);
    world.clock.advance(61_000);
    await world.api('message/send', text('again'));
    await li.sees(/again/);
  });

  test('does not deliver the same JSON twice within the interval, when asked', async () => {
    const check = { enable_duplicate_check: 1, duplicate_check_interval: 600 };
    const first = await world.api('message/send', text('一次', check));
    expect(await world.api('message/send', text('一次', check))).toMatchObject({
      errcode: 0,
      msgid: first.msgid,
    });
    const li = person(world.simulator.url, 'li.si');
    expect(await li.saw()).toHaveLength(1);
    // The fields of the check are part of the JSON: who asks only the second time is not protected.
    await world.api('message/send', text('一次'));
    expect(await li.saw()).toHaveLength(2);
    world.clock.advance(601_000);
    await world.api('message/send', text('一次', check));
    expect(await li.saw()).toHaveLength(3);
  });

  test('ends with the quota of the day: accounts × 200', async () => {
    await world.drive('corp', { ...corp, accounts: 1 });
    for (let n = 0; n < 50; n += 1) await world.api('message/send', text('x', { touser: '@all' }));
    // Three of the five can be reached.
    const codes = [];
    for (let n = 0; n < 17; n += 1)
      codes.push((await world.api('message/send', text('x', { touser: '@all' }))).errcode);
    expect(codes.slice(-2)).toEqual([0, 45009]);
    world.clock.advance(24 * HOUR);
    expect(await world.api('message/send', text('x'))).toMatchObject({ errcode: 0 });
  });

  test('recalls within a day, and only its own', async () => {
    const { msgid } = await world.api('message/send', text('错了'));
    const { msgid: old } = await world.api('message/send', text('旧的'));
    expect(await world.api('message/recall', { msgid: 'no' })).toMatchObject({ errcode: 40058 });
    expect(await world.api('message/recall', { msgid })).toMatchObject({ errcode: 0 });
    expect((await person(world.simulator.url, 'li.si').saw()).map((seen) => seen.text)).toEqual(
      ['旧的', '[recalled]'].toReversed(),
    );
    world.clock.advance(24 * HOUR + 1);
    expect(await world.api('message/recall', { msgid: old })).toMatchObject({ errcode: 42052 });
  });
});

describe('media', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());
  const upload = async (type: string, bytes: Buffer, fileName = '台账.png', part = 'media') => {
    const form = new FormData();
    form.append(part, new Blob([new Uint8Array(bytes)]), fileName);
    const url = `${world.simulator.apiBase}/cgi-bin/media/upload?access_token=${await world.token()}&type=${type}`;
    return (await (await fetch(url, { method: 'POST', body: form })).json()) as Record<string, string>;
  };

  test('goes up, into a message, and down again for three days', async () => {
    const { media_id = '', created_at } = await upload('image', PIXEL_PNG);
    expect(created_at).toMatch(/^\d+$/);
    await world.api('message/send', text('', { msgtype: 'image', image: { media_id } }));
    await person(world.simulator.url, 'li.si').sees(/\[image\] 台账\.png/);
    const url = async () =>
      `${world.simulator.apiBase}/cgi-bin/media/get?access_token=${await world.token()}&media_id=${media_id}`;
    const whole = await fetch(await url());
    expect(whole.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(PIXEL_PNG);
    const part = await fetch(await url(), { headers: { range: 'bytes=0-3' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-3/${PIXEL_PNG.length}`]);
    world.clock.advance(3 * 24 * HOUR);
    expect(await (await fetch(await url())).json()).toMatchObject({ errcode: 40007 });
  });

  test.each<[string, string, Buffer, string, number]>([
    ['an unknown type', 'thumb', PIXEL_PNG, 'media', 40005],
    ['a part of another name', 'image', PIXEL_PNG, 'file', 44001],
    ['five bytes', 'file', Buffer.alloc(5), 'media', 40006],
    ['an image that is none', 'image', Buffer.from('GIF89a...'), 'media', 40004],
    ['a voice that is not AMR', 'voice', PIXEL_PNG, 'media', 40004],
    ['an image over 10 MB', 'image', Buffer.alloc(10 * 1024 * 1024 + 1), 'media', 40009],
    [
      'a recording over 60 s',
      'voice',
      Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(13 * 3001)]),
      'media',
      45007,
    ],
  ])('refuses %s', async (_, type, bytes, part, errcode) => {
    expect(await upload(type, bytes, 'a.png', part)).toMatchObject({ errcode });
  });
});

describe('the rest of the API', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  test.each<[string, Record<string, string>, object]>([
    ['user/get', { userid: 'LI.SI' }, { errcode: 0, userid: 'li.si', department: [3], status: 1 }],
    ['user/get', { userid: 'gone' }, { errcode: 60111 }],
    ['user/simplelist', { department_id: '3' }, { userlist: [{ userid: 'li.si' }, { userid: 'zhao.liu' }] }],
    ['user/simplelist', {}, { errcode: 41019 }],
    ['user/list', { department_id: '2' }, { userlist: [{ name: '王建国' }, { name: '未购' }] }],
    ['department/list', {}, { department: [{ id: 1 }, { id: 2, parentid: 1 }, { id: 3 }] }],
    ['department/simplelist', { id: '3' }, { department_id: [{ id: 3, parentid: 1 }] }],
    ['tag/get', { tagid: '7' }, { tagname: '校长', userlist: [{ userid: 'li.si' }] }],
    ['tag/get', { tagid: '8' }, { errcode: 40068 }],
    ['agent/get', { agentid: String(AGENT) }, { name: '督导助手', allow_partys: { partyid: [1] } }],
    ['agent/get', { agentid: '1000008' }, { errcode: 301002 }],
    ['get_api_domain_ip', {}, { ip_list: ['127.0.0.1'] }],
    ['user/list_id', {}, { errcode: 40063 }],
  ])('%s %o', async (path, query, answer) => {
    expect(await world.api(path, undefined, query)).toMatchObject(answer);
  });

  test('menu: bytes are counted, and what was made is given back', async () => {
    const agentid = String(AGENT);
    const make = (button: object[]) => world.api('menu/create', { button }, { agentid });
    const click = { type: 'click', name: '待办', key: 'TODO' };
    expect(await world.api('menu/get', undefined, { agentid })).toMatchObject({ errcode: 46003 });
    expect(await make([])).toMatchObject({ errcode: 40016 });
    expect(await make([{ ...click, name: '六个汉字超了' }])).toMatchObject({ errcode: 40018 });
    expect(await make([{ ...click, type: 'media_id' }])).toMatchObject({ errcode: 40017 });
    expect(await make([{ ...click, key: 'k'.repeat(129) }])).toMatchObject({ errcode: 40019 });
    expect(await make([{ name: '看', type: 'view', url: 'a.cn' }])).toMatchObject({ errcode: 40055 });
    expect(await make([{ name: '多', sub_button: Array(6).fill(click) }])).toMatchObject({ errcode: 40023 });
    expect(await make([click])).toMatchObject({ errcode: 0 });
    expect(await world.api('menu/get', undefined, { agentid })).toMatchObject({ button: [click] });
    expect(await world.api('menu/delete', undefined, { agentid })).toMatchObject({ errcode: 0 });
  });

  test('groups: made, changed, spoken in; only by the app that made them', async () => {
    const create = (body: object) => world.api('appchat/create', body);
    const userlist = ['li.si', 'Wang.Jianguo'];
    expect(await create({ userlist: ['li.si'] })).toMatchObject({ errcode: 86006 });
    expect(await create({ userlist, owner: 'zhao.liu' })).toMatchObject({ errcode: 86207 });
    expect(await create({ userlist, chatid: 'with-dash' })).toMatchObject({ errcode: 86001 });
    expect(await create({ userlist, chatid: 'g1', name: '一组' })).toMatchObject({
      errcode: 0,
      chatid: 'g1',
    });
    expect(await create({ userlist, chatid: 'g1' })).toMatchObject({ errcode: 86215 });
    expect(await world.api('appchat/update', { chatid: 'g1', add_user_list: ['zhao.liu'] })).toMatchObject({
      errcode: 0,
    });
    expect(await world.api('appchat/get', undefined, { chatid: 'g1' })).toMatchObject({
      chat_info: { name: '一组', userlist: ['li.si', 'Wang.Jianguo', 'zhao.liu'] },
    });
    const say = { chatid: 'g1', msgtype: 'text', text: { content: '群里好' } };
    expect(await world.api('appchat/send', say)).not.toHaveProperty('msgid');
    await person(world.simulator.url, 'zhao.liu').sees(/群里好/);
    expect(await world.api('appchat/send', { ...say, chatid: 'no' })).toMatchObject({ errcode: 86003 });
    expect(await world.api('appchat/send', { ...say, chatid: 'area1' })).toMatchObject({ errcode: 86008 });
    const other = await world.token('other-secret');
    expect(await world.api('appchat/send', say, { access_token: other })).toMatchObject({ errcode: 48002 });
  });

  test('robots: the key is enough, twenty a minute, no buttons', async () => {
    const send = async (body: object, key = 'robot-key') => {
      const url = `${world.simulator.apiBase}/cgi-bin/webhook/send?key=${key}`;
      return (await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()) as {
        errcode: number;
      };
    };
    const hello = { msgtype: 'text', text: { content: '播报', mentioned_list: ['@all'] } };
    expect(await send(hello, 'wrong')).toMatchObject({ errcode: 93000 });
    expect(await send(hello)).toMatchObject({ errcode: 0 });
    const seen = await person(world.simulator.url, 'wang.jianguo').sees(/播报 @@all/);
    expect([seen.message.from, seen.message.chatId]).toEqual(['robot', 'group:area1']);
    expect(
      await send({ msgtype: 'template_card', template_card: { card_type: 'button_interaction' } }),
    ).toMatchObject({ errcode: 42031 });
    expect(await send({ msgtype: 'text', text: { content: '督'.repeat(683) } })).toMatchObject({
      errcode: 45002,
    });
    const codes = [];
    for (let n = 0; n < 18; n += 1) codes.push((await send(hello)).errcode);
    expect(codes.slice(-2)).toEqual([0, 45009]);
  });

  test('web login: a code serves once, for five minutes', async () => {
    const authorize = `${world.simulator.url}/connect/oauth2/authorize?${new URLSearchParams({
      appid: CORP_ID,
      redirect_uri: 'https://office.example.cn/back',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc',
    })}#wechat_redirect`;
    const code = async () => {
      const { location } = await world.drive<{ location: string }>('people/li.si/open', { url: authorize });
      return new URL(location).searchParams.get('code') ?? '';
    };
    const first = await code();
    const info = (c: string) => world.api('auth/getuserinfo', undefined, { code: c });
    expect(await info(first)).toMatchObject({ errcode: 0, userid: 'li.si' });
    expect(await info(first)).toMatchObject({ errcode: 42022 });
    expect(await info('no')).toMatchObject({ errcode: 40029 });
    const second = await code();
    world.clock.advance(5 * 60_000);
    expect(await info(second)).toMatchObject({ errcode: 42003 });
    const page = await fetch(`${authorize.split('#')[0]}&simulator_user=li.si`, { redirect: 'manual' });
    expect([page.status, new URL(page.headers.get('location') ?? '').searchParams.get('state')]).toEqual([
      302,
      'abc',
    ]);
  });
});

describe('limits of the corp, and faults', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ limits: { corpPerMinute: 5 } });
  });
  afterEach(() => world.close());
  const ip = (access_token: string) => world.api('getcallbackip', undefined, { access_token });

  test('over the limit a minute of silence', async () => {
    const token = await world.token();
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push((await ip(token)).errcode);
    expect(codes).toEqual([0, 0, 0, 0, 45009, 45009]);
    world.clock.advance(61_000);
    expect(await ip(token)).toMatchObject({ errcode: 0 });
  });

  test('named error codes, an address that is not trusted, dead tokens; each as often as asked', async () => {
    const token = await world.token();
    await world.drive('faults', { kind: 'errcode', errcode: -1, path: '/cgi-bin/getcallbackip', times: 1 });
    await world.drive('faults', { kind: 'untrusted-ip', times: 1 });
    expect(await ip(token)).toMatchObject({ errcode: -1 });
    expect(await ip(token)).toMatchObject({ errcode: 60020 });
    await world.drive('faults', { kind: 'token-expired', times: 1 });
    expect(await ip(token)).toMatchObject({ errcode: 42001 });
    expect(await ip(await world.token())).toMatchObject({ errcode: 0 });
  });

  test('done, but the answer got lost; or never done', async () => {
    const access_token = await world.token();
    const li = person(world.simulator.url, 'li.si');
    await world.drive('faults', { kind: 'drop-answer', path: '/cgi-bin/message', times: 1 });
    await expect(world.api('message/send', text('到了'), { access_token })).rejects.toThrow();
    await li.sees(/到了/);
    await world.drive('faults', { kind: 'refuse', path: '/cgi-bin/message', times: 1 });
    await expect(world.api('message/send', text('没到'), { access_token })).rejects.toThrow();
    await world.drive('faults', { kind: 'lost', ms: 10, path: '/cgi-bin/message', times: 1 });
    await expect(world.api('message/send', text('没到'), { access_token })).rejects.toThrow();
    await li.neverSees(/没到/);
  });
});
