// Reads a roster out of a spreadsheet: the same shape as the JSON file, with every fault found later told by sheet, row and heading.
import type { Row, Workbook, Worksheet } from 'exceljs';
import { AppError } from '../../errors.ts';
import type { RosterNote } from '../../supervision/roster/note.ts';
import { narrow } from '../../supervision/roster/written.ts';
import { byName, type Entry, person } from './as-file.ts';
import { dayIn, listIn, textIn } from './cells.ts';
import { headRow, said } from './heads.ts';
import {
  type Column,
  layout,
  namesOf,
  plain,
  SHEETS,
  type SheetKey,
  type SheetLocale,
  wordsOf,
} from './layout.ts';

export interface SheetRoster {
  /** As a JSON file would hold it; to be checked like one. */
  json: Record<string, unknown>;
  /** Faults of the sheet itself. With any of them nothing may be taken in. */
  faults: RosterNote[];
  /** What was passed over: an unknown column, the same row twice. */
  notes: RosterNote[];
  /** `people[3].schools[1]` → `人员 第6行 负责学校`. */
  where(place: string): string;
}

interface Found {
  title: string;
  /** Excel's row of each entry. */
  rows: number[];
  heads: Map<string, string>;
}

/** Throws `roster.faulty` when the bytes are no spreadsheet at all. */
export async function readRosterSheet(
  bytes: Uint8Array,
  locale: SheetLocale,
  file: string,
): Promise<SheetRoster> {
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  try {
    // exceljs asks for the Buffer of an older @types/node; it only reads bytes.
    await book.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof book.xlsx.load>[0]);
  } catch (cause) {
    throw new AppError('roster.faulty', 'never', { why: 'not-xlsx', file }, { cause });
  }
  const reader = new Reader(book, locale);
  return reader.read();
}

class Reader {
  private readonly faults: RosterNote[] = [];
  private readonly notes: RosterNote[] = [];
  private readonly found = new Map<SheetKey, Found>();

  constructor(
    private readonly book: Workbook,
    private readonly locale: SheetLocale,
  ) {}

  read(): SheetRoster {
    const entries = new Map<SheetKey, Entry[]>();
    for (const key of SHEETS) {
      const sheet = this.sheetOf(key);
      if (sheet) entries.set(key, this.entries(key, sheet));
      else if (!layout().sheets[key].optional)
        this.faults.push({ place: layout().sheets[key][this.locale], code: 'no-sheet', data: {} });
    }
    const of = (key: SheetKey) => entries.get(key) ?? [];
    byName(of('schools'), 'area', of('areas'));
    byName(of('people'), 'area', of('areas'));
    for (const column of ['inspector', 'principal', 'school-inspector'])
      byName(of('people'), column, of('schools'));
    byName(of('recusals'), 'school', of('schools'));
    const json: Record<string, unknown> = {
      office: of('office')[0] ?? {},
      areas: of('areas'),
      schools: of('schools'),
      people: of('people').map(person),
      ...(entries.has('recusals') ? { recusals: of('recusals') } : {}),
    };
    return { json, faults: this.faults, notes: this.notes, where: (place) => this.where(place) };
  }

  private sheetOf(key: SheetKey): Worksheet | undefined {
    const { [key]: wanted } = layout().sheets;
    const names = [...namesOf({ [key]: wanted }).keys()];
    return this.book.worksheets.find((sheet) => names.includes(plain(sheet.name)));
  }

  private entries(key: SheetKey, sheet: Worksheet): Entry[] {
    const { columns } = layout().sheets[key];
    const names = namesOf(columns);
    const head = headRow(sheet, names);
    const found: Found = { title: sheet.name, rows: [], heads: new Map() };
    this.found.set(key, found);
    const at = (row: number, what = '') => this.placeOf(sheet.name, row, what);
    if (!head) {
      this.faults.push({
        place: sheet.name,
        code: 'no-heads',
        data: { heads: this.headsOf(key).join('、') },
      });
      return [];
    }
    const places = new Map<string, number>();
    head.eachCell((cell, number) => {
      const text = said(cell);
      if (text === '') return;
      const column = names.get(plain(text));
      if (column === undefined)
        this.notes.push({ place: at(head.number, text), code: 'unknown-column', data: {} });
      else if (places.has(column))
        this.faults.push({ place: at(head.number, text), code: 'head-twice', data: {} });
      else {
        places.set(column, number);
        found.heads.set(column, text);
      }
    });
    for (const [column, { need }] of Object.entries(columns))
      if (need && !places.has(column))
        this.faults.push({
          place: at(head.number),
          code: 'no-head',
          data: { head: columns[column]?.[this.locale] ?? '' },
        });

    const entries: Entry[] = [];
    const seen = new Map<string, number>();
    for (let number = head.number + 1; number <= sheet.rowCount; number += 1) {
      const row = sheet.getRow(number);
      const entry = this.entry(row, columns, places, (column) => at(number, found.heads.get(column)));
      if (!entry) continue;
      const whole = JSON.stringify(entry);
      if (this.isExample(key, entry, places)) {
        this.notes.push({ place: at(number), code: 'example-row', data: {} });
        continue;
      }
      const before = seen.get(whole);
      if (before !== undefined) {
        this.notes.push({ place: at(number), code: 'same-row', data: { row: before } });
        continue;
      }
      seen.set(whole, number);
      entries.push(entry);
      found.rows.push(number);
    }
    return entries;
  }

  /** Null for a row in which nothing is written. */
  private entry(
    row: Row,
    columns: Readonly<Record<string, Column>>,
    places: ReadonlyMap<string, number>,
    at: (column: string) => string,
  ): Entry | null {
    const entry: Entry = {};
    let written = false;
    for (const [key, number] of places) {
      const column = columns[key];
      const read = textIn(row.getCell(number));
      if ('fault' in read) {
        this.faults.push({ place: at(key), code: read.fault, data: {} });
        written = true;
      } else if (column && read.text !== '') {
        written = true;
        entry[key] = this.value(column, read.text, () => at(key));
      }
    }
    return written ? entry : null;
  }

  /** The template's own row of a school or a person, left in as it was: somebody may really be called that. */
  private isExample(key: SheetKey, entry: Entry, places: ReadonlyMap<string, number>): boolean {
    if (key !== 'schools' && key !== 'people') return false;
    const { columns } = layout().sheets[key];
    return [...places.keys()].every((name) => {
      const column = columns[name];
      const example =
        column && column.example !== '' ? this.value(column, String(column.example), () => '') : undefined;
      return JSON.stringify(entry[name]) === JSON.stringify(example);
    });
  }

  private value(column: Column, text: string, at: () => string): unknown {
    switch (column.type) {
      case 'text':
        return text.replaceAll(/\s*\n\s*/g, ' ');
      case 'code':
        return narrow(text);
      case 'list':
        return listIn(column.refers ? narrow(text) : text);
      case 'date':
        return dayIn(text);
      case 'phone': {
        const { 'zh-CN': zh, en } = layout().none;
        return [zh, en].includes(plain(text)) ? '' : narrow(text);
      }
      case 'number': {
        const number = Number(narrow(text).replaceAll(/[,\s]/g, ''));
        return Number.isFinite(number) ? number : text;
      }
      case 'yes':
        return this.word('yes', text, at) === 'true';
      case 'roles':
        return listIn(text).map((one) => this.word('roles', one, at));
      default:
        return this.word(column.type, text, at);
    }
  }

  private word(list: 'kind' | 'roles' | 'inspectorKind' | 'yes', text: string, at: () => string): string {
    const known = wordsOf(list).get(plain(text));
    if (known !== undefined) return known;
    const choices = Object.values(layout().words[list]).map((word) => word[this.locale]);
    this.faults.push({ place: at(), code: 'word', data: { text, choices: choices.join('、') } });
    // Something that the check lets pass: the fault has been told.
    return Object.keys(layout().words[list])[0] ?? '';
  }

  private headsOf(key: SheetKey): string[] {
    return Object.values(layout().sheets[key].columns).map((column) => column[this.locale]);
  }

  private placeOf(sheet: string, row: number, what = ''): string {
    return this.locale === 'en'
      ? `${sheet}, row ${row}${what && `, ${what}`}`
      : `${sheet} 第${row}行${what && ` ${what}`}`;
  }

  private where(place: string): string {
    const [, list = '', index, rest = ''] = /^(\w+)(?:\[(\d+)\])?(.*)$/.exec(place) ?? [];
    const key = SHEETS.find((one) => one === list);
    const found = key && this.found.get(key);
    if (!key || !found) return place;
    const row = found.rows[Number(index ?? 0)];
    if (row === undefined) return found.title;
    const keys = rest.split(/[.[\]]+/).filter((part) => part !== '' && !/^\d+$/.test(part));
    const column = keys.toReversed().find((part) => part in layout().sheets[key].columns);
    const fallback = column ? layout().sheets[key].columns[column]?.[this.locale] : '';
    return this.placeOf(found.title, row, column ? (found.heads.get(column) ?? fallback) : '');
  }
}
