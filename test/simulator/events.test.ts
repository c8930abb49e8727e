// What a bot hears of what people do beside writing: entering, the menu, coming and going; and what it does not hear.
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { PIXEL_PNG } from '../../src/simulator/acts.ts';
import type { ActView } from '../../src/simulator/api.ts';
import { parseInbound } from '../../src/wecom/inbound.ts';
import { textOf, wordOf } from '../../src/wecom/xml.ts';
import { person } from '../support/person.ts';
import { AGENT, startWorld, textReply, type World } from './bot.ts';

let world: World;
afterEach(() => world.close());

describe('events', () => {
  test('entering, menu, and coming or going of a person', async () => {
    world = await startWorld({}, (got) =>
      textOf(got.xml, 'Event') === 'unsubscribe' ? '' : textReply(got, '您好'),
    );
    const wang = person(world.simulator.url, 'wang.jianguo');
    expect((await wang.enters()).outcome).toBe('answered');
    await world.api(
      'menu/create',
      {
        button: [
          { name: '待办', type: 'click', key: 'TODO' },
          { name: '更多', sub_button: [{ name: '位置', type: 'location_select', key: 'LOC' }] },
        ],
      },
      { agentid: '1000007' },
    );
    expect((await wang.usesMenu('TODO')).outcome).toBe('answered');
    expect(await wang.usesMenu('LOC')).toMatchObject({
      outcome: 'failed',
      note: /takes no message/ as unknown,
    });
    await world.drive('people', { userId: 'new.one', name: '新人' });
    await world.drive('people/new.one', { status: 'disabled' }, 'PATCH');
    expect(world.bot.got.map(({ xml }) => textOf(xml, 'Event'))).toEqual([
      'enter_agent',
      'click',
      'location_select',
      'subscribe',
      'unsubscribe',
    ]);
    const refused = await world.drive<{ error: string }>('people/new.one/say', { text: '喂' });
    expect(refused.error).toMatch(/does not see the app/);
  });

  test('the position on entering, and every kind of menu button, as the protocol’s own reader has them', async () => {
    world = await startWorld({}, (got) => textReply(got, '好'));
    const leaf = (type: string) => ({ type, name: type.slice(0, 10), key: type });
    const button = [
      { name: '扫', sub_button: ['scancode_push', 'scancode_waitmsg'].map(leaf) },
      { name: '拍', sub_button: ['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin'].map(leaf) },
      {
        name: '去',
        sub_button: [
          leaf('location_select'),
          { type: 'view', name: '看', url: 'https://a.b/' },
          { type: 'view_miniprogram', name: '程', appid: 'wx1', pagepath: 'pages/a' },
        ],
      },
    ];
    expect(await world.api('menu/create', { button }, { agentid: '1000007' })).toMatchObject({ errcode: 0 });
    const place = { latitude: 31.2304, longitude: 121.4737, label: '人民大道' };
    const enter = await world.drive<ActView>('people/li.si/enter', { place });
    expect(enter.outcome).toBe('answered');
    const picture = PIXEL_PNG.toString('base64');
    const menu = (key: string, more: object = {}) => world.drive('people/li.si/menu', { key, ...more });
    await menu('scancode_push', { scanResult: 'ASSET-1' });
    await menu('scancode_waitmsg', { scanResult: 'ASSET-2' });
    for (const kind of ['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin'])
      await menu(kind, { pictures: [picture] });
    await menu('location_select', { place });
    await menu('https://a.b/');
    await menu('pages/a');

    const md5 = createHash('md5').update(PIXEL_PNG).digest('hex');
    const at = { latitude: 31.2304, longitude: 121.4737, appType: 'wxwork' };
    const photo = { kind: 'image', mediaId: expect.any(String) };
    const pictures = (kind: string) => [{ kind, eventKey: kind, count: 1, md5s: [md5] }, photo];
    const heard = world.bot.got.map(({ plain }) => parseInbound(plain));
    expect(heard.every(({ fromUser, agentId }) => fromUser === 'li.si' && agentId === AGENT)).toBe(true);
    expect(heard).toMatchObject([
      { kind: 'location_report', precision: 40, ...at },
      { kind: 'enter_agent', eventKey: '' },
      { kind: 'scancode_push', eventKey: 'scancode_push', scanType: 'qrcode', scanResult: 'ASSET-1' },
      { kind: 'scancode_waitmsg', scanResult: 'ASSET-2' },
      ...['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin'].flatMap(pictures),
      { kind: 'location_select', label: '人民大道', scale: 15, ...at },
      { kind: 'view', eventKey: 'https://a.b/' },
      { kind: 'view_miniprogram', eventKey: 'pages/a' },
    ]);
  });

  test('of any other name, as the platform sends them', async () => {
    world = await startWorld();
    const act = await world.drive<ActView>('events', {
      event: 'inactive_alert',
      fields: [['EffectTime', '1718600000']],
    });
    expect(act.outcome).toBe('empty');
    expect(wordOf(world.bot.got[0]?.xml, 'FromUserName')).toBe('sys');
  });

  test('messages in groups are not called back', async () => {
    world = await startWorld();
    const act = await person(world.simulator.url, 'li.si').says('大家好', { chatId: 'group:area1' });
    expect(act.outcome).toBe('not-called');
    expect((await person(world.simulator.url, 'wang.jianguo').sees(/大家好/)).message.from).toBe('li.si');
    expect(world.bot.got).toHaveLength(0);
  });
});
