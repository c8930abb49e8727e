// How people point at one of a few things.
import { describe, expect, test } from 'vitest';
import { chosen } from '../../src/chat/turn/answer/choices.ts';

const schools = ['石佛镇中心小学', '石佛镇中心幼儿园', '清河镇实验学校'].map((label, value) => ({
  label,
  value,
}));

describe('chosen', () => {
  test.each([
    ['1', 0],
    ['2', 1],
    ['第二个', 1],
    ['第3所', 2],
    ['二', 1],
    ['②', 1],
    ['前一个', 0],
    ['后一个', 2],
    ['最后一个', 2],
    ['石佛镇中心小学', 0],
    ['幼儿园', 1],
    ['清河那个', 2],
    ['是清河的', 2],
    ['我说的是幼儿园', 1],
    ['幼儿园。', 1],
  ])('%s', (said, place) => expect(chosen(said, schools)).toEqual({ choice: schools[place] }));

  test.each(['都去了', '三所都去了', '全部', '都', 'all'])('%s: all', (said) =>
    expect(chosen(said, schools)).toEqual({ all: true }),
  );

  test.each(['都不是', '都不对', 'none of these'])('%s: none', (said) =>
    expect(chosen(said, schools)).toEqual({ none: true }),
  );

  test.each(['4', '第九个', '石佛', '园', '', '一中', '灭火器过期两个', '那个'])('%s: nothing', (said) =>
    expect(chosen(said, schools)).toBeNull(),
  );

  test('without choices nothing is chosen', () => expect(chosen('1', [])).toBeNull());
});
