// The one pool of PostgreSQL connections, which can also hand Prisma the connection of a transaction that is already open.
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { asStoreError } from './errors.ts';

export interface PoolSettings {
  url: string;
  /** Most connections at a time; the 17th caller waits. */
  poolSize?: number;
  /** How long to wait for a free or new connection. */
  connectTimeoutMs?: number;
  /** How long one statement may take, in the server and, a little longer, on the wire. */
  statementTimeoutMs?: number;
  applicationName?: string;
}

const POOL_DEFAULTS = { poolSize: 16, connectTimeoutMs: 3_000, statementTimeoutMs: 10_000 };

/** A transaction that stands idle for so long is ended by the server, so that its locks go. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** The server ends a slow statement first; our own limit is for a server that no longer answers at all. */
const WIRE_GRACE_MS = 1_000;

const DATE: number = pg.types.builtins.DATE;
const INT8: number = pg.types.builtins.INT8;

/** `date` as 'YYYY-MM-DD' (never a Date at somebody's midnight), `bigint` as a number: our counts stay below 2^53. */
const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (format !== 'binary') {
      if (oid === DATE) return (text: string) => text;
      if (oid === INT8) return Number;
    }
    return pg.types.getTypeParser(oid, format);
  },
};

/** A connection lent to Prisma once. `client` only looks like a pool's client. */
export interface Loan {
  client: pg.PoolClient;
  taken: boolean;
}

const lending = new AsyncLocalStorage<Loan>();

/** Within `work`, the first connection that is asked of any StorePool is the one in `loan`. */
export function lend<T>(loan: Loan, work: () => T): T {
  return lending.run(loan, work);
}

type ConnectCallback = Parameters<pg.Pool['connect']>[0];

export class StorePool extends pg.Pool {
  constructor(settings: PoolSettings) {
    const { poolSize, connectTimeoutMs, statementTimeoutMs } = { ...POOL_DEFAULTS, ...defined(settings) };
    super({
      connectionString: settings.url,
      application_name: settings.applicationName ?? 'dudao',
      max: poolSize,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: 60_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + WIRE_GRACE_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      keepAlive: true,
      types: columnTypes,
      // Statements may follow each other before the first is answered; their order is kept.
      ...({ pipeline: true } as object), // newer than the driver's types
    });
    // A connection that breaks between two statements says so by an event; unheard, it would end the process.
    // Nothing is lost by ignoring it: the pool drops the connection, and who holds it learns it from the next statement.
    this.on('error', () => {});
    this.on('connect', (client) => client.on('error', () => {}));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: NonNullable<ConnectCallback>): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    const loan = lending.getStore();
    if (loan && !loan.taken) {
      loan.taken = true;
      return Promise.resolve(loan.client);
    }
    return super.connect().catch((err: unknown) => Promise.reject(asStoreError(err)));
  }
}

/** Without the keys that are undefined, so that they do not hide a default. */
function defined<T extends object>(settings: T): Partial<T> {
  // Object.fromEntries forgets the key type; only keys of T are in it.
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
