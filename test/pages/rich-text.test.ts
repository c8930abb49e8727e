// What the bot writes becomes text and safe links, whatever it contains.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownBlocks } from '../../src/pages/simulator/chat/markdown.tsx';
import { MENTIONS, textParts } from '../../src/pages/simulator/chat/rich-text.tsx';

describe('textParts', () => {
  it('finds links of both kinds and leaves the rest as it is', () => {
    expect(
      textParts('请看<a href="https://example.com/a?x=1&amp;y=2">清单</a>或 https://example.com/b。谢谢'),
    ).toEqual([
      '请看',
      { href: 'https://example.com/a?x=1&y=2', text: '清单' },
      '或 ',
      { href: 'https://example.com/b', text: 'https://example.com/b' },
      '。谢谢',
    ]);
  });

  it('keeps every other tag as text', () => {
    expect(textParts('<b>粗</b><script>x</script>')).toEqual(['<b>粗</b><script>x</script>']);
  });

  it('gives back any text without links unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/<a\s|https?:/i.test(text));
        expect(textParts(text).join('')).toBe(text);
      }),
    );
  });
});

it('a mention stands out, and an address of mail does not', () => {
  expect('@督导助手 还差哪几所,问 a@b.cn'.split(MENTIONS)).toEqual([
    '',
    '@督导助手',
    ' 还差哪几所,问 a@b.cn',
  ]);
});

describe('markdownBlocks', () => {
  it('knows headings, quotes, lists, tables and code', () => {
    const kinds = markdownBlocks('# 进度\n> 引用\n- 一\n|a|b|\n|--|--|\n|1|2|\n```\ncode\n```\n---\n完').map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['heading', 'quote', 'item', 'table', 'code', 'rule', 'text']);
  });
});
