// The rest of the platform's API, call by call, and the faults that can be switched on.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PIXEL_PNG } from '../../src/simulator/acts.ts';
import type { ChatView } from '../../src/simulator/api.ts';
import { filenameOf } from '../../src/wecom/media.ts';
import { person } from '../support/person.ts';
import { AGENT, CORP_ID, corp, startWorld, text, type World } from './bot.ts';

const HOUR = 3_600_000;

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
    expect(filenameOf(whole.headers.get('content-disposition') ?? '')).toBe('台账.png');
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
    const page = { name: '程序', type: 'view_miniprogram', appid: 'wx1', pagepath: 'pages/a' };
    expect(await make([{ ...page, appid: '' }])).toMatchObject({ errcode: 40020 });
    expect(await make([{ name: '多', sub_button: [{ ...page, pagepath: '' }] }])).toMatchObject({
      errcode: 40027,
    });
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

  test('a group that its owner dissolves: to be looked at, and closed to apps, robots and people', async () => {
    const robot = { key: 'robot-of-g2', name: '通知', chatId: 'g2' };
    await world.drive('corp', { ...corp, robots: [...(corp.robots ?? []), robot] });
    await world.api('appchat/create', { userlist: ['li.si', 'Wang.Jianguo'], chatid: 'g2', name: '专项群' });
    const say = { chatid: 'g2', msgtype: 'text', text: { content: '今天开会' } };
    await world.api('appchat/send', say);
    const seen = await person(world.simulator.url, 'li.si').sees(/今天开会/);
    expect([seen.message.from, seen.message.fromName]).toEqual(['app', '督导助手']);
    const about = async (who: string) =>
      (await world.drive<ChatView[]>(`people/${who}/chats`)).find(({ chatId }) => chatId === 'group:g2')
        ?.about;
    expect(await about('li.si')).toMatchObject({
      owner: '李四',
      byApp: true,
      mine: true,
      robots: [{ name: '通知', webhook: expect.stringMatching(/webhook\/send\?key=robot-of-g2$/) }],
    });
    const dissolve = (who: string) => world.drive(`people/${who}/dissolve`, { chatId: 'group:g2' });
    expect(await dissolve('Wang.Jianguo')).toMatchObject({ error: expect.stringContaining('does not own') });
    expect(await dissolve('li.si')).toMatchObject({ outcome: 'not-called' });
    await person(world.simulator.url, 'Wang.Jianguo').sees(/李四 解散了群聊/);
    expect(await about('Wang.Jianguo')).toMatchObject({ dissolved: true, mine: false });
    expect(await world.api('appchat/send', say)).toMatchObject({ errcode: 49008 });
    expect(await world.api('appchat/update', { chatid: 'g2', name: '别的名' })).toMatchObject({
      errcode: 49008,
    });
    const post = await fetch(`${world.simulator.apiBase}/cgi-bin/webhook/send?key=robot-of-g2`, {
      method: 'POST',
      body: JSON.stringify({ msgtype: 'text', text: { content: 'x' } }),
    });
    expect(await post.json()).toMatchObject({ errcode: 93008 });
    expect(await world.drive('people/li.si/say', { chatId: 'group:g2', text: '还在吗' })).toMatchObject({
      error: expect.stringContaining('dissolved'),
    });
  });

  test('robots: the key is enough, twenty a minute, no buttons', async () => {
    const send = async (body: object | '', key = 'robot-key') => {
      const url = `${world.simulator.apiBase}/cgi-bin/webhook/send?key=${key}`;
      const payload = body === '' ? '' : JSON.stringify(body);
      return (await (await fetch(url, { method: 'POST', body: payload })).json()) as {
        errcode: number;
      };
    };
    const hello = { msgtype: 'text', text: { content: '播报', mentioned_list: ['@all'] } };
    expect(await send(hello, 'wrong')).toMatchObject({ errcode: 93000 });
    expect(await send(hello)).toMatchObject({ errcode: 0 });
    const seen = await person(world.simulator.url, 'wang.jianguo').sees(/播报 @all/);
    expect([seen.message.from, seen.message.chatId]).toEqual(['robot', 'group:area1']);
    expect(
      await send({ msgtype: 'template_card', template_card: { card_type: 'button_interaction' } }),
    ).toMatchObject({ errcode: 42031 });
    expect(await send({ msgtype: 'text', text: { content: '督'.repeat(683) } })).toMatchObject({
      errcode: 45002,
    });
    const news = {
      card_type: 'news_notice',
      main_title: { title: '简报' },
      image_text_area: { type: 0, title: '图', image_url: 'https://a.b/c.png' },
      card_action: { type: 1, url: 'https://a.b/' },
    };
    expect(await send({ msgtype: 'template_card', template_card: news })).toMatchObject({ errcode: 42044 });
    expect(await send('')).toMatchObject({ errcode: 93017 });
    const codes = [];
    for (let n = 0; n < 17; n += 1) codes.push((await send(hello)).errcode);
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
