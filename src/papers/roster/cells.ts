// What a cell of a spreadsheet means, whatever the program that wrote it took it for: numbers as text, text as numbers, days as serials.
import type { Cell, CellValue } from 'exceljs';
import { narrow, seen } from '../../supervision/roster/written.ts';

/** Its text as a person sees it, without what cannot be seen; empty when there is nothing. `fault`: a formula without a value. */
export function textIn(cell: Cell): { text: string } | { fault: 'cell-error' } {
  return textOf(cell.value);
}

function textOf(value: CellValue): { text: string } | { fault: 'cell-error' } {
  if (value === null || value === undefined) return { text: '' };
  if (typeof value === 'string') return { text: lines(value) };
  if (typeof value === 'number') return { text: numberText(value) };
  if (typeof value === 'boolean') return { text: value ? 'true' : 'false' };
  if (value instanceof Date) return { text: dayOfDate(value) };
  if ('richText' in value) return { text: lines(value.richText.map((part) => part.text).join('')) };
  if ('error' in value) return { fault: 'cell-error' };
  // A user id with an @ becomes a link by itself.
  if ('hyperlink' in value) return textOf(value.text);
  if ('formula' in value || 'sharedFormula' in value) {
    const { result } = value;
    return result === undefined ? { fault: 'cell-error' } : textOf(result);
  }
  return { fault: 'cell-error' };
}

const lines = (text: string): string => seen(text.replaceAll(/\r\n?/g, '\n'));

/** 13800000000 stays as it is, 860.0 is 860; what a sheet shows as 1.38E+10 is a whole number too. */
function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function dayOfDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

/** 2024-09-01 from 2024/9/1, 2024.9.1, 2024年9月1日, 20240901 and Excel's own count of days (45536); else the text itself. */
export function dayIn(text: string): string {
  const said = narrow(text).replaceAll(/\s/g, '');
  if (/^[2-6]\d{4}$/.test(said))
    return new Date(Date.UTC(1899, 11, 30 + Number(said))).toISOString().slice(0, 10);
  const found =
    /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$/.exec(said) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(said);
  if (!found) return text;
  const [, year = '', month = '', day = ''] = found;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const BETWEEN = /[、,，;；/\n]+/u;

/** Several names in one cell. Where a name itself holds a mark that divides, names stand on lines of their own. */
export function listIn(text: string): string[] {
  const parts = text.includes('\n') ? [...new Set(text.split('\n'))] : text.split(BETWEEN);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Several names in one cell so that `listIn` reads the same names again. */
export function listText(names: readonly string[]): string {
  if (!names.some((name) => BETWEEN.test(name))) return names.join('、');
  return names.length === 1 ? `${names[0]}\n${names[0]}` : names.join('\n');
}
