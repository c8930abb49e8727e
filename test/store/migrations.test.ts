// Migrations: applied once whoever starts first, refused when files and database do not belong together, and no drift.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { diffToSchema } from '../../src/store/dev/schema-engine.ts';
import { migrate, migrationsFolder } from '../../src/store/migrations.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';

async function folderWith(migrations: Record<string, string>): Promise<string> {
  const folder = testFolder();
  for (const [name, sql] of Object.entries(migrations)) await add(folder, name, sql);
  return folder;
}

async function add(folder: string, name: string, sql: string) {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('the migrations lead to prisma/schema.prisma, to the last index', async () => {
  const { url } = await freshDatabase();
  expect(await diffToSchema(url, 'prisma/schema.prisma')).toBe('');
});

test('the check would notice a drift', async () => {
  const { url } = await freshDatabase();
  await query(url, 'ALTER TABLE tick ADD COLUMN extra text');
  expect(await diffToSchema(url, 'prisma/schema.prisma')).toMatch(/DROP COLUMN "extra"/);
});

test('several processes at once: each migration is applied by one of them', async () => {
  const { url } = await emptyDatabase();
  const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
  const applied = runs.flatMap((run) => run.applied);
  expect(new Set(applied).size).toBe(applied.length);
  expect(applied.length).toBeGreaterThan(0);
  expect((await migrate(url)).applied).toEqual([]);
});

test('the books are as Prisma keeps them', async () => {
  const { url } = await emptyDatabase();
  const folder = await folderWith({ '1_a': 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);' });
  await migrate(url, folder);
  const rows = await query<Record<string, unknown>>(url, 'SELECT * FROM _prisma_migrations');
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: '6a68a1f76c436c8f27680f6287b5eefa4e326c220eb9c5d75b44fb58f880955f',
      finished_at: expect.any(Date),
      migration_name: '1_a',
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      applied_steps_count: 1,
    },
  ]);
});

test('a migration that fails leaves nothing, names itself, and can be mended', async () => {
  const { url } = await emptyDatabase();
  const folder = await folderWith({
    '1_good': 'CREATE TABLE good (id int)',
    '2_bad': 'CREATE TABLE half (id int); SELECT nonsense',
  });
  await expect(migrate(url, folder)).rejects.toMatchObject({
    code: 'store.migrations',
    message: /2_bad.*nonsense/,
  });
  expect(await query(url, `SELECT to_regclass('half') AS half, to_regclass('good')::text AS good`)).toEqual([
    { half: null, good: 'good' },
  ]);
  await add(folder, '2_bad', 'CREATE TABLE half (id int)');
  expect(await migrate(url, folder)).toEqual({ applied: ['2_bad'] });
});

test('a changed file is refused by name; other line ends are not a change', async () => {
  const { url } = await emptyDatabase();
  const folder = await folderWith({ '1_a': 'CREATE TABLE a (id int);\n' });
  await migrate(url, folder);
  await add(folder, '1_a', 'CREATE TABLE a (id int);\r\n');
  expect(await migrate(url, folder)).toEqual({ applied: [] });
  await add(folder, '1_a', 'CREATE TABLE a (id bigint);\n');
  await expect(migrate(url, folder)).rejects.toThrow(/1_a was changed after it was applied/);
});

test('a database of a newer version is refused', async () => {
  const { url } = await emptyDatabase();
  const newer = await folderWith({});
  await cp(migrationsFolder, newer, { recursive: true });
  await add(newer, '99999999999999_future', 'CREATE TABLE future (id int)');
  await migrate(url, newer);
  await expect(migrate(url)).rejects.toThrow(
    /99999999999999_future, which this version of Dudao does not know/,
  );
});

test('one left half done by another tool is refused, one it rolled back is not counted', async () => {
  const { url } = await emptyDatabase();
  const folder = await folderWith({ '1_a': 'CREATE TABLE a (id int)' });
  await migrate(url, await folderWith({}));
  await query(url, `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '1_a')`);
  await expect(migrate(url, folder)).rejects.toThrow(/1_a was begun by another tool/);
  await query(url, 'UPDATE _prisma_migrations SET rolled_back_at = now()');
  expect(await migrate(url, folder)).toEqual({ applied: ['1_a'] });
});

test('a database that is away is "later", and a folder that is not there has a sentence', async () => {
  await expect(migrate('postgresql://dudao@127.0.0.1:1/dudao')).rejects.toMatchObject({
    code: 'store.unreachable',
  });
  const { url } = await emptyDatabase();
  await expect(migrate(url, '/nowhere/at/all')).rejects.toThrow(/cannot be read/);
});
