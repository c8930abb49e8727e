// A span alone is a deadline; a span inside other words is part of what was found.
import { expect, test } from 'vitest';
import { bareDays } from '../../src/chat/turn/answer/bare-days.ts';

test.each([
  ['十天', 10],
  ['都给两周', 14],
  ['期限改成三天吧', 3],
  ['一个月', 30],
  ['限一周', 7],
  ['20天内', 20],
  ['ten days', 10],
  ['make it a week', 7],
  ['2 weeks', 14],
])('%s: %i days', (said, days) => expect(bareDays(said)).toBe(days));

test.each([
  '灯坏了三天',
  '还有楼道灯坏了三天没修',
  '昨天',
  '第二条三天',
  '三',
  '今天',
  'the date is today',
  '3',
])('%s is no deadline', (said) => expect(bareDays(said)).toBeUndefined());
