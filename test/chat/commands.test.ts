// Agreed words: what fits a pattern whole begins its flow, and nothing else does.
import { describe, expect, test } from 'vitest';
import { commandFault, commandIn, commandLiteral, commandMatcher } from '../../src/chat/scripts/commands.ts';

const patterns = [
  '{school}回头看…',
  '设置说明…',
  '设置…',
  'look back at {school}',
  '(我|)(还有|有)(什么|啥)要(我|)办的(事|)',
].map((pattern) => ({
  flow: pattern,
  roles: ['office'],
  matcher: commandMatcher(pattern),
  literal: commandLiteral(pattern),
}));

describe('commandIn', () => {
  test.each([
    ['一中回头看', '{school}回头看…', ''],
    ['一中回头看 围墙修好了', '{school}回头看…', '围墙修好了'],
    ['设置说明', '设置说明…', ''],
    ['设置 整改天数 10。', '设置…', '整改天数 10'],
    ['设置:整改天数 10', '设置…', '整改天数 10'],
    ['有什么要我办的', '(我|)(还有|有)(什么|啥)要(我|)办的(事|)', null],
    ['我还有啥要办的事?', '(我|)(还有|有)(什么|啥)要(我|)办的(事|)', null],
    ['Look back at  No. 1 Primary', 'look back at {school}', null],
  ])('%s', (said, flow, rest) => {
    expect(commandIn(patterns, said, ['office'])).toMatchObject({ flow, rest });
  });

  test.each(['今天设置了警示牌', '回头看', '我看看', '有要办的'])('%s is none', (said) => {
    expect(commandIn(patterns, said, ['office'])).toBeNull();
  });

  test('another role is not offered it', () => {
    expect(commandIn(patterns, '设置', ['principal'])).toBeNull();
  });
});

test.each([
  ['{teacher}的课', '{teacher} is none of'],
  ['…设置…', '… may stand once'],
  ['{school}查…', 'at least two characters'],
  ['(有什么|有)(要办|)', 'at least two characters'],
])('%s cannot be used', (pattern, why) => {
  expect(commandFault(pattern)).toContain(why);
});
