// Settings: the shipped file is whole, a wrong one is named by line and key, an office's bad value does not stop it.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  isSettingKey,
  loadSettingRules,
  officeSettings,
  settingFault,
  settingKeys,
} from '../../src/supervision/settings.ts';
import { faultLine, faultsIn } from '../../src/yaml.ts';
import { testFolder } from '../support/folder.ts';

const shipped = 'bot-scripts/rules/settings.yaml';

function edited(edit: (text: string) => string): string {
  const file = join(testFolder(), 'settings.yaml');
  writeFileSync(file, edit(readFileSync(shipped, 'utf8')));
  return file;
}

test('every setting has a default, a source and words in both languages', () => {
  const { rules, defaults } = loadSettingRules();
  expect([...rules.keys()].sort()).toEqual([...settingKeys].sort());
  expect(defaults['visit.minPerMonth']).toBe(1);
  expect(defaults['visit.exemptMonths']).toEqual([2, 7, 8]);
  expect(rules.get('visit.minPerSemester')?.source).toBe('C');
});

test('a faulty file is refused with every fault, its line and its key', () => {
  const file = edited((text) =>
    text
      .replace('default: [2, 7, 8]', 'default: [2, 13]')
      .replace('area.maxSchools:', 'area.mostSchools:')
      .replace('source: L', 'source: X'),
  );
  const faults = faultsIn(dirname(file), () => loadSettingRules(file)).map(faultLine);
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^settings\.yaml:\d+:visit\.exemptMonths\.default\.1: /),
      expect.stringMatching(/^settings\.yaml:\d+:area\.mostSchools: no such setting/),
      expect.stringMatching(/^settings\.yaml:\d+:visit\.recordWithinDays\.source: /),
      expect.stringMatching(/^settings\.yaml:1:area\.maxSchools: is missing/),
    ]),
  );
});

test('YAML that cannot be read is one sentence with its line', () => {
  const file = edited((text) => `visit.minPerMonth: [1\n${text}`);
  expect(() => loadSettingRules(file)).toThrow(/settings\.yaml:\d+:: /);
});

test('what an office changed stands over the defaults, and a value that does not fit is named, not used', () => {
  const { settings, faults } = officeSettings(loadSettingRules(), {
    'rect.generalDays': 10,
    'visit.minPerMonth': 'two',
    'visit.perMonth': 3,
  });
  expect(settings['rect.generalDays']).toBe(10);
  expect(settings['visit.minPerMonth']).toBe(1);
  expect(faults.map(({ key }) => key)).toEqual(['visit.minPerMonth', 'visit.perMonth']);
  expect(officeSettings(loadSettingRules(), null).faults).toEqual([]);
});

test('a value is checked before it is stored', () => {
  expect(isSettingKey('notify.quietHours')).toBe(true);
  expect(settingFault('notify.quietHours', { from: '21:00', to: '07:00' })).toBeNull();
  expect(settingFault('notify.quietHours', { from: '25:00', to: '07:00' })).not.toBeNull();
  expect(settingFault('comp.return2Months', [6, 2])).not.toBeNull();
});
