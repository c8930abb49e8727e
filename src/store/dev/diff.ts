// `npm run db:diff`: prints the SQL that leads from the migrations to prisma/schema.prisma; `npm run db:diff -- NAME`
// writes it as a new migration. Works offline, on an embedded PostgreSQL in a temporary folder.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../embedded.ts';
import { migrate, migrationsFolder } from '../migrations.ts';
import { diffToSchema } from './schema-engine.ts';

const schemaFile = fileURLToPath(new URL('../../../prisma/schema.prisma', import.meta.url));

/** '2026-11-22T00:30:05.123Z' → '20261122003005', the way Prisma begins a migration's name. */
const stamp = (now: Date) => now.toISOString().replace(/\D/g, '').slice(0, 14);

async function main(name: string | undefined): Promise<void> {
  if (name !== undefined && !/^[a-z0-9_]+$/.test(name)) {
    throw new Error(
      'Name the migration in small letters, digits and underscores, for example: add_campaigns',
    );
  }
  await mkdir(migrationsFolder, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'dudao-diff-'));
  const database = await startEmbedded({ dataDir: folder, log: silent, settings: { fsync: 'off' } });
  try {
    await migrate(database.url);
    const sql = await diffToSchema(database.url, schemaFile);
    if (!sql || !name) return print(sql || '-- The migrations agree with prisma/schema.prisma.');
    const target = join(migrationsFolder, `${stamp(new Date())}_${name}`);
    await mkdir(target);
    await writeFile(join(target, 'migration.sql'), `${sql}\n`);
    print(`Wrote ${join(target, 'migration.sql')}. Read it before you commit it.`);
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const print = (text: string) => void process.stdout.write(`${text}\n`);

await main(process.argv[2]);
