// Every message and event of the platform becomes a typed value; what is unknown is kept and never an error.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dedupKey, isMessage, parseInbound } from '../../src/wecom/inbound.ts';
import { event, message, samples } from './samples.ts';

test.each(samples)('%s', (_, xml, expected) => {
  expect(parseInbound(xml)).toMatchObject(expected);
});

test.each(samples)('%s: neither the order of elements nor CDATA matters', (_, xml, expected) => {
  const root = /^<xml>(.*)<\/xml>$/s.exec(xml)?.[1] ?? '';
  const parts = topLevel(root).reverse();
  expect(parseInbound(`<xml>\n  ${parts.join('\n  ')}\n</xml>`)).toMatchObject(expected);
  const escaped = xml.replaceAll(/<!\[CDATA\[(.*?)\]\]>/gs, (_all, text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  );
  expect(parseInbound(escaped)).toMatchObject(expected);
});

test('numbers of 19 to 23 digits stay what they are', () => {
  const xml = message('text', '<Content>x</Content>').replace(
    '7361234567890123456',
    '18446744073709551615123',
  );
  expect(parseInbound(xml)).toMatchObject({ msgId: '18446744073709551615123' });
});

test.each([
  ['a new message type', message('hologram', '<Beam><Part>1</Part><Part>2</Part></Beam>'), 'hologram', ''],
  ['a new event', event('moon_phase', '<Phase>full</Phase>'), 'event', 'moon_phase'],
  [
    'a new kind of contact change',
    event('change_contact', '<ChangeType>swap</ChangeType>'),
    'event',
    'change_contact',
  ],
  ['no type at all', '<xml><A>1</A></xml>', '', ''],
  ['an empty document', '<xml/>', '', ''],
])('%s is kept as unknown', (_, xml, msgType, name) => {
  expect(parseInbound(xml)).toMatchObject({ kind: 'unknown', msgType, event: name });
});

test('an unknown one keeps its fields, nested and repeated', () => {
  const inbound = parseInbound(
    message('hologram', '<Beam><Part>1</Part><Part>2</Part></Beam><__proto__>x</__proto__>'),
  );
  expect(inbound).toMatchObject({ fields: { Beam: { Part: ['1', '2'] }, MsgId: '7361234567890123456' } });
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('an entry of nonsense never throws, whatever the elements hold', () => {
  const names = fc.constantFrom(
    'MsgType',
    'Event',
    'CreateTime',
    'AgentID',
    'MsgId',
    'SelectedItems',
    'ChangeType',
  );
  const words = fc.constantFrom(
    'event',
    'text',
    'template_card_event',
    'NaN',
    '-1',
    '',
    '1e999',
    'change_contact',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(names, words)), (parts) => {
      const xml = `<xml>${parts.map(([n, w]) => `<${n}>${w}</${n}>`).join('')}</xml>`;
      const inbound = parseInbound(xml);
      expect(dedupKey(inbound, xml)).toMatch(/^(msg|xml):/);
      expect(isMessage(inbound) || 'kind' in inbound).toBe(true);
    }),
  );
});

test('a message is known by MsgId, sender and app', () => {
  const xml = message('text', '<Content>x</Content>');
  const key = dedupKey(parseInbound(xml), xml);
  expect(key).toBe('msg:1000007:li.si:7361234567890123456');
  const other = xml.replace('li.si', 'Wang.Wu');
  expect(dedupKey(parseInbound(other), other)).toBe('msg:1000007:wang.wu:7361234567890123456');
});

test('two events of one sender in one second are two', () => {
  const [a, b] = [event('click', '<EventKey>1</EventKey>'), event('click', '<EventKey>2</EventKey>')];
  expect(dedupKey(parseInbound(a), a)).not.toBe(dedupKey(parseInbound(b), b));
  expect(dedupKey(parseInbound(a), a)).toBe(dedupKey(parseInbound(a), a));
  expect(dedupKey(parseInbound(a), a)).toMatch(/^xml:[0-9a-f]{64}$/);
});

test('a message without MsgId, or with an absurd one, is known by its whole text', () => {
  for (const id of ['', '9'.repeat(5000)]) {
    const xml = message('text', '<Content>x</Content>').replace('7361234567890123456', id);
    expect(dedupKey(parseInbound(xml), xml)).toMatch(/^xml:[0-9a-f]{64}$/);
  }
});

/** The elements directly under the root, each as it stands. */
function topLevel(xml: string): string[] {
  const parts: string[] = [];
  let rest = xml;
  while (rest !== '') {
    const name = /^<(\w+)>/.exec(rest)?.[1] ?? '';
    const part = new RegExp(`^.*?</${name} ?>`, 's').exec(rest)?.[0] ?? rest;
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}
