// The simulator as the smart robot's other side (PROTOCOL §15): who is called, what is told, what of an answer is shown, what is refused.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActView, ChatView, MessagesView } from '../../src/simulator/api.ts';
import { type AibotOpened, createAibotCallback } from '../../src/wecom/aibot-callback.ts';
import { AibotFileGone, fetchAibotFile } from '../../src/wecom/aibot-media.ts';
import { decodeAesKey } from '../../src/wecom/crypto.ts';
import { CallbackError } from '../../src/wecom/errors.ts';
import { person } from '../support/person.ts';
import { until } from '../support/until.ts';
import { AES_KEY, corp, startWorld, type World } from './bot.ts';

const TOKEN = 'robotToken';
let world: World;
const got: AibotOpened[] = [];
/** A reply's plain JSON, '' for an empty body, or a status. */
let answer: (heard: AibotOpened) => object | '' | number = () => '';
let wrongNonce = false;
const door = createAibotCallback({ token: TOKEN, encodingAesKey: AES_KEY, now: () => world.clock.now() });
const bot = createServer(async (request, response) => {
  const query = Object.fromEntries(new URL(request.url ?? '', 'http://bot').searchParams);
  if (request.method === 'GET') return void response.end(door.verify(query));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const heard = door.open(Buffer.concat(chunks), query);
  got.push(heard);
  const said = answer(heard);
  if (typeof said === 'number') return void response.writeHead(said).end();
  if (said === '') return void response.end();
  const nonce = wrongNonce ? 'other' : heard.nonce;
  response.end(door.seal(JSON.stringify(said), { nonce, timestamp: Math.floor(Date.now() / 1000) }));
});

const stream = (id: string, content: string, finish = true) => ({
  msgtype: 'stream',
  stream: { id, content, finish },
});
const card = (task: string, title = '确认吗') => ({
  card_type: 'button_interaction',
  main_title: { title },
  task_id: task,
  button_list: [{ text: '确认', key: 'yes' }],
});
const li = () => person(world.simulator.url, 'li.si');
const wang = () => person(world.simulator.url, 'Wang.Jianguo');
const GROUP = 'group:area1';
const ask = (text = '@督导助手 还差哪几所') => li().says(text, { chatId: GROUP });

beforeAll(async () => {
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  world = await startWorld({
    aibotPollMs: 10,
    corp: {
      ...corp,
      aibots: [{ aibotId: 'AIBOT1', name: '督导助手' }],
      groups: [
        { chatId: 'area1', name: '第一责任区', members: ['Wang.Jianguo', 'li.si'], aibots: ['AIBOT1'] },
      ],
    },
  });
  const { port } = bot.address() as AddressInfo; // a TCP server's address is never a string
  const callbackUrl = `http://127.0.0.1:${port}/aibot`;
  const checked = await world.simulator.setAibotCallback({
    ...{ aibotId: 'AIBOT1', callbackUrl, token: TOKEN, encodingAesKey: AES_KEY },
  });
  expect(checked.note).toBe('URL verified');
});
afterAll(async () => {
  await world.close();
  bot.closeAllConnections();
  bot.close();
});
beforeEach(async () => {
  await world.drive('reset', {});
  got.length = 0;
  wrongNonce = false;
  answer = () => '';
});

describe('in a group', () => {
  test('a mention is called back with the group, the sender and a response url; everybody sees the answer', async () => {
    answer = ({ inbound }) => stream(inbound.msgId, '还差2所');
    const act = await ask();
    expect(act.outcome).toBe('answered');
    expect(got[0]?.inbound).toMatchObject({
      kind: 'aibot.text',
      fromUser: 'li.si',
      chat: { type: 'group', chatId: 'area1' },
      content: '@督导助手 还差哪几所',
    });
    expect(got[0]?.inbound.responseUrl).toMatch(/\/cgi-bin\/aibot\/response\?response_code=/);
    for (const member of [li(), wang()])
      expect((await member.sees(/还差2所/)).message.fromName).toBe('督导助手');
    await wang().sees(/还差哪几所/);
  });

  test('what mentions nobody stays among people', async () => {
    const act = await ask('下午开会');
    expect([act.outcome, act.note]).toEqual([
      'not-called',
      'messages in groups are called back only when they mention a smart robot',
    ]);
    expect(got).toEqual([]);
  });

  test('the list of chats names who is in the group, and the robot once for itself', async () => {
    const chats = await world.drive<ChatView[]>('people/li.si/chats');
    expect(chats.find(({ chatId }) => chatId === GROUP)).toMatchObject({
      kind: 'group',
      members: ['王建国', '李四'],
      aibots: ['督导助手'],
    });
    expect(chats.find(({ kind }) => kind === 'aibot')).toMatchObject({
      chatId: 'aibot:AIBOT1',
      name: '督导助手',
    });
  });
});

describe('a stream', () => {
  test('is asked for until it is finished, each part in the place of the one before', async () => {
    let asked = 0;
    answer = ({ inbound }) => {
      const id = inbound.kind === 'aibot.stream' ? inbound.streamId : inbound.msgId;
      if (inbound.kind === 'aibot.stream') asked += 1;
      return stream(id, asked < 3 ? '正在查' : '还差2所', asked >= 3);
    };
    await ask();
    await li().sees(/还差2所/);
    const { messages } = await world.drive<MessagesView>(
      `people/li.si/chats/${encodeURIComponent(GROUP)}/messages`,
    );
    expect(messages.filter(({ from }) => from === 'robot').map(({ text }) => text)).toEqual(['还差2所']);
    const calls = got.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(got).toHaveLength(calls); // it asked no more
    expect(new Set(got.map(({ inbound }) => inbound.msgId)).size).toBe(calls);
  });

  test('may be edited for six minutes only', async () => {
    answer = ({ inbound }) =>
      stream(inbound.kind === 'aibot.stream' ? inbound.streamId : inbound.msgId, '正在查', false);
    await ask();
    await until('a second question', async () => got.length > 2);
    await world.drive('clock', { advanceMs: 6 * 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const calls = got.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(got).toHaveLength(calls);
  });

  test('three questions of one person may be open, a fourth is not passed on', async () => {
    answer = ({ inbound }) =>
      stream(inbound.kind === 'aibot.stream' ? inbound.streamId : inbound.msgId, '正在查', false);
    for (let n = 0; n < 3; n += 1) expect((await ask()).outcome).toBe('answered');
    const fourth = await ask();
    expect(fourth.outcome).toBe('not-called');
    expect(fourth.note).toMatch(/three questions/);
    expect((await wang().says('@督导助手 还差', { chatId: GROUP })).outcome).toBe('answered');
  });
});

describe('what is refused is shown to nobody and said in the exchange', () => {
  const long = '督'.repeat(6827);
  test.each([
    ['text', { msgtype: 'text', text: { content: 'x' } }, /"text" does not answer a message/],
    ['markdown', { msgtype: 'markdown', markdown: { content: 'x' } }, /does not answer a message/],
    ['too long', stream('s', long), /longer than 20480 bytes/],
    ['no id', stream('', 'x'), /stream.id is missing/],
    [
      'a bad card',
      { msgtype: 'template_card', template_card: { card_type: 'button_interaction' } },
      /card is refused/,
    ],
  ])('%s', async (_name, reply, note) => {
    answer = () => reply;
    const act = await ask();
    expect(act.outcome).toBe('failed');
    expect(act.note).toMatch(note);
    await li().neverSees(/督督|^x$/);
  });

  test('a nonce of its own', async () => {
    wrongNonce = true;
    answer = ({ inbound }) => stream(inbound.msgId, 'x');
    expect((await ask()).note).toMatch(/nonce must be the one of the callback/);
  });
});

test('a message that was not taken comes again with the same msgid', async () => {
  let n = 0;
  answer = ({ inbound }) => {
    n += 1;
    return n < 3 ? 500 : stream(inbound.msgId, '好');
  };
  const act = await ask();
  expect([act.outcome, act.attempts]).toEqual(['answered', 3]);
  expect(new Set(got.map(({ inbound }) => inbound.msgId)).size).toBe(1);
});

test('the response url takes one message within the hour, and no stream', async () => {
  answer = () => '';
  await ask();
  const url = got[0]?.inbound.responseUrl ?? '';
  const post = async (body: object): Promise<{ errcode: number }> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as { errcode: number }; // the platform's JSON
  };
  expect((await post(stream('s', 'x'))).errcode).toBe(40008);
  expect((await post({ msgtype: 'markdown', markdown: { content: '晚到的答复' } })).errcode).toBe(0);
  await wang().sees(/晚到的答复/);
  expect((await post({ msgtype: 'markdown', markdown: { content: '再来' } })).errcode).toBe(60140);
  await ask();
  await world.drive('clock', { advanceMs: 3_600_000 });
  const late = got.at(-1)?.inbound.responseUrl ?? '';
  const refused = await fetch(late, {
    method: 'POST',
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content: 'x' } }),
  });
  expect(((await refused.json()) as { errcode: number }).errcode).toBe(60140);
});

describe('alone with the robot', () => {
  const chatId = 'aibot:AIBOT1';
  const enter = () => world.drive<ActView>('people/li.si/enter', { chatId });

  test('it is told of the first entry of a day, and may greet with plain text', async () => {
    answer = () => ({ msgtype: 'text', text: { content: '您好' } });
    expect((await enter()).reply?.text).toBe('您好');
    expect(got[0]?.inbound).toMatchObject({ kind: 'aibot.enter', chat: { type: 'single' } });
    expect((await enter()).outcome).toBe('not-called');
    await world.drive('clock', { advanceMs: 24 * 3_600_000 });
    expect((await enter()).outcome).toBe('answered');
  });

  test('a card is tapped, and changed by the answer to the tap when its task fits', async () => {
    answer = ({ inbound }) =>
      inbound.kind === 'aibot.tap'
        ? {
            response_type: 'update_template_card',
            template_card: { ...card('q-1', '已确认'), button_list: [{ text: '好', key: 'ok' }] },
          }
        : {
            msgtype: 'stream_with_template_card',
            stream: { id: 's1', content: '请看', finish: true },
            template_card: card('q-1'),
          };
    await li().says('登记', { chatId });
    await li().sees(/确认吗/);
    const tapped = await world.drive<ActView>('people/li.si/tap', { chatId, taskId: 'q-1', key: 'yes' });
    expect(tapped.outcome).toBe('answered');
    expect(got.at(-1)?.inbound).toMatchObject({ kind: 'aibot.tap', eventKey: 'yes', taskId: 'q-1' });
    await li().sees(/已确认/);

    answer = () => ({ response_type: 'update_template_card', template_card: card('q-2') });
    const wrong = await world.drive<ActView>('people/li.si/tap', { chatId, taskId: 'q-1', key: 'ok' });
    expect(wrong.note).toMatch(/task_id is not that of the card/);
  });

  test('a tap that is not taken is not told again', async () => {
    answer = ({ inbound }) =>
      inbound.kind === 'aibot.tap' ? 500 : { msgtype: 'template_card', template_card: card('q-3') };
    await li().says('登记', { chatId });
    const tapped = await world.drive<ActView>('people/li.si/tap', { chatId, taskId: 'q-3', key: 'yes' });
    expect([tapped.outcome, tapped.attempts]).toEqual(['failed', 1]);
  });

  test('a photo is told by an address that opens with the robot’s key, for five minutes', async () => {
    answer = ({ inbound }) => stream(inbound.msgId, '收到');
    const photo = Buffer.from('not really a photo, but bytes of some length');
    expect((await li().sendsPhoto(photo, { chatId })).outcome).toBe('answered');
    const { inbound } = got[0] ?? {};
    if (inbound?.kind !== 'aibot.media') throw new Error('no photo came');
    const open = (callbackKey: Buffer) => fetchAibotFile(inbound, { callbackKey, maxBytes: 1000 });
    expect(await open(decodeAesKey(AES_KEY))).toEqual(photo);
    await expect(open(Buffer.alloc(32))).rejects.toThrow(CallbackError);
    await expect(
      fetchAibotFile(inbound, { callbackKey: decodeAesKey(AES_KEY), maxBytes: 1 }),
    ).rejects.toThrow(RangeError);
    await world.drive('clock', { advanceMs: 5 * 60_000 });
    await expect(open(decodeAesKey(AES_KEY))).rejects.toThrow(AibotFileGone);
  });
});
