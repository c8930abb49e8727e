// Two people act on one thing at the same moment, through the front door: one wins, the other is told; numbers have no gaps.
import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { openWorld } from '../../support/world.ts';

test('two of the office sign one finding out at once: one notice, and the other is told who did it', async () => {
  const world = await openWorld();
  const [wang, sun, chen] = ['王建国', '孙主任', '小陈'].map((name) => world.person(name)) as [
    ReturnType<typeof world.person>,
    ReturnType<typeof world.person>,
    ReturnType<typeof world.person>,
  ];
  await wang.says('今天去了一中,教学楼墙体裂缝,问题严重,十天内改');
  await wang.sees(/督导记录待确认/);
  await wang.says('确认');
  const keyOf = async (who: typeof sun) =>
    until('a card to sign', async () => {
      for (const { message } of await who.saw()) {
        const key = message.card?.body.button_list?.find(({ text }) => text === '签发')?.key;
        if (key) return key;
      }
      return null;
    });
  const [one, other] = await Promise.all([keyOf(sun), keyOf(chen)]);
  await Promise.all([sun.taps(one), chen.taps(other)]);
  const said = await until('both were answered', async () => {
    const words = [...(await sun.saw()), ...(await chen.saw())].map(({ text }) => text);
    const won = words.filter((text) => /已签发 区督整〔2026〕001号/u.test(text)).length;
    const lost = words.filter((text) => /已经处理过了\(?（?.*经办|此前已经处理/u.test(text)).length;
    return won + lost >= 2 ? { won, lost } : null;
  });
  expect(said).toEqual({ won: 1, lost: 1 });
  const notices = await world.app.store.query<{ number: number }>('select number from rectification_notice');
  expect(notices).toEqual([{ number: 1 }]);
});

test('five inspectors confirm at once: numbers 1 to 5, none twice, none left out', async () => {
  const world = await openWorld();
  const visits = { 王建国: '一中', 李秀英: '二中', 张明: '柳桥中学', 赵红梅: '清河实验', 周大勇: '大河中学' };
  const people = Object.entries(visits).map(([name, school]) => ({ who: world.person(name), school }));
  for (const { who, school } of people) {
    await who.says(`今天去了${school},灭火器过期两个,限一周整改`);
    await who.sees(/督导记录待确认/);
  }
  await Promise.all(people.map(({ who }) => who.says('确认')));
  const numbers = await until('five notices', async () => {
    const rows = await world.app.store.query<{ number: number }>(
      'select number from rectification_notice order by number',
    );
    return rows.length === 5 ? rows.map(({ number }) => number) : null;
  });
  expect(numbers).toEqual([1, 2, 3, 4, 5]);
});

// An act that has the finding goes on to its notice and its visit. Whoever signs or voids meanwhile waits without holding either.
test.each([
  { act: '签收', row: 'select 1 from rectification_notice for update nowait' },
  { act: '作废', row: 'select 1 from visit for update nowait' },
])(
  'while a finding is locked, $act waits and holds nothing that comes after findings',
  async ({ act, row }) => {
    const world = await openWorld();
    const [wang, head] = [world.person('王建国'), world.person('第二实验小学校长')];
    await wang.says('今天去了二实小,灭火器过期两个,限一周整改');
    await wang.sees(/督导记录待确认/);
    await wang.says('确认');
    await head.sees(/整改通知/);
    const key = await until('the button to sign', async () => {
      for (const { message } of await head.saw()) {
        const found = message.card?.body.button_list?.find(({ text }) => text === '签收')?.key;
        if (found) return found;
      }
      return null;
    });
    if (act === '作废') {
      await wang.says('作废二实小今天的记录,填错了');
      await wang.sees(/作废.*确认|待确认.*作废|作废/u);
    }
    await world.app.store.transaction(async (tx) => {
      await tx.sql('select 1 from finding order by id for update');
      await (act === '签收' ? head.taps(key) : wang.says('确认'));
      await until('it waits for the finding', async () => {
        const [waits] = await world.app.store.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waits?.n ? true : null;
      });
      await tx.sql(row);
    });
    await until('it was done after', async () => {
      const [done] = await world.app.store.query<{ n: number }>(
        `select count(*)::int as n from finding where state = any($1)`,
        [[act === '签收' ? 'acknowledged' : 'voided']],
      );
      return done?.n ? true : null;
    });
  },
  60_000,
);
