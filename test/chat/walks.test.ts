// Random walks over all flows: whatever a person says, taps and sends in whatever order, the talk neither breaks nor acts unasked.
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { ACTIONS } from '../../src/supervision/actions.ts';
import { shippedTalk } from '../support/office.ts';
import { Bench, finding, notice, visit } from './bench.ts';
import { resultLike } from './result-like.ts';
import { leave, stepOf, take, YES } from './walking.ts';

const COMMON = [
  ...YES,
  '取消',
  '算了',
  '上一步',
  '继续',
  '修改',
  '不是',
  '帮助',
  '先放着',
  '等会儿确认',
  '确认但是日期是昨天',
  '都不是',
  '都去了',
  '谢谢',
  '你好',
  '1',
  '2',
  '第二个',
  '后一个',
  '咕咕咕',
  '。。。',
  '   ',
  '登记',
  '整改清单',
  '我的学校',
  '还差哪几所',
  '改',
  '作废',
  '写错了',
  '知道了',
  '收到',
  '学生打架受伤送医院了',
  '发生安全事故怎么报',
  '<a href="x">y</a>{{ person.name }}',
  '照片不是这个的',
  '照片不要了',
  '没有',
  '没啥大问题',
  '不确认',
];
const INSPECTOR = [
  '登记督导',
  '今天上午去了二实小,灭火器过期两个,食堂留样没贴标签,限一周整改',
  '昨天去了一中,没发现问题',
  '去石佛看了看',
  '去东关看看没问题',
  '师傅小学食堂俩人没健康证',
  '今天去了火星小学',
  '明天去一中',
  '二实小',
  '一中和特校都没问题',
  '第二条当场就改了',
  '第一条不要了',
  '都给两周',
  '限三天',
  '不是一中是二中',
  '日期改成昨天',
  '下午去的',
  '再加一条,操场有个坑',
  '教学楼墙体裂缝,问题严重',
  '十天',
  '四十天',
  '改成严重',
  '写错了,是一中',
  '刚才那条记录作废',
  '填错了,当天没有去',
  '二实小的整改我看了,通过',
  '二实小整改不算过',
  '照片看不清',
  '031号通过',
  '上周三那个一中的写错了 是二中',
  '今天去了一中没问题,对了我这月还剩几所',
  '学生张小明没戴头盔,电话13812345678',
  '东关小学',
  '昨天',
];
const PRINCIPAL = [
  '签收',
  '收到马上换',
  '提交整改',
  '灭火器换完了',
  '031号灭火器换完了',
  '食堂那个',
  '标签都补上了',
  '写错了,是换了3个',
  '另外立了警示牌',
  '不是这个,是食堂那个',
  '能不能缓到月底',
  '下一步还要交啥',
  '好的',
  '第一个',
  '今天去了二实小,灭火器过期',
];
const OFFICE = ['通知各位校长周五开会', '谁还没回执', '登记督导', '三区上个月督了多少次'];

function begun(userId: string, locale: string): Bench {
  const refusals = ['rectification.closed', 'visit.voided', 'act.not-found'];
  const bench: Bench = new Bench(
    userId,
    shippedTalk(),
    (act) => {
      // Every fourth act is refused, as happens when somebody else was faster.
      if (bench.acts.length % 4 === 3) return { ok: false, code: refusals[bench.acts.length % 3] ?? '' };
      const action = ACTIONS.get(act.action);
      return { ok: true, result: action ? resultLike(action, bench.acts.length) : {} };
    },
    locale,
  );
  if (userId.startsWith('head')) {
    bench.waiting.findings.push(
      finding(31, '第二实验小学', '灭火器过期2个'),
      finding(32, '第二实验小学', '食堂留样没贴标签'),
    );
    bench.waiting.notices.push(notice(31, '第二实验小学'), notice(32, '第二实验小学'));
  } else {
    const review = { mineToFix: false, state: 'submitted' };
    bench.waiting.findings.push(finding(31, '第二实验小学', '灭火器过期2个', review));
    bench.waiting.visits.push(visit(1, '第二实验小学', '2026-03-18'), visit(2, '第一中学', '2026-03-11'));
  }
  return bench;
}

describe('walks', () => {
  test.each([
    ['insp-wang', 'zh-CN', [...COMMON, ...INSPECTOR], 70],
    ['insp-zhao', 'en', [...COMMON, ...INSPECTOR], 40],
    ['head-s02', 'zh-CN', [...COMMON, ...PRINCIPAL], 70],
    ['head-s02', 'en', [...COMMON, ...PRINCIPAL], 20],
    ['office-chen', 'zh-CN', [...COMMON, ...OFFICE], 20],
  ] as const)('of %s in %s lead nowhere she cannot leave', (userId, locale, words, numRuns) => {
    fc.assert(
      fc.property(fc.array(stepOf(words), { minLength: 4, maxLength: 30 }), (steps) => {
        const bench = begun(userId, locale);
        for (const step of steps) take(bench, step);
        leave(bench);
      }),
      { numRuns, seed: 20260319, endOnFailure: false },
    );
  });
});
