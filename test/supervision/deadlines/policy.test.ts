// The policy of reminders: every offset means a day, and a wrong line is told with its place.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { createCalendar } from '../../../src/supervision/calendar.ts';
import { loadPolicy, mustLoadPolicy, partsOf } from '../../../src/supervision/deadlines/policy.ts';
import { nudgeDaySql, workedDays } from '../../../src/supervision/deadlines/workdays.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { faultLine } from '../../../src/yaml.ts';
import { freshDatabase } from '../../support/database.ts';
import { testFolder } from '../../support/folder.ts';

const calendar = createCalendar('Asia/Shanghai', loadSettingRules().defaults);

// 2026: 4–6 April is Qingming, 1–5 May a holiday with 9 May worked; 28 February a make-up Saturday.
const days: [due: string, at: string, day: string][] = [
  ['2026-03-26', '-3d', '2026-03-23'],
  ['2026-03-26', '0d', '2026-03-26'],
  ['2026-03-26', '+1d', '2026-03-27'],
  ['2026-03-31', '+1d', '2026-04-01'],
  ['2026-03-31', '-5wd', '2026-03-24'],
  ['2026-04-30', '-5wd', '2026-04-23'],
  ['2026-04-03', '+1wd', '2026-04-07'],
  ['2026-05-31', 'month-start', '2026-05-06'],
  ['2026-03-31', 'month-start', '2026-03-02'],
  ['2026-03-31', 'mid-month', '2026-03-15'],
  ['2026-05-31', 'last-workday', '2026-05-29'],
  ['2026-05-29', 'month-end', '2026-05-31'],
  ['2026-12-31', '+15d', '2027-01-15'],
  ['2026-03-28', '-1wd', '2026-03-27'], // due on a Saturday
  ['2026-03-28', '+1wd', '2026-03-30'],
  ['2026-03-28', '-5wd', '2026-03-23'],
];

test('every rule means a day', async () => {
  const { store } = await freshDatabase();
  const found: typeof days = [];
  for (const [due, at] of days) {
    const [unit, n] = partsOf(at);
    const [row] = await store.query<{ day: string }>(
      `select ${nudgeDaySql('$1::date', '$2::text', '$3::int', '$4::date[]')} as day`,
      [due, unit, n, workedDays(Temporal.PlainDate.from('2026-05-07'), calendar)],
    );
    found.push([due, at, row?.day ?? '']);
  }
  expect(found).toEqual(days);
});

test('the shipped policy is whole', () => {
  expect(mustLoadPolicy().rectification.nudges[0]).toEqual({ at: '-3d', to: ['owner'] });
});

test('each fault is told with file, line and key', () => {
  const dir = testFolder();
  mkdirSync(join(dir, 'rules'));
  const shipped = readFileSync('bot-scripts/rules/deadlines.yaml', 'utf8');
  const wrong = shipped
    .replace('at: -5wd, to: owner', 'at: -5weeks, to: owner')
    .replace('at: +3d, to: area-leader', 'at: +3d, to: mayor')
    .replace('{ at: -1d, to: owner }', '{ at: -1d, to: owner, when: none-visited }')
    .replace('{ at: 0d, to: owner }\n    - { at: +1wd, to: inspector }', '{ at: 0d, who: owner }');
  writeFileSync(join(dir, 'rules/deadlines.yaml'), wrong);
  const lines = loadPolicy(dir).faults.map(faultLine);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^rules\/deadlines\.yaml:\d+:regular-visit\.nudges\.2\.at: is none of/),
      expect.stringMatching(/^rules\/deadlines\.yaml:\d+:rectification\.nudges\.4\.to: is none of/),
      expect.stringMatching(/^rules\/deadlines\.yaml:\d+:signature\.nudges\.0\.who: no such key/),
    ]),
  );
  expect(() => mustLoadPolicy(dir)).toThrow(expect.objectContaining({ code: 'scripts.faulty' }));
});
