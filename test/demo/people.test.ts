// The demo district's people: as many as the model says, fairly spread, always the same, nobody's real phone.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { demoRoster } from '../../src/demo/people.ts';
import { chanceOf } from '../../src/demo/random.ts';
import { coverageWarnings } from '../../src/supervision/roster/coverage.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { parseRoster } from '../support/roster.ts';

const roster = demoRoster();
const having = (role: string) => roster.people.filter((person) => person.roles.some((held) => held === role));
const schoolsOf = (person: (typeof roster.people)[number]) =>
  Array.isArray(person.schools) ? person.schools : [];

test('is a faultless roster with the figures of the model', () => {
  expect(parseRoster(roster)).toEqual(roster);
  expect([roster.areas.length, roster.schools.length]).toEqual([10, 148]);
  expect(roster.schools.filter((school) => school.kind === 'kindergarten')).toHaveLength(96);
  expect(
    ['inspector', 'area-leader', 'school-inspector', 'principal', 'office', 'director'].map(
      (role) => having(role).length,
    ),
  ).toEqual([63, 10, 122, 148, 4, 1]);
});

test('every institution has one inspector of its own area, and nobody has more than three', () => {
  const areaOf = new Map(roster.schools.map((school) => [school.code, school.area]));
  const dealt = having('inspector').flatMap((person) =>
    schoolsOf(person).map((code) => [code, person.area] as const),
  );
  expect(new Set(dealt.map(([code]) => code)).size).toBe(148);
  expect(dealt).toHaveLength(148);
  for (const [code, area] of dealt) expect(areaOf.get(code)).toBe(area);
  expect(new Set(having('inspector').map((person) => schoolsOf(person).length))).toEqual(new Set([2, 3]));
});

test('names are nobody else’s, user ids are plain, phones are in a prefix that no operator has', () => {
  expect(new Set(roster.people.map((person) => person.name)).size).toBe(roster.people.length);
  for (const person of roster.people) {
    expect(person.userid).toMatch(/^(insp-a\d\d-\d\d|head-[sk]\d{3}|school-insp-[sk]\d{3}|office-[a-z]+)$/);
    expect(person.phone).toMatch(/^1540000\d{4}$/);
  }
});

test('the school of the README has an inspector, a head and one short name', () => {
  const school = roster.schools.find((candidate) => candidate.aliases.includes('东关小学'));
  expect(school?.code).toBe('S009');
  const of = (role: string) =>
    having(role)
      .filter((person) => schoolsOf(person).includes('S009'))
      .map((person) => person.userid);
  expect([of('inspector'), of('principal'), of('school-inspector')]).toEqual([
    ['insp-a02-03'],
    ['head-s009'],
    ['school-insp-s009'],
  ]);
});

test('only the first area is warned about: it has 21 institutions', () => {
  expect(coverageWarnings(roster, loadSettingRules().defaults).map((warning) => warning.data.code)).toEqual([
    'A01',
  ]);
});

test('is the same on every machine and at every start', () => {
  const print = (of: unknown) => createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16);
  expect(print(demoRoster())).toBe(print(roster));
  expect(print(roster.people)).toMatchInlineSnapshot(`"3707339a502ea7eb"`);
  const chance = chanceOf('a seed');
  expect([chance.between(1, 100), chance.between(1, 100), chance.between(1, 100)]).toMatchInlineSnapshot(`
    [
      12,
      93,
      27,
    ]
  `);
});
