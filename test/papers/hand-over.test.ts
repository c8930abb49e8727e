// The pack of a hand-over: whom to speak to, how the school is called, what is open of this one school, who was there.
import Excel from 'exceljs';
import { expect, test } from 'vitest';
import { makeHandOver } from '../../src/papers/hand-over.ts';
import { newId } from '../../src/store/ids.ts';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';
import { makeContext } from './context.ts';

/** The rows of a sheet below its headings, as texts. */
function rowsOf(book: Excel.Workbook, name: string): string[][] {
  const rows: string[][] = [];
  book.getWorksheet(name)?.eachRow((row, at) => {
    if (at > 2) rows.push((row.values as Excel.CellValue[]).slice(1).map((value) => String(value ?? '')));
  });
  return rows;
}

test.each([
  ['zh-CN', ['移交概况', '未办结问题', '督导记录'], ['平时怎么叫', '未签收的通知', '电话']],
  ['en', ['Overview', 'Open findings', 'Visits'], ['What people call it', 'Notices not signed', 'Telephone']],
] as const)('what is in it, %s', async (locale, sheets, [called, unsigned, phone]) => {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  const [school] = await store.query<{ id: string; inspector: string }>(
    `select s.id, a.person_id as inspector from school s join assignment a on a.school_id = s.id and a.role = 'inspector' where s.code = 'S10'`,
  );
  const at = [office.officeId, school?.id, school?.inspector];
  const [visit, notice] = [newId(), newId()];
  await store.query(
    `insert into visit (id, office_id, school_id, inspector_id, visited_on, methods, items, highlight, advice)
     values ($1, $2, $3, $4, '2026-03-10', '{tour}', '{I6}', '大课间组织得好', '门卫交接班要登记')`,
    [visit, ...at],
  );
  await store.query(
    `insert into rectification_notice (id, office_id, school_id, issued_by, visit_id, year, number, state, issued_at, due_on)
     values ($1, $2, $3, $4, $5, 2026, 7, 'issued', '2026-03-10T10:00:00+08:00', '2026-03-12')`,
    [notice, ...at, visit],
  );
  for (const [ordinal, text, state] of [
    [1, '操场有个坑', 'issued'],
    [2, '灯坏了', 'closed'],
  ])
    await store.query(
      `insert into finding (id, office_id, school_id, visit_id, notice_id, ordinal, item, text, disposition, state, due_on)
       values ($1, $2, $3, $4, $5, $6, 'I6', $7, 'general', $8, '2026-03-12')`,
      [newId(), at[0], at[1], visit, notice, ordinal, text, state],
    );
  await store.query(
    `update person set learned = '{"东小": "S10", "一小": "S01"}' where user_id = 'insp-wang'`,
  );
  const order = { id: '', kind: 'hand-over', rows: null };
  const params = { schoolIds: [school?.id], from: ['李秀英'], since: '2026-04-01' };
  const made = await makeHandOver({ ...order, params }, await makeContext(office, 'insp-wang', locale));
  expect(made.name).toMatch(/^(移交清单|Hand-over)_东关小学_20260319\.xlsx$/u);

  const book = new Excel.Workbook();
  await book.xlsx.load(Buffer.from(made.bytes) as unknown as Parameters<typeof book.xlsx.load>[0]); // exceljs types an older Buffer
  expect(book.worksheets.slice(0, 3).map(({ name }) => name)).toEqual(sheets);
  const first = new Map(rowsOf(book, sheets[0]).map(([what = '', value = '']) => [what, value]));
  expect([...first.values()]).toEqual(
    expect.arrayContaining([
      '东关小学',
      '李秀英',
      '王建国',
      '东关小学校长',
      '大课间组织得好',
      '门卫交接班要登记',
    ]),
  );
  expect(first.get(called)).toBe('东小');
  expect(first.get(unsigned)).toContain('2026〕007号');
  // A number is given to whoever asks, and then it is on record; it does not travel in files.
  expect(first.get(phone)).toContain('东关小学');
  const open = rowsOf(book, sheets[1]).slice(1);
  expect(open).toHaveLength(1);
  expect(open[0]?.join(' ')).toContain('操场有个坑');
  expect(rowsOf(book, sheets[2])).toHaveLength(2);
});
