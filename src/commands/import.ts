// `dudao import FILE`: takes a roster in, whole or not at all, as the office that OFFICE names.
import { openDatabase } from '../app/database.ts';
import { appSecret } from '../app/folder.ts';
import { environment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { createSealer } from '../store/seal.ts';
import { type ImportReport, importRoster } from '../supervision/roster/import.ts';
import { sayRoster } from '../supervision/roster/words.ts';
import { print } from './fault.ts';
import { readRoster } from './roster-file.ts';

export async function importFile(file: string, { dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const config = readConfig(environment());
  const { say } = operatorTexts(config.locale);
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const roster = await readRoster(file, config.locale);
  const sealer = createSealer(await appSecret(config), 'phone');
  const database = await openDatabase(config, log);
  try {
    const report = await importRoster(database.store, roster, {
      now: new Date(),
      sealer,
      slug: config.office,
      dryRun,
    });
    for (const warning of report.warnings) print(sayRoster(warning, config.locale));
    print(say(dryRun ? 'import.would' : 'import.done', tallies(report)));
  } finally {
    await database.close();
  }
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
