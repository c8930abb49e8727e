// The door to PostgreSQL: one pool, transactions that plain SQL and Prisma's models share, and one class of "it is away".
import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { asStoreError } from './errors.ts';
import { PrismaClient } from './generated/client.ts';
import { type PoolSettings, StorePool } from './pool.ts';
import { PgTransaction, type Tx } from './transaction.ts';

export type { Tx } from './transaction.ts';

export interface Store {
  pool: pg.Pool;
  /** Models outside a transaction: for reads and for writes of one statement. */
  prisma: PrismaClient;
  /**
   * BEGIN … COMMIT around `work`; whatever it throws rolls back and is thrown on.
   * A connection that is lost is AppError('store.unreachable', 'later'); when that happens during COMMIT the outcome
   * is unknown, so do the work again only under a key that makes a second time harmless.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement by itself; `name` makes it a prepared statement. */
  query<R extends object>(text: string, values?: unknown[], name?: string): Promise<R[]>;
  close(): Promise<void>;
}

/** Makes the pool and Prisma's client. Connects at first use: a process may start while the database is away. */
export async function openStore(settings: PoolSettings): Promise<Store> {
  refuseOtherUrls(settings.url);
  const pool = new StorePool(settings);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }),
    errorFormat: 'minimal', // the longer ones quote the call, and with it names and words of people
  });

  async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    const tx = new PgTransaction(client, prisma);
    try {
      tx.begin();
      const result = await work(tx);
      await tx.commit();
      client.release();
      return result;
    } catch (err) {
      const because = asStoreError(err);
      client.release((await tx.rollback(because)) === 'broken');
      throw because;
    }
  }

  async function query<R extends object>(text: string, values?: unknown[], name?: string): Promise<R[]> {
    try {
      return (await pool.query<R>({ text, values, name })).rows;
    } catch (err) {
      throw asStoreError(err);
    }
  }

  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= prisma.$disconnect().then(() => pool.end());
    return closed;
  };
  return { pool, prisma: sayingItIsAway(prisma), transaction, query, close };
}

/** The same client, whose calls fail with our error when the database is away. */
function sayingItIsAway(prisma: PrismaClient): PrismaClient {
  const extended = prisma.$extends({
    query: {
      $allOperations: ({ args, query }) =>
        query(args).catch((err: unknown) => Promise.reject(asStoreError(err))),
    },
  });
  // An extension of queries leaves the models' types as they were; Prisma types it as a client of another kind.
  return extended as unknown as PrismaClient;
}

/** How many different statements of Prisma are kept prepared on a connection; lists of many lengths make endless ones. */
const PREPARED_AT_MOST = 256;

function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known) return known;
    if (names.size >= PREPARED_AT_MOST) return ''; // not prepared
    const name = `m_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}

function refuseOtherUrls(url: string) {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return;
  throw new AppError(
    'config.unusable',
    'never',
    {},
    { message: 'DATABASE_URL must look like postgresql://user:password@host:5432/database' },
  );
}
