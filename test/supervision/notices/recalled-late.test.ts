// A recall that was ordered in time and reached the platform too late: whoever has the notice is told that it is void, and its author that it came so.
import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { openWorld, type TestWorld } from '../../support/world.ts';

const at = (day: string, time: string) => new Date(`2026-${day}T${time}:00+08:00`);
const faults = (world: TestWorld, method: 'POST' | 'DELETE', body?: object) =>
  fetch(`${world.simulator.url}/simulator/faults`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
const states = async (world: TestWorld) =>
  (
    await world.app.store.query<{ state: string }>('select state from supervision_notice order by created_at')
  ).map(({ state }) => state);

/** A notice of Thursday ten o'clock, of which Friday half past nine takes it back while the platform is away. */
async function takenBackLate(words: string) {
  const world = await openWorld();
  const [chen, head] = [world.person('小陈'), world.person('第二中学校长')];
  await chen.says('通知二区各校:下周一上午停水,请储水');
  await chen.sees(/通知待发/);
  await chen.says('发送');
  await head.sees(/停水/);
  world.moveTo(at('03-20', '09:30'));
  await faults(world, 'POST', { kind: 'refuse', path: '/cgi-bin/message' });
  await chen.says(words);
  await chen.says('确认');
  await until('its order is written', async () => (await states(world)).includes('recalled'));
  await head.looksAway();
  return { world, chen, head };
}

test('the receivers are told that it is void, the office once that the recall came too late', async () => {
  const { world, chen, head } = await takenBackLate('撤回通知');
  world.moveTo(at('03-20', '10:30'));
  await faults(world, 'DELETE');
  world.moveTo(at('03-20', '10:40'));
  await until('the recall was refused', async () => {
    const [row] = await world.app.store.query<{ why: string }>(
      `select why from outbox where call = 'recall' limit 1`,
    );
    return row?.why === 'quiet.recall-too-late';
  });
  world.moveTo(at('03-20', '10:45'));
  await head.seesOnce(/督导通知·作废.*停水.*不用处理/u);
  await chen.seesOnce(/没有来得及撤回.*已改为向原收件人发作废说明/u);
  expect(await states(world)).toEqual(['corrected', 'sent']);
  await chen.says('谁还没回执');
  await chen.sees(/停水.*已作废/u);
  await chen.says('撤回通知');
  await chen.says('确认');
  await chen.sees(/此前已撤回或取消/);
});

test('where other words went out in its place nobody is told a second time', async () => {
  const { world, head } = await takenBackLate('撤回重发,改周二');
  world.moveTo(at('03-20', '10:30'));
  await faults(world, 'DELETE');
  world.moveTo(at('03-20', '10:40'));
  await head.seesOnce(/更正.*周二.*停水/u);
  await until('the recall was refused', async () => {
    const rows = await world.app.store.query<{ why: string }>(`select why from outbox where call = 'recall'`);
    return rows.length > 0 && rows.every(({ why }) => why === 'quiet.recall-too-late');
  });
  world.moveTo(at('03-20', '10:45'));
  await until('all is through', async () => {
    const [row] = await world.app.store.query(
      'select 1 from supervision_notice where settled_at is null and state = $1',
      ['sent'],
    );
    return row === undefined;
  });
  await head.neverSees(/作废，不用处理/);
});
