// The problem ledger: whose it is, what is in it, and that the sheet says the same as the rows.
import Excel from 'exceljs';
import { expect, test } from 'vitest';
import { makeLedger } from '../../src/papers/ledger.ts';
import { newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { ledgerRows } from '../../src/supervision/ledger.ts';
import { freshDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';
import { makeContext } from './context.ts';

/** Three schools in two areas, with findings in several states. */
async function filled(): Promise<Office & { ids: Record<string, string> }> {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  const ids: Record<string, string> = {};
  const add = async (name: string, school: string, day: string, over: Record<string, unknown> = {}) => {
    ids[name] = await finding(store, office.officeId, school, day, { text: name, ...over });
  };
  await add('灭火器过期', 'S02', '2026-03-05', { due_on: '2026-03-12' });
  await add('值班记录不全', 'S02', '2026-03-10', { due_on: '2026-03-30' });
  await add('留样无标签', 'S04', '2026-02-25', { state: 'submitted', due_on: '2026-03-05', item: 'I7' });
  await add('去年的旧问题', 'S01', '2025-11-10', { due_on: '2025-11-20' });
  await add('去年已办结', 'S01', '2025-11-11', { state: 'closed', due_on: '2025-11-20' });
  await add('当场改了', 'S01', '2026-03-11', { state: 'fixed', disposition: 'fixed_on_site' });
  await add('作废的', 'S01', '2026-03-11', { state: 'voided' });
  return { ...office, ids };
}

async function finding(
  store: Store,
  officeId: string,
  school: string,
  day: string,
  over: Record<string, unknown>,
): Promise<string> {
  const [visitId, id] = [newId(), newId()];
  const [row] = await store.query<{ id: string; inspector: string }>(
    `select s.id, a.person_id as inspector from school s join assignment a on a.school_id = s.id and a.role = 'inspector'
     where s.code = $1`,
    [school],
  );
  await store.query(
    `insert into visit (id, office_id, school_id, inspector_id, visited_on, methods, items) values ($1, $2, $3, $4, $5::date, '{}', '{}')`,
    [visitId, officeId, row?.id, row?.inspector, day],
  );
  const f = { item: 'I6', disposition: 'general', state: 'issued', due_on: null, ...over } as Record<
    string,
    unknown
  >;
  await store.query(
    `insert into finding (id, office_id, visit_id, school_id, ordinal, item, text, disposition, state, due_on)
     values ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9::date)`,
    [id, officeId, visitId, row?.id, f.item, f.text, f.disposition, f.state, f.due_on],
  );
  return id;
}

const texts = (rows: { text: string }[]) => rows.map((row) => row.text);

test('without days: the semester, and every older one that is not struck off; voided ones are in none', async () => {
  const office = await filled();
  const context = await makeContext(office, 'office-chen');
  const all = await context.schools();
  const by = { today: context.today, numberPrefix: '区督整' };
  const rows = await ledgerRows(
    { sql: office.store.query.bind(office.store) },
    { officeId: office.officeId, schoolIds: all, from: '2026-02-01', to: '2026-08-31', olderOpen: true },
    by,
  );
  expect(texts(rows).toSorted()).toEqual(
    ['去年的旧问题', '当场改了', '灭火器过期', '值班记录不全', '留样无标签'].toSorted(),
  );
  expect(rows.find((row) => row.text === '灭火器过期')?.overdue).toBe(7);
  expect(rows.find((row) => row.text === '留样无标签')?.overdue, 'handed in: the school owes nothing').toBe(
    0,
  );
});

test.each([
  [{ state: 'open' as const }, ['去年的旧问题', '灭火器过期', '值班记录不全', '留样无标签']],
  [{ state: 'closed' as const }, ['去年已办结', '当场改了']],
  [{ overdue: 0 }, ['去年的旧问题', '灭火器过期']],
  [{ overdue: 7 }, ['去年的旧问题']],
  [{ disposition: 'serious' }, []],
])('the filter %o', async (filter, expected) => {
  const office = await filled();
  const context = await makeContext(office, 'office-chen');
  const rows = await ledgerRows(
    { sql: office.store.query.bind(office.store) },
    { officeId: office.officeId, schoolIds: await context.schools(), from: null, to: null, filter },
    { today: context.today, numberPrefix: '区督整' },
  );
  expect(texts(rows).toSorted()).toEqual(expected.toSorted());
});

test('the sheet: header frozen with filters, days as dates, a row for each finding, each column explained', async () => {
  const office = await filled();
  const context = await makeContext(office, 'office-chen');
  const params = {
    officeId: office.officeId,
    schoolIds: await context.schools(),
    from: '2026-03-01',
    to: '2026-03-31',
    about: { area: '', school: '', stage: '', period: '2026-03-01/2026-03-31', mine: false, schools: 16 },
  };
  const made = await makeLedger({ id: newId(), kind: 'ledger', params, rows: null }, context);
  expect(made.name).toBe('问题台账_2026年3月_20260319.xlsx');
  const book = new Excel.Workbook();
  await book.xlsx.load(Buffer.from(made.bytes) as never); // the two type packages do not know each other's Buffer
  const [page, notes] = book.worksheets;
  if (!page || !notes) throw new Error('two sheets');
  expect(page.getCell('A1').value).toMatch(/督导问题台账$/);
  expect(page.getCell('A2').value).toMatch(/共3项/);
  const head = (page.getRow(3).values as string[]).slice(1);
  expect(head).toContain('逾期天数');
  expect(page.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
  expect(page.autoFilter).toBeTruthy();
  const column = (name: string) => head.indexOf(name) + 1;
  expect([4, 5, 6].map((row) => page.getCell(row, column('存在问题')).value)).toEqual([
    '当场改了',
    '灭火器过期',
    '值班记录不全',
  ]);
  expect(page.getCell(5, column('整改期限')).value).toEqual(new Date('2026-03-12T00:00:00Z'));
  expect(page.getCell(5, column('逾期天数')).value).toBe(7);
  expect(page.getCell(4, column('整改期限')).value, 'nothing is owed').toBeNull();
  const explained = notes.getColumn(1).values.slice(1);
  for (const name of head) expect(explained).toContain(name);
});

test('nothing fits: the sheet says so instead of being empty', async () => {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  const context = await makeContext(office, 'office-chen');
  const about = { area: '', school: '', stage: '', period: '', mine: false, schools: 0 };
  const params = { officeId: office.officeId, schoolIds: [], from: null, to: null, about };
  const made = await makeLedger({ id: newId(), kind: 'ledger', params, rows: null }, context);
  const book = new Excel.Workbook();
  await book.xlsx.load(Buffer.from(made.bytes) as never);
  expect(book.worksheets[0]?.getCell('A4').value).toBe('没有符合条件的问题');
});

test('a sheet of a whole district (1,500 findings) is far below what the platform takes', async () => {
  const office = await filled();
  await office.store.query(
    `insert into finding (id, office_id, visit_id, school_id, ordinal, item, text, disposition, state, due_on)
     select gen_random_uuid(), office_id, visit_id, school_id, n, item, '第' || n || '个问题', disposition, state, due_on
     from finding, generate_series(2, 300) n where text in ('灭火器过期', '值班记录不全', '留样无标签', '当场改了', '去年的旧问题')`,
  );
  const context = await makeContext(office, 'office-chen');
  const about = { area: '', school: '', stage: '', period: '', mine: false, schools: 16 };
  const params = {
    officeId: office.officeId,
    schoolIds: await context.schools(),
    from: null,
    to: null,
    about,
  };
  const made = await makeLedger({ id: newId(), kind: 'ledger', params, rows: null }, context);
  expect(made.bytes.byteLength).toBeLessThan(1024 * 1024);
});
