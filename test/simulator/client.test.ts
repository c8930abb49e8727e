// Both ends of the wire together: everything our own client can do, done against the simulator.
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PIXEL_PNG } from '../../src/simulator/acts.ts';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { WecomRefused, WecomUnreachable } from '../../src/wecom/errors.ts';
import { authorizeUrl } from '../../src/wecom/oauth.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { createRobot, robotImage } from '../../src/wecom/webhook.ts';
import { person } from '../support/person.ts';
import { AGENT, CORP_ID, SECRET, startWorld, type World } from './bot.ts';

let world: World;
let client: WecomClient;
beforeAll(async () => {
  world = await startWorld();
  client = createWecomClient({
    base: world.simulator.apiBase,
    corpId: CORP_ID,
    agentId: AGENT,
    secret: SECRET,
    tokens: memoryTokenStore(),
    now: () => world.clock.now(),
  });
});
afterAll(() => world.close());

const text = (content: string) => ({ touser: 'li.si', msgtype: 'text' as const, text: { content } });
const li = () => person(world.simulator.url, 'li.si');

test('sends, names whom it did not reach, and recalls', async () => {
  const sent = await client.send({ ...text('您好'), touser: 'li.si|Nobody' });
  expect(sent).toMatchObject({ invalidUsers: ['nobody'], msgid: expect.any(String) });
  await li().sees(/您好/);
  await client.recall(sent.msgid ?? '');
  await li().sees(/\[recalled\]/);
});

test('sends a card, hears the tap, greys the button with the code of the tap', async () => {
  const { responseCode } = await client.send({
    touser: 'li.si',
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      main_title: { title: '整改通知' },
      task_id: 'client-1',
      button_list: [{ text: '签收', key: 'sign' }],
    },
  });
  expect(responseCode).toEqual(expect.any(String));
  await li().taps('sign');
  const response_code =
    /(?<=<ResponseCode><!\[CDATA\[)[^\]]+/.exec(world.bot.got.at(-1)?.plain ?? '')?.[0] ?? '';
  const grey = { userids: ['li.si', 'zhao.liu'], response_code, button: { replace_name: '已签收' } };
  expect(await client.updateCard(grey)).toEqual({ invalidUsers: ['zhao.liu'] });
  await li().sees(/\[已签收\]/);
  await expect(client.updateCard(grey)).rejects.toMatchObject({ errcode: 60140 });
});

test('carries a picture up and down', async () => {
  const { mediaId } = await client.media.upload({
    type: 'image',
    filename: '灭火器 "旧".png',
    data: PIXEL_PNG,
  });
  await client.send({ touser: 'li.si', msgtype: 'image', image: { media_id: mediaId } });
  await li().sees(/灭火器/);
  const file = await client.media.get(mediaId);
  expect(file.contentType).toBe('image/png');
  expect(await buffer(file.stream)).toEqual(PIXEL_PNG);
  await expect(client.media.get('no')).rejects.toMatchObject({ errcode: 40007 });
});

test('asks for people, departments, tags, itself, and makes menus and groups', async () => {
  expect(await client.contacts.user('li.si')).toMatchObject({ userid: 'li.si', name: '李四' });
  expect(await client.contacts.list(3)).toHaveLength(2);
  expect(await client.contacts.departments()).toHaveLength(3);
  expect(await client.contacts.departmentIds(3)).toHaveLength(1);
  expect(await client.contacts.tag(7)).toMatchObject({ tagname: '校长' });
  expect(await client.contacts.agent()).toMatchObject({ name: '督导助手' });
  expect(await client.callbackIps()).toEqual(['127.0.0.1']);
  expect(await client.menu.get()).toBeNull();
  await client.menu.create({ button: [{ type: 'click', name: '待办', key: 'TODO' }] });
  expect(await client.menu.get()).toMatchObject({ button: [{ key: 'TODO' }] });
  const chatid = await client.appchat.create({ name: '一组', userlist: ['li.si', 'zhao.liu'] });
  await client.appchat.send({ chatid, msgtype: 'text', text: { content: '群里好' } });
  await li().sees(/群里好/);
});

test('knows who came by a code, and posts by robot', async () => {
  const url = authorizeUrl({ corpId: CORP_ID, redirectUri: 'https://office.example.cn/', state: 'a1' });
  const { location } = await world.drive<{ location: string }>('people/li.si/open', { url });
  const code = new URL(location).searchParams.get('code') ?? '';
  expect(await client.userFromCode(code)).toMatchObject({ kind: 'member', userId: 'li.si' });
  const robot = createRobot({ base: world.simulator.apiBase, key: 'robot-key' });
  await robot.send({ msgtype: 'markdown_v2', markdown_v2: { content: '# 播报' } });
  await robot.send(robotImage(PIXEL_PNG));
  const { mediaId } = await robot.upload({
    type: 'file',
    filename: '简报.pdf',
    data: Buffer.from('%PDF-1.7'),
  });
  await robot.send({ msgtype: 'file', file: { media_id: mediaId } });
  await li().sees(/简报\.pdf/);
});

test('tells "said no" from "did not answer", and takes a new token by itself', async () => {
  await world.drive('faults', { kind: 'token-expired', times: 1 });
  await client.send(text('令牌换新'));
  await li().seesOnce(/令牌换新/);
  await world.drive('faults', { kind: 'errcode', errcode: 45009, times: 1 });
  await expect(client.send(text('x'))).rejects.toBeInstanceOf(WecomRefused);
  await world.drive('faults', { kind: 'drop-answer', times: 1 });
  const lost = client.send(text('到了没有'));
  await expect(lost).rejects.toBeInstanceOf(WecomUnreachable);
  await expect(lost).rejects.toMatchObject({ outcome: 'unknown' });
  await li().seesOnce(/到了没有/);
});
