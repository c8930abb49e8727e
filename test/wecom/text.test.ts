// Text is cut in bytes, at places where a reader would pause, and nothing of it is lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToBytes, splitNumbered, splitText } from '../../src/wecom/text.ts';

const bytes = (text: string) => Buffer.byteLength(text);
const chatText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('。', '！', '；', '!', '\n', '、', ' ', '3.5', '👨‍👩‍👧‍👦', '🇨🇳', 'é', '督学', '\r\n'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('splitText', () => {
  test('holds for any text: joined it is the text, no part is too long, no character is torn', () => {
    fc.assert(
      fc.property(chatText, fc.integer({ min: 32, max: 300 }), (text, max) => {
        const parts = splitText(text, max);
        expect(parts.join('')).toBe(text);
        for (const part of parts) {
          expect(part).not.toBe('');
          expect(bytes(part)).toBeLessThanOrEqual(max);
          expect(/\p{Surrogate}/u.test(part)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a sentence', '今天去了东关小学。灭火器过期两个。限一周整改', 45, '今天去了东关小学。'],
    ['a line', '一二三四五六\n七八九十', 27, '一二三四五六\n'],
    ['a clause, without a sentence in reach', '灭火器过期两个，食堂留样没贴标签', 33, '灭火器过期两个，'],
    ['a space', 'alpha beta gamma delta', 14, 'alpha beta '],
    ['any character at last', '一二三四五六七八九十', 10, '一二三'],
    ['an English sentence, not a decimal', 'It is 3.5 m. And more text', 16, 'It is 3.5 m.'],
  ])('ends after %s', (_, text, max, first) => {
    expect(splitText(text, max)[0]).toBe(first);
  });

  test.each([
    ['the quotation that a sentence closes', '他说：“今天没事。”明天再说一句话', 30, '他说：“今天没事。”'],
    ['… also when only the quotation mark would not fit', '他说：“今天没事。”明天再说', 27, '他说：“今天没'],
    ['brackets', '一二三四。（见附件。）好的好的', 33, '一二三四。（见附件。）'],
    ['a double mark', '真的没有吗？！好的好的好的', 21, '真的没有吗？！'],
    ['all dots of an ellipsis', '他说今天没事……明天再说一句话', 24, '他说今天没事……'],
    ['an English quotation', 'He said "fine." Then he left the room', 18, 'He said "fine."'],
  ])('ends after %s', (_, text, max, first) => {
    expect(splitText(text, max)[0]).toBe(first);
  });

  test('no part begins with what belongs to the words before it', () => {
    const said = '他说“好的”、“没事”，（见附件）就这样；然后……走了？！';
    for (let max = 24; max < 80; max++)
      for (const part of splitText(said, max)) expect(part).not.toMatch(/^[”）、，；。…？！]/u);
  });

  test('a family of emoji and a flag stay whole when they fit', () => {
    expect(splitText('好👨‍👩‍👧‍👦好', 27)).toEqual(['好', '👨‍👩‍👧‍👦', '好']);
    for (const part of splitText('👨‍👩‍👧‍👦'.repeat(20), 60)) expect(part).toBe('👨‍👩‍👧‍👦'.repeat(2));
  });

  test('a single character beyond the limit is cut at code points, and ends', () => {
    const zalgo = `e${'\u0301'.repeat(100)}`;
    expect(splitText(zalgo, 20).join('')).toBe(zalgo);
    expect(splitText('👨‍👩‍👧‍👦', 8).join('')).toBe('👨‍👩‍👧‍👦');
  });

  test('2048 bytes are one part, one more makes two, none makes none', () => {
    expect(splitText('a'.repeat(2048))).toHaveLength(1);
    expect(splitText('a'.repeat(2049))).toHaveLength(2);
    expect(splitText('')).toEqual([]);
    expect(() => splitText('a', 3)).toThrow(RangeError);
  });

  test('a very long text is split in time that grows with it, not with its square', () => {
    const started = performance.now();
    expect(splitText('督导检查发现问题。'.repeat(20_000)).length).toBeGreaterThan(200);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('numbered parts carry their number inside the limit', () => {
  const parts = splitNumbered('今天去了东关小学。'.repeat(200));
  expect(parts[0]).toMatch(/^\(1\/3\)\n今天/);
  for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(2048);
  expect(parts.map((p) => p.replace(/^\(\d\/\d\)\n/, '')).join('')).toBe('今天去了东关小学。'.repeat(200));
  expect(splitNumbered('短')).toEqual(['短']);
  expect(splitNumbered('')).toEqual([]);
});

test('a cut ends at a whole character', () => {
  expect(cutToBytes('督学好', 7)).toBe('督学');
  expect(cutToBytes('好👨‍👩‍👧‍👦', 10)).toBe('好');
  expect(cutToBytes('督学', 6)).toBe('督学');
  fc.assert(
    fc.property(chatText, fc.integer({ min: 0, max: 200 }), (text, max) => {
      const cut = cutToBytes(text, max);
      expect(text.startsWith(cut)).toBe(true);
      expect(bytes(cut)).toBeLessThanOrEqual(max);
    }),
  );
});
