// Reads a roster file, JSON or spreadsheet, for the commands that take one, with a sentence for each way in which it may not be one.
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { operatorTexts } from '../operator.ts';
import { readRosterSheet } from '../papers/roster/read.ts';
import { checkRoster } from '../supervision/roster/check.ts';
import type { Roster } from '../supervision/roster/file.ts';
import type { RosterNote } from '../supervision/roster/note.ts';
import { sayRoster } from '../supervision/roster/words.ts';

export interface RosterFile {
  roster: Roster;
  /** What was passed over, as sentences. */
  notes: string[];
  /** A fault or warning with its place as the file's reader finds it: a path in JSON, sheet and row in a spreadsheet. */
  say(note: RosterNote): string;
}

const NOBODY: RosterNote = { place: 'people', code: 'empty', data: {} };

/** By its name; what it really holds is seen when it is read. */
export const isSheet = (file: string) => /\.xlsx$/i.test(file);

/** Throws `roster.faulty`; its message lists every fault in the locale. */
export async function readRosterFile(file: string, locale: string): Promise<RosterFile> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new AppError('roster.faulty', 'never', { why: 'no-file', file }, { cause });
  });
  if (/\.xls$/i.test(file)) throw new AppError('roster.faulty', 'never', { why: 'old-xls', file });
  const sheet = isSheet(file)
    ? await readRosterSheet(bytes, locale === 'en' ? 'en' : 'zh-CN', file)
    : { json: jsonOf(bytes, file), faults: [], notes: [], where: (place: string) => place };
  const say = ({ place, code, data }: RosterNote) => {
    const placed = data.first === undefined ? data : { ...data, first: sheet.where(String(data.first)) };
    return sayRoster({ place: sheet.where(place), code, data: placed }, locale);
  };
  const checked = checkRoster(sheet.json);
  const told = new Set(sheet.faults.map(({ place }) => place));
  const faults = [
    ...sheet.faults,
    // What a cell said that means nothing has been told; what stands for it is no second fault.
    ...('faults' in checked ? checked.faults.filter(({ place }) => !told.has(sheet.where(place))) : []),
    // An empty form, most likely: taken in, it would end the access of everybody. A sheet that is not there has been told.
    ...(sheet.faults.length === 0 && 'roster' in checked && checked.roster.people.length === 0
      ? [NOBODY]
      : []),
  ];
  if (faults.length > 0 || !('roster' in checked)) {
    const lead = operatorTexts(locale === 'en' ? 'en' : 'zh-CN').say('import.faults', {
      count: faults.length,
    });
    const message = [lead, ...faults.map((fault) => `  ${say(fault)}`)].join('\n');
    throw new AppError('roster.faulty', 'never', { faults }, { message });
  }
  return { roster: checked.roster, notes: [...sheet.notes, ...checked.notes].map(say), say };
}

/** A file that was saved as GBK could be read, and would give every school a name of rubbish. */
function jsonOf(bytes: Buffer, file: string): unknown {
  if (!isUtf8(bytes)) throw new AppError('roster.faulty', 'never', { why: 'not-utf8', file });
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!/^\s*[{[]/.test(text))
      throw new AppError('roster.faulty', 'never', { why: 'not-json', file }, { cause });
    // Where it ends too early V8 names no place.
    const at = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const line = text.slice(0, at === undefined ? text.length : Number(at)).split('\n').length;
    throw new AppError('roster.faulty', 'never', { why: 'broken-json', file, line }, { cause });
  }
}
