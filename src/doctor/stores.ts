// Looks at PostgreSQL, its schema, the roster in it, and Redis, without changing anything.
import { existsSync } from 'node:fs';
import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { putBytes } from '../delivery/files.ts';
import { s3Files } from '../delivery/s3.ts';
import { AppError } from '../errors.ts';
import { redisFault } from '../jobs/redis.ts';
import { runningEmbedded } from '../store/embedded.ts';
import { migrationsFolder } from '../store/migrations.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Finding, fault, ok, skipped } from './check.ts';

/** BullMQ's PostgreSQL backend needs 13. */
const OLDEST_POSTGRES = 130_000;

export interface StoreSettings {
  databaseUrl: string | null;
  dataDir: string;
  office: string;
}

/** The built-in database alone takes some fifty megabytes, and what has no room for its logs stops. */
const LEAST_FREE_MB = 200;

/** Whether the data folder, or the nearest one in which it would be made, can be written, and has room. */
export async function checkFolder(dataDir: string, there = dataDir): Promise<Finding> {
  const found = await stat(there).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const isLast = dirname(there) === there || !/ENOENT|ENOTDIR/.test(found.code ?? '');
    return isLast ? fault('data-dir', 'not-writable', { dataDir }) : checkFolder(dataDir, dirname(there));
  }
  if (!found.isDirectory()) return fault('data-dir', 'no-folder', { dataDir: there });
  const isWritable = await access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return fault('data-dir', 'not-writable', { dataDir: there });
  const { bavail, bsize } = await statfs(there);
  const mb = Math.floor((bavail * bsize) / 1024 / 1024);
  return mb < LEAST_FREE_MB
    ? fault('data-dir', 'full', { dataDir, mb })
    : ok('data-dir', there === dataDir ? 'ok' : 'new', { dataDir });
}

/** Whether it answers, is new enough, has this version’s migrations, and a roster. The embedded one is looked at while it runs, and not started for it. */
export async function checkDatabase(settings: StoreSettings): Promise<Finding[]> {
  const { dataDir } = settings;
  const databaseUrl = settings.databaseUrl ?? (await runningEmbedded(dataDir));
  if (!databaseUrl) {
    const says = existsSync(join(dataDir, 'postgres')) ? 'embedded' : 'embedded-new';
    return [ok('database', says, { dataDir })];
  }
  const store = await openStore({
    url: databaseUrl,
    poolSize: 1,
    connectTimeoutMs: 3_000,
    applicationName: 'dudao-doctor',
  });
  try {
    const rows = await store.query<{ server_version: string; num: number }>(
      `select current_setting('server_version') as server_version, current_setting('server_version_num')::int as num`,
    );
    const { server_version: version = '?', num = 0 } = rows[0] ?? {};
    if (num < OLDEST_POSTGRES) return [fault('database', 'old', { version }), skipped('migrations')];
    const schema = await checkMigrations(store);
    const roster = schema.state === 'ok' ? await checkRoster(store, settings.office) : skipped('roster');
    const database = settings.databaseUrl
      ? ok('database', 'ok', { version })
      : ok('database', 'embedded', { dataDir });
    return [database, schema, roster];
  } catch {
    return [fault('database', 'unreachable'), skipped('migrations'), skipped('roster')];
  } finally {
    await store.close();
  }
}

async function checkMigrations(store: Store): Promise<Finding> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const known = new Set(entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name));
  const [books] = await store.query<{ exists: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as exists`,
  );
  const rows = books?.exists
    ? await store.query<{ name: string }>(
        'select migration_name as name from _prisma_migrations where rolled_back_at is null and finished_at is not null',
      )
    : [];
  const strange = rows.filter(({ name }) => !known.has(name));
  if (strange.length > 0) {
    return fault('migrations', 'unknown', { names: strange.map(({ name }) => name).join(', ') });
  }
  const pending = known.size - rows.length;
  return pending > 0 ? skipped('migrations', 'pending', { count: pending }) : ok('migrations');
}

async function checkRoster(store: Store, slug: string): Promise<Finding> {
  const [count] = await store.query<{ schools: number; people: number }>(
    `select (select count(*) from school s where s.office_id = o.id and s.active) as schools,
            (select count(*) from person p where p.office_id = o.id and p.active) as people
     from office o where o.slug = $1`,
    [slug],
  );
  return count && count.people > 0 ? ok('roster', 'ok', { ...count }) : fault('roster', 'empty');
}

/** Puts a few bytes and reads them back: the bucket, the keys and the right to write are told apart from a store that is away. */
export async function checkFiles(config: Pick<Config, 'dataDir' | 's3'>): Promise<Finding> {
  if (!config.s3) return skipped('files', 'folder', { dataDir: config.dataDir });
  const { bucket } = config.s3;
  try {
    const files = s3Files(config.s3, join(config.dataDir, 'files', 'incoming'));
    const { sha256 } = await putBytes(files, Buffer.from('dudao doctor'), 100);
    const back = await files.get(sha256);
    back?.destroy();
    return back ? ok('files', 'ok', { bucket }) : fault('files', 'lost', { bucket });
  } catch (error) {
    const status = error instanceof AppError ? error.detail.status : undefined;
    if (status === 403) return fault('files', 'refused', { bucket });
    return status === 404
      ? fault('files', 'no-bucket', { bucket })
      : fault('files', 'unreachable', { bucket });
  }
}

/** Whether it answers, and would drop no job. */
export async function checkRedis(url: string | null): Promise<Finding> {
  if (!url) return skipped('redis', 'none');
  const wrong = await redisFault(url);
  if (wrong === undefined) return ok('redis');
  // The sentence names the version or the policy; when it names neither, nothing answered.
  const version = /is version ([\w.]+)/.exec(wrong)?.[1];
  if (version) return fault('redis', 'old', { version });
  const policy = /maxmemory-policy is "([a-z-]+)"/.exec(wrong)?.[1];
  return policy ? fault('redis', 'policy', { policy }) : fault('redis', 'unreachable');
}
