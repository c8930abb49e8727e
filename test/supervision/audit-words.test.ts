// Whatever is written down about a school's file has its words: no one reads a code in 变更记录.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ACTIONS } from '../../src/supervision/actions.ts';

const root = new URL('../../', import.meta.url).pathname;
const source = join(root, 'src/supervision');
const CODE = /'([a-z]+\.[a-z-]+)'/g;
/** Where an audit action stands: beside `action:`, in a call of `auditFindings`, in the values of an inserted audit row. */
const PLACES = [
  /\baction: [^\n]*/g,
  /\bauditFindings\([\s\S]*?=>/g,
  /insert into audit_entry[\s\S]*?values[^\n]*/g,
];
/** Put together from parts; each part is the name of a state or a step. */
const COMPOSED = [
  'finding.talk',
  'finding.circular',
  'finding.accountability',
  'notice.recalled',
  'notice.cancelled',
  'notice.corrected',
  'notice.closed',
  'notice.withdrawn',
  'emergency.on-scene',
  'emergency.contained',
  'school.created',
  'school.changed',
  'school.ended',
  'area.changed',
  'person.created',
  'person.changed',
  'person.ended',
  'assignment.created',
  'assignment.ended',
  'recusal.created',
  'recusal.ended',
];

const used = new Set(COMPOSED);
for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.ts')) {
    const text = readFileSync(join(source, file), 'utf8');
    for (const place of PLACES)
      for (const [found] of text.matchAll(place))
        for (const [, code] of found.matchAll(CODE)) if (code && !ACTIONS.has(code)) used.add(code);
  }

test('the search finds what is written down', () => {
  expect([...used]).toEqual(
    expect.arrayContaining(['visit.recorded', 'finding.accepted', 'finding.returned', 'setting.changed']),
  );
});

test.each(['zh-CN', 'en'])('every audit action has its word: %s', (locale) => {
  const words = parse(readFileSync(join(root, `bot-scripts/texts/${locale}/terms.yaml`), 'utf8')) as object;
  expect(
    [...used]
      .filter((code) => !(`audit.${code}` in words))
      .sort()
      .join(' '),
  ).toBe('');
});
