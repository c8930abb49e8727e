// What may stand in a group and what may not, with the words that are proposed instead (DOMAIN §2.9).
import { expect, test } from 'vitest';
import { groupFault } from '../../../src/supervision/notices/in-groups.ts';

const SCHOOLS = ['第一中学', '一中', '第二实验小学', '柳桥镇中学', '柳桥镇中心小学'];
const check = (text: string) => groupFault(text, SCHOOLS, '3月20日(周五)');

test.each([
  ['3月20日(周五)15:00开会,收到请回复。', '3月20日(周五)15:00开会。'],
  ['周五15:00开会，收到请确认', '周五15:00开会。'],
  ['明天停课。请立即回复!', '明天停课。'],
  ['请各位在群里接龙报名,周五截止', '周五截止。'],
  ['请尽快上报防汛物资清单。', '请于3月20日(周五)前上报防汛物资清单。'],
  ['周五值班表已发，看到的扣1', '周五值班表已发。'],
  ['本周例会改到周三，收到后请务必及时回复，谢谢', '本周例会改到周三，谢谢。'],
  ['收到请回复', ''],
  ['会议室改到三楼，请大家回复收到。', '会议室改到三楼。'],
])('no demand for an answer: %s', (text, proposal) => {
  expect(check(text)).toEqual({ why: 'hurried', proposal });
});

test.each([
  ['第一中学整改逾期，请抓紧。', '有关学校整改逾期，请抓紧。'],
  ['柳桥镇中学、柳桥镇中心小学还没交自查表。', '有关学校还没交自查表。'],
  ['通报批评第二实验小学食堂留样不规范。', '通报批评有关学校食堂留样不规范。'],
])('no school with its problem: %s', (text, proposal) => {
  expect(check(text)).toEqual({ why: 'names', proposal });
});

test.each([
  '3月20日(周五)15:00在第一中学开现场会。',
  '请于周五前上报防汛物资清单。',
  '请各校自查消防隐患，3月27日前交自查表。',
  '还有3所学校没交自查表。',
  '请回复家长关切的热点问题，培训材料见附件。'.replace('请回复', '回应'),
  '下周三起执行夏季作息。',
])('may be posted: %s', (text) => {
  expect(check(text)).toBeNull();
});
