// Brings a database to the shape this version of the code wants. Prisma's own runner needs a downloaded engine; this one
// keeps the same books (`_prisma_migrations`, checksums, advisory lock), so both may be used on one database.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { v4 } from 'uuid';
import { AppError } from '../errors.ts';
import { asStoreError } from './errors.ts';

/** Where the migrations of this package lie, seen from `src/store` and from `dist/store` alike. */
export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** The number that Prisma locks as well, so that its command line and we never work at the same time. */
const LOCK = 72707369;
/** How long to wait for another process that is migrating. */
const LOCK_WAIT_MS = 120_000;

/** As Prisma makes it, to the letter. */
const BOOKS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  sql: string;
}

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies what is missing, in order, each migration in a transaction of its own (so none may hold a statement that
 * refuses one, such as CREATE INDEX CONCURRENTLY). Harmless when several processes start at once: the lock lets one
 * through, the others find the work done. Throws AppError('store.migrations') with a sentence when the database and
 * the files do not belong together.
 */
export async function migrate(
  database: pg.Pool | string,
  folder: string = migrationsFolder,
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const url = typeof database === 'string' ? database : undefined;
  // A connection of its own without time limits: a migration may take its time.
  const client = new pg.Client(
    url ? { connectionString: url } : withoutTimeouts((database as pg.Pool).options),
  );
  client.on('error', () => {});
  const applied: string[] = [];
  try {
    await client.connect();
    await client.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
    for (let name = await step(client, migrations); name; name = await step(client, migrations))
      applied.push(name);
    return { applied };
  } catch (err) {
    throw asStoreError(err);
  } finally {
    await client.end().catch(() => {});
  }
}

function withoutTimeouts(options: pg.PoolOptions): pg.ClientConfig {
  return {
    ...options,
    statement_timeout: false,
    query_timeout: undefined,
    idle_in_transaction_session_timeout: 0,
  };
}

/** Applies the next migration that is missing and returns its name; undefined when there is none. */
async function step(client: pg.Client, migrations: Migration[]): Promise<string | undefined> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(BOOKS);
    const { rows } = await client.query<Applied>(
      `SELECT migration_name, checksum, finished_at FROM _prisma_migrations
        WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    );
    compare(migrations, rows);
    const next = migrations.find(({ name }) => !rows.some((row) => row.migration_name === name));
    if (next) await apply(client, next);
    await client.query('COMMIT');
    return next?.name;
  } catch (err) {
    await client.query('ROLLBACK').catch(() => {});
    throw err;
  }
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query(sql);
  } catch (err) {
    const known = asStoreError(err);
    if (known instanceof AppError) throw known;
    const why = err instanceof Error ? err.message : String(err);
    throw refusal(`Migration ${name} failed and nothing of it was kept: ${why}`, { migration: name }, err);
  }
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
    [v4(), checksum(sql), name],
  );
}

/** Refuses what Prisma refuses: a file that changed after it was applied, one that is gone, one that was left half done. */
function compare(migrations: Migration[], applied: Applied[]): void {
  for (const { migration_name: name, checksum: recorded, finished_at } of applied) {
    const file = migrations.find((migration) => migration.name === name);
    if (!file) {
      throw refusal(
        `The database has migration ${name}, which this version of Dudao does not know. Start the newer version, or restore a backup from before it.`,
        { migration: name },
      );
    }
    if (finished_at === null) {
      throw refusal(
        `Migration ${name} was begun by another tool and not finished. Mend the database, then delete its row in _prisma_migrations or run "prisma migrate resolve".`,
        { migration: name },
      );
    }
    if (!possibleChecksums(file.sql).includes(recorded)) {
      throw refusal(
        `Migration ${name} was changed after it was applied to this database. Restore the file and put the change into a new migration.`,
        { migration: name },
      );
    }
  }
}

function refusal(message: string, detail: Record<string, unknown>, cause?: unknown): AppError {
  return new AppError('store.migrations', 'never', detail, { message, cause });
}

const checksum = (text: string) => createHash('sha256').update(text).digest('hex');

/** Git may have turned the line ends of a checkout; Prisma accepts that, and so do we. */
function possibleChecksums(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n');
  return [checksum(sql), checksum(unix), checksum(unix.replaceAll('\n', '\r\n'))];
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw refusal(`The folder of migrations ${folder} cannot be read.`, {}, cause);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') })),
  );
}
