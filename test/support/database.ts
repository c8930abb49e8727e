// A database of its own for a test file or a test: real PostgreSQL, migrated, empty, gone afterwards.
import { afterAll, inject, onTestFinished, TestRunner } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { openStore, type Store, type Tx } from '../../src/store/store.ts';
import { administer, databaseUrl, testDatabases } from './global-setup.ts';

export interface TestDatabase {
  url: string;
  store: Store;
  /** Closes the store; happens by itself at the end of the file (or of the test, when made in one). The database goes a little later. */
  drop(): Promise<void>;
}

/** Call it at the top of a test file (`const { store } = await freshDatabase()`) or inside a test. */
export async function freshDatabase({ poolSize = 8 }: { poolSize?: number } = {}): Promise<TestDatabase> {
  const { url, drop } = await cloneDatabase(inject('database').template);
  const store = await openStore({ url, poolSize, applicationName: 'dudao-test' });
  let dropped: Promise<void> | undefined;
  const dropOnce = () => {
    dropped ??= store.close().then(drop);
    return dropped;
  };
  atTheEnd(dropOnce);
  return { url, store, drop: dropOnce };
}

/** A database without our tables, for those who test the making of them. */
export async function emptyDatabase(): Promise<{ url: string }> {
  const { url, drop } = await cloneDatabase('template0');
  atTheEnd(async () => drop());
  return { url };
}

/**
 * As TRUNCATE does it (whoever writes there is waited for, and what refers to each other goes together), for tables of few
 * rows: these are gone in a few milliseconds, while to make thirty tables' files anew takes half a second.
 */
export async function emptyTables(tx: Tx, tables: readonly string[]): Promise<void> {
  await tx.sql(`lock table ${tables.join(', ')} in access exclusive mode`);
  const gone = tables.map((table) => `gone_${table} as (delete from ${table})`);
  await tx.sql(`with ${gone.join(', ')} select 1`);
}

/** All offices, and with them all that refers to them. */
export async function emptyOffices(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const tables = await tx.sql<{ name: string }>(
      `with recursive theirs as (
         select 'office'::regclass as t union
         select c.conrelid from pg_constraint c join theirs on c.confrelid = theirs.t where c.contype = 'f')
       select t::regclass::text as name from theirs`,
    );
    await emptyTables(
      tx,
      tables.map(({ name }) => name),
    );
  });
}

async function cloneDatabase(template: string): Promise<{ url: string; drop(): void }> {
  const server = inject('database').url;
  const name = `${testDatabases(inject('database').template)}${newId().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: databaseUrl(server, name),
    // Nobody waits for it, for the server may take a tenth of a second; what a test process leaves behind goes at the end of the run.
    drop: () => void administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {}),
  };
}

function atTheEnd(work: () => Promise<void>): void {
  // Not by the state of `expect`, which remembers the last test of the file before.
  if (TestRunner.getCurrentTest()) onTestFinished(work);
  else afterAll(work);
}
