// The roster's spreadsheet as bot-scripts/rules/roster-sheet.yaml lays it out: sheets, columns and words, in either language.
import { z } from 'zod';
import { type Fault, mustReadYaml, readYaml, scriptsFolder } from '../../yaml.ts';

const named = { 'zh-CN': z.string(), en: z.string(), also: z.array(z.string()).default([]) };
const word = z.strictObject(named);
const column = z.strictObject({
  ...named,
  type: z.enum(['text', 'code', 'list', 'number', 'date', 'phone', 'kind', 'roles', 'inspectorKind', 'yes']),
  need: z.boolean().default(false),
  /** Holds codes of this sheet; a name is taken for its code. */
  refers: z.enum(['areas', 'schools']).optional(),
  example: z.union([z.string(), z.number()]),
  say: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
});
const sheet = z.strictObject({
  ...named,
  optional: z.boolean().default(false),
  columns: z.record(z.string(), column),
});
export const SHEETS = ['office', 'areas', 'schools', 'people', 'recusals'] as const;
export type SheetKey = (typeof SHEETS)[number];
const WORDS = ['kind', 'roles', 'inspectorKind', 'yes'] as const;
export type WordList = (typeof WORDS)[number];
const layoutShape = z.strictObject({
  sheets: z.record(z.enum(SHEETS), sheet),
  notes: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
  words: z.record(z.enum(WORDS), z.record(z.string(), word)),
  none: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
});
export type Layout = z.infer<typeof layoutShape>;
export type Column = z.infer<typeof column>;
export type SheetLocale = 'zh-CN' | 'en';

const FILE = 'rules/roster-sheet.yaml';
let read: Layout | undefined;

/** Every fault of `rules/roster-sheet.yaml` in a folder like bot-scripts. */
export function layoutFaults(dir: string): Fault[] {
  const faults: Fault[] = [];
  readYaml(dir, FILE, layoutShape, faults);
  return faults;
}

/** bot-scripts/rules/roster-sheet.yaml, read once a process. Throws `scripts.faulty` with every fault. */
export function layout(): Layout {
  read ??= mustReadYaml(scriptsFolder, FILE, layoutShape);
  return read;
}

/** As headings and words are compared: widths, case, spaces, a star for "needed" and notes in brackets aside. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\([^)]*\)|[\s*​﻿]/gu, '')
    .toLowerCase();
}

/** Every way to write one of these names → its key. */
export function namesOf(of: Readonly<Record<string, z.infer<typeof word>>>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [key, { 'zh-CN': zh, en, also }] of Object.entries(of))
    for (const name of [key, zh, en, ...also]) if (!names.has(plain(name))) names.set(plain(name), key);
  return names;
}

/** What may be written for each code of a list, in either language. */
export function wordsOf(list: WordList): Map<string, string> {
  return namesOf(layout().words[list]);
}
