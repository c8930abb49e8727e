// What follows from a listing and what does not: access ends by a sure sign, never by half a list.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Compared, compare, type Listing } from '../../../src/supervision/contacts/compare.ts';

const AT = new Date('2026-03-20T03:17:00+08:00');
const person = (n: number, more: Partial<Compared> = {}): Compared => ({
  ...{ id: `id-${n}`, userId: `U${n}`, userKey: `u${n}`, name: `人${n}`, roles: ['principal'] },
  ...{ active: true, leftWhy: null, area: null },
  ...more,
});
const people = [person(0, { roles: ['office'] }), ...Array.from({ length: 39 }, (_, i) => person(i + 1))];
const all = people.map(({ userKey }) => userKey);
const reached = (status: Record<string, number> = {}, without: string[] = []) =>
  new Map(
    people
      .filter(({ userKey }) => !without.includes(userKey))
      .map(({ userKey, userId, name }) => [
        userKey,
        { userId, name, status: status[userKey] ?? 1, departments: [] },
      ]),
  );
const listing = (more: Partial<Listing>): Listing => ({
  ...{ at: AT, members: new Set(all), reach: reached(), departments: null, faults: [] },
  ...more,
});
const without = (...keys: string[]) => new Set(all.filter((key) => !keys.includes(key)));

test('all there: nothing differs', () => {
  const none = {
    gone: [],
    back: [],
    held: null,
    unreachable: [],
    inactive: [],
    unknown: [],
    names: [],
    areas: [],
  };
  expect(compare(people, listing({}))).toEqual(none);
});

test.each<[string, Partial<Listing>, string[]]>([
  ['absent from a whole list of members', { members: without('u3', 'u4') }, ['left', 'left']],
  ['the status says left or disabled', { reach: reached({ u3: 5, u4: 2 }) }, ['left', 'disabled']],
  ['no list of members, absent from the range', { members: null, reach: reached({}, ['u3', 'u4']) }, []],
  ['a member whom the app does not see', { reach: reached({}, ['u3', 'u4']) }, []],
  ['not activated yet', { reach: reached({ u3: 4 }) }, []],
  ['nothing could be read', { members: null, reach: null, faults: ['members 48002', 'range no-answer'] }, []],
])('%s', (_, of, whys) => {
  const found = compare(people, listing(of));
  expect(found.gone.map(({ why }) => why)).toEqual(whys);
  expect(found.held).toBeNull();
});

test('who differs is named: out of the range, not activated, not of the roster, under another name', () => {
  const reach = reached({ u5: 4 }, ['u6']);
  reach.set('u7', { userId: 'U7', name: '人七', status: 1, departments: [] });
  reach.set('u8', { userId: 'U8', name: 'U8', status: 1, departments: [] }); // the platform shows no name and gives the id
  reach.set('gao', { userId: 'Gao', name: '高老师', status: 1, departments: [] });
  expect(compare(people, listing({ reach }))).toMatchObject({
    unreachable: ['人6'],
    inactive: ['人5'],
    unknown: ['高老师'],
    names: [{ roster: '人7', platform: '人七' }],
  });
  expect(compare(people, listing({ reach: null, members: new Set([...all, 'gao']) }))).toMatchObject({
    unknown: ['gao'],
  });
});

test('an area is compared where departments bear the areas’ names, with all below them', () => {
  const departments = new Map([
    [1, { name: '教育局', parentId: 0 }],
    [2, { name: '第一责任区', parentId: 1 }],
    [3, { name: '第二责任区', parentId: 1 }],
    [4, { name: '柳桥小学', parentId: 3 }],
  ]);
  const her = person(1, { area: '第一责任区' });
  const other = person(2, { area: '第二责任区' });
  const found = (...ids: number[]) => {
    const reach = new Map(
      [her, other].map(({ userKey, userId, name }) => [
        userKey,
        { userId, name, status: 1, departments: ids },
      ]),
    );
    return compare([her, other], { at: AT, members: null, reach, departments, faults: [] }).areas;
  };
  expect(found(1)).toEqual([]);
  expect(found(2, 4)).toEqual([]);
  expect(found(4)).toEqual([{ name: '人1', roster: '第一责任区', platform: '第二责任区' }]);
});

test('access comes back by what is known of why it ended', () => {
  const away = (leftWhy: string) =>
    compare([...people, person(90, { active: false, leftWhy })], {
      ...listing({}),
      members: new Set([...all, 'u90']),
    });
  expect(away('left').back).toEqual([{ userId: 'U90', name: '人90' }]);
  // Disabled members stay in the list of ids: only a status tells that she may again.
  expect(away('disabled').back).toEqual([]);
  const former = compare([...people, person(91, { active: false })], listing({}));
  expect(former.back).toEqual([]);
});

test('too many at once, or the whole office, wait for a word', () => {
  expect(compare(people, listing({ members: without('u1', 'u2', 'u3', 'u4') })).held).toBeNull();
  expect(compare(people, listing({ members: without('u1', 'u2', 'u3', 'u4', 'u5') })).held).toBe('many');
  expect(compare(people, listing({ members: without('u0') })).held).toBe('office');
});

test('whatever a listing says: nobody is gone who stands in it and is neither disabled nor left', () => {
  fc.assert(
    fc.property(
      fc.option(fc.subarray(all), { nil: null }),
      fc.option(fc.dictionary(fc.constantFrom(...all), fc.constantFrom(1, 2, 4, 5)), { nil: null }),
      (members, status) => {
        const reach =
          status &&
          reached(
            status,
            all.filter((key) => status[key] === undefined),
          );
        const found = compare(people, listing({ members: members && new Set(members), reach }));
        for (const { userId } of found.gone) {
          const key = userId.toLowerCase();
          const saidSo = [2, 5].includes(status?.[key] ?? 0);
          expect(saidSo || (members !== null && !members.includes(key))).toBe(true);
        }
        if (members === null && status === null) expect(found.gone).toEqual([]);
        if (found.gone.length > 4) expect(found.held).toBe('many');
      },
    ),
  );
});
