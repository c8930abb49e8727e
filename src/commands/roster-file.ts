// Reads a roster file for the commands that take one, with a sentence for each way in which it may not be one.
import { readFile } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { parseRoster } from '../supervision/roster/check.ts';
import type { Roster } from '../supervision/roster/file.ts';

/** Throws `roster.faulty`; its message lists every fault in the locale. */
export async function readRoster(file: string, locale: string): Promise<Roster> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('roster.faulty', 'never', { why: 'no-file', file }, { cause });
  });
  return parseRoster(jsonOf(text, file), locale);
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('roster.faulty', 'never', { why: 'not-json', file }, { cause });
  }
}
