// Faults and warnings about a roster as sentences for operators, from bot-scripts/texts/<locale>/roster.yaml.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const texts = fileURLToPath(new URL('../../../bot-scripts/texts/', import.meta.url));
const tables = new Map<string, Record<string, string>>();

function tableOf(locale: string): Record<string, string> {
  const known = tables.get(locale);
  if (known) return known;
  const read = z
    .record(z.string(), z.string())
    .parse(parse(readFileSync(`${texts}${locale}/roster.yaml`, 'utf8')));
  tables.set(locale, read);
  return read;
}

/** `people[3].schools[1]: no school has the code S99`. A code without a sentence is shown as it is. */
export function sayRoster(
  note: { place: string; code: string; data: Record<string, string | number> },
  locale: string,
): string {
  const text = tableOf(locale)[note.code] ?? note.code;
  const said = text
    .trim()
    .replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(note.data[name] ?? ''));
  return note.place === '' ? said : `${note.place}: ${said}`;
}
