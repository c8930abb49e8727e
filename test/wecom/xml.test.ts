// The XML reader against well-formed, odd and hostile documents, and against fast-xml-parser as a second opinion.

import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { cdata, childrenOf, element, legalText, parseXml, textOf, wordOf } from '../../src/wecom/xml.ts';

test('CDATA is kept to the letter, bare words lose only their layout', () => {
  const root = parseXml(
    '<?xml version="1.0"?>\n<xml>\n <A><![CDATA[ x ]]></A>\n <B>\n 7361234567890123456 </B></xml>\n',
  );
  expect(textOf(root, 'A')).toBe(' x ');
  expect(wordOf(root, 'A')).toBe(' x ');
  expect(wordOf(root, 'B')).toBe('7361234567890123456');
});

test('layout around a CDATA section is not text', () => {
  expect(textOf(parseXml('<xml><A>\n  <![CDATA[x]]>\n</A></xml>'), 'A')).toBe('x');
});

test('entities, references, comments, attributes and empty elements are read', () => {
  const root = parseXml('<xml v="1"><!-- <B> --><A>1 &lt; 2 &amp;&#20013;&#x6587;</A><C/><D >x</D ></xml>');
  expect(textOf(root, 'A')).toBe('1 < 2 &中文');
  expect(root.children.map((c) => c.name)).toEqual(['A', 'C', 'D']);
});

test('a list of one is a list', () => {
  const root = parseXml('<xml><L><I>1</I></L><I>2</I><I>3</I></xml>');
  expect(childrenOf(root.children[0], 'I')).toHaveLength(1);
  expect(childrenOf(root, 'I')).toHaveLength(2);
  expect(childrenOf(root, 'Nothing')).toEqual([]);
});

describe('refused:', () => {
  test.each([
    ['nothing', ''],
    ['text only', 'hello'],
    ['JSON', '{"a":1}'],
    ['two roots', '<a></a><b></b>'],
    ['text after the root', '<a></a>x'],
    ['not closed', '<xml><a></xml>'],
    ['closed twice', '<xml></xml></xml>'],
    ['DTD', '<!DOCTYPE a><xml></xml>'],
    ['DTD with entity', '<!DOCTYPE a [<!ENTITY b "c">]><xml>&b;</xml>'],
    ['external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xml>&b;</xml>'],
    ['DTD inside', '<xml><!DOCTYPE a></xml>'],
    ['unknown entity', '<xml>&nbsp;</xml>'],
    ['inherited name as entity', '<xml>&valueOf;</xml>'],
    ['bare ampersand', '<xml>a & b</xml>'],
    ['reference too large', '<xml>&#x110000;</xml>'],
    ['processing instruction', '<xml><?php x ?></xml>'],
    ['open CDATA', '<xml><![CDATA[x</xml>'],
    ['the end of a CDATA that never began', '<xml>a ]]> b</xml>'],
    ['CDATA closed twice', '<xml><![CDATA[a ]]> b]]></xml>'],
    ['open comment', '<xml><!-- x</xml>'],
    ['attribute without quotes', '<xml a=b></xml>'],
    ['too deep', '<a>'.repeat(17) + '</a>'.repeat(17)],
    ['too many elements', `<xml>${'<a/>'.repeat(5000)}</xml>`],
    ['too many attributes', `<xml ${Array.from({ length: 20 }, (_, i) => `a${i}="1"`).join(' ')}></xml>`],
    ['endless name', `<${'a'.repeat(100)}></${'a'.repeat(100)}>`],
  ])('%s', (_, source) => {
    expect(() => parseXml(source)).toThrow(
      expect.objectContaining({ name: 'CallbackError', reason: 'bad-xml' }),
    );
  });
});

test('what is written as CDATA is read back, whatever it holds', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(']]>', ']]', ']]]]>>', '<![CDATA[', '&amp;', '\uD800'),
  );
  fc.assert(
    fc.property(fc.array(nasty), (parts) => {
      const text = parts.join('');
      expect(textOf(parseXml(`<xml>${element('A', text)}</xml>`), 'A')).toBe(legalText(text));
    }),
  );
});

test('characters that XML does not know are dropped, others are not', () => {
  expect(cdata('a\u0000\u0008b\uD83Dc\uFFFE\t\n😀')).toBe('<![CDATA[abc\t\n😀]]>');
});

test('fast-xml-parser reads the same', () => {
  const peer = new XMLParser({ parseTagValue: false, trimValues: false, ignoreAttributes: true });
  const names = fc.constantFrom('A', 'B', 'Content', 'Item_1');
  // No carriage returns: XML folds them, and a chat's text is better left alone.
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((t) => legalText(t).replaceAll('\r', ''));
  const leaf = fc.tuple(names, text).map(([name, value]) => ({ name, value }));
  fc.assert(
    fc.property(fc.uniqueArray(leaf, { selector: (l) => l.name, minLength: 1 }), (leaves) => {
      const source = `<xml>${leaves.map((l) => element(l.name, l.value)).join('')}</xml>`;
      const ours = Object.fromEntries(parseXml(source).children.map((c) => [c.name, c.text]));
      expect(ours).toEqual(peer.parse(source).xml);
    }),
  );
});

test('hostile shapes cost milliseconds', () => {
  const n = 60_000;
  const shapes = [
    '<'.repeat(n),
    '<a>'.repeat(n / 3),
    `<xml ${' '.repeat(n)}`,
    `<xml a${' '.repeat(n)}`,
    `<xml ${'a'.repeat(n)}`,
    `<xml ${'a="b" '.repeat(n / 6)}>`,
    `<xml>${'<![CDATA['.repeat(n / 9)}`,
    `<xml>${'<!--'.repeat(n / 4)}`,
    `<xml>${'&'.repeat(n)}</xml>`,
    `<xml>${'&#'.repeat(n / 2)}</xml>`,
    '<?xml '.repeat(n / 6),
    `<xml></xml${' '.repeat(n)}`,
  ];
  const started = performance.now();
  for (const shape of shapes) expect(() => parseXml(shape)).toThrow('bad-xml');
  expect(performance.now() - started).toBeLessThan(3000);
});
