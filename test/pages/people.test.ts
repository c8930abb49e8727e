// People in the groups a visitor looks for, and found by what she would type.
import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../src/pages/simulator/parts/avatar.tsx';
import { findPeople, groupPeople, roleOf } from '../../src/pages/simulator/people/roles.ts';
import { suggest } from '../../src/pages/simulator/people/suggestions.ts';
import type { AppView, PersonView } from '../../src/simulator/api.ts';

const departments = [
  { id: 1, name: '区督导室', parentId: 0, order: 0 },
  { id: 2, name: '第二督学责任区', parentId: 1, order: 0 },
  { id: 3, name: '第三督学责任区', parentId: 1, order: 0 },
];
const person = (userId: string, name: string, position: string, department = 2): PersonView => ({
  userId,
  name,
  departments: [department],
  position,
  status: 'active',
  unread: 0,
});
const people = [
  person('office-chen', '陈晓禾', '督导室', 1),
  person('insp-1', '李秀英', '责任督学'),
  person('insp-2', '王建国', 'Responsible inspector (area leader)', 3),
  person('head-s001', '钱明', '安澜区实验小学校长', 3),
  person('head-s009', '赵国栋', '东关街道中心小学校长'),
  person('si-1', '周敏', '东关街道中心小学校级督学'),
];
const app = (description: string): AppView => ({
  agentId: 1,
  name: '教育督导',
  description,
  menu: null,
  callbackUrl: null,
  callbackOk: false,
});

describe('people', () => {
  it('are grouped by what their position says', () => {
    expect(groupPeople(people, departments).map(({ role, people: of }) => [role, of.length])).toEqual([
      ['inspector', 2],
      ['principal', 2],
      ['school-inspector', 1],
      ['office', 1],
    ]);
    expect(roleOf(person('x', 'x', 'Accountant'), departments)).toBeNull();
  });

  it('are found by parts of name, school and id', () => {
    const names = (query: string) => findPeople(people, departments, query).map(({ name }) => name);
    expect(names('东关 校长')).toEqual(['赵国栋']);
    expect(names('HEAD-S001')).toEqual(['钱明']);
    expect(names('第二督学责任区')).toEqual(['李秀英', '赵国栋', '周敏']);
    expect(names('')).toHaveLength(people.length);
  });

  it('are proposed from the app’s description, the others near to the first', () => {
    const proposed = suggest([app('督导\ninsp-1: 今天去了东关小学\nnobody: 不在名册')], people, departments);
    expect(proposed.map(({ person: one, sentence }) => [one.name, sentence])).toEqual([
      ['李秀英', '今天去了东关小学'],
      ['赵国栋', null],
      ['陈晓禾', null],
    ]);
  });

  it('have avatars that people know them by', () => {
    expect([initialsOf('赵国栋'), initialsOf('教育督导', 'app'), initialsOf('Mary Ann Li')]).toEqual([
      '国栋',
      '教育',
      'MA',
    ]);
  });
});
