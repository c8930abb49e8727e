// The whole bot with its smart robot on a long connection: the official SDK at one end, the simulator's at the other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { AIBOT, GROUP, openWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let close: () => Promise<void>;
beforeAll(async () => {
  world = await openWorld({ aibot: 'connection' }, (atEnd) => {
    close = atEnd;
  });
});
afterAll(() => close());

test('a question in a group is answered over the connection, and what is private through the app', async () => {
  const li = world.person('李秀英');
  const chen = world.person('小陈');
  const chatId = `group:${GROUP.chatId}`;
  // Nothing listens before the connection stands; nobody repeats what was said then.
  await until('the connection', async () => {
    const act = await li.says('@督导助手 帮助', { chatId });
    return act.outcome === 'answered';
  });
  const act = await li.says('@督导助手 本月还差哪几所', { chatId });
  expect(act.outcome).toBe('answered');
  expect(act.reply?.text).toMatch(/3月还差4所：第二中学/);
  await chen.sees(/3月还差4所：第二中学/);

  await chen.says('@督导助手 本月还差哪几所', { chatId });
  await li.sees(/还差16所[\s\S]*其余我私聊告诉您/);
  expect((await chen.sees(/第一督学责任区 5所/)).message.chatId).toMatch(/^app:/);

  const exchanges = (await (await fetch(`${world.simulator.url}/simulator/exchanges`)).json()) as {
    exchanges: { method: string; path: string }[]; // api.ts
  };
  const byLine = exchanges.exchanges.filter(({ method }) => method === 'WS');
  expect(byLine.length).toBeGreaterThan(1);
  expect(exchanges.exchanges.some(({ path }) => path.includes('/wecom/') && path.includes('/aibot'))).toBe(
    false,
  );
});

test('a photo sent to the robot alone is fetched, opened under its own key, and kept', async () => {
  const head = world.person('东关小学校长');
  const act = await head.sendsPhoto(undefined, { chatId: `aibot:${AIBOT}` });
  expect(act.reply?.text).toMatch(/照片先收着/);
  const stored = await until('the photo', async () => {
    const [row] = await world.app.store.query<{ mime: string }>(
      `select mime from attachment where state = 'stored' and media_id like 'aibot:%'`,
    );
    return row ?? null;
  });
  expect(stored.mime).toBe('image/png');
});
