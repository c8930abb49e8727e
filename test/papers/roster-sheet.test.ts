// The roster as a spreadsheet: what goes out comes in; Excel's traps; every fault with its sheet and row.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Excel from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRosterFile } from '../../src/commands/roster-file.ts';
import { dayIn, listIn, listText } from '../../src/papers/roster/cells.ts';
import { readRosterSheet } from '../../src/papers/roster/read.ts';
import { writeRosterSheet } from '../../src/papers/roster/write.ts';
import { canonicalRoster, type Roster } from '../../src/supervision/roster/file.ts';
import fixture from '../support/fixture-roster.json' with { type: 'json' };
import { runFolder } from '../support/folder.ts';
import { parseRoster } from '../support/roster.ts';

const dir = runFolder();
let files = 0;

/** A spreadsheet of these rows a sheet, read as the command reads it. */
async function readBook(edit: (book: Excel.Workbook) => void, locale = 'zh-CN') {
  const book = new Excel.Workbook();
  const bytes = await writeRosterSheet(canonicalRoster(parseRoster(fixture)), 'zh-CN');
  await book.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof book.xlsx.load>[0]); // exceljs types an older Buffer
  edit(book);
  files += 1;
  const file = join(dir, `${files}.xlsx`);
  await writeFile(file, new Uint8Array(await book.xlsx.writeBuffer()));
  return readRosterFile(file, locale);
}
/** The faults, a line each; the line above them says that nothing was imported. */
const faultsOf = (edit: (book: Excel.Workbook) => void, locale?: string) =>
  readBook(edit, locale).then(
    () => [],
    (err: Error) => {
      const [lead, ...faults] = err.message.split('\n');
      expect(lead).toContain(String(faults.length));
      return faults.map((line) => line.trim());
    },
  );
const page = (book: Excel.Workbook, name: string): Excel.Worksheet => {
  const sheet = book.getWorksheet(name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
};
const there = canonicalRoster(parseRoster(fixture));

test.each(['zh-CN', 'en'] as const)('the fixture office goes out and comes in, %s', async (locale) => {
  const whole: Roster = {
    ...there,
    people: there.people.map((one, i) => ({
      ...one,
      phone: `1380000${String(i).padStart(4, '0')}`,
      ...(one.userid === 'insp-wang'
        ? {
            roles: ['inspector', 'area-leader'] as const,
            inspectorKind: 'part_time' as const,
            credentialNo: '007',
            credentialUntil: '2027-08-31',
            appointedOn: '2024-09-01',
            term: 2,
          }
        : {}),
    })) as Roster['people'],
    recusals: [{ person: 'insp-li', school: 'S01', reason: '校长的近亲属' }],
  };
  const { json, faults, notes } = await readRosterSheet(await writeRosterSheet(whole, locale), locale, 'x');
  expect([faults, notes]).toEqual([[], []]);
  expect(canonicalRoster(parseRoster(json))).toEqual(canonicalRoster(whole));
});

test('the template says what to fill in, and left as it is brings no made-up school or person', async () => {
  const { json, faults, notes } = await readRosterSheet(await writeRosterSheet(null, 'zh-CN'), 'zh-CN', 'x');
  expect(faults).toEqual([]);
  expect([json.schools, json.people]).toEqual([[], []]);
  expect(notes.map((note) => note.place)).toEqual(['学校 第2行', '人员 第2行']);
});

test('whoever is really called like the example stays', async () => {
  const { roster, notes } = await readBook((book) => {
    page(book, '人员').addRow(['zhangsan', '张三', '责任督学', 'A2']);
  });
  expect(notes).toEqual([]);
  expect(roster.people.find((one) => one.userid === 'zhangsan')).toMatchObject({ name: '张三', area: 'A2' });
});

describe("Excel's traps", () => {
  test('numbers for text, text for numbers, full width, days in every dress, blanks, links, a title above the headings', async () => {
    const { roster } = await readBook((book) => {
      const people = page(book, '人员');
      people.getCell('H2').value = 13800000000;
      people.getCell('H3').value = '１３８　　００００　　０００１';
      people.getCell('K2').value = new Date('2027-08-31T00:00:00Z');
      people.getCell('K3').value = 46630;
      people.getCell('K4').value = '2027年8月31日';
      people.getCell('L2').value = '2024.9.1';
      people.getCell('M2').value = ' ２ ';
      people.getCell('C4').value = '校长 ';
      const row = people.getRow(people.rowCount + 3);
      row.getCell(1).value = { text: 'new.one@x', hyperlink: 'mailto:new.one@x' };
      row.getCell(2).value = { richText: [{ text: '新' }, { text: '人' }] };
      row.getCell(3).value = '督学';
      row.getCell(5).value = '东关小学\n';
      row.getCell(4).value = '第二督学责任区';
      page(book, '学校').getCell('I2').value = { formula: '400+460', result: 860 };
      page(book, '学校').insertRow(1, ['某某区学校一览表']);
    });
    const [first, second, third] = roster.people;
    expect([first?.phone, second?.phone]).toEqual(['13800000000', '138  0000  0001']);
    expect([first, second, third].map((one) => one?.credentialUntil)).toEqual(Array(3).fill('2027-08-31'));
    expect([first?.appointedOn, first?.term]).toEqual(['2024-09-01', 2]);
    const added = roster.people.find((one) => one.userid === 'new.one@x');
    expect(added).toMatchObject({
      name: '新人',
      roles: ['inspector'],
      area: 'A2',
      schools: { inspector: ['S10'] },
    });
    expect(roster.schools[0]?.students).toBe(860);
  });

  test('the same row twice is passed over; the same code with other words is a fault that names both rows', async () => {
    const { notes, roster } = await readBook((book) => {
      const areas = page(book, '责任区');
      areas.addRow(areas.getRow(2).values as Excel.CellValue[]);
    });
    expect([notes, roster.areas.length]).toEqual([['责任区 第7行: 与第 2 行完全相同,已忽略'], 5]);
    expect(await faultsOf((book) => page(book, '责任区').addRow(['A1', '别的名称']))).toEqual([
      '责任区 第7行 代码*: A1 重复,已在 责任区 第2行 出现',
    ]);
  });

  test('a merged cell counts for each of its rows', async () => {
    const { roster } = await readBook((book) => page(book, '学校').mergeCells('D2:D4'));
    expect(roster.schools.slice(0, 3).map((school) => school.area)).toEqual(['A1', 'A1', 'A1']);
  });
});

test('every fault at a time, with sheet, row and heading, in both languages', async () => {
  const spoil = (book: Excel.Workbook) => {
    page(book, '学校').getCell('C3').value = '大学';
    page(book, '学校').getCell('D4').value = 'A9';
    page(book, '人员').getCell('K2').value = '后年';
    page(book, '人员').getCell('H3').value = '打不通';
    page(book, '人员').getCell('A4').value = { error: '#REF!' };
    page(book, '人员').getCell('F5').value = 'S99';
    page(book, '回避').addRow(['insp-li', 'S99', '亲属']);
    page(book, '单位').getCell('B2').value = null;
  };
  const said = await faultsOf(spoil);
  expect(said.map((line) => line.split(':')[0])).toHaveLength(8);
  expect(said.join('\n')).toMatch(/学校 第3行 学段\*: “大学”不在可选范围内:小学/);
  expect(said.join('\n')).toMatch(/学校 第4行 责任区\*: 没有代码为 A9/);
  expect(said.join('\n')).toMatch(/人员 第2行 督学证有效期至: 应为日期/);
  expect(said.join('\n')).toMatch(/人员 第4行 企业微信账号\*: 单元格里是公式错误/);
  expect(said.join('\n')).toMatch(/单位 第2行 名称\*?: 必须填写/);
  expect((await faultsOf(spoil, 'en')).join('\n')).toMatch(/学校, row 4, 责任区\*: no area has the code A9/);
});

test('an inspector who has to keep away is refused, with the reason', async () => {
  expect(await faultsOf((book) => page(book, '回避').addRow(['insp-wang', 'S02', '校长是其妻']))).toEqual([
    expect.stringMatching(/人员 第\d+行 负责学校: 王建国须回避学校 S02（校长是其妻）/),
  ]);
});

test('a sheet or a heading that is missing is told with what it should be', async () => {
  expect(await faultsOf((book) => book.removeWorksheet('人员'))).toEqual([
    expect.stringMatching(/^人员: 缺少这张工作表/),
  ]);
  expect(
    await faultsOf((book) => {
      page(book, '学校').getCell('A1').value = '随便';
    }),
  ).toContainEqual(expect.stringMatching(/学校 第1行: 表头缺少“代码”列/));
  await expect(readRosterSheet(Buffer.from('no'), 'en', 'x')).rejects.toMatchObject({
    detail: { why: 'not-xlsx' },
  });
});

test('lists come back as they were, days are read in every dress', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[一-龥a-z、,]{1,6}$/), { maxLength: 5 }), (names) => {
      expect(listIn(listText(names))).toEqual(names);
    }),
  );
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      (date) => {
        const day = date.toISOString().slice(0, 10);
        const [y, m, d] = day.split('-').map(Number);
        const serial = String(
          Math.round((Date.UTC(y ?? 0, (m ?? 1) - 1, d) - Date.UTC(1899, 11, 30)) / 86_400_000),
        );
        for (const dress of [
          day,
          `${y}/${m}/${d}`,
          `${y}年${m}月${d}日`,
          `${y}.${m}.${d}`,
          day.replaceAll('-', ''),
          serial,
        ])
          expect(dayIn(dress)).toBe(day);
      },
    ),
  );
});
