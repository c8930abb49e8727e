// The roster file: every fault at once with its place, in two languages; nothing that arrives makes the check fall over.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRoster } from '../../../src/supervision/roster/check.ts';
import { coverageWarnings } from '../../../src/supervision/roster/coverage.ts';
import { canonicalRoster } from '../../../src/supervision/roster/file.ts';
import type { RosterNote } from '../../../src/supervision/roster/note.ts';
import { sayRoster } from '../../../src/supervision/roster/words.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import fixture from '../../support/fixture-roster.json' with { type: 'json' };
import { parseRoster } from '../../support/roster.ts';

const edited = (edit: (roster: typeof fixture & Record<string, unknown>) => void) => {
  const roster = structuredClone(fixture);
  edit(roster);
  return roster as unknown;
};
const faultsOf = (json: unknown, locale = 'zh-CN') => {
  const checked = checkRoster(json);
  return 'faults' in checked ? checked.faults.map((fault) => sayRoster(fault, locale)) : [];
};
const person = (more: object) => ({ userid: 'x', name: '某人', roles: ['inspector'], ...more });

const hasWords = (fault: RosterNote, locale: string) =>
  sayRoster({ ...fault, place: '' }, locale) !== fault.code;

test('the fixture office is a good roster', () => {
  expect(checkRoster(fixture)).toMatchObject({
    roster: { areas: { length: 5 }, schools: { length: 16 }, people: { length: 23 } },
  });
});

test('every fault is reported at a time, each with its place', () => {
  const json = edited((roster) => {
    Object.assign(roster.office, { slug: 'Haupt Amt', timezone: 'Asia/Atlantis' });
    roster.areas.push({ code: 'A1', name: '又一个' });
    Object.assign(roster.schools[2] ?? {}, { kind: 'university', area: 'A9' });
    Object.assign(roster.schools[4] ?? {}, { area: 'A9' });
    roster.people[0]?.schools?.push('S99', 'S01');
    Object.assign(roster.people[3] ?? {}, { userid: 'INSP-WANG', phone: 12 });
    Object.assign(roster.people[5] ?? {}, { userid: '王校长', name: ' ' });
  });
  expect(faultsOf(json)).toEqual([
    'office.slug: 只能用小写字母、数字和短横线,例如 main',
    'office.timezone: 没有这个时区,例如 Asia/Shanghai',
    'schools[2].kind: 只能是以下之一:primary, junior, nine-year, senior, vocational, special, kindergarten',
    'people[3].phone: 应为文字,请加引号',
    'people[5].userid: 应为企业微信账号,1–64 位字母、数字或 _ . @ -',
    'people[5].name: 不能为空',
    'areas[5].code: A1 重复,已在 areas[0] 出现',
    'people[3].userid: INSP-WANG 重复,已在 people[0] 出现',
    'schools[4].area: 没有代码为 A9 的责任区',
    'people[0].schools[5]: 没有代码为 S99 的学校',
    'people[0].schools[6]: 学校 S01 写了两次',
  ]);
});

test('a fault is told in the language asked for', () => {
  const json = edited((roster) => roster.people[3]?.schools?.push('S99'));
  expect(faultsOf(json, 'en')).toEqual(['people[3].schools[3]: no school has the code S99']);
  expect(faultsOf(json, 'zh-CN')).toEqual(['people[3].schools[3]: 没有代码为 S99 的学校']);
});

describe('people and their schools', () => {
  const withPerson = (more: object) =>
    faultsOf(edited((roster) => roster.people.push(person(more) as never)));
  test.each([
    [
      'a leader without an area',
      { roles: ['area-leader'] },
      ['people[23].area: 责任区组长必须写明所在责任区'],
    ],
    [
      'schools of an office clerk',
      { roles: ['office'], schools: ['S01'] },
      ['people[23].schools: 只有责任督学、校级督学和校(园)长才能对应学校'],
    ],
    ['a role twice', { roles: ['office', 'office'] }, ['people[23].roles: 同一职责写了两次']],
    ['no role', { roles: [] }, ['people[23].roles: 不能为空']],
    [
      'a role nobody has',
      { roles: ['teacher'] },
      [
        'people[23].roles[0]: 只能是以下之一:inspector, area-leader, school-inspector, principal, office, director',
      ],
    ],
    [
      'schools as a word',
      { schools: 'S01' },
      [
        'people[23].schools: 应为学校代码的列表,或按职责分列的对象,例如 {"inspector":["S01"],"principal":["S02"]}',
      ],
    ],
    [
      'a role that is not held',
      { schools: { principal: ['S01'] } },
      ['people[23].schools.principal: 此人的 roles 中没有 principal'],
    ],
    ['an invisible character', { name: 'a\u0000b' }, ['people[23].name: 格式不对,或含有不可见字符']],
    ['what no spreadsheet can hold', { name: 'a\ufffeb' }, ['people[23].name: 格式不对,或含有不可见字符']],
  ])('%s', (_, more, faults) => expect(withPerson(more)).toEqual(faults));

  test('who holds two roles at schools says which school belongs to which', () => {
    const roles = ['principal', 'inspector'];
    expect(withPerson({ roles, schools: ['S01'] })).toHaveLength(1);
    expect(withPerson({ roles, schools: { principal: ['S01'], inspector: ['S02'] } })).toEqual([]);
  });

  test('nobody inspects her own school', () => {
    const faults = withPerson({
      roles: ['principal', 'inspector'],
      schools: { principal: ['S01'], inspector: ['S02', 'S01'] },
    });
    expect(faults).toEqual(['people[23].schools.inspector[1]: 不能督导自己任职的学校 S01(须回避)']);
  });
});

test('a code is one code in whichever width, and marks that nobody sees belong to no name', () => {
  const roster = parseRoster(
    edited((json) => {
      Object.assign(json.areas[0] ?? {}, { code: 'Ａ１（东）', name: '东\u200b区\ufeff' });
      for (const school of json.schools) if (school.area === 'A1') school.area = 'A1(东)';
      for (const one of json.people) if (one.area === 'A1') one.area = 'Ａ1（东）';
    }),
  );
  expect(roster.areas[0]).toEqual({ code: 'A1(东)', name: '东区' });
  expect(roster.people[0]?.area).toBe('A1(东)');
  expect(faultsOf(edited((json) => json.areas.push({ code: 'Ａ２', name: '又一个' })))).toEqual([
    'areas[5].code: Ａ２ 重复,已在 areas[1] 出现',
  ]);
});

test('a key that we do not know is noted, not refused', () => {
  const checked = checkRoster(edited((roster) => Object.assign(roster.people[0] ?? {}, { shcools: [] })));
  expect(checked).toMatchObject({ notes: [{ place: 'people[0].shcools', code: 'unknown-key' }] });
});

test('warns of schools without inspector or head, of too many schools for one person or area', () => {
  const roster = parseRoster(
    edited((json) => {
      json.people.splice(20, 1);
      json.people[0]?.schools?.splice(0, 1);
      json.people[1]?.schools?.push('S02', 'S05', 'S06', 'S07');
    }),
  );
  const { defaults } = loadSettingRules();
  const warnings = coverageWarnings(roster, { ...defaults, 'area.maxSchools': 4 });
  expect(warnings.map((warning) => sayRoster(warning, 'zh-CN'))).toEqual([
    'people[1]: 李秀英(insp-li)负责 8 所学校,超过 7 所',
    'schools[0]: S01 第一实验小学没有责任督学',
    'schools[1]: S02 第二实验小学有 2 名责任督学',
    'schools[4]: S05 柳桥镇中心小学有 2 名责任督学',
    'schools[5]: S06 柳桥镇中学有 2 名责任督学',
    'schools[6]: S07 石佛镇中心小学有 2 名责任督学',
    'schools[15]: S16 特殊教育学校没有校长或园长,整改通知无人接收',
    'areas[0]: A1 第一督学责任区有 5 所学校,超过 4 所',
  ]);
});

test('whatever JSON arrives, the check answers with faults that have words', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const checked = checkRoster(json);
      return 'faults' in checked && checked.faults.every((fault) => hasWords(fault, 'en'));
    }),
  );
});

test('whatever stands in the place of one value, the check answers', () => {
  const places: [string, number, string][] = fixture.people.flatMap((entry, i) =>
    Object.keys(entry).map((key): [string, number, string] => ['people', i, key]),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), ([list, i, key], value) => {
      const json = JSON.parse(JSON.stringify(fixture));
      json[list][i][key] = value;
      const checked = checkRoster(json);
      if ('roster' in checked) return canonicalRoster(checked.roster).people.length === 23;
      return checked.faults.every((fault) => hasWords(fault, 'zh-CN'));
    }),
    { numRuns: 300 },
  );
});
