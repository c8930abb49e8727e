// "1" is the answer to the question that was put last: after a reminder with numbered lines it is asked which of the two is meant, and with no
// question open it is that line.
import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { openWorld, type TestWorld } from '../../support/world.ts';

const planned = (world: TestWorld, day: string) =>
  until(`the planning of ${day}`, async () => {
    const [office] = await world.app.store.query<{ on: string }>('select planned_on as "on" from office');
    return office?.on === day;
  });

/** A head whose school has a notice of one finding, due on 26 March. */
async function notified() {
  const world = await openWorld();
  const [wang, head, sun] = [world.person('王建国'), world.person('head-s02'), world.person('孙主任')];
  await planned(world, '2026-03-19');
  await wang.says('今天上午去了二实小,灭火器过期两个,限一周整改');
  await wang.says('确认');
  await head.sees(/整改通知 区督整〔2026〕001号/);
  return { world, wang, head, sun };
}

test('a bare digit after a later reminder confirms nothing before it is asked what is meant', async () => {
  const { world, head, sun } = await notified();
  await sun.says('通知第二实验小学:周五上午九点来督导室领材料,收到请回复');
  await sun.says('发送');
  await head.sees(/督导通知/);
  world.moveTo(new Date('2026-03-22T18:00:00+08:00'));
  await head.says('收到');
  await head.sees(/您收到的是哪一项/);

  world.moveTo(new Date('2026-03-23T08:33:00+08:00'));
  await planned(world, '2026-03-23');
  world.moveTo(new Date('2026-03-23T08:36:00+08:00'));
  await head.sees(/近期到期/);
  await head.says('1');
  const asked = await head.sees(/“1”是指下面哪一项/);
  expect(asked.text).toContain('要办提醒里的事，请直接说那件事');
  await head.neverSees(/已确认收到/);
  await head.says('1');
  await head.sees(/已确认收到/);
});

test('a bare digit after a reminder is its line: what is to be done is asked, or how it is told is said', async () => {
  const { world, wang, head, sun } = await notified();
  world.moveTo(new Date('2026-04-01T08:33:00+08:00'));
  await planned(world, '2026-04-01');
  world.moveTo(new Date('2026-04-01T08:45:00+08:00'));

  await head.sees(/近期到期[\s\S]*1\. 3月23日/);
  await head.says('1');
  await head.sees(/区督整〔2026〕001号第1条[\s\S]*灭火器过期两个[\s\S]*要办哪一样/);
  await head.says('换好了');
  await head.sees(/整改情况待提交[\s\S]*灭火器过期两个[\s\S]*整改情况：换好了/);

  await wang.sees(/近期到期[\s\S]*1\. 3月未督导4所/);
  await wang.says('1');
  await wang.sees(/提醒里的第1条请直接说，例如“今天去了第一实验小学，没发现问题”/);
  await sun.sees(/情况汇总[\s\S]*1\. 3月未督导15所/);
  await sun.says('1');
  await sun.sees(/提醒里的第1条请直接说，例如“.+本月免督导”/);
});
