// The smart robot in a group and alone: what the group hears, what only the asker hears, and that both are one talk.
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const { store } = await freshDatabase();
const office = await openOffice(store);
const texts = (seen: { text: string }[]) => seen.map(({ text }) => text).join('\n---\n');

describe('in a group', () => {
  test('an inspector asks which schools are left and is told of her own, there', async () => {
    const { there, apart } = await office.asks('insp-li', '本月还差哪几所');
    expect(there).toBe('3月还差4所：第二中学、东关小学、东关幼儿园、育才高级中学。');
    expect(apart).toEqual([]);
  });

  test('days that are planned are not told where the schools could read them', async () => {
    await office.hears('insp-li', '下周三安排跑一下东关小学');
    const { there, apart } = await office.asks('insp-li', '还差哪几所');
    expect(there).toMatch(/还差4所[\s\S]*其余我私聊告诉您/);
    expect(there).not.toMatch(/已排|周三|25/);
    expect(texts(apart)).toMatch(/已排：东关小学 3月25日/);
  });

  test('the office hears there how many, and in private which', async () => {
    const { there, apart } = await office.asks('office-chen', '本月还差哪几所');
    expect(there).toMatch(/3月还差16所/);
    expect(there).not.toMatch(/中学|小学|幼儿园/);
    expect(texts(apart)).toMatch(/第一督学责任区 5所/);
  });

  test('a colleague by name is nobody else’s business there', async () => {
    const { there, apart } = await office.asks('office-chen', '张明这个月还差哪几所');
    expect(there).toBe('这个我私聊告诉您。');
    expect(texts(apart)).toMatch(/张明[\s\S]*柳桥/);
  });

  test('rules are for everybody', async () => {
    const { there, apart } = await office.asks('head-s10', '一个月到底要去几次');
    expect(there).toMatch(/每月至少督导1次/);
    expect(apart).toEqual([]);
  });

  test('a school, its problems and its people are told in private alone', async () => {
    for (const asked of ['东关小学情况', '整改清单', '台账']) {
      const { there, apart } = await office.asks('insp-li', asked);
      expect(there, asked).toBe('这个我私聊告诉您。');
      expect(apart.length, asked).toBeGreaterThan(0);
    }
  });

  test('a visit begins in private and nothing is filed by what is said in the group', async () => {
    const begun = await office.asks('insp-li', '今天上午去了东关小学,灭火器过期两个');
    expect(begun.there).toMatch(/已在私聊里开了头/);
    expect(begun.there).not.toMatch(/东关|灭火器/);
    expect(texts(begun.apart)).toMatch(/督导记录待确认[\s\S]*灭火器过期/);

    const confirmed = await office.asks('insp-li', '确认');
    expect(confirmed.there).toMatch(/请私聊我说/);
    expect(texts(confirmed.apart)).toMatch(/“确认”没有采用/);
    expect(await store.query('select 1 from visit')).toHaveLength(0);

    // One talk, whatever way it is said.
    expect(texts(await office.hears('insp-li', '确认'))).toMatch(/已登记，并已向校长发送整改通知/);
    expect(await store.query('select 1 from visit')).toHaveLength(1);
  });

  test('what is done at once in private is not done from a group', async () => {
    const { there, apart } = await office.asks('head-s10', '签收');
    expect(there).toMatch(/请私聊我说/);
    expect(texts(apart)).toMatch(/“签收”没有采用/);
    const [notice] = await store.query<{ state: string }>('select state from rectification_notice');
    expect(notice?.state).toBe('issued');
    expect(texts(await office.hears('head-s10', '签收'))).toMatch(/已签收/);
  });

  test('an open question is not answered from a group', async () => {
    await office.hears('insp-zhao', '去石佛看了看');
    const { there } = await office.asks('insp-zhao', '第一个');
    expect(there).toMatch(/没听懂|请私聊我/);
    expect(texts(await office.hears('insp-zhao', '第一个'))).toMatch(/发现什么问题了吗/);
  });

  test('a danger is told on at once, and the group hears no more of it', async () => {
    const { there, apart } = await office.asks('insp-li', '育才高级中学学生食物中毒十几个人送医院了');
    expect(there).toMatch(/已按紧急情况处理/);
    expect(there).not.toMatch(/育才|中毒/);
    expect(apart.some(({ to }) => to === 'office-sun')).toBe(true);
    expect(await store.query('select 1 from emergency')).toHaveLength(1);
  });

  test('the list of emergencies is told in private, and one that is a false alarm is not called off from a group', async () => {
    const { there, apart } = await office.asks('office-sun', '紧急情况');
    expect(there).toBe('这个我私聊告诉您。');
    expect(texts(apart)).toMatch(/育才高级中学/);
    expect((await office.asks('insp-li', '误报')).there).toMatch(/请私聊我说|开了头/);
    expect(await store.query(`select 1 from emergency where state = 'raised'`)).toHaveLength(1);
  });

  test('help and what is not understood say what can be asked here', async () => {
    expect((await office.asks('insp-wang', '帮助')).there).toMatch(/在群里可以问我/);
    expect((await office.asks('insp-wang', '')).there).toMatch(/在群里可以问我/);
    const { there, apart } = await office.asks('insp-wang', '嘟嘟嘟嘟');
    expect(there).toMatch(/没听懂/);
    expect(apart).toEqual([]);
  });

  test('a stranger is told whom to ask, there, and nothing is sent to her', async () => {
    const { there, apart } = await office.asks('wo_encrypted_id', '本月还差哪几所');
    expect(there).toMatch(/不在.*名册里/);
    expect(apart).toEqual([]);
  });
});

describe('alone with the robot', () => {
  test('it is the talk of the app: begun here, confirmed there', async () => {
    const begun = await office.asks('insp-zhang', '今天去了柳桥中学,没发现问题', 'single');
    expect(begun.there).toMatch(/\*\*.*待确认.*\*\*[\s\S]*柳桥镇中学[\s\S]*可以回：确认、修改、取消/);
    expect(begun.apart).toEqual([]);
    expect(texts(await office.hears('insp-zhang', '确认'))).toMatch(/已登记：柳桥镇中学/);
    const left = await office.asks('insp-zhang', '还差哪几所', 'single');
    expect(left.there).toMatch(/还差1所：柳桥镇中心小学/);
  });
});
