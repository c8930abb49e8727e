// `dudao import FILE`: takes a roster in, whole or not at all, as the office that OFFICE names.
import { writeFile } from 'node:fs/promises';
import { openDatabaseBeside } from '../app/database.ts';
import { appSecret } from '../app/folder.ts';
import { environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { writeRosterSheet } from '../papers/roster/write.ts';
import { createSealer } from '../store/seal.ts';
import { type ImportReport, importRoster } from '../supervision/roster/import.ts';
import { print } from './fault.ts';
import { changeLines } from './roster-changes.ts';
import { isSheet, readRosterFile } from './roster-file.ts';

export async function importFile(
  file: string,
  { dryRun = false, template = false }: { dryRun?: boolean; template?: boolean },
): Promise<void> {
  const config = readConfig(environment());
  if (template) return writeTemplate(file, config.locale);
  const { say } = operatorTexts(config.locale);
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const { roster, notes, say: sayNote } = await readRosterFile(file, config.locale);
  for (const note of notes) print(note);
  const sealer = createSealer(await appSecret(config), 'phone');
  const database = await openDatabaseBeside(config, log);
  try {
    const report = await importRoster(database.store, roster, {
      now: new Date(),
      sealer,
      slug: config.office,
      dryRun,
      locale: config.locale,
    });
    if (dryRun) for (const line of changeLines(report.changes, config.locale)) print(line);
    for (const warning of report.warnings) print(sayNote(warning));
    print(say(dryRun ? 'import.would' : 'import.done', tallies(report)));
  } finally {
    await database.close();
  }
}

/** A spreadsheet to fill in, in the operator's language. */
async function writeTemplate(file: string, locale: 'zh-CN' | 'en'): Promise<void> {
  const { say } = operatorTexts(locale);
  if (!isSheet(file)) throw new AppError('roster.faulty', 'never', { why: 'template-name', file });
  await writeFile(file, await writeRosterSheet(null, locale), { flag: 'wx' }).catch(
    (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EEXIST' ? 'file-there' : 'cannot-write';
      throw new AppError('roster.faulty', 'never', { why, file }, { cause });
    },
  );
  print(say('import.template', { file }));
}

/** What the roster holds now, and how much of it this import changed. */
function tallies({ created, changed, ended, unchanged }: ImportReport): Record<string, number> {
  const standing = (kind: 'area' | 'school' | 'person') => created[kind] + changed[kind] + unchanged[kind];
  return {
    areas: standing('area'),
    schools: standing('school'),
    people: standing('person'),
    created: created.total,
    changed: changed.total,
    ended: ended.total,
  };
}
