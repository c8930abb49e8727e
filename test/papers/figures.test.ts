// Figures against a year counted by hand and against a second, slower reckoning; and the picture that is drawn of them.
import Excel from 'exceljs';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { makeFigures } from '../../src/papers/figures.ts';
import { makeRows } from '../../src/papers/rows.ts';
import { newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { createCalendar } from '../../src/supervision/calendar.ts';
import { coverage } from '../../src/supervision/figures/coverage.ts';
import {
  type CountedFinding,
  countedFindings,
  daysToRectify,
  overdue,
  rectificationRate,
} from '../../src/supervision/figures/findings.ts';
import type { CountedRows, Figures } from '../../src/supervision/figures/query.ts';
import { countedVisits } from '../../src/supervision/figures/visits.ts';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';
import { makeContext } from './context.ts';

const today = Temporal.PlainDate.from('2026-03-19');
const found = (over: Partial<CountedFinding>): CountedFinding => ({
  id: newId(),
  schoolId: '',
  area: '',
  stage: '',
  day: '2026-03-02',
  item: 'I6',
  disposition: 'general',
  state: 'issued',
  dueOn: null,
  reviewedAt: null,
  closedAt: null,
  relapsed: false,
  ...over,
});

test('整改率 leaves out what was put right on the spot, and takes reviewed and closed ones alike', () => {
  const rows = [
    found({ state: 'closed' }),
    found({ state: 'accepted' }),
    found({ state: 'submitted' }),
    found({ state: 'reopened' }),
    found({ state: 'fixed', disposition: 'fixed_on_site' }),
  ];
  expect(rectificationRate(rows)).toEqual({ part: 2, whole: 4 });
  expect(rectificationRate([])).toEqual({ part: 0, whole: 0 });
});

test('overdue: past its day and still owed by the school', () => {
  const rows = [
    found({ dueOn: '2026-03-18' }),
    found({ dueOn: '2026-03-19' }),
    found({ dueOn: '2026-03-01', state: 'submitted' }),
    found({ dueOn: '2026-03-01', state: 'closed' }),
    found({ dueOn: null }),
  ];
  expect(overdue(rows, today).length).toBe(1);
});

test.each([
  [['2026-03-04'], 2],
  [['2026-03-04', '2026-03-12'], 6],
  [['2026-03-03', '2026-03-12', '2026-03-05'], 3],
])('用时 is the middle one, in days of the office: %j → %s', (reviewed, median) => {
  const rows = reviewed.map((day) =>
    found({ state: 'accepted', reviewedAt: new Date(`${day}T00:10:00+08:00`) }),
  );
  expect(daysToRectify(rows, 'Asia/Shanghai')).toEqual({ median, count: reviewed.length });
  expect(daysToRectify([found({ state: 'issued' })], 'Asia/Shanghai')).toBeNull();
});

async function visit(store: Store, officeId: string, school: string, day: string, state = 'confirmed') {
  const id = newId();
  await store.query(
    `insert into visit (id, office_id, school_id, inspector_id, visited_on, methods, items, state)
     select $1, $2, s.id, a.person_id, $4::date, '{}', '{}', $5
     from school s join assignment a on a.school_id = s.id and a.role = 'inspector' where s.code = $3`,
    [id, officeId, school, day, state],
  );
  return id;
}

async function year() {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  // S01 once a month, S02 twice in March, S03 never; a voided one, and one outside the days.
  for (const [school, day] of [
    ['S01', '2026-03-02'],
    ['S02', '2026-03-03'],
    ['S02', '2026-03-10'],
    ['S01', '2025-12-10'],
  ] as const)
    await visit(store, office.officeId, school, day);
  await visit(store, office.officeId, 'S03', '2026-03-05', 'voided');
  const context = await makeContext(office, 'office-chen');
  const ids = await store.query<{ id: string; code: string }>(
    `select id, code from school where code in ('S01', 'S02', 'S03')`,
  );
  const calendar = createCalendar(context.office.timeZone, context.office.settings);
  const scope = (from: string, to: string) => ({
    officeId: office.officeId,
    schoolIds: ids.map((school) => school.id),
    from,
    to,
  });
  return { office, store, context, calendar, scope };
}

test('coverage against both floors: an exempt month owes nothing, a voided visit is none', async () => {
  const { store, context, calendar, scope } = await year();
  const by = { calendar, settings: context.office.settings, today: context.today };
  const cells = await coverage({ sql: store.query.bind(store) }, scope('2026-02-01', '2026-03-31'), by);
  const of = (floor: string) => cells.filter((cell) => cell.floor === floor);
  expect(new Set(of('month').map((cell) => cell.period)), 'February is exempt, April has not begun').toEqual(
    new Set(['2026-03']),
  );
  expect(of('month').map((cell) => [cell.visits, cell.met])).toEqual([
    [1, true],
    [2, true],
    [0, false],
  ]);
  expect(of('semester').map((cell) => [cell.visits, cell.met])).toEqual([
    [1, false],
    [2, true],
    [0, false],
  ]);
  await store.query(
    `insert into visit_exemption (id, office_id, school_id, month, reason, by_id, at)
     select $1, office_id, id, '2026-03', '停课', (select id from person limit 1), now() from school where code = 'S03'`,
    [newId()],
  );
  const after = await coverage({ sql: store.query.bind(store) }, scope('2026-03-01', '2026-03-31'), by);
  expect(after.filter((cell) => cell.floor === 'month').length, 'exempted: owes nothing').toBe(2);
});

test('the picture is drawn without the fonts of the machine, and the rows behind it are those that were counted', async () => {
  const { office, store, context, scope } = await year();
  const over = scope('2026-03-01', '2026-03-31');
  const sql = store.query.bind(store);
  const visits = await countedVisits({ sql }, over);
  expect(visits.length).toBe(3);
  const [first] = visits;
  await store.query(
    `insert into finding (id, office_id, visit_id, school_id, ordinal, item, text, disposition, state)
     values ($1, $2, $3, $4, 1, 'I6', '灭火器过期', 'general', 'accepted')`,
    [newId(), office.officeId, first?.id, first?.schoolId],
  );
  const findings = await countedFindings({ sql }, over);
  const figures: Figures = {
    about: { area: '', school: '', stage: '', period: '2026-03-01/2026-03-31', mine: false, schools: 3 },
    filedBy: '',
    only: ['I6'],
    foundInAll: 1,
    ofKindergartens: [],
    metrics: [],
    group: 'area',
    visits: 3,
    visitedSchools: 2,
    lessons: 0,
    month: { part: 2, whole: 3 },
    semester: { part: 1, whole: 3 },
    findings: 1,
    fixed: 0,
    rate: { part: 1, whole: 1 },
    medianDays: -1,
    overdue: 0,
    relapsed: 0,
    groups: [
      {
        key: '城区责任区',
        visits: 3,
        findings: 1,
        month: { part: 2, whole: 3 },
        semester: { part: 1, whole: 3 },
        rate: { part: 1, whole: 1 },
        medianDays: -1,
        overdue: 0,
        relapsed: 0,
      },
    ],
    items: [{ key: 'I6', count: 1 }],
  };
  const drawn = await makeFigures({ id: '', kind: 'figures', params: { figures }, rows: null }, context);
  expect(drawn).toMatchObject({ name: '督导统计_2026年3月_20260319.png', image: true });
  expect(Buffer.from(drawn.bytes).subarray(1, 4).toString()).toBe('PNG');
  expect(drawn.bytes.byteLength).toBeGreaterThan(20_000);

  // A visit that was filed after the answer is not among its rows.
  await visit(store, office.officeId, 'S01', '2026-03-18');
  const rows: CountedRows = {
    visits: visits.map((one) => one.id),
    findings: findings.map((one) => one.id),
    coverage: [],
  };
  const params = { figures, schoolIds: over.schoolIds };
  const made = await makeRows({ id: '', kind: 'rows', params, rows }, context);
  const book = new Excel.Workbook();
  await book.xlsx.load(Buffer.from(made.bytes) as never); // the two type packages do not know each other's Buffer
  const [visited, problems] = book.worksheets;
  expect(visited?.rowCount).toBe(3 + 3);
  if (!problems) throw new Error('a sheet of problems');
  const head = (problems.getRow(3).values as string[]).slice(1);
  expect(problems.getCell(4, head.indexOf('整改率中计为') + 1).value).toBe('分子和分母');
});
