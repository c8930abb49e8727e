// Faults and warnings about a roster as sentences for operators, from bot-scripts/texts/<locale>/roster.yaml.
import { z } from 'zod';
import { mustReadYaml, placesFilled, scriptsFolder } from '../../yaml.ts';
import type { RosterNote } from './note.ts';

const sentences = z.record(z.string(), z.string());

/** `people[3].schools[1]: no school has the code S99`. A code without a sentence is shown as it is. */
export function sayRoster(note: RosterNote, locale: string): string {
  const table = mustReadYaml(scriptsFolder, `texts/${locale}/roster.yaml`, sentences);
  const said = placesFilled((table[note.code] ?? note.code).trim(), note.data);
  return note.place === '' ? said : `${note.place}: ${said}`;
}
