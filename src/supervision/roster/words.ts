// Faults and warnings about a roster as sentences for operators, from bot-scripts/texts/<locale>/roster.yaml.
import { z } from 'zod';
import { mustReadYaml, placesFilled, scriptsFolder } from '../../yaml.ts';
import type { RosterNote } from './note.ts';

const sentences = z.record(z.string(), z.string());
const tables = new Map<string, Record<string, string>>();

/** Read once a process: a roster may have a fault in each of its rows. */
function tableOf(locale: string): Record<string, string> {
  const known = tables.get(locale);
  if (known) return known;
  const read = mustReadYaml(scriptsFolder, `texts/${locale}/roster.yaml`, sentences);
  tables.set(locale, read);
  return read;
}

/** `people[3].schools[1]: no school has the code S99`. A code without a sentence is shown as it is. */
export function sayRoster(note: RosterNote, locale: string): string {
  const said = placesFilled((tableOf(locale)[note.code] ?? note.code).trim(), note.data);
  return note.place === '' ? said : `${note.place}: ${said}`;
}
