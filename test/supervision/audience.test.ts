// Whom a notice is for: the count on the card and the people that are really told are the same choice, held against each other.
import { expect, test } from 'vitest';
import { AUDIENCES, type Audience, audienceSql, membersOf } from '../../src/supervision/notices/audience.ts';
import { loadRoster } from '../../src/supervision/roster/load.ts';
import { freshDatabase } from '../support/database.ts';
import { FIXTURE_NOW, openOffice } from '../support/office.ts';

const { store } = await freshDatabase();
const office = await openOffice(store);
const roster = await loadRoster(store, office.officeId);
const today = FIXTURE_NOW.toISOString().slice(0, 10);
const area = roster.areas[3]?.id ?? '';
const [first, second] = roster.schools;

const narrowings: [string, Partial<Audience>][] = [
  ['all', {}],
  ['one area', { areas: [area] }],
  ['kindergartens', { kinds: ['kindergarten'] }],
  ['kindergartens of an area', { kinds: ['kindergarten'], areas: [area] }],
  ['two schools', { schools: [first?.id ?? '', second?.id ?? ''] }],
  ['with inspectors', { also: ['inspectors'] }],
  ['and two by name', { areas: [area], people: [roster.people[0]?.id ?? '', roster.people[7]?.id ?? ''] }],
  [
    'kindergartens of an area with its leaders',
    { kinds: ['kindergarten'], areas: [area], also: ['area-leaders'] },
  ],
];
const cases = [...AUDIENCES, 'people' as const].flatMap((code) =>
  narrowings.map(([name, more]): [string, Audience] => [
    `${code}, ${name}`,
    { code, kinds: [], areas: [], schools: [], ...more },
  ]),
);

test.each(cases)('%s', async (_, chosen) => {
  const rows = await store.query<{ id: string }>(
    `select p.id from person p where ${audienceSql(chosen)} order by p.user_key`,
    [office.officeId, today, JSON.stringify(chosen)],
  );
  const overdue = new Set<string>();
  expect(membersOf(roster.people, chosen, overdue).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
});

test('the choices are not empty where the fixture has such people', () => {
  const count = (chosen: Partial<Audience>) =>
    membersOf(roster.people, { code: 'principals', kinds: [], areas: [], schools: [], ...chosen }, new Set())
      .length;
  expect(count({})).toBe(16);
  expect(count({ kinds: ['kindergarten'] })).toBe(3);
  expect(count({ code: 'inspectors' })).toBe(5);
  expect(count({ code: 'people' })).toBe(0);
  expect(count({ code: 'people', people: [roster.people[0]?.id ?? ''] })).toBe(1);
});
