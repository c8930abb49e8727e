// Opens the database that the settings name, or the one that npm brought, and brings it to this version's shape.
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { runningEmbedded, startEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrations.ts';
import { openStore, type Store } from '../store/store.ts';
import { writableFolder } from './folder.ts';

export interface Database {
  url: string;
  store: Store;
  /** Pools first, the embedded server last. */
  close(): Promise<void>;
}

export interface DatabaseSettings {
  databaseUrl: string | null;
  dataDir: string;
  poolSize?: number;
}

/** After a power cut the database may come up a little later than we do. */
const WAIT_FOR_IT_MS = 5_000;

/**
 * Waits a few seconds for a database that is only coming up. Throws `store.unreachable`, `store.migrations`, or
 * `store.folder` for the embedded one.
 */
export async function openDatabase(settings: DatabaseSettings, log: Log): Promise<Database> {
  const embedded = settings.databaseUrl ? null : await startedHere(settings.dataDir, log);
  const url = settings.databaseUrl ?? embedded?.url ?? '';
  try {
    const { applied } = await migratePatiently(url);
    if (applied.length > 0) log.info({ applied }, 'database brought up to date');
    const store = await openStore({ url, poolSize: settings.poolSize, applicationName: 'dudao' });
    const close = async () => {
      await store.close();
      await embedded?.stop();
    };
    return { url, store, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/**
 * As `openDatabase`, for a command that is soon done: where a Dudao of this machine runs the embedded server already, the
 * command uses it along with that one, so that nobody has to stop the bot to look at it or to change its roster.
 */
export async function openDatabaseBeside(settings: DatabaseSettings, log: Log): Promise<Database> {
  const databaseUrl = settings.databaseUrl ?? (await runningEmbedded(settings.dataDir));
  return openDatabase({ ...settings, databaseUrl }, log);
}

async function startedHere(dataDir: string, log: Log) {
  await writableFolder(dataDir);
  return startEmbedded({ dataDir, log });
}

async function migratePatiently(url: string): Promise<{ applied: string[] }> {
  const giveUpAt = performance.now() + WAIT_FOR_IT_MS;
  for (;;) {
    try {
      return await migrate(url);
    } catch (error) {
      const isAway = error instanceof AppError && error.code === 'store.unreachable';
      if (!isAway || performance.now() > giveUpAt) throw error;
      await wait(500);
    }
  }
}
