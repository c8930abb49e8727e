// Checks what the loader read against what the code offers: every name, every text, every variable, every length, all at a time.
import { PAPER_WORDS } from '../../supervision/paper-words.ts';
import type { Fault, Told } from '../../yaml.ts';
import { checkFlow, MISSING, type Variables } from './check-flow.ts';
import { checkText } from './check-text.ts';
import { COMMON, EVERYWHERE } from './common.ts';
import { liquidFor } from './liquid.ts';
import type { ReadScripts } from './read.ts';
import type { ScriptsNeed } from './scripts.ts';
import type { TextValue } from './shapes.ts';

/** What each file of texts must and may hold: key → the variables it may name. `null`: any key (terms, menu). */
type Expected = Map<string, Map<string, Variables> | null>;

/** Adds every fault to `faults`, each with its file, line and key; none: the scripts may be used. */
export function checkScripts(read: ReadScripts, need: ScriptsNeed, faults: Fault[]): void {
  const expected = expectedTexts(read, need, faults);
  const engine = liquidFor(
    'zh-CN',
    () => '',
    () => '2026-01-01',
  );
  for (const [locale, files] of read.texts) {
    checkKeys(read, locale, expected, faults);
    for (const [file, texts] of files) {
      const keys = expected.get(file);
      for (const [key, value] of texts) {
        const at = (told: Told, sub: (string | number)[] = []) =>
          faults.push({
            file: `texts/${locale}/${file}.yaml`,
            line: lineOf(read, locale, file, [key, ...sub]),
            key,
            ...told,
          });
        checkText(value, engine, keys === null ? new Set<string>() : keys?.get(key), key, at);
      }
    }
  }
  checkLocales(read, faults);
}

function expectedTexts(read: ReadScripts, need: ScriptsNeed, faults: Fault[]): Expected {
  const expected: Expected = new Map([
    ['terms', null],
    ['menu', null],
    ['common', keysOf(COMMON)],
    ['papers', keysOf(PAPER_WORDS)],
  ]);
  for (const [key, shape] of Object.entries(need.notifications)) {
    const [file = '', ...rest] = key.split('.');
    const of = expected.get(file) ?? new Map<string, Variables>();
    of.set(rest.join('.'), new Set([...Object.keys(shape.shape), ...EVERYWHERE]));
    expected.set(file, of);
  }
  for (const flow of read.flows.values()) expected.set(flow.flow, checkFlow(read, flow, need, faults));
  return expected;
}

function keysOf(texts: Readonly<Record<string, readonly string[]>>): Map<string, Variables> {
  return new Map(Object.entries(texts).map(([key, vars]) => [key, new Set([...vars, ...EVERYWHERE])]));
}

function checkKeys(read: ReadScripts, locale: string, expected: Expected, faults: Fault[]): void {
  const files = read.texts.get(locale);
  for (const [file, keys] of expected) {
    if (keys === null || read.flows.has(file)) continue; // a flow's own keys were asked for above
    if (read.leftOut.has(`texts/${locale}/${file}.yaml`)) continue;
    for (const key of keys.keys())
      if (!files?.get(file)?.has(key))
        faults.push({ file: `texts/${locale}/${file}.yaml`, line: 1, key, ...MISSING });
  }
  for (const [file, texts] of files ?? []) {
    const keys = expected.get(file);
    if (keys === null || read.leftOut.has(`flows/${file}.yaml`)) continue;
    if (keys === undefined) {
      faults.push({
        file: `texts/${locale}/${file}.yaml`,
        line: 1,
        key: '',
        message: 'nothing uses this file',
        code: 'unused-file',
      });
      continue;
    }
    for (const key of texts.keys())
      if (!keys.has(key))
        faults.push({
          file: `texts/${locale}/${file}.yaml`,
          line: lineOf(read, locale, file, [key]),
          key,
          message: 'nothing uses this text; is the key misspelt?',
          code: 'unused-text',
        });
  }
}

function lineOf(read: ReadScripts, locale: string, file: string, path: (string | number)[]): number {
  return read.textFiles.get(locale)?.get(file)?.lineOf(path) ?? 1;
}

/** Every key stands in every locale, and is of the same kind there. */
function checkLocales(read: ReadScripts, faults: Fault[]): void {
  const locales = [...read.texts.keys()];
  for (const locale of locales) for (const other of locales) checkTwins(read, locale, other, faults);
}

/** What `other` lacks of `locale`, or says as something else. */
function checkTwins(read: ReadScripts, locale: string, other: string, faults: Fault[]): void {
  for (const [file, texts] of read.texts.get(locale) ?? []) {
    if (read.leftOut.has(`texts/${other}/${file}.yaml`)) continue;
    for (const [key, value] of texts) {
      const twin = read.texts.get(other)?.get(file)?.get(key);
      if (twin !== undefined && kindOf(twin) === kindOf(value)) continue;
      faults.push({
        file: `texts/${other}/${file}.yaml`,
        line: lineOf(read, other, file, [key]),
        key,
        ...(twin === undefined
          ? { message: `stands in ${locale} but not here`, code: 'no-twin', data: { locale } }
          : {
              message: `is a ${kindOf(twin)} here and a ${kindOf(value)} in ${locale}`,
              ...{ code: 'other-kind', data: { locale } },
            }),
      });
    }
  }
}

function kindOf(value: TextValue): string {
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'list' : 'card';
}
