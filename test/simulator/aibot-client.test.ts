// Our client and the simulator agree on what a smart robot does beside answering: files over the long connection, and the one message to a `response_url`.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { MessagesView, MessageView } from '../../src/simulator/api.ts';
import type { AibotInbound } from '../../src/wecom/aibot.ts';
import { aibotReply } from '../../src/wecom/aibot-replies.ts';
import { respondByUrl } from '../../src/wecom/aibot-response.ts';
import { type AibotFrame, type AibotSocket, openAibotSocket } from '../../src/wecom/aibot-socket.ts';
import { WecomInvalid, WecomRefused } from '../../src/wecom/errors.ts';
import { person } from '../support/person.ts';
import { until } from '../support/until.ts';
import { corp, startWorld, type World } from './bot.ts';

const MB = 1024 * 1024;
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(100)]);
let world: World;
let frames: AibotFrame[] = [];

beforeAll(async () => {
  world = await startWorld({
    corp: {
      ...corp,
      aibots: [{ aibotId: 'AIBOT1', name: '督导助手', secret: 'robotSecret' }],
      groups: [{ chatId: 'area1', name: '第一责任区', members: ['li.si'], aibots: ['AIBOT1'] }],
    },
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  frames = [];
  await world.drive('reset', {});
});

async function connected(): Promise<AibotSocket> {
  let ready = false;
  const socket = await openAibotSocket(
    { botId: 'AIBOT1', secret: 'robotSecret', url: world.simulator.aibotUrl },
    {
      frame: (frame) => void frames.push(frame),
      odd(error) {
        throw error;
      },
      state: (state) => {
        ready = state === 'ready';
      },
    },
  );
  onTestFinished(() => socket.close());
  await until('the connection', async () => ready);
  return socket;
}

async function asked(): Promise<AibotFrame> {
  frames = [];
  await person(world.simulator.url, 'li.si').says('@督导助手 台账', { chatId: 'group:area1', wait: false });
  return until('the question', async () => frames.at(-1) ?? null);
}

async function seen(): Promise<MessageView[]> {
  const { messages } = await world.drive<MessagesView>('people/li.si/messages?after=0');
  return messages.filter(({ from }) => from === 'robot');
}

describe('a file over the long connection', () => {
  test('goes up in parts and comes as the answer, name and bytes as they were', async () => {
    const socket = await connected();
    const data = randomBytes(1.3 * MB);
    const { mediaId, type } = await socket.upload({ type: 'file', filename: '台账 三月.xlsx', data });
    expect(type).toBe('file');
    await (await asked()).answer(aibotReply({ msgtype: 'file', file: { media_id: mediaId } }));
    const [message] = await until('the file', async () => ((await seen()).length > 0 ? seen() : null));
    expect(message).toMatchObject({
      msgType: 'file',
      media: { fileName: '台账 三月.xlsx', size: data.length },
    });
    const got = await fetch(`${world.simulator.url}/simulator/media/${message?.media?.mediaId}`);
    const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(sha(Buffer.from(await got.arrayBuffer()))).toBe(sha(data));
  });

  test('that is none, too large, or of another kind than was said', async () => {
    const socket = await connected();
    const put = (type: 'file' | 'image', data: Uint8Array) =>
      socket.upload({ type, filename: 'a.png', data });
    await expect(put('file', Buffer.from('12345'))).rejects.toThrow(WecomInvalid);
    await expect(put('image', Buffer.alloc(10 * MB + 1))).rejects.toThrow(WecomInvalid);
    await expect(put('image', Buffer.from('no picture'))).rejects.toMatchObject({
      ...{ name: 'WecomRefused', errcode: 846697 },
    });
    await expect(put('image', PNG)).resolves.toMatchObject({ type: 'image' });
  });

  test('is of no use as another kind, nor to an app, nor after three days', async () => {
    const socket = await connected();
    const { mediaId } = await socket.upload({ type: 'image', filename: 'a.png', data: PNG });
    const frame = await asked();
    const answer = (msgtype: 'image' | 'file') =>
      frame.answer(JSON.stringify({ msgtype, [msgtype]: { media_id: mediaId } }));
    await expect(answer('file')).rejects.toMatchObject({ errcode: 40007 });
    await world.drive('clock', { advanceMs: 3 * 86_400_000 - 3_600_000 });
    const again = await asked();
    await again.answer(aibotReply({ msgtype: 'image', image: { media_id: mediaId } }));
    await world.drive('clock', { advanceMs: 3_600_000 });
    const late = await asked();
    await expect(
      late.answer(aibotReply({ msgtype: 'image', image: { media_id: mediaId } })),
    ).rejects.toMatchObject({ errcode: 40007 });
  });

  test('may go up thirty times a minute', async () => {
    const socket = await connected();
    let count = 0;
    const more = () => socket.upload({ type: 'image', filename: `${count}.png`, data: PNG });
    await expect(
      (async () => {
        for (; count < 100; count += 1) await more();
      })(),
    ).rejects.toMatchObject({ errcode: 45009, verdict: 'wait' });
    expect(count).toBe(30);
  });
});

describe('a card', () => {
  const notice = (more: object = {}) => ({
    card_type: 'text_notice' as const,
    main_title: { title: '本月还差2所' },
    card_action: { type: 1 as const, url: 'https://example.invalid/' },
    jump_list: [{ type: 3 as const, title: '哪两所', question: '本月还差哪几所' }],
    feedback: { id: 'verdict-1' },
    ...more,
  });
  const reply = (card: ReturnType<typeof notice>) =>
    aibotReply({ msgtype: 'template_card', template_card: card });

  test('may ask the robot something and for a say on the answer', async () => {
    await connected();
    await (await asked()).answer(reply(notice()));
    const [shown] = await until('the card', async () => ((await seen()).length > 0 ? seen() : null));
    expect(shown?.card?.body.jump_list?.[0]).toMatchObject({ type: 3, question: '本月还差哪几所' });
  });

  test.each([
    ['without the question', { jump_list: [{ type: 3, title: '哪两所' }] }],
    ['with too long a question', { jump_list: [{ type: 3, title: 'x', question: '问'.repeat(67) }] }],
    ['with too long an id', { feedback: { id: 'x'.repeat(257) } }],
    [
      'with a file',
      { horizontal_content_list: [{ keyname: '台账', type: 2, value: 'a.xlsx', media_id: 'm' }] },
    ],
  ])('is refused by both: %s', async (_, more) => {
    await connected();
    const frame = await asked();
    expect(() => reply(notice(more))).toThrow(WecomInvalid);
    const raw = JSON.stringify({ msgtype: 'template_card', template_card: notice(more) });
    await expect(frame.answer(raw)).rejects.toMatchObject({ errcode: 40058 });
  });
});

describe('a message to a response_url', () => {
  const urlOf = (inbound: AibotInbound | undefined) => inbound?.responseUrl ?? '';
  const words = (content: string) => ({ msgtype: 'markdown', markdown: { content } }) as const;

  test('arrives once within the hour, and its code stands in no error', async () => {
    await connected();
    const url = urlOf((await asked()).inbound);
    await respondByUrl(url, words('**晚到的答复**'));
    await person(world.simulator.url, 'li.si').sees(/晚到的答复/);
    const again = await respondByUrl(url, words('再来')).catch((err: unknown) => err);
    expect(again).toBeInstanceOf(WecomRefused);
    expect(again).toMatchObject({ errcode: 60140, verdict: 'drop' });
    expect(JSON.stringify(again) + String(again)).not.toContain(
      new URL(url).searchParams.get('response_code'),
    );
    const late = urlOf((await asked()).inbound);
    await world.drive('clock', { advanceMs: 3_600_000 });
    await expect(respondByUrl(late, words('太晚'))).rejects.toMatchObject({ errcode: 60140 });
  });

  test('is checked before it leaves', async () => {
    await connected();
    const url = urlOf((await asked()).inbound);
    await expect(respondByUrl(url, words('长'.repeat(6_827)))).rejects.toThrow(WecomInvalid);
    await expect(respondByUrl('', words('x'))).rejects.toThrow(WecomInvalid);
    await respondByUrl(url, words('够短'));
  });
});
