// Words that a verdict was a mistake: what is made of them right after one, and what is left to records and visits.
import { expect, test } from 'vitest';
import { Bench } from './bench.ts';

/** What `rectification.own-verdict` is asked for; null: the words are of something else. */
function taken(said: string, last: string | null): Record<string, unknown> | null {
  const locale = /\p{Script=Han}/u.test(said) ? 'zh-CN' : 'en';
  const bench = new Bench('insp-wang', undefined, () => ({ ok: false, code: 'act.not-found' }), locale);
  if (last !== null)
    bench.conversation.last = { flow: last, at: bench.now.toISOString(), row: {}, result: {} };
  bench.says(said);
  const act = bench.acts.find(({ action }) => action === 'rectification.own-verdict');
  return (act?.input as Record<string, unknown> | undefined) ?? null; // as the turn planned it
}

test.each([
  ['刚才第二条判错了,应该不过,灯还没装', { kind: 'review', result: 'fail', nth: [2], reason: '灯还没装' }],
  ['不对,那条应该是通过的', { kind: 'review', result: 'pass' }],
  ['018我点错了,不能过', { kind: 'review', number: 18, result: 'fail' }],
  ['点错了', { kind: 'review' }],
  ['不对,没改好', { kind: 'review', result: 'fail' }],
  ['不该退的,灯是好的', { kind: 'review', result: 'pass' }],
  ['刚才那条不应该通过', { kind: 'review', result: 'fail' }],
  ['刚才退错了', { kind: 'review', result: 'pass' }],
  ['搞错了,灭火器那条不到位', { kind: 'review', result: 'fail' }],
  ['I judged that wrongly, it should not pass', { kind: 'review', result: 'fail' }],
  ['judged wrongly, the lamp is not fitted yet', { kind: 'review', reason: 'the lamp is not fitted yet' }],
])('after a review: %s', (said, input) => expect(taken(said, 'review-rectification')).toMatchObject(input));

test.each([
  ['延期给错了,应该是3天不是5天', { kind: 'extension', due: 3, result: 'pass' }],
  ['延期给错了,应该到4月3号', { kind: 'extension', due: '2026-04-03' }],
  ['延期批错了,只能到3月28日', { kind: 'extension', due: '2026-03-28' }],
  ['不对,应该是3天', { kind: 'extension', due: 3 }],
  ['延期点错了,不该同意', { kind: 'extension', result: 'fail' }],
  ['延期给错了', { kind: 'extension' }],
  ['the extension was wrong, it should be 3 days', { kind: 'extension' }],
])('after an answer: %s', (said, input) => expect(taken(said, 'decide-extension')).toMatchObject(input));

test.each([
  ['018我点错了,不能过', { number: 18, result: 'fail' }],
  ['031的复核判错了', { number: 31 }],
  ['延期给错了,应该是3天不是5天', { kind: 'extension', due: 3 }],
])('days later, by its number or its own word: %s', (said, input) =>
  expect(taken(said, null)).toMatchObject(input),
);

test.each([
  ['今天去了二实小,消防验收没通过,灭火器型号不对', 'review-rectification'],
  ['今天去了一中,门卫登记不对', 'review-rectification'],
  ['上周三那个一中的写错了 是二中', 'review-rectification'],
  ['写错了,是二实小', 'review-rectification'],
  ['刚才那条写错了,日期是昨天', 'review-rectification'],
  ['作废刚才那条记录', 'review-rectification'],
  ['刚才那条写错了,应该是18号', 'decide-extension'],
  ['不对,那条应该是通过的', null],
  ['点错了', null],
  ['判错了吗?', 'review-rectification'],
  ['照片发错了', 'review-rectification'],
  ['031的整改通过', 'review-rectification'],
  ['灭火器不合格,退回', 'review-rectification'],
  ['还差哪几所', 'review-rectification'],
])('of something else: %s', (said, last) => expect(taken(said, last)).toBeNull());

test.each([
  ['刚才那个回头看填错了,应该是反弹了', { kind: 'look-back', result: 'fail' }],
  ['其实没反弹', { kind: 'look-back', result: 'pass' }],
  ['不对,没修好,围墙又裂开了', { kind: 'look-back', result: 'fail', reason: '围墙又裂开了' }],
  ['刚才填错了,其实灯又不亮了', { kind: 'look-back', result: 'fail', reason: '灯又不亮了' }],
  ['回头看的方式填错了,应该是打电话问的', { kind: 'look-back', how: 'phone' }],
  ['回头看填错了,是看的照片,不是现场看的', { kind: 'look-back', how: 'papers' }],
  ['点错了', { kind: 'look-back' }],
  ['the second look was wrong, it is not repaired', { kind: 'look-back', result: 'fail' }],
])('after a second look: %s', (said, input) => expect(taken(said, 'look-back')).toMatchObject(input));

test.each([
  ['销号点错了', { kind: 'look-back' }],
  ['刚才不该销号,墙又裂了', { kind: 'look-back', result: 'fail', reason: '墙又裂了' }],
  ['搞错了,应该同意销号的', { kind: 'look-back', result: 'pass' }],
])('after a closing: %s', (said, input) => expect(taken(said, 'close-finding')).toMatchObject(input));

test.each([
  ['一中的回头看填错了,其实没修好', { kind: 'look-back', result: 'fail' }],
  ['031的回头看弄错了', { kind: 'look-back', number: 31 }],
])('days later, by its own word: %s', (said, input) => expect(taken(said, null)).toMatchObject(input));

test.each([
  ['今天去一中回头看,灭火器型号不对', 'look-back'],
  ['上次的围墙看了 修好了', 'look-back'],
  ['一中回头看,没修好', 'look-back'],
  ['不同意销号,墙又裂了', 'close-finding'],
  ['回头看的照片发错了', 'look-back'],
  ['其实没反弹', null],
  ['刚才那条写错了,日期是昨天', 'look-back'],
])('not of a second look that was confirmed: %s', (said, last) => expect(taken(said, last)).toBeNull());
