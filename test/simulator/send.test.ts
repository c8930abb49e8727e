// Tokens, the quirks about bodies, and message/send: what it gives, and what it says to a call that is wrong.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExchangesView } from '../../src/simulator/api.ts';
import { person } from '../support/person.ts';
import { AGENT, CORP_ID, corp, SECRET, startWorld, text, type World } from './bot.ts';

const HOUR = 3_600_000;
const line = { key: '事项', value: '灭火器' };
const mini = (more: object = {}) => ({
  msgtype: 'miniprogram_notice',
  miniprogram_notice: {
    appid: 'wx1',
    title: '整改到期',
    description: '请尽快处理',
    content_item: [line],
    ...more,
  },
});

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
    ['a mini program for all', { ...mini(), touser: '@all' }, 40058],
    ['a mini program without its id', mini({ appid: '' }), 90200],
    ['a mini program with a long page', mini({ page: 'p'.repeat(1025) }), 90202],
    ['a mini program with three characters', mini({ title: '三个字' }), 90203],
    ['a mini program described in thirteen', mini({ description: '字'.repeat(13) }), 90204],
    ['a mini program with eleven lines', mini({ content_item: Array(11).fill(line) }), 90206],
    ['a mini program with a long key', mini({ content_item: [{ ...line, key: '键'.repeat(11) }] }), 90207],
    [
      'a mini program with a long value',
      mini({ content_item: [{ ...line, value: '值'.repeat(31) }] }),
      90208,
    ],
    ['a media id that does not exist', { msgtype: 'image', image: { media_id: 'no' } }, 40007],
  ])('refuses %s', async (_, more, errcode) => {
    expect(await world.api('message/send', text('x', more))).toMatchObject({ errcode });
    expect(await person(world.simulator.url, 'li.si').saw()).toEqual([]);
  });

  test('a mini program needs no agent id, as on the page', async () => {
    const { agentid: _, ...body } = text('x', mini());
    expect(await world.api('message/send', body)).toMatchObject({ errcode: 0 });
    await person(world.simulator.url, 'li.si').sees(/整改到期\n请尽快处理\n事项: 灭火器/);
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

  test('knows nothing of what was sent later, when its clock is moved back', async () => {
    const check = { enable_duplicate_check: 1, duplicate_check_interval: 600 };
    await world.api('message/send', text('一次', check));
    world.clock.advance(-1_000);
    world.clock.advance(2_000);
    await world.api('message/send', text('一次', check));
    expect(await person(world.simulator.url, 'li.si').saw()).toHaveLength(2);
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
