// Settings by the words an office has for them, and values in every dress; what does not fit is never taken.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outsideLaw, settingSaid, settingsNamed } from '../../src/supervision/setting-words.ts';
import { loadSettingRules, settingFault, settingKeys } from '../../src/supervision/settings.ts';

const { defaults } = loadSettingRules();

test.each([
  ['整改天数', 'rect.generalDays'],
  ['轻微问题整改天数', 'rect.minorDays'],
  ['免督导月份', 'visit.exemptMonths'],
  ['免打扰', 'notify.quietHours'],
  ['放假', 'calendar.ownRestDays'],
  ['开学日期', 'calendar.semesters'],
  ['rect.maxExtensions', 'rect.maxExtensions'],
  ['quiet hours', 'notify.quietHours'],
])('%s means %s', (words, key) => expect(settingsNamed(words)).toEqual([key]));

test('every setting is found by its own name in either language; nonsense finds none', () => {
  const { rules } = loadSettingRules();
  for (const key of settingKeys)
    for (const name of [key, rules.get(key)?.name?.['zh-CN'], rules.get(key)?.name?.en])
      if (name) expect(settingsNamed(name), name).toEqual([key]);
  expect(settingsNamed('天气怎么样')).toEqual([]);
  for (const slip of ['nosuch', 'colour', 'weather']) expect(settingsNamed(slip, 8), slip).toEqual([]);
});

test.each([
  ['rect.generalDays', '改成 １０ 天', 10],
  ['visit.exemptMonths', '1月、2月和8月', [1, 2, 8]],
  ['visit.exemptMonths', '无', []],
  ['notify.quietHours', '20点到7点半', { from: '20:00', to: '07:30' }],
  ['notify.quietOnRestDays', '关', false],
  ['calendar.semesters', '2月20日、9月1日', { autumn: '09-01', spring: '02-20' }],
  ['calendar.ownRestDays', '5月4日至6日', ['2026-05-04', '2026-05-05', '2026-05-06']],
  ['comp.return2Months', '3-6', [3, 6]],
  ['follow.semesterCoverage', '80%', 0.8],
  ['calendar.ownYears', '2027', [2027]],
] as const)('%s: %s', (key, said, value) =>
  expect(settingSaid(key, said, defaults[key], 2026)).toEqual(value),
);

test.each([
  ['rect.generalDays', '很多'],
  ['rect.generalDays', '-3'],
  ['rect.generalDays', '负3天'],
  ['rect.generalDays', '5 或 6'],
  ['visit.exemptMonths', '13月'],
  ['notify.quietHours', '26:00-7:00'],
  ['follow.semesterCoverage', '800%'],
  ['calendar.ownRestDays', '2月31号以后再说'],
] as const)('%s does not take "%s"', (key, said) => {
  const value = settingSaid(key, said, defaults[key], 2026);
  expect(value === undefined || settingFault(key, value) === null).toBe(true);
  if (key !== 'calendar.ownRestDays') expect(value).toBeUndefined();
});

test('a day is taken off the list again', () => {
  const now = ['2026-05-04', '2026-05-05'];
  expect(settingSaid('calendar.ownRestDays', '去掉 5月4日', now, 2026)).toEqual(['2026-05-05']);
});

test('below the legal floor is told; the defaults are within the law', () => {
  expect(outsideLaw('visit.minPerMonth', 0)).toBe(true);
  expect(outsideLaw('comp.maxPerSchoolPerYear', 2)).toBe(true);
  for (const key of settingKeys) expect(outsideLaw(key, defaults[key]), key).toBe(false);
});

test('whatever is said, what is taken fits the setting', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...settingKeys),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      (key, said) => {
        const value = settingSaid(key, said, defaults[key], 2026);
        return value === undefined || settingFault(key, value) === null;
      },
    ),
  );
});
