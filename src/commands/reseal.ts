// `dudao reseal`: what is sealed under APP_SECRET_BEFORE (or under the secret of the data folder) is sealed under APP_SECRET.
import { join } from 'node:path';
import { openDatabase } from '../app/database.ts';
import { readIfThere } from '../app/folder.ts';
import { environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { reseal as resealAll } from '../store/reseal.ts';
import { print } from './fault.ts';

export async function reseal(): Promise<void> {
  const config = readConfig(environment());
  const kept = (await readIfThere(join(config.dataDir, 'app-secret')))?.trim();
  const before = config.appSecretBefore ?? kept;
  const after = config.appSecret;
  if (!before || !after || before === after)
    throw new AppError('config.unusable', 'never', {
      why: before === after && after ? 'same-secret' : 'which-secret',
    });
  const database = await openDatabase(config, createLog({ level: config.logLevel ?? 'warn', to: 2 }));
  try {
    const { sealed, already } = await resealAll(database.store, before, after);
    print(operatorTexts(config.locale).say('reseal.done', { sealed, already }));
  } finally {
    await database.close();
  }
}
