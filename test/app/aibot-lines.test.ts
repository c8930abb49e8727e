// One connection of a smart robot over all processes: who holds the lock holds it, and it is taken up again whatever ended it.
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openAibotLines } from '../../src/app/aibot-lines.ts';
import { movableClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import type { ActView } from '../../src/simulator/api.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { openStore } from '../../src/store/store.ts';
import { streamReply } from '../../src/wecom/aibot-replies.ts';
import type { AibotSocketSettings } from '../../src/wecom/aibot-socket.ts';
import { freshDatabase } from '../support/database.ts';
import { person } from '../support/person.ts';
import { until } from '../support/until.ts';

const ROBOT = { aibotId: 'AIBOT1', name: '督导助手', secret: 'secretOfTheRobot' };
const timing = { lookMs: 30, pauseMs: 120, lastWordsMs: 500 };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function platform() {
  const simulator = await startSimulator({
    ...{ port: 0, clock: movableClock(), log: { info() {}, warn() {} } },
    corp: {
      corpId: 'ww0123456789abcdef',
      apps: [{ agentId: 1, name: 'Bot', secret: 's' }],
      people: [{ userId: 'li.si', name: '李四' }],
      aibots: [ROBOT],
      groups: [{ chatId: 'g1', name: '群', members: ['li.si'], aibots: ['AIBOT1'] }],
    },
  });
  closers.push(() => simulator.close());
  return simulator;
}

/** One process: its own pool, its own line; `hears` counts what came to it. */
async function process(url: string, settings: () => AibotSocketSettings | undefined) {
  const store = await openStore({ url, poolSize: 2 });
  const states: unknown[] = [];
  const log = createLog({ level: 'info', to: { write: (line) => states.push(JSON.parse(line).state) } });
  const it = { hears: 0, states, close: async () => {} };
  const lines = openAibotLines({
    ...{ store, settingsOf: settings, count: () => {}, log, timing },
    resume: async () => {},
    async hear(_office, frame) {
      it.hears += 1;
      await frame.answer(streamReply(frame.inbound.msgId, `听到${it.hears}`, true));
    },
  });
  lines.keep({ id: 'o1', slug: 'main' });
  let closed = false;
  it.close = async () => {
    if (closed) return;
    closed = true;
    await lines.close();
    await store.close();
  };
  closers.push(() => it.close());
  return it;
}

const settingsFor = (url: string, secret = ROBOT.secret): AibotSocketSettings => ({
  ...{ botId: ROBOT.aibotId, secret, url, reconnectMs: 20 },
});

describe('the long connection', () => {
  test('stands in one of two processes, and goes to the other when the first ends', async () => {
    const { url } = await freshDatabase();
    const simulator = await platform();
    const ask = async () => {
      const act: ActView = await person(simulator.url, 'li.si').says('@督导助手 在吗', {
        chatId: 'group:g1',
      });
      return act.outcome;
    };
    const one = await process(url, () => settingsFor(simulator.aibotUrl));
    await until('the first connection', async () => one.states.includes('ready'));
    let looks = 0;
    const two = await process(url, () => {
      looks += 1;
      return settingsFor(simulator.aibotUrl);
    });
    await until('a second look for the lock', () => looks > 1);
    expect(await ask()).toBe('answered');
    expect([one.hears, two.hears, two.states]).toEqual([1, 0, []]);
    expect(one.states).not.toContain('replaced');

    await one.close();
    await until('the second connection', async () => two.states.includes('ready'));
    expect(await ask()).toBe('answered');
    expect([one.hears, two.hears]).toEqual([1, 1]);
  });

  test('is taken up again after it was lost, and after another took its place', async () => {
    const { url } = await freshDatabase();
    const simulator = await platform();
    const one = await process(url, () => settingsFor(simulator.aibotUrl));
    const ready = () => one.states.filter((state) => state === 'ready').length;
    await until('the connection', async () => ready() === 1);
    await simulator.dropAibots();
    await until('it stands again', async () => ready() === 2);

    const stranger = new WebSocket(simulator.aibotUrl);
    stranger.addEventListener('open', () =>
      stranger.send(
        JSON.stringify({
          cmd: 'aibot_subscribe',
          headers: { req_id: 'aibot_subscribe_1' },
          body: { bot_id: ROBOT.aibotId, secret: ROBOT.secret },
        }),
      ),
    );
    await until('it was replaced', async () => one.states.includes('replaced'));
    await until('it stands a third time', async () => ready() === 3);
    stranger.close();
  });

  test('stays when the database breaks off, and the lock is taken again', async () => {
    const { url, store } = await freshDatabase();
    const simulator = await platform();
    const one = await process(url, () => settingsFor(simulator.aibotUrl));
    await until('the connection', async () => one.states.includes('ready'));
    const locks = () =>
      store.query<{ pid: number }>(
        `select l.pid from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and d.datname = current_database()`,
      );
    const [held] = await locks();
    await store.query('select pg_terminate_backend($1)', [held?.pid]);
    await until('another lock', async () => (await locks()).some(({ pid }) => pid !== held?.pid));
    const act = await person(simulator.url, 'li.si').says('@督导助手 在吗', { chatId: 'group:g1' });
    expect(act.outcome).toBe('answered');
    expect(one.states).toEqual(['ready']);
  });

  test('with a wrong secret says so, waits, and takes the right one when it is set', async () => {
    const { url } = await freshDatabase();
    const simulator = await platform();
    let secret = 'wrong';
    const one = await process(url, () => settingsFor(simulator.aibotUrl, secret));
    await until('the refusal', async () => one.states.includes('refused'));
    expect(one.states).not.toContain('ready');
    secret = ROBOT.secret;
    await until('the connection', async () => one.states.includes('ready'));
  });
});
