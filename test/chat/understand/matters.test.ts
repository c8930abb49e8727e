// One message and its matters: each is kept, each is about its own school, and nothing is done that was not said.
import { describe, expect, test } from 'vitest';
import { says } from './reads.ts';

/** What is understood: each matter with its school or notice. */
function matters(text: string, who = 'insp-wang'): string[] {
  const got = says(who, text);
  return (got.intents ?? [got]).map(({ intent, slots }) =>
    [intent, slots.rect_no ?? slots.school ?? slots.schools?.join('、')].filter(Boolean).join(' '),
  );
}

describe('a danger and another matter', () => {
  test.each([
    [
      'insp-li',
      '二中有个学生刚才在操场晕倒了没醒,我在这儿呢,上午来听了一节课',
      ['emergency.report 第二中学', 'visit.log 第二中学'],
    ],
    [
      'insp-zhang',
      '柳桥中学有人打架,眼角破了在卫生院缝针,我在去的路上。上午柳桥小学我也去了,值班表没更新',
      ['emergency.report 柳桥镇中学', 'visit.log 柳桥镇中心小学'],
    ],
    [
      'insp-wang',
      '二实小有个孩子从二楼摔下来了,已送县医院!上午我在那儿的督导先记上',
      ['emergency.report 第二实验小学', 'visit.log 第二实验小学'],
    ],
    [
      'insp-wang',
      '一中食堂有个师傅切到手了已经送医院,我下午再去看看',
      ['emergency.report 第一中学', 'visit.plan 第一中学'],
    ],
    [
      'insp-wang',
      '特校有个孩子癫痫发作,已经打了120。下午给我查查特校还有没有老问题没销号',
      ['emergency.report 特殊教育学校', 'rect.list 特殊教育学校'],
    ],
    [
      'insp-zhou',
      '大河中学刚才有学生被校车撞了,人在抢救;上午那条没存的先取消',
      ['emergency.report 大河乡中学', 'flow.cancel'],
    ],
    // met on the visit that is told first
    [
      'insp-li',
      '我在二中,今天两节课听完了,不过刚才有学生从楼梯滚下去动不了',
      ['emergency.report 第二中学', 'visit.log 第二中学'],
    ],
    // where it is was not told
    [
      'insp-wang',
      '今天去了一中,没问题。刚才接到电话有学生晕倒了',
      ['emergency.report', 'visit.log 第一中学'],
    ],
    // what is told of the danger is no visit
    ['insp-wang', '一中有孩子落水,我上午到的时候还好好的', ['emergency.report 第一中学']],
    ['insp-wang', '二实小厨房煤气泄漏,今天上午看的时候管子就老化了', ['emergency.report 第二实验小学']],
  ])('%s: %s', (who, text, want) => {
    expect(matters(text, who)).toEqual(want);
  });
});

describe('what was only begun, and what is on file', () => {
  test.each([
    ['刚写的那条扔了吧,我重新说', ['flow.cancel']],
    ['上面那段都划掉,从头来', ['flow.cancel']],
    ['这条删了吧我再说一遍', ['flow.cancel']],
    ['昨天那条记录扔了吧,记重了', ['record.void']],
    ['刚才这条作废重录', ['record.void']],
    ['再就是我昨天去的那条记录帮我确认了', ['flow.confirm']],
    ['把上午那条确认一下', ['flow.confirm']],
    ['今天上午这趟也记上', ['visit.log']],
    ['今天本来是来常规督导的,算一次', ['visit.log']],
    ['帮我确认一下昨天二中那趟记没记上', ['visit.history 第二中学']],
    ['半天去两所算两次还是一次', ['rule.query']],
  ])('%s', (text, want) => {
    expect(matters(text)).toEqual(want);
  });
});

test.each([
  // whose matter is taught is no school
  ['东关幼儿园上午去了,老师教案里抄的是小学拼音', ['visit.log 东关幼儿园']],
  ['东关幼儿园大班在用小学课本', ['finding.report 东关幼儿园']],
  ['东关幼儿园没问题,小学的护学岗没人', ['finding.report 东关小学']],
])('%s', (text, want) => {
  expect(matters(text, 'insp-li')).toEqual(want);
});
