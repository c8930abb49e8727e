// What was found, cause by cause: nothing of it is lost, nothing that is praised or beside it becomes a fault.
import { describe, expect, test } from 'vitest';
import { says } from './reads.ts';

const found = (text: string) => says('inspector', text).slots;

describe('a fault that no word of the lexicon tells', () => {
  test.each([
    ['昨天去的柳桥中学,听了两节语文,有一节老师坐着念课件', ['I3']],
    ['周一看的二实小,围栏上有尖头,其他的没细看', ['I6']],
    ['今早特校看了看,康复室器材有一台螺丝松了,别的都挺好', ['I6']],
    ['上午在石佛小学推门听课三节,有个数学老师教案是下载打印的', ['I3']],
  ])('%s', (text, items) => {
    expect(found(text).findings?.map(({ item }) => item)).toEqual(items);
  });
});

test('whom a fault harms belongs to it, and praises nothing', () => {
  const { findings, highlight } = found('柳桥小学操场边上的围栏倒了一截,孩子老钻');
  expect(findings).toMatchObject([{ item: 'I6', text: '操场边上的围栏倒了一截,孩子老钻' }]);
  expect(highlight).toBeUndefined();
});

describe('a grade is of all that it counts, or of the one that it names', () => {
  test.each([
    ['特校 康复室软垫开裂 无障碍坡道堵了 两条 小问题', ['minor', 'minor']],
    ['二实小 体育器材生锈 课间操缩成十分钟了 器材那个当场收走了', ['fixed_on_site', undefined]],
  ])('%s', (text, grades) => {
    expect(found(text).findings?.map(({ severity }) => severity)).toEqual(grades);
  });
});

test.each([
  // what is no praise, though it sounds like it, and what is
  ['大河小学围栏倒了一截,孩子老钻', ['围栏倒了一截,孩子老钻'], undefined],
  ['洋光双语有个老师中午吼孩子 把一个娃拽到走廊站着', ['有个老师中午吼孩子,把一个娃拽到走廊站着'], undefined],
  ['一中有个老师拿书打学生头,家长拍了视频', ['有个老师拿书打学生头'], undefined],
  ['今天去一中,两位老师教案一模一样', ['两位老师教案一模一样'], undefined],
  ['今天去一中,围墙那块儿裂了个大缝子', ['围墙那块儿裂了个大缝子'], undefined],
  ['今天去一中,学生个个动手', undefined, '学生个个动手'],
  ['今天去一中,全校跑操一点不乱', undefined, '全校跑操一点不乱'],
  // of the rest nothing is wrong: what was told before it is a finding
  ['今早特校看了看,康复室器材有一台螺丝松了,别的都挺好', ['康复室器材有一台螺丝松了'], undefined],
  ['六桥小学,今天,推门听了三节,有一节老师坐着念课件,别的没毛病', ['有一节老师坐着念课件'], undefined],
  ['周三去了趟六桥小学,看了课后服务,一个班就看电影,其他都正常', ['课后服务,一个班就看电影'], undefined],
  [
    '周一去清河实验翻了会儿资料,教师大会记录停在去年十一月,其他的没细看',
    ['教师大会记录停在去年十一月'],
    undefined,
  ],
  // one where no mark was put, two where one was
  ['昨天去的清河学校,初中部楼道堆了旧课桌挡住疏散口', ['初中部楼道堆了旧课桌挡住疏散口'], undefined],
  ['一中走廊东西乱堆着,灭火器过期', ['走廊东西乱堆着', '灭火器过期'], undefined],
])('%s: found %s, praised %s', (text, findings, highlight) => {
  const slots = found(text);
  expect(slots.findings?.map((f) => f.text)).toEqual(findings);
  expect(slots.highlight).toEqual(highlight);
});

test.each([
  ['特校 康复室软垫开裂 无障碍坡道堵了 两条 小问题', ['minor', 'minor']],
  ['大河小学教室灯管坏一半,门前河沟没护栏,都不算小事,按一般问题处理', ['general', 'general']],
  ['一中体育器材生锈,课间操缩成十分钟了,器材那个他们当场收走了', ['fixed_on_site', undefined]],
  ['一中灭火器过期,门禁坏了,门禁那条算严重', [undefined, 'serious']],
  ['一中灭火器过期,门禁坏了,算严重', [undefined, 'serious']],
])('%s: %s, each its own grade', (text, grades) => {
  expect(found(text).findings?.map(({ severity }) => severity)).toEqual(grades);
});

test('nothing that was found out is nothing found', () => {
  expect(found('上午特校听了一节课,没查出啥')).toMatchObject({ no_findings: true });
});
