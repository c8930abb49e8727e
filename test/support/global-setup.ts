// One PostgreSQL for a whole test run, with a template database that is migrated once and cloned by test files; and one folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/store/embedded.ts';
import { newId } from '../../src/store/ids.ts';
import { migrate } from '../../src/store/migrations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    database: { url: string; template: string };
    /** A folder for the whole run. */
    folder: string;
  }
}

const log = { info: () => {}, warn: () => {}, error: () => {} };

/** Uses the server at TEST_DATABASE_URL when it is set (its user must be able to create databases). */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL;
  const folder = given ? undefined : await mkdtemp(join(tmpdir(), 'dudao-test-'));
  // The data of a test run is worth nothing, so it need not wait for the disk.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  };
  const server = folder ? await startEmbedded({ dataDir: folder, log, settings }) : undefined;
  const url = given ?? server?.url ?? '';
  const template = `dudao_template_${newId().replaceAll('-', '')}`;
  await administer(url, `CREATE DATABASE ${template}`);
  await migrate(databaseUrl(url, template));
  project.provide('database', { url, template });
  const files = await mkdtemp(join(tmpdir(), 'dudao-test-files-'));
  project.provide('folder', files);

  return async () => {
    if (!server) await dropAll(url, template);
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
    await rm(files, { recursive: true, force: true });
  };
}

/** How the names of a run's databases begin, so that the run can find what its processes left behind. */
export const testDatabases = (template: string): string => `dudao_test_${template.slice(-12)}_`;

async function dropAll(url: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname = $1 OR starts_with(datname::text, $2)',
      [template, testDatabases(template)],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

/** The same server and user, another database. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** One statement on a connection of its own, beside all pools. */
export async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
