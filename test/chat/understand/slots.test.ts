// What an intent is told with, cause by cause; beside each the neighbours that must stay as they are.
import { describe, expect, test } from 'vitest';
import { parseResult } from '../../../src/chat/understand/findings/verdicts.ts';
import type { Slots } from '../../../src/chat/understand/types.ts';
import { says } from './reads.ts';

function slotsOf(who: string, text: string, intent: string): Slots | undefined {
  const got = says(who, text);
  return (got.intents ?? [got]).find((r) => r.intent === intent)?.slots;
}

describe('a verdict', () => {
  test.each([
    ['改得不错,灯全换了LED,同意销号', 'pass'],
    ['改得不错同意销号', 'pass'],
    ['弄得不错,就是留样还没日期,不过', 'fail'],
    ['复查过关,现场看的', 'pass'],
    ['还没过关', 'fail'],
    ['想蒙混过关', undefined],
    ['全换了才能通过', undefined],
    ['这回才算合格', 'pass'],
    ['育才可以过', 'pass'],
    ['灭火器确实都换了,没反弹', 'pass'],
    ['孩子跑着没事算通过', 'pass'],
    ['课还回来了,能销', 'pass'],
    ['补齐了就能过', 'fail'],
    ['园长说合格,我去看了也认', 'pass'],
    ['这个我不认', 'fail'],
    ['先别过', 'fail'],
    ['没过,还差六家没补', 'fail'],
    ['复查不过,还缺年检证明', 'fail'],
    ['改了一多半吧,剩下的叫他们接着改', 'partial'],
  ] as const)('%s: %s', (text, result) => {
    expect(parseResult(text)).toBe(result);
  });

  test.each([
    ['025号我今天去看过了,围栏焊好了,可以销号', '围栏焊好了'],
    ['一实小篮球架拆掉了,我刚去看的,算通过', '篮球架拆掉了'],
    ['东关幼儿园的软包我上午去摸了摸,装得挺牢,通过', '装得挺牢'],
    ['032我到现场看过了护栏焊得挺结实可以销了', '护栏焊得挺结实'],
    ['007给过吧,人家滑梯换新的了,我今早去摸过', '滑梯换新的了'],
    ['特校027号整改到位,可以销号', undefined],
    ['二中的整改报告我看完了,可以过', undefined],
    ['028和031两张我都看过了,可以销了', undefined],
    ['027号通过,可以销号', undefined],
  ])('that passes tells what was put right: %s', (text, reason) => {
    const slots = slotsOf('inspector', text, 'rect.review');
    expect(slots).toMatchObject({ result: 'pass' });
    expect(slots?.reason).toBe(reason);
  });
});

describe('why', () => {
  test.each([
    ['inspector', '上周五阳光园那条记录作废,那天是私事过去的', 'record.void', '那天是私事过去的'],
    ['inspector', '一中三月五号那条记录作废,学校那天放假', 'record.void', '学校那天放假'],
    ['office', '阳光双语以后归李秀英,王建国那边忙不开', 'assign.change', '王建国那边忙不开'],
    ['office', '张明下月调岗,柳桥两所学校交给赵红梅管', 'assign.change', '张明下月调岗'],
    ['office', '大河中学换成张明管', 'assign.change', undefined],
    [
      'principal',
      '收到028号通知,可是围墙要镇里出钱,得拖到五月中旬,能行吗',
      'rect.extend_request',
      '围墙要镇里出钱',
    ],
  ])('%s: %s: %s', (who, text, intent, reason) => {
    expect(slotsOf(who, text, intent)).toBeDefined();
    expect(slotsOf(who, text, intent)?.reason).toBe(reason);
  });

  test('a record that is told anew after another is voided is no reason', () => {
    expect(
      slotsOf('inspector', '昨天一实小那条作废,录重了,今天上午去了二中,没发现问题', 'visit.log'),
    ).toBeDefined();
  });
});

test.each([
  ['昨天记的那条,听课不是两节是三节', { field: 'lessons', from: '2', to: '3' }],
  ['刚才说听了两节,其实是三节', { field: 'lessons', from: '2', to: '3' }],
  ['昨天那条写错了,听的是三节不是两节', { field: 'lessons', from: '2', to: '3' }],
  ['我刚提的记录听课数写成5了,其实是3', { field: 'lessons', from: '5', to: '3' }],
  ['柳桥中学 宿舍那条 期限7天 改10天', { field: 'days', from: '7', to: '10' }],
  ['师傅幼儿园那个问题期限写三天写少了,更正为七天', { field: 'days', from: '3', to: '7' }],
  ['昨天石佛小学那条同去的人写漏了,加上陈老师', { field: 'companions', to: '陈老师' }],
  ['石佛园那条问题不该算安全,应该归规范办园', { field: 'item', from: 'K1', to: 'K2' }],
  ['那条灭火器的记到安全里去,别放食堂项下', { field: 'item', from: 'I7', to: 'I6' }],
  ['应急灯那条该归安全,怎么归到宿舍卫生里去了', { field: 'item', from: 'I7', to: 'I6' }],
  ['第二个问题不是坏了五个,坏了三个', { field: 'findings', index: 2, from: '五个', to: '三个' }],
])('a correction: %s', (text, correct) => {
  expect(slotsOf('inspector', text, 'record.correct')?.correct).toEqual(correct);
});

describe('people', () => {
  test.each([
    ['principal', '名单上有个李老师是我爱人的姐姐,申请回避', 'comp.avoidance', '李老师'],
    ['principal', '赵老师跟我是亲家,这次组里就别让她来了', 'comp.avoidance', '赵红梅'],
    ['inspector', '周三上午听了育才两节物理,李老师,实验课讲得很活', 'lesson.log', '李老师'],
    ['inspector', '听一中语文老师讲课一节', 'lesson.log', undefined],
    ['office', '给孙主任的名单调整:清河学校改由周大勇督', 'assign.change', '周大勇'],
    ['office', '12345转来一件,阳光双语中途退园不给退费,记到王建国那儿办', 'opinion.log', '王建国'],
    ['office', '赵红梅这个月跑了几趟,还有哪些没去', 'visit.pending', '赵红梅'],
  ])('%s: %s: %s', (who, text, intent, person) => {
    expect(slotsOf(who, text, intent)).toBeDefined();
    expect(slotsOf(who, text, intent)?.person).toBe(person);
  });

  test('somebody of another house came along', () => {
    const visit = (text: string) => slotsOf('inspector', text, 'visit.log')?.companions;
    expect(visit('十佛小学这周二去的,跟陈老师一道,就是操场单杠晃')).toEqual(['陈老师']);
    expect(visit('昨天跟王校长一起看了一中食堂,干净')).toBeUndefined();
  });
});

describe('days', () => {
  test.each([
    ['inspector', '柳桥小学校车超员,今天就要结果,开整改', 'rect.issue', { due: '2026-03-19' }],
    ['inspector', '东关小学滑梯螺丝松了,让他们明天拧上', 'finding.report', { due: '2026-03-20' }],
    ['office', '给二实小校长捎个信,026的报告明天必须交', 'rect.remind', { due: '2026-03-20' }],
    ['principal', '023号想延到清明后,4月8日行不行', 'rect.extend_request', { due: '2026-04-08' }],
    [
      'principal',
      '023那条鉴定书最快四月三号,能不能推到四月十号再交',
      'rect.extend_request',
      { due: '2026-04-10' },
    ],
    ['inspector', '那个护栏的发个整改给大河中心小学,半个月够了', 'rect.issue', { days: 15 }],
    ['inspector', '东关小学刚看完,三防都到位,一切正常', 'visit.log', { date: '2026-03-19' }],
    ['inspector', '下礼拜一实小和特校各安排一次', 'visit.plan', { date: '2026-W13' }],
    ['inspector', '月底前还得去几所,哪几所没动', 'visit.pending', { period: '2026-03' }],
    ['inspector', '三月过了一大半了,还有哪些学校一次没去', 'visit.pending', { period: '2026-03' }],
    ['office', '导出二月整改台账,再看看整改率是多少', 'stats.query', { period: '2026-02' }],
    ['office', '去年十一月一中谁去的', 'visit.history', { period: '2025-11' }],
    ['inspector', '三十一号那张单子是谁开的', 'rect.query', { rect_no: '031' }],
  ])('%s: %s: %s', (who, text, intent, slots) => {
    expect(slotsOf(who, text, intent)).toMatchObject(slots);
  });
});

test.each([
  ['扫码意见里食堂的有多少条', 'opinion.list', { topic: 'food_safety' }],
  ['现在总共有多少整改过了期的', 'stats.query', { metric: 'overdue' }],
  ['校外培训回头看的专项,建一个,三月二十五号开始', 'campaign.create', { topic: '校外培训回头看' }],
  ['幼儿园这边有几条逾期的', 'rect.list', { audience: 'kindergartens' }],
  ['给全体发:清明放假安排照旧', 'notice.broadcast', { audience: 'all' }],
])('the office: %s: %s', (text, intent, slots) => {
  expect(slotsOf('office', text, intent)).toMatchObject(slots);
});
