// A sheet of rows as offices want it: a title, a frozen header with filters, real dates, and a second sheet that says what each column means.
import type { Temporal } from 'temporal-polyfill';

export interface Column<R> {
  head: string;
  /** In characters of the standard font; a Chinese character takes two. */
  width: number;
  /** A date cell takes 'YYYY-MM-DD'; null and '' leave the cell empty. */
  kind?: 'text' | 'number' | 'date' | 'percent';
  of(row: R): string | number | null;
}

export interface Sheet<R> {
  /** At most 31 characters, without `[]:*?/\`. */
  name: string;
  title: string;
  /** Under the title: what is in it, of when. */
  subtitle: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  /** Said instead of rows when there are none. */
  empty: string;
}

export interface Notes {
  name: string;
  /** Two columns: a name and what it means. */
  lines: readonly [string, string][];
}

/** A sheet whose type of row is forgotten: its columns are only ever given its own rows. */
type AnySheet = Omit<Sheet<unknown>, 'columns'> & { columns: readonly Omit<Column<never>, 'of'>[] };

const HEADER_ROW = 3;
/** As the file format numbers it. */
const A4 = 9;
/** So many characters stand side by side on a page and can still be read. */
const PAGE_CHARS = 160;
const HEAD_COLUMNS = 8;
const FONT = { name: '宋体', size: 11 };
const FORMATS = { date: 'yyyy-mm-dd', number: '0', percent: '0.0%', text: '@' } as const;

/** The bytes of an .xlsx with the sheets in their order, and the notes last. */
export async function workbook(
  sheets: readonly AnySheet[],
  notes: Notes,
  made: { at: Date; by: string },
): Promise<Uint8Array> {
  // Read when the first sheet is asked for: most processes never make one.
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  book.creator = made.by;
  book.created = made.at;
  book.modified = made.at;
  for (const sheet of sheets) {
    const last = sheet.columns.length;
    const wide = Math.ceil(sheet.columns.reduce((sum, column) => sum + column.width, 0) / PAGE_CHARS);
    // A title in the middle of a sheet that is wider than the screen would stand where nobody sees it.
    const heads = wide > 1 ? Math.min(last, HEAD_COLUMNS) : last;
    const page = book.addWorksheet(plainName(sheet.name), {
      views: [{ state: 'frozen', ySplit: HEADER_ROW }],
      pageSetup: {
        orientation: 'landscape',
        paperSize: A4,
        fitToPage: true,
        fitToWidth: wide,
        fitToHeight: 0,
        printTitlesRow: `${HEADER_ROW}:${HEADER_ROW}`,
      },
    });
    page.mergeCells(1, 1, 1, heads);
    page.mergeCells(2, 1, 2, heads);
    const title = page.getCell(1, 1);
    title.value = sheet.title;
    title.font = { ...FONT, size: 16, bold: true };
    title.alignment = { horizontal: wide > 1 ? 'left' : 'center', vertical: 'middle' };
    page.getRow(1).height = 28;
    const subtitle = page.getCell(2, 1);
    subtitle.value = sheet.subtitle;
    subtitle.font = { ...FONT, color: { argb: 'FF595959' } };
    subtitle.alignment = { vertical: 'middle', wrapText: true };
    page.getRow(2).height = 32;
    for (const [index, column] of sheet.columns.entries()) {
      page.getColumn(index + 1).width = column.width;
      const head = page.getCell(HEADER_ROW, index + 1);
      head.value = column.head;
      head.font = { ...FONT, bold: true };
      head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7EEF7' } };
      head.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
      head.border = BORDER;
    }
    for (const [at, row] of sheet.rows.entries()) {
      for (const [index, column] of sheet.columns.entries()) {
        const cell = page.getCell(HEADER_ROW + 1 + at, index + 1);
        cell.value = cellValue((column as Column<unknown>).of(row), column.kind);
        cell.numFmt = FORMATS[column.kind ?? 'text'];
        cell.font = FONT;
        cell.border = BORDER;
        cell.alignment = {
          vertical: 'middle',
          wrapText: (column.kind ?? 'text') === 'text',
          horizontal: (column.kind ?? 'text') === 'text' ? 'left' : 'center',
        };
      }
    }
    if (sheet.rows.length === 0) {
      page.mergeCells(HEADER_ROW + 1, 1, HEADER_ROW + 1, last);
      const cell = page.getCell(HEADER_ROW + 1, 1);
      cell.value = sheet.empty;
      cell.font = FONT;
      cell.alignment = { horizontal: 'center' };
    } else {
      page.autoFilter = {
        from: { row: HEADER_ROW, column: 1 },
        to: { row: HEADER_ROW + sheet.rows.length, column: last },
      };
    }
  }
  const page = book.addWorksheet(plainName(notes.name));
  page.getColumn(1).width = 20;
  page.getColumn(2).width = 90;
  for (const [index, [name, meaning]] of notes.lines.entries()) {
    const row = page.getRow(index + 1);
    row.getCell(1).value = name;
    row.getCell(1).font = { ...FONT, bold: true };
    row.getCell(1).alignment = { vertical: 'top' };
    row.getCell(2).value = meaning;
    row.getCell(2).font = FONT;
    row.getCell(2).alignment = { vertical: 'top', wrapText: true };
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const LINE = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE } as const;

function cellValue(
  value: string | number | null,
  kind: Column<never>['kind'],
): string | number | Date | null {
  if (value === null || value === '') return null;
  // A spreadsheet's days have no zone: its writer takes the day at UTC midnight.
  if (kind === 'date' && typeof value === 'string') return new Date(`${value}T00:00:00Z`);
  return value;
}

function plainName(name: string): string {
  return [...name.replaceAll(/[[\]:*?/\\]/gu, ' ')].slice(0, 31).join('');
}

/** Of each column what it means: `papers.<paper>.note.<name>`, its names in the order of the columns. */
export function notesFor(
  words: { text(id: string): string },
  paper: string,
  columns: readonly { head: string }[],
  names: readonly string[],
): Notes {
  return {
    name: words.text('papers.notes'),
    lines: columns.map(({ head }, index): [string, string] => [
      head,
      words.text(`papers.${paper}.note.${names[index]}`),
    ]),
  };
}

/** A file name that every system takes: no marks with a meaning, parts joined, the day at its end. */
export function fileName(parts: readonly string[], today: Temporal.PlainDate, extension: string): string {
  const words = parts.map((part) => part.replaceAll(/[\\/:*?"<>|\s]+/gu, '')).filter((part) => part !== '');
  return `${[...words.join('_')].slice(0, 80).join('')}_${today.toString().replaceAll('-', '')}.${extension}`;
}
