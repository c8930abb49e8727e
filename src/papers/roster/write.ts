// Writes a roster as a spreadsheet that import reads back, with lists to choose from and a sheet that explains every column.
import type { Worksheet } from 'exceljs';
import { type Roster, schoolsByRole } from '../../supervision/roster/file.ts';
import { listText } from './cells.ts';
import { type Column, type Layout, layout, SHEETS, type SheetKey, type SheetLocale } from './layout.ts';

type Cells = Record<string, string | number | null>;

/** Rows below the last one that still offer their lists. */
const SPARE_ROWS = 500;
const FONT = { name: '宋体', size: 11 };

/** The bytes of an .xlsx. Without a roster: the template, with one example a sheet. */
export async function writeRosterSheet(roster: Roster | null, locale: SheetLocale): Promise<Uint8Array> {
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  const laid = layout();
  for (const key of SHEETS) {
    const { columns, [locale]: title } = laid.sheets[key];
    const page = book.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
    fillSheet(
      page,
      columns,
      roster ? rowsOf(roster, key, laid, locale) : [example(columns, laid, locale)],
      locale,
    );
    offerLists(page, columns, laid, locale);
  }
  const notes = book.addWorksheet(laid.notes[locale]);
  notes.columns = [{ width: 14 }, { width: 22 }, { width: 8 }, { width: 70 }];
  for (const key of SHEETS)
    for (const column of Object.values(laid.sheets[key].columns))
      notes.addRow([
        laid.sheets[key][locale],
        column[locale],
        column.need ? '*' : '',
        column.say[locale],
      ]).font = FONT;
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function fillSheet(
  page: Worksheet,
  columns: Readonly<Record<string, Column>>,
  rows: readonly Cells[],
  locale: SheetLocale,
): void {
  const keys = Object.keys(columns);
  page.columns = keys.map((key) => ({
    width: Math.max(12, 2 * (columns[key]?.[locale].length ?? 0) + 4),
    // Text, so that 007 and 13800000000 stay what they are.
    style: { font: FONT, ...(isText(columns[key]) ? { numFmt: '@' } : {}) },
  }));
  const head = page.addRow(keys.map((key) => `${columns[key]?.[locale]}${columns[key]?.need ? '*' : ''}`));
  head.font = { ...FONT, bold: true };
  for (const [index, key] of keys.entries()) head.getCell(index + 1).note = columns[key]?.say[locale] ?? '';
  for (const row of rows) {
    const put = page.addRow(keys.map((key) => literal(row[key] ?? null)));
    for (const [index, key] of keys.entries())
      if (columns[key]?.type === 'list' && String(row[key] ?? '').includes('\n'))
        put.getCell(index + 1).alignment = { wrapText: true };
  }
}

/** A spreadsheet takes `_x0041_` for an A; exceljs reads it so, and leaves it to whoever writes to say that it is meant (ECMA-376, ST_Xstring). */
const literal = (value: string | number | null) =>
  typeof value === 'string' ? value.replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : value;

const isText = (column: Column | undefined) => column !== undefined && column.type !== 'number';

function offerLists(
  page: Worksheet,
  columns: Readonly<Record<string, Column>>,
  laid: Layout,
  locale: SheetLocale,
): void {
  const last = page.rowCount + SPARE_ROWS;
  for (const [index, column] of Object.values(columns).entries()) {
    const { type } = column;
    if (type !== 'kind' && type !== 'roles' && type !== 'inspectorKind' && type !== 'yes') continue;
    const words = Object.values(laid.words[type]).map((word) => word[locale]);
    for (let row = 2; row <= last; row += 1)
      page.getCell(row, index + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${words.join(',')}"`],
        // Several roles stand in one cell; import says what it does not know.
        showErrorMessage: type !== 'roles',
      };
  }
}

function example(columns: Readonly<Record<string, Column>>, laid: Layout, locale: SheetLocale): Cells {
  return Object.fromEntries(
    Object.entries(columns).map(([key, { type, example: given }]) => {
      if (type === 'kind' || type === 'roles' || type === 'inspectorKind' || type === 'yes')
        return [key, laid.words[type][String(given)]?.[locale] ?? null];
      return [key, given === '' ? null : given];
    }),
  );
}

function rowsOf(roster: Roster, key: SheetKey, laid: Layout, locale: SheetLocale): Cells[] {
  const word = (list: 'kind' | 'roles' | 'inspectorKind', code: string) =>
    laid.words[list][code]?.[locale] ?? code;
  switch (key) {
    case 'office':
      return [{ ...roster.office }];
    case 'areas':
      return roster.areas.map((area) => ({ ...area, town: area.town ?? null }));
    case 'schools':
      return roster.schools.map(({ aliases, private: isPrivate, kind, ...rest }) => ({
        ...rest,
        kind: word('kind', kind),
        aliases: listText(aliases),
        private: isPrivate ? (laid.words.yes.true?.[locale] ?? '') : null,
      }));
    case 'people':
      return roster.people.map((person) => {
        const { schools: _, roles, inspectorKind, ...rest } = person;
        const held = schoolsByRole(person);
        return {
          ...rest,
          roles: listText(roles.map((role) => word('roles', role))),
          inspectorKind: inspectorKind ? word('inspectorKind', inspectorKind) : null,
          inspector: listText(held.get('inspector') ?? []),
          principal: listText(held.get('principal') ?? []),
          'school-inspector': listText(held.get('school-inspector') ?? []),
        };
      });
    default:
      return (roster.recusals ?? []).map((recusal) => ({ ...recusal }));
  }
}
