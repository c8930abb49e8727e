// Random rosters that import lets in, as odd as an office may write them: brackets and dashes of full width, names that look like
// formulas, numbers or lists, marks that cannot be seen.
import fc from 'fast-check';
import { ROLES } from '../../src/supervision/act.ts';
import {
  INSPECTOR_KINDS,
  isSchoolRole,
  type Roster,
  SCHOOL_KINDS,
} from '../../src/supervision/roster/file.ts';
import { parseRoster } from './roster.ts';

const ODD = [
  ...[
    '第一小学',
    '（东校区）',
    '鲁督〔2024〕',
    '001',
    '１２',
    'Ａ',
    'No.',
    '3',
    '1e3',
    '2024-09-01',
    '校长',
    '是',
    '无',
    '代码',
  ],
  ...[
    '、',
    ',',
    '，',
    ';',
    '；',
    '/',
    '／',
    '|',
    '-',
    '·',
    '*',
    '#',
    '=1+1',
    '+86',
    '@',
    "'",
    '"',
    '<b>',
    '&amp;',
    '_x0041_',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00a0',
    '\u3000',
    ' ',
    '  ',
    '\u2028',
    '𠮷',
    '👩‍🏫',
    'é',

    'ﬁ',
    '①',
  ],
];
/** A line of text as the roster's file allows it: something to see, nothing that breaks the line. */
const text = (max: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...ODD), fc.stringMatching(/^[一-龥A-Za-z0-9]{1,4}$/)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) =>
      parts
        .join('')
        .slice(0, max)
        .replace(/[\ud800-\udbff]$/, ''),
    )
    .filter((said) => said.replaceAll(/[\s\u200b-\u200f\ufeff]/gu, '') !== '');
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** What a code may hold besides letters; each is made one of its kind by a number. */
const mark = fc.constantFrom('', '', '', '（东）', '、', '/', '-', '号', 'Ｂ', '；', '.0', '👩');

let offices = 0;

export const anyRoster: fc.Arbitrary<Roster> = fc
  .record({
    office: fc.record({ name: text(20), short: text(8), region: fc.oneof(fc.constant(''), text(8)) }),
    marks: fc.record({ area: mark, school: mark }),
    areas: fc.array(fc.record({ name: text(12), town: maybe(text(8)) }), { minLength: 1, maxLength: 4 }),
    schools: fc.array(
      fc.record({
        name: text(20),
        kind: fc.constantFrom(...SCHOOL_KINDS),
        area: fc.nat(),
        aliases: fc.array(text(8), { maxLength: 4 }),
        town: maybe(text(8)),
        lat: maybe(fc.double({ min: -90, max: 90, noNaN: true }).map((n) => n + 0)),
        lng: maybe(fc.integer({ min: -180, max: 180 })),
        students: maybe(fc.nat(5000)),
        private: maybe(fc.boolean()),
      }),
      { maxLength: 8 },
    ),
    people: fc.array(
      fc.record({
        name: text(8),
        roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }),
        area: fc.nat(),
        schools: fc.uniqueArray(fc.nat(7), { maxLength: 6 }),
        phone: maybe(fc.stringMatching(/^(\+86 )?1540000-?\d{4}$/)),
        inspectorKind: maybe(fc.constantFrom(...INSPECTOR_KINDS)),
        credentialNo: maybe(text(20)),
        credentialUntil: maybe(day),
        appointedOn: maybe(day),
        term: maybe(fc.integer({ min: 1, max: 20 })),
        userid: fc.constantFrom('p', 'P', '0', '1e', 'zhangsan', 'a@b.', '_', '-'),
      }),
      { maxLength: 8 },
    ),
    recusals: maybe(
      fc.array(fc.record({ person: fc.nat(7), school: fc.nat(7), reason: text(20), shout: fc.boolean() }), {
        maxLength: 4,
      }),
    ),
  })
  .map(({ office: named, marks, areas, schools, people, recusals }) => {
    offices += 1;
    const [areaCode, schoolCode] = [
      (n: number) => `A${marks.area}${n}`,
      (n: number) => `S${marks.school}${n}`,
    ];
    const persons = people.map((entry, i) => {
      const codes = entry.schools.filter((n) => n < schools.length).map(schoolCode);
      const held = entry.roles.filter(isSchoolRole);
      // Dealt out in turn, so that nobody inspects a school that she leads.
      const dealt = Object.fromEntries(
        held.map((role, turn) => [role, codes.filter((_, c) => c % held.length === turn)]),
      );
      return {
        ...entry,
        userid: `${entry.userid}${i}`,
        area: areaCode(entry.area % areas.length),
        schools: held.length > 1 ? dealt : held.length === 1 ? codes : undefined,
      };
    });
    const inspects = (person: (typeof persons)[number], code: string) => {
      const held = Array.isArray(person.schools) ? person.schools : (person.schools?.inspector ?? []);
      return person.roles.includes('inspector') && held.includes(code);
    };
    const made = {
      office: { ...named, slug: `random-${offices}`, timezone: 'Asia/Shanghai' },
      areas: areas.map((area, i) => ({ ...area, code: areaCode(i) })),
      schools: schools.map((school, i) => ({
        ...school,
        code: schoolCode(i),
        area: areaCode(school.area % areas.length),
      })),
      people: persons,
      // Of a school that she does not inspect.
      recusals: recusals?.flatMap(({ person: n, school, reason, shout }) => {
        const person = persons[n];
        if (!person || school >= schools.length || inspects(person, schoolCode(school))) return [];
        return [
          { person: shout ? person.userid.toUpperCase() : person.userid, school: schoolCode(school), reason },
        ];
      }),
    };
    return parseRoster(JSON.parse(JSON.stringify(made)));
  });
