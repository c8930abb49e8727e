// The simulator's end of the long connection (PROTOCOL §16), spoken to frame by frame: subscription, one at a time, answers, the platform's codes.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ActView } from '../../src/simulator/api.ts';
import { person } from '../support/person.ts';
import { until } from '../support/until.ts';
import { corp, startWorld, type World } from './bot.ts';

interface Frame {
  cmd?: string;
  headers: { req_id: string };
  errcode?: number;
  body?: { msgid: string; text?: { content: string }; chatid?: string; event?: { eventtype: string } };
}
let world: World;
let lines: Line[] = [];

/** A robot that speaks raw frames. */
class Line {
  readonly got: Frame[] = [];
  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.got.push(JSON.parse(String(data)) as Frame)); // the simulator's frames
  }
  static async open(): Promise<Line> {
    const socket = new WebSocket(world.simulator.aibotUrl);
    const line = new Line(socket);
    lines.push(line);
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    return line;
  }
  /** Sends a frame; gives the code of its answer. */
  async send(cmd: string, body: object, reqId = `${cmd}_${Math.random()}`): Promise<number> {
    const before = this.got.length;
    this.socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }));
    const isAnswer = (frame: Frame) => frame.errcode !== undefined && frame.headers.req_id === reqId;
    const answer = await until('an answer', async () => this.got.slice(before).find(isAnswer) ?? null);
    return answer.errcode ?? -1;
  }
  subscribe(secret = 'robotSecret'): Promise<number> {
    return this.send('aibot_subscribe', { bot_id: 'AIBOT1', secret });
  }
  told(): Promise<Frame> {
    return until(
      'a message',
      async () => this.got.findLast(({ cmd }) => cmd === 'aibot_msg_callback') ?? null,
    );
  }
  answer(to: Frame, content: string, finish = true, id = 's1'): Promise<number> {
    return this.send('aibot_respond_msg', stream(content, finish, id), to.headers.req_id);
  }
}
const stream = (content: string, finish: boolean, id = 's1') => ({
  msgtype: 'stream',
  stream: { id, content, finish },
});
const li = () => person(world.simulator.url, 'li.si');
const ask = (): Promise<ActView> => li().says('@督导助手 还差哪几所', { chatId: 'group:area1' });
const say = () => li().says('@督导助手 还差哪几所', { chatId: 'group:area1', wait: false });

beforeAll(async () => {
  world = await startWorld({
    corp: {
      ...corp,
      aibots: [{ aibotId: 'AIBOT1', name: '督导助手', secret: 'robotSecret' }],
      groups: [
        { chatId: 'area1', name: '第一责任区', members: ['Wang.Jianguo', 'li.si'], aibots: ['AIBOT1'] },
      ],
    },
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const { socket } of lines.splice(0)) socket.terminate();
  lines = [];
  await world.drive('reset', {});
});

describe('the subscription', () => {
  test('wants the right secret, and comes before all else', async () => {
    const line = await Line.open();
    expect(await line.send('ping', {})).toBe(846609);
    expect(await line.subscribe('wrong')).toBe(853000);
    expect(await line.send('aibot_send_msg', {})).toBe(846609);
    expect(await line.subscribe()).toBe(0);
    expect(await line.send('ping', {})).toBe(0);
  });

  test('is one at a time: the older connection is told and closed', async () => {
    const [first, second] = [await Line.open(), await Line.open()];
    await first.subscribe();
    await second.subscribe();
    const gone = await until(
      'the event',
      async () => first.got.find(({ cmd }) => cmd === 'aibot_event_callback') ?? null,
    );
    expect(gone.body?.event?.eventtype).toBe('disconnected_event');
    await until('its end', async () => first.socket.readyState === WebSocket.CLOSED);
    const act = ask();
    await second.answer(await second.told(), '还差2所');
    expect((await act).outcome).toBe('answered');
  });
});

describe('a message', () => {
  test('comes with the group, is answered in parts under its own request, and ends', async () => {
    const line = await Line.open();
    await line.subscribe();
    const act = ask();
    const told = await line.told();
    expect(told.body).toMatchObject({ chatid: 'area1', text: { content: '@督导助手 还差哪几所' } });
    expect(await line.answer(told, '正在查', false)).toBe(0);
    expect((await act).reply?.text).toBe('正在查');
    expect(await line.answer(told, '还差2所')).toBe(0);
    await li().sees(/还差2所/);
    expect(await line.answer(told, '再来')).toBe(846606);
    expect(await line.send('aibot_respond_msg', stream('x', true), 'nobody asked')).toBe(846605);
    await li().neverSees(/再来/);
  });

  test('takes no part after six minutes, and none that does not fit', async () => {
    const line = await Line.open();
    await line.subscribe();
    await say();
    const told = await line.told();
    expect(
      await line.send('aibot_respond_msg', { msgtype: 'text', text: { content: 'x' } }, told.headers.req_id),
    ).toBe(40058);
    expect(await line.answer(told, '督'.repeat(6827), true)).toBe(40058);
    expect(await line.answer(told, '正在查', false)).toBe(0);
    await world.drive('clock', { advanceMs: 6 * 60_000 });
    expect(await line.answer(told, '还差2所')).toBe(846608);
  });
});

describe('a message of its own', () => {
  const push = (line: Line, chatid: string, content = '提醒') =>
    line.send('aibot_send_msg', { chatid, msgtype: 'markdown', markdown: { content } });

  test('goes only where somebody wrote before, thirty a minute', async () => {
    const line = await Line.open();
    await line.subscribe();
    expect(await push(line, 'area1')).toBe(846607);
    await say();
    await line.told();
    expect(await push(line, 'area1')).toBe(0);
    await person(world.simulator.url, 'Wang.Jianguo').sees(/提醒/);
    expect(await push(line, 'li.si')).toBe(846607); // alone with it she said nothing yet
    let sent = 1;
    while ((await push(line, 'area1', `提醒${sent}`)) === 0) sent += 1;
    expect(sent).toBe(30);
  });
});
