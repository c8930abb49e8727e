// `dudao export FILE`: the roster as it stands, in the shape that import takes.
import { writeFile } from 'node:fs/promises';
import { openDatabaseBeside } from '../app/database.ts';
import { appSecret } from '../app/folder.ts';
import { environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { writeRosterSheet } from '../papers/roster/write.ts';
import { createSealer } from '../store/seal.ts';
import { exportRoster } from '../supervision/roster/export.ts';
import { print } from './fault.ts';
import { isSheet } from './roster-file.ts';

/** Whoever is handed the file opens it by its name. */
const NAMES = /\.(xlsx|json)$|^-$/i;

export async function exportFile(file: string): Promise<void> {
  const config = readConfig(environment());
  if (!NAMES.test(file)) throw new AppError('roster.faulty', 'never', { why: 'export-name', file });
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const sealer = createSealer(await appSecret(config), 'phone');
  const database = await openDatabaseBeside(config, log);
  try {
    const roster = await exportRoster(database.store, config.office, { sealer });
    const sheet = isSheet(file) ? await writeRosterSheet(roster, config.locale) : null;
    const text = `${JSON.stringify(roster, null, 1)}\n`;
    if (file === '-') {
      process.stdout.write(text);
      return;
    }
    // It holds phone numbers in clear text.
    await writeFile(file, sheet ?? text, { mode: 0o600 }).catch((cause: unknown) => {
      throw new AppError('roster.faulty', 'never', { why: 'cannot-write', file }, { cause });
    });
    print(operatorTexts(config.locale).say('export.done', { file }));
  } finally {
    await database.close();
  }
}
