// What a transcript cannot show: old cards, changed flows, unreadable states, another device, two heads of one school.
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';
import { Bench, finding } from './bench.ts';

const texts = (told: { text: string }[]) => told.map(({ text }) => text).join('\n');

describe('old cards', () => {
  test('a tap on a card that was replaced changes nothing and says so', () => {
    const bench = new Bench('insp-wang');
    bench.says('今天去了二实小,灭火器过期两个');
    const [old] = bench.cards;
    bench.says('第一条当场改了');
    expect(texts(bench.taps('确认', old))).toMatch(/已更新.*没有改动任何内容.*最新的卡片/);
    expect(bench.acts).toEqual([]);
    bench.taps('确认');
    expect(bench.acts).toHaveLength(1);
  });

  test('two taps on the same confirm act once', () => {
    const bench = new Bench('insp-wang');
    bench.says('今天去了二实小,没发现问题');
    const card = bench.cards.at(-1);
    bench.taps('确认', card);
    expect(texts(bench.taps('确认', card))).toMatch(/已确认.*没有改动任何内容/);
    expect(bench.acts).toHaveLength(1);
  });

  test('a paper whose matter is settled says so instead of asking for a reason', () => {
    const bench = new Bench('insp-wang');
    const key = `start:review-rectification?finding=${finding(31, '第二实验小学', '').id}&result=fail`;
    expect(texts(bench.hears({ kind: 'tap', key, task: 'n-1' }))).toMatch(/此前已经处理/);
    expect(bench.conversation.frame).toBeNull();
  });
});

describe('Chinese marks', () => {
  test('a comma is a comma, however wide, and a question is no yes', () => {
    const bench = new Bench('head-s02');
    bench.waiting.findings.push(finding(31, '第二实验小学', '灭火器过期两个'));
    bench.says('031灭火器换完了');
    expect(texts(bench.says('写错了，是换了3个，李浩然摔了一跤'))).toMatch(/整改情况：换了3个.李某摔了一跤/);
    bench.says('行\uff1f');
    expect(bench.acts).toEqual([]);
    bench.says('行');
    expect(bench.acts).toHaveLength(1);
  });
});

describe('after an update', () => {
  test('a state that cannot be read is begun again, with a word', () => {
    const bench = new Bench('insp-wang');
    bench.conversation = { v: 7, something: 'else' } as never; // as a later version might have written it
    expect(texts(bench.says('今天去了二实小,没发现问题'))).toMatch(
      /系统更新需要重新说一遍[\s\S]*督导记录待确认/,
    );
  });
});

describe('in a real office', async () => {
  const { store } = await freshDatabase();
  const office = await openOffice(store);

  test('a draft is there after a restart, on another device', async () => {
    await office.hears('insp-wang', '今天去了一中,门卫没登记');
    const restarted = await openOffice(store);
    const seen = await restarted.hears('insp-wang', '第一条当场改了');
    expect(texts(seen)).toMatch(/第一中学[\s\S]*当场整改/);
    expect(texts(await restarted.hears('INSP-WANG', '确认'))).toMatch(/已登记：第一中学/);
  });

  test('two heads of one school are both told, and one signature is enough', async () => {
    await store.query(
      `insert into assignment (id, office_id, school_id, person_id, role, since)
       select gen_random_uuid(), a.office_id, a.school_id, (select id from person where user_key = 'head-s03'), 'principal', a.since
       from assignment a join person p on p.id = a.person_id where p.user_key = 'head-s04'`,
    );
    await store.query('update office set roster_version = roster_version + 1');
    await office.hears('insp-li', '今天去了二中,操场有个坑');
    const told = await office.hears('insp-li', '确认');
    expect(
      told
        .filter(({ text }) => text.startsWith('整改通知'))
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['head-s03', 'head-s04']);
    expect(texts(await office.hears('head-s03', '签收'))).toMatch(/已签收 区督整/);
    expect(texts(await office.hears('head-s04', '签收'))).toMatch(/目前没有待签收的通知/);
  });

  test('somebody whom nobody knows is told whom to ask, and nothing else', async () => {
    const seen = await office.hears('a-stranger', '今天去了一中,门卫没登记');
    expect(seen).toHaveLength(1);
    expect(texts(seen)).toMatch(/不在.*名册里.*联系督导室小陈/);
  });
});
