// The small parsers that read answers to questions, one table each.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDate, parseDays } from '../../../src/chat/understand/answers.ts';
import { parseResult, parseYesNo } from '../../../src/chat/understand/findings/verdicts.ts';
import { maskPersonal } from '../../../src/chat/understand/text/mask.ts';
import { parseNumber } from '../../../src/chat/understand/text/numerals.ts';
import { fixtureRoster, NOW } from './score.ts';

const office = { now: NOW, timeZone: 'Asia/Shanghai' };

test.each([
  ['前天', 'past', '2026-03-17'],
  ['大前天', 'past', '2026-03-16'],
  ['昨儿', 'past', '2026-03-18'],
  ['上周三', 'past', '2026-03-11'],
  ['周五', 'past', '2026-03-13'],
  ['周五', 'future', '2026-03-20'],
  ['星期天', 'future', '2026-03-22'],
  ['十三号下午', 'past', '2026-03-13'],
  ['31号那天', 'past', '2026-01-31'],
  ['25号', 'future', '2026-03-25'],
  ['11.3', 'past', '2025-11-03'],
  ['3/5', 'past', '2026-03-05'],
  ['三月五号', 'past', '2026-03-05'],
  ['2026-04-02', 'near', '2026-04-02'],
  ['月底', 'future', '2026-03-31'],
  ['下月10号', 'future', '2026-04-10'],
  ['下周五之前', 'future', '2026-03-27'],
  ['这礼拜', 'past', '2026-W12'],
  ['上个月', 'past', '2026-02'],
  ['三月份', 'past', '2026-03'],
  ['清明前', 'future', '2026-04-04'],
  ['五一以后', 'future', '2026-05-01'],
  ['周五下午三点', 'future', '2026-03-20'],
  ['明早八点', 'future', '2026-03-20'],
  ['3月31到4月15', 'future', '2026-03-31/2026-04-15'],
  ['3天前', 'past', '2026-03-16'],
  ['今年', 'past', '2026'],
  ['28', 'past', '2026-02-28'],
] as const)('%s (%s) is %s', (text, direction, date) => {
  expect(parseDate(text, { ...office, direction })?.date).toBe(date);
});

test('terms come from the office’s calendar', () => {
  const calendar = {
    semesters: [
      { start: '2025-09-01', end: '2026-01-23' },
      { start: '2026-03-02', end: '2026-07-10' },
    ],
  };
  expect(parseDate('本学期', { ...office, calendar })?.date).toBe('2026-03-02/2026-07-10');
  expect(parseDate('上学期', { ...office, calendar })?.date).toBe('2025-09-01/2026-01-23');
  expect(parseDate('开学后', { ...office, calendar, direction: 'past' })?.date).toBe('2026-03-02');
});

test('a day in the right form and never after today when looking back', () => {
  const word = fc.constantFrom(
    '周一',
    '周日',
    '上周五',
    '1号',
    '31号',
    '12月25号',
    '2.29',
    '昨天',
    '前天',
    '三号',
    '礼拜六',
  );
  const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2029-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(word, instant, (text, now) => {
      const got = parseDate(text, { now, timeZone: 'Asia/Shanghai', direction: 'past' });
      if (!got) return;
      expect(got.date).toMatch(/^\d{4}-\d\d-\d\d$/);
      const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      expect(got.date <= today).toBe(true);
    }),
  );
});

test.each([
  ['限一周', 7],
  ['三天内', 3],
  ['给他们十天', 10],
  ['两周', 14],
  ['半个月', 15],
  ['一个月内', 30],
  ['48小时内', 2],
  ['15', 15],
  ['宽限5天', 5],
])('%s is %d days', (text, days) => {
  expect(parseDays(text)).toBe(days);
});

test.each([
  ['好的', true],
  ['对', true],
  ['确认无误', true],
  ['没问题', true],
  ['行,就这样', true],
  ['不是', false],
  ['先别发', false],
  ['不行', false],
  ['等一下', false],
  ['确认一下是几号?', undefined],
  ['二实小', undefined],
  ['没错', true],
])('%s: %s', (text, yes) => {
  expect(parseYesNo(text)).toBe(yes);
});

test.each([
  ['合格', 'pass'],
  ['不算过', 'fail'],
  ['没改好', 'fail'],
  ['改了一半', 'partial'],
  ['可以销号', 'pass'],
  ['我没同意', 'fail'],
] as const)('result %s is %s', (text, result) => {
  expect(parseResult(text)).toBe(result);
});

test.each([
  ['俩', 2],
  ['十三', 13],
  ['三十一', 31],
  ['一百二十五', 125],
  ['零三一', 31],
])('number %s is %d', (text, n) => {
  expect(parseNumber(text)).toBe(n);
});

test.each([
  ['学生王小明被打了', '学生王某被打了'],
  ['家长电话13812345678', '家长电话138****5678'],
  ['把李强同学推倒了', '把李某同学推倒了'],
  ['食堂留样没标签', '食堂留样没标签'],
  ['学生都在操场', '学生都在操场'],
  ['张小明把手弄伤了', '张某把手弄伤了'],
  ['课间李浩然从滑梯上掉下来,王子轩打了刘思雨', '课间李某从滑梯上掉下来,王某打了刘某'],
  ['周末把灭火器换了,门把手松动,方案把关不严', '周末把灭火器换了,门把手松动,方案把关不严'],
])('masks %s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked);
  expect(maskPersonal(masked)).toBe(masked);
});

test('a name of the roster that stands like a pupil’s is told as it is', () => {
  const { index } = fixtureRoster();
  expect(maskPersonal('张明把手弄伤了,张小明把腿摔断了', index.people)).toBe('张明把手弄伤了,张某把腿摔断了');
  expect(maskPersonal('张明把手弄伤了')).toBe('张某把手弄伤了');
});
