// Questions about the rules find their topic, name the office's own values, and never show what nobody has a source for.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadTopics, topicOf } from '../../src/supervision/rule-questions.ts';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const topics = loadTopics();

describe('topicOf', () => {
  test.each([
    ['一个月到底要去几次,幼儿园也一样吗', 'visit-frequency'],
    ['每学期最少督导几次', 'visit-frequency'],
    ['幼儿园一个月也得去一趟不', 'visit-frequency'],
    ['通知书几天内签收', 'sign-days'],
    ['整改通知收到后几天内要签收', 'sign-days'],
    ['校长不签收怎么办', 'sign-refused'],
    ['整改期限一般多少天', 'rect-days'],
    ['整改期限按工作日算还是自然日算', 'rect-day-kind'],
    ['延期最多能延几天', 'extension'],
    ['谁可以批延期', 'extension'],
    ['逾期不整改会怎么样', 'overdue'],
    ['对结果不服怎么申诉', 'objection'],
    ['督学任期', 'term'],
    ['督学任期几年', 'term'],
    ['一个督学最多管几所学校', 'inspector-load'],
    ['一个责任区最多多少所学校', 'area-size'],
    ['综合督导要提前多久通知', 'comp-notice'],
    ['专项督导要几个人', 'special-notice'],
    ['什么情况要回避', 'recusal'],
    ['责任督学八项内容是什么', 'items-school'],
    ['幼儿园的督导事项有哪些', 'items-kindergarten'],
    ['责任督学的职责是什么', 'duties'],
    ['督学要不要带督学证', 'credential'],
    ['督学能在学校吃饭吗', 'meals'],
    ['拍照是必须的吗', 'photos'],
    ['督学有权查账吗', 'powers'],
    ['食物中毒几小时内报告', 'emergency'],
    ['出了事故多久上报', 'emergency'],
    ['民办园也要挂牌督导吗', 'private-kindergarten'],
    ['什么叫四不两直', 'unannounced'],
    ['听课要提前说吗', 'unannounced'],
    ['什么叫即知即改', 'fixed-on-site'],
    ['作废的还能找回来吗', 'void-recover'],
    ['督导记录几天内要交', 'record-within'],
    ['how often must a school be visited', 'visit-frequency'],
    ["how long is an inspector's term", 'term'],
  ])('%s → %s', (question, topic) => {
    expect(topicOf(question, topics)).toBe(topic);
  });

  test.each(['校服必须买吗', '留样要留多少克', '听课有没有次数要求', '整改报告用盖章不'])(
    '%s has no source and no topic',
    (question) => {
      expect(topicOf(question, topics)).toBeNull();
    },
  );
});

test('every answer says where it comes from', () => {
  const words = readFileSync(
    new URL('../../bot-scripts/texts/zh-CN/rule-query.yaml', import.meta.url),
    'utf8',
  );
  for (const topic of topics.keys()) {
    const line = new RegExp(`^done\\.${topic}: (.*)$`, 'mu').exec(words)?.[1] ?? '';
    expect(line, topic).toMatch(/依据|本单位|参照|条例|办法|各地|作废的记录不会删除|确认后/u);
  }
});

test('the answer names what this office has set, and that it has', async () => {
  const { store } = await freshDatabase();
  await store.query(`update office set settings = '{}'`);
  const office = await openOffice(store);
  const [before] = await office.hears('insp-wang', '一个月到底要去几次,幼儿园也一样吗');
  expect(before?.text).toContain('每月至少督导1次');
  expect(before?.text).not.toContain('本单位有调整');
  await store.query(
    `update office set settings = '{"visit.minPerMonth": 2}', roster_version = roster_version + 1`,
  );
  const [after] = await office.hears('insp-wang', '一个月到底要去几次,幼儿园也一样吗');
  expect(after?.text).toContain('每月至少督导2次');
  expect(after?.text).toContain('次数或月份本单位有调整');
  const [unknown] = await office.hears('insp-wang', '留样要留多少克');
  expect(unknown?.text).toContain('没有可靠的依据');
});
