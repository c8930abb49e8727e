// Days, terms and lists in the words of each language; what a person typed never becomes a link.
import { describe, expect, test } from 'vitest';
import { liquidFor } from '../../src/chat/scripts/liquid.ts';

const terms: Record<string, string> = { 'item.I6': '安全(第6项)' };
const zh = liquidFor(
  'zh-CN',
  (key) => terms[key],
  () => '2026-03-19',
);
const en = liquidFor(
  'en',
  () => undefined,
  () => '2026-03-19',
);

describe('filters', () => {
  test.each([
    ['{{ v | day }}', '2026-03-26', '3月26日(周四)', 'Thu 26 Mar'],
    ['{{ v | day }}', '2025-12-31', '2025年12月31日(周三)', 'Wed 31 Dec 2025'],
    ['{{ v | day }}', '随时', '随时', '随时'],
    ['{{ v | day }}', undefined, '', ''],
    ['{{ v | month }}', '2026-03', '3月', 'Mar 2026'],
    ['{{ v | date }}', '2026-03-26', '2026年3月26日', '26 Mar 2026'],
    ['{{ v | period }}', '2026-03-01/2026-03-31', '2026年3月', 'Mar 2026'],
    ['{{ v | period }}', '2026-01-01/2026-12-31', '2026年', '2026'],
    ['{{ v | period }}', '2026-03-02/2026-03-08', '2026年3月2日至3月8日', '2 Mar 2026 to 8 Mar 2026'],
    ['{{ v | period }}', '2026-03-02/2026-03-02', '2026年3月2日', '2 Mar 2026'],
    ['{{ v | list }}', ['一中', '二中'], '一中、二中', '一中, 二中'],
    ['{{ v | list: 2 }}', ['一中', '二中', '三中'], '一中、二中等3个', '一中, 二中 and 1 more'],
    ['{{ v | list }}', [], '', ''],
    ["{{ v | term: 'item' }}", 'I9', 'I9', 'I9'],
    [
      '{{ v }}',
      '<a href="http://x">点我</a>',
      '＜a href="http://x">点我＜/a>',
      '＜a href="http://x">点我＜/a>',
    ],
    ['{{ v }}', null, '', ''],
  ])('%s of %j', (template, v, chinese, english) => {
    expect(zh.parseAndRenderSync(template, { v })).toBe(chinese);
    expect(en.parseAndRenderSync(template, { v })).toBe(english);
  });

  test('a term is said in the words of terms.yaml', () =>
    expect(zh.parseAndRenderSync("{{ v | term: 'item' }}", { v: 'I6' })).toBe('安全(第6项)'));

  test('an unknown filter is refused when the text is read', () =>
    expect(() => zh.parse('{{ v | datum }}')).toThrow(/datum/));
});
