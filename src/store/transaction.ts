// One transaction on one connection, spoken to in plain SQL and, from the first `db()` on, through Prisma's models as well.
import type pg from 'pg';
import { asStoreError, isUnreachable } from './errors.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { type Loan, lend } from './pool.ts';

export interface Tx {
  /** Plain SQL on this transaction's connection; `name` makes it a prepared statement (one text per name, always). */
  sql<R extends object>(text: string, values?: unknown[], name?: string): Promise<R[]>;
  /**
   * The last statement: sent with the COMMIT, in one packet, when the transaction's work has ended. Its failure fails the
   * transaction. One only; for the hot path, where each journey to the server counts.
   */
  last(text: string, values?: unknown[], name?: string): void;
  /** A place to go back to with `backTo` when a part of the work is refused; sent with the next statement, in one packet. */
  mark(name: string): void;
  /** Undoes what was done since `mark(name)`, and nothing before it. */
  backTo(name: string): Promise<void>;
  /** Prisma's models on this same transaction (same connection, same BEGIN/COMMIT); opened at first use. */
  db(): Promise<Prisma.TransactionClient>;
}

/**
 * Keeps what is sent to the server in this process until the returned function is called, so that several statements
 * make one packet: on a small machine half of a turn's time is the way there and back.
 */
function holdBack(client: pg.PoolClient): () => void {
  // Not in the driver's types; a client without a socket of this shape simply sends at once.
  const stream = (client as unknown as { connection?: { stream?: { cork?(): void; uncork?(): void } } })
    .connection?.stream;
  stream?.cork?.();
  return () => stream?.uncork?.();
}

/** How long one transaction with models may stay open; the server ends an idle one sooner. */
const MODELS_OPEN_MS = 120_000;

/** What Prisma gets for the statements it must not decide about. */
const NOTHING = { command: '', rowCount: 0, oid: 0, rows: [], fields: [] };

class LeftOpen extends Error {}

export class PgTransaction implements Tx {
  readonly #client: pg.PoolClient;
  readonly #prisma: PrismaClient;
  #last: pg.QueryConfig | undefined;
  /** Lets go the BEGIN or the mark that waits for the statement after it. */
  #held: (() => void) | undefined;
  #ended = false;
  /** Prisma rolled back by itself (its time ran out): nothing of this transaction may be committed. */
  #doomed = false;
  #models: Promise<Prisma.TransactionClient> | undefined;
  #modelsDone: Promise<void> | undefined;
  #endModels: (outcome: 'commit' | 'rollback') => void = () => {};

  constructor(client: pg.PoolClient, prisma: PrismaClient) {
    this.#client = client;
    this.#prisma = prisma;
  }

  async sql<R extends object>(text: string, values?: unknown[], name?: string): Promise<R[]> {
    this.#refuseAfterEnd();
    const result = await this.#run<R>({ text, values, name });
    return result.rows;
  }

  db(): Promise<Prisma.TransactionClient> {
    this.#models ??= this.#openModels();
    return this.#models;
  }

  last(text: string, values?: unknown[], name?: string): void {
    this.#refuseAfterEnd();
    if (this.#last) throw new Error('A transaction has one last statement');
    this.#last = { text, values, name };
  }

  /** Goes out with the first statement, in one packet; if it fails, so does that. */
  begin(): void {
    this.#sendWithNext('BEGIN');
  }

  mark(name: string): void {
    this.#refuseAfterEnd();
    this.#sendWithNext(`savepoint ${name}`);
  }

  async backTo(name: string): Promise<void> {
    this.#refuseAfterEnd();
    await this.#run({ text: `rollback to savepoint ${name}` });
  }

  #sendWithNext(text: string): void {
    this.#held?.();
    this.#held = holdBack(this.#client);
    this.#run({ text }, 'held').catch(() => {}); // the statement after it fails too, and is the one that tells
  }

  /** Ends the models first, so that what they still send comes before the COMMIT. */
  async commit(): Promise<void> {
    await this.#closeModels('commit');
    this.#ended = true;
    if (this.#doomed) throw new Error('The transaction stood open for too long and was rolled back');
    const release = holdBack(this.#client);
    const last = this.#last ? this.#run(this.#last) : undefined;
    const committed = this.#run({ text: 'COMMIT' });
    release();
    committed.catch(() => {}); // when the last statement failed, that is what is told
    await last;
    const { command } = await committed;
    // After a failed statement that nobody passed on, PostgreSQL answers COMMIT with ROLLBACK, and no error.
    if (command !== 'COMMIT') throw new Error('A statement of this transaction failed; it was rolled back');
  }

  /** Undoes everything and never throws; says whether the connection may be used again. */
  async rollback(because: unknown): Promise<'usable' | 'broken'> {
    await this.#closeModels('rollback').catch(() => {});
    this.#ended = true;
    if (isUnreachable(because)) return 'broken'; // a silent server would let us wait for the ROLLBACK too
    return this.#run({ text: 'ROLLBACK' }).then(
      () => 'usable',
      () => 'broken',
    );
  }

  /** The driver keeps the order, also of what is sent before the answer to the statement before it has come. */
  #run<R extends object>(query: pg.QueryConfig, and?: 'held'): Promise<pg.QueryResult<R>> {
    const result = this.#client.query<R>(query);
    if (!and) {
      this.#held?.();
      this.#held = undefined;
    }
    return result.catch((err: unknown) => Promise.reject(asStoreError(err)));
  }

  #refuseAfterEnd() {
    if (this.#ended) throw new Error('This transaction has ended; something was not awaited inside it');
  }

  #openModels(): Promise<Prisma.TransactionClient> {
    return new Promise((resolve, reject) => {
      const outcome = new Promise<'commit' | 'rollback'>((end) => {
        this.#endModels = end;
      });
      const opened = lend(this.#loan(), () =>
        this.#prisma.$transaction(
          async (models) => {
            resolve(models);
            if ((await outcome) === 'rollback') throw new LeftOpen();
          },
          { maxWait: MODELS_OPEN_MS, timeout: MODELS_OPEN_MS },
        ),
      );
      this.#modelsDone = opened;
      opened.catch(reject);
    });
  }

  async #closeModels(outcome: 'commit' | 'rollback'): Promise<void> {
    if (!this.#modelsDone) return;
    this.#endModels(outcome);
    await this.#modelsDone.catch((err: unknown) => {
      if (!(err instanceof LeftOpen)) throw err;
    });
  }

  /** This connection, dressed so that Prisma can neither begin, nor end, nor release it. */
  #loan(): Loan {
    const query = async (config: pg.QueryConfig) => {
      const verb = config.text.slice(0, 12).trim().toUpperCase();
      if (verb === 'BEGIN' || verb === 'COMMIT') return NOTHING;
      if (verb === 'ROLLBACK') {
        this.#doomed = true;
        return NOTHING;
      }
      this.#refuseAfterEnd();
      return this.#run(config);
    };
    const nothing = () => {};
    // The adapter uses these four members of a pool's client and no other.
    const client = {
      query,
      on: nothing,
      removeListener: nothing,
      release: nothing,
    } as unknown as pg.PoolClient;
    return { client, taken: false };
  }
}
