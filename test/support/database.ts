// A database of its own for a test file or a test: real PostgreSQL, migrated, empty, gone afterwards.
import { afterAll, expect, inject, onTestFinished } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { administer, databaseUrl } from './global-setup.ts';

export interface TestDatabase {
  url: string;
  store: Store;
  /** Closes the store and drops the database; happens by itself at the end of the file (or of the test, when made in one). */
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
  atTheEnd(drop);
  return { url };
}

async function cloneDatabase(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('database').url;
  const name = `dudao_test_${newId().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: databaseUrl(server, name),
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

function atTheEnd(work: () => Promise<void>): void {
  if (expect.getState().currentTestName) onTestFinished(work);
  else afterAll(work);
}
