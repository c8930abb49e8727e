// The promise as people live it: the clock is moved over a notice's days, and each hears once what concerns her.
import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { openWorld, type TestWorld } from '../../support/world.ts';

/** Moves the clock to a morning, waits for the day's planning, and on past the seconds over which messages are spread. */
async function morning(world: TestWorld, day: string): Promise<void> {
  world.moveTo(new Date(`${day}T08:33:00+08:00`));
  await planned(world, day);
  world.moveTo(new Date(`${day}T08:36:00+08:00`));
}

async function planned(world: TestWorld, day: string): Promise<void> {
  await until(`the planning of ${day}`, async () => {
    const [office] = await world.app.store.query<{ on: string }>('select planned_on as "on" from office');
    return office?.on === day;
  });
}

test('a notice is chased up the ladder, one message a morning, until it is handed in', async () => {
  const world = await openWorld();
  const [wang, head, leader] = [world.person('王建国'), world.person('head-s02'), world.person('周大勇')];
  await world.app.store.query(
    `update person set roles = roles || '{area-leader}', area_id = (select id from area where code = 'A1')
     where user_id = 'insp-zhou'`,
  );
  await planned(world, '2026-03-19');
  await wang.says('今天上午去了二实小,灭火器过期两个,限一周整改');
  await wang.says('确认');
  const card = await head.sees(/整改通知 区督整〔2026〕001号/);
  expect(card.text).toContain('灭火器过期');

  await morning(world, '2026-03-23');
  const first = await head.seesOnce(/近期到期/);
  expect(first.text).toBe(
    '近期到期:\n1. 3月23日(周一)今天到期 区督整〔2026〕001号 待签收\n' +
      '2. 3月26日(周四) 区督整〔2026〕001号 灭火器过期两个\n签收请回“签收”。\n整改完成后，回一句结果即可，照片可选。',
  );

  await morning(world, '2026-03-24');
  const left = await wang.seesOnce(/近期到期/);
  expect(left.text).toContain(
    '3月31日(周二)前还有4所未督导：第一实验小学、第一中学、阳光双语幼儿园、特殊教育学校',
  );
  expect(left.text).toContain('您负责的学校:\n1. 第二实验小学 区督整〔2026〕001号 还没有签收');
  await head.says('签收');
  await head.sees(/签收/);

  // Two days at once, the second being the due day: one message, not two.
  await morning(world, '2026-03-26');
  await head.seesOnce(/3月26日\(周四\)今天到期 区督整〔2026〕001号 灭火器/);
  await morning(world, '2026-03-27');
  await head.seesOnce(/3月26日\(周四\)已过1天/);
  await wang.seesOnce(/第二实验小学 区督整〔2026〕001号 灭火器.*3月26日\(周四\)到期，还没有收到结果/);
  await leader.neverSees(/情况汇总/);
  // The third day after is a Sunday.
  await morning(world, '2026-03-30');
  const up = await leader.seesOnce(/情况汇总/);
  expect(up.text).toContain('整改到期未报结果1项(已过4天)：第二实验小学');
  expect(up.text).toContain('明细请回“逾期的整改有哪些”');
  expect(up.text).not.toContain('灭火器');
  // He inspects schools too: what is overdue he is told of his area, and his own only when he asks for his own.
  await leader.says('逾期的整改有哪些');
  await leader.sees(/逾期的整改共1项:\n1\. 3月26日\(周四\) 已过4天 第二实验小学 区督整〔2026〕001号 灭火器/);
  await leader.says('我的整改');
  await leader.sees(/目前没有未办结的整改/);

  // By hand too: who gets how much is shown first.
  const chen = world.person('小陈');
  await chen.says('把逾期的整改列个单子,私发给各组长');
  const draft = await chen.sees(/逾期清单待发/);
  expect(draft.text).toContain('1. 周大勇(1项)');
  await leader.neverSees(/转来您责任区/);
  await chen.says('确认');
  await chen.sees(/已把1项分别私发给周大勇/);
  await leader.seesOnce(/转来您责任区逾期的整改1项[\s\S]*第二实验小学/);

  const mark = (await head.saw()).length;
  await head.says('灭火器换完了');
  await head.says('确认');
  await morning(world, '2026-03-31');
  const month = await wang.sees(/3月31日\(周二\)今天到期，还有4所未督导/);
  expect(month.text).toContain('近期到期');
  await leader.sees(/情况汇总:\n1\. 3月还未督导4所/);
  // Back and on again: nobody hears anything twice.
  const before = await told(world);
  world.moveTo(new Date('2026-03-27T09:03:00+08:00'));
  world.moveTo(new Date('2026-03-31T09:03:00+08:00'));
  world.app.ringClock();
  await morning(world, '2026-04-01');
  await wang.sees(/3月未督导4所/);
  await leader.sees(/3月未督导/);
  expect((await told(world)) - before).toBeGreaterThan(0);
  expect((await head.saw()).slice(mark).filter(({ text }) => text.includes('近期到期'))).toEqual([]);
});

test('the week’s plan is a line of Monday’s message, once, also when nothing else is due', async () => {
  const world = await openWorld();
  const [li, wang] = [world.person('李秀英'), world.person('王建国')];
  await planned(world, '2026-03-19');
  await li.says('下周二安排去二中');
  await li.sees(/已排：第二中学 3月24日/);
  await morning(world, '2026-03-20');
  await li.neverSees(/本周计划/);
  await morning(world, '2026-03-23');
  const monday = await li.seesOnce(/本周计划/);
  expect(monday.text.trim()).toBe('本周计划：3月24日(周二) 第二中学。改期请说“把第二中学排到周四”。');
  await wang.neverSees(/本周计划/);
  await morning(world, '2026-03-24');
  await li.sees(/3月31日\(周二\)前还有4所未督导/);
  expect((await li.saw()).filter(({ text }) => text.includes('本周计划'))).toHaveLength(1);
});

test('a letter that nobody answers is the office’s to chase, not the school’s, and ends with the answer', async () => {
  const world = await openWorld();
  const [wang, head] = [world.person('王建国'), world.person('head-s02')];
  const [chen, sun] = [world.person('小陈'), world.person('孙主任')];
  await planned(world, '2026-03-19');
  await wang.says('今天去了二实小,围墙有裂缝,学校解决不了');
  await wang.says('确认');
  await chen.sees(/复杂问题待转办/);
  await chen.says('转科室二实小,基建科');
  await chen.says('确认');
  await chen.sees(/协商意见书协商〔2026〕001号，4月3日/);

  await morning(world, '2026-03-31');
  const mine = await chen.seesOnce(/协商意见书待答复/);
  expect(mine.text).toContain('1. 4月3日(周五) 第二实验小学 协商意见书待答复：围墙有裂缝');
  expect(mine.text).toContain('科室有答复请回“科室答复第二实验小学，……”');
  await morning(world, '2026-04-03');
  await chen.seesOnce(/4月3日\(周五\)今天到期 第二实验小学 协商意见书待答复/);
  await sun.neverSees(/协商意见书/);
  // The next working day after Qingming.
  await morning(world, '2026-04-07');
  await sun.seesOnce(/协商意见书未答复1件：第二实验小学/);
  await chen.says('科室答复二实小,本周加固');
  await chen.says('确认');
  await chen.sees(/已登记基建科/);
  const mark = (await chen.saw()).length;
  await morning(world, '2026-04-10');
  await morning(world, '2026-04-13');
  expect((await chen.saw()).slice(mark).filter(({ text }) => text.includes('协商意见书'))).toEqual([]);
  expect((await head.saw()).filter(({ text }) => text.includes('近期到期'))).toEqual([]);
});

test('a report that lies with its inspector is asked for, then the office hears; once forwarded nobody speaks of it', async () => {
  const world = await openWorld();
  const [wang, head, chen] = [world.person('王建国'), world.person('head-s02'), world.person('小陈')];
  await planned(world, '2026-03-19');
  await wang.says('今天去了二实小,灭火器过期两个,限两周整改');
  await wang.says('确认');
  await head.sees(/整改通知/);
  await head.says('灭火器换完了');
  await head.says('确认');
  await wang.sees(/整改待复核/);

  // Three days, and the third is a Sunday.
  await morning(world, '2026-03-23');
  const mine = await wang.seesOnce(/待转交督导室/);
  expect(mine.text).toContain('3月22日(周日)已过1天 第二实验小学 区督整〔2026〕001号 整改材料待转交督导室');
  expect(mine.text).toContain('转交请回“转交区督整〔2026〕001号”；直接复核也算转交。');
  await chen.sees(/整改材料未转交1项：第二实验小学/);
  const mark = (await wang.saw()).length;
  await wang.says('转交区督整〔2026〕001号');
  await wang.says('确认');
  await chen.sees(/王建国转来第二实验小学 区督整〔2026〕001号的整改材料/);
  await morning(world, '2026-03-24');
  await wang.sees(/3月31日\(周二\)前还有4所未督导/);
  expect((await wang.saw()).slice(mark).filter(({ text }) => text.includes('待转交'))).toEqual([]);
});

async function told({ app }: TestWorld): Promise<number> {
  const [row] = await app.store.query<{ n: number }>(
    `select count(*)::int as n from outbox where key like 'notify-digest-%'`,
  );
  return row?.n ?? 0;
}
