// The clock of an emergency while thousands of ordinary messages wait: the card and each rung of the ladder come in time.
import { expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { openWorld } from '../../support/world.ts';

const FLOOD = 4_000;

test('thousands of waiting messages do not stand before an emergency', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const [wang, chen, sun] = [world.person('李秀英'), world.person('小陈'), world.person('孙主任')];
  const [office] = await store.query<{ id: string }>('select id from office');
  // To as many receivers, so that each is a bell and a call of its own; some of them to those who are to hear of the danger.
  await store.query(
    `insert into outbox (id, office_id, key, recipient, call, payload, urgent, not_before)
     select u.id, $1, 'flood-' || u.n, case when u.n % 100 = 0 then 'user:office-chen' else 'user:flood-' || u.n end,
            'message', '{"msgtype":"text","text":{"content":"平常的通知"}}', false, $4
     from unnest($2::uuid[], $3::int[]) as u(id, n)`,
    [
      office?.id,
      Array.from({ length: FLOOD }, () => newId()),
      Array.from({ length: FLOOD }, (_, n) => n),
      world.clock.now(),
    ],
  );
  world.app.ringClock();
  const waiting = async () => {
    const [row] = await store.query<{ n: number }>(
      `select count(*)::int as n from outbox where state = 'pending' and not urgent`,
    );
    return row?.n ?? 0;
  };
  await wang.says('育才学生宿舍打架受伤送医院了');
  await chen.sees(/紧急情况.*李秀英报告/su);
  expect(await waiting()).toBeGreaterThan(500);
  for (const [time, minutes] of [
    ['10:01:20', 1],
    ['10:05:20', 5],
    ['10:10:20', 10],
  ] as const) {
    world.moveTo(new Date(`2026-03-19T${time}+08:00`));
    await sun.seesOnce(new RegExp(`${minutes}分钟没有人回应`, 'u'));
    await wang.seesOnce(new RegExp(`已过${minutes}分钟`, 'u'));
    // It has not waited for what waits.
    expect(await waiting()).toBeGreaterThan(0);
  }
  await sun.says('收到');
  await wang.sees(/值班 孙主任 10:10 已收到/u);
  world.moveTo(new Date('2026-03-19T10:31:00+08:00'));
  await wang.says('我这个月还差哪几个学校没跑');
  await wang.sees(/3月还差/u);
  await wang.neverSees(/已过30分钟/u);
});
