// Every setting of the office is changed by saying its name and a value, however the sentence begins; what names a record's day is left to records.
import { expect, test } from 'vitest';
import { settingName } from '../../src/supervision/setting-words.ts';
import { loadSettingRules, type SettingKey, settingKeys } from '../../src/supervision/settings.ts';
import { Bench } from './bench.ts';

const { rules, defaults } = loadSettingRules();

/** A value of the setting's kind, as it is said, and as it is put. */
function valueFor(key: SettingKey): { said: string; put: unknown } {
  const now = defaults[key];
  const own: Partial<Record<SettingKey, { said: string; put: unknown }>> = {
    'rect.numberPrefix': { said: '安督整', put: '安督整' },
    'consult.numberPrefix': { said: '安协商', put: '安协商' },
    'office.phone': { said: '0543-3320000', put: '0543-3320000' },
    'office.hours': { said: '工作日8:30到17:30', put: '工作日8:30到17:30' },
    'visit.exemptMonths': { said: '2月和8月', put: [2, 8] },
    'follow.semesterCoverage': { said: '八成', put: 0.8 },
    'notice.receiptHour': { said: '下午五点半', put: '17:30' },
    'notify.quietHours': { said: '晚上九点到早上七点', put: { from: '21:00', to: '07:00' } },
    'calendar.semesters': { said: '2月20日、9月1日', put: { autumn: '09-01', spring: '02-20' } },
    'calendar.ownYears': { said: '2028', put: [2028] },
    'calendar.ownRestDays': { said: '5月4日', put: ['2026-05-04'] },
    'calendar.ownWorkdays': { said: '5月9日', put: ['2026-05-09'] },
  };
  if (own[key]) return own[key];
  if (typeof now === 'boolean') return { said: '否', put: false };
  if (Array.isArray(now)) return { said: '四至八', put: [4, 8] };
  return { said: '十二', put: 12 };
}

const WAYS = [
  (name: string, value: string) => `把${name}改成${value}`,
  (name: string, value: string) => `${name}改为${value}`,
  (name: string, value: string) => `请将${name}设为${value}。`,
  (name: string, value: string) => `以后${name}调到${value}吧`,
  (name: string, value: string) => `把我们督导室的${name}这项设置调整为${value}`,
];

test.each(settingKeys.map((key) => [key, settingName(key, 'zh-CN')]))('%s: %s', (key, name) => {
  const { said, put } = valueFor(key as SettingKey); // of settingKeys
  for (const way of WAYS)
    for (const called of [name, ...(rules.get(key as SettingKey)?.words ?? [])]) {
      const bench = new Bench('office-chen');
      bench.says(way(called, said));
      expect(bench.conversation.frame, way(called, said)).toMatchObject({
        flow: 'change-setting',
        rows: [{ setting: key, value: { key, value: put } }],
      });
    }
});

test.each([
  ['把企业微信账号数量改成1', 'notify.accounts', 1],
  ['账号数从300改成350', 'notify.accounts', 350],
  ['免打扰时间改成晚上8点到早上8点', 'notify.quietHours', { from: '20:00', to: '08:00' }],
  ['把回执截止时刻改成16:00', 'notice.receiptHour', '16:00'],
  ['免打扰时间改成20:00-07:05', 'notify.quietHours', { from: '20:00', to: '07:05' }],
  ['把签收期限改成3天', 'rect.signWithinWorkdays', 3],
  ['把节假日免打扰关掉', 'notify.quietOnRestDays', false],
  ['关闭督导反馈告知学校', 'visit.feedbackToSchool', false],
  ['set accounts to 5', 'notify.accounts', 5],
  ['免督导月份改成去掉7月', 'visit.exemptMonths', [2, 8]],
] as const)('%s', (said, setting, value) => {
  const bench = new Bench('office-chen');
  bench.says(said);
  expect(bench.conversation.frame?.rows).toEqual([{ setting, value: { key: setting, value } }]);
});

test.each([
  '把整改期限改成3月30日',
  '二实小的整改期限改成10天',
  '031号整改期限改成10天',
  '回执时间改成明天',
  '把通知改成周四',
  '把第二条改成严重',
  '把孙主任改成小陈',
  '首报改成3个孩子受伤',
  '一中整改期限改成10天',
])('%s: no setting', (said) => {
  const bench = new Bench('office-chen');
  bench.says(said);
  expect(bench.conversation.frame?.flow).not.toBe('change-setting');
});

test('an inspector changes no setting, and the days of an open draft are the draft’s', () => {
  const wang = new Bench('insp-wang');
  wang.says('把企业微信账号数改成1');
  expect(wang.conversation.frame?.flow).not.toBe('change-setting');
  const chen = new Bench('office-chen');
  chen.says('替王建国登记:今天去了二实小,灭火器过期两个,限一周整改');
  chen.says('整改期限改成10天');
  expect(chen.conversation.frame?.flow).toBe('log-visit');
});
