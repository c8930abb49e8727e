// Classes what PostgreSQL, its driver and Prisma throw, once, so that nobody else reads error codes of theirs.
import { AppError } from '../errors.ts';

/** Errors of the socket: the database was not reached, or went away. */
const SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // a Unix socket that is not there
]);

/**
 * SQLSTATEs that say "not now": the server is going or coming (57P), is full (53), lost its disk (58), reads only (25006),
 * ended our idle transaction (25P03), or does not let us in as it is set up at the moment (28, 3D000; 55000: the database takes no
 * connections, as while an administrator works on it).
 */
const NOT_NOW = /^(08...|53...|57P0.|58...|28...|3D000|55000|25006|25P03)$/;

/** The driver says these in words only. */
const DRIVER_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|timeout expired|Received unexpected|terminating connection)/;

/** Prisma: cannot reach, timed out, closed, no connection free, too many connections. */
const PRISMA_NOT_NOW = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1003',
  'P1008',
  'P1010',
  'P1011',
  'P1017',
  'P2024',
  'P2037',
]);

interface Shape {
  code?: unknown;
  message?: unknown;
  errors?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
}

const shapeOf = (err: unknown): Shape => (typeof err === 'object' && err !== null ? (err as Shape) : {}); // read as unknowns only

/** The reason why the database could not do it now, or undefined when it did answer. */
function absence(err: unknown): string | undefined {
  const { code, message, errors, meta } = shapeOf(err);
  const original = meta?.driverAdapterError?.cause?.originalCode;
  for (const known of [code, original]) {
    if (typeof known !== 'string') continue;
    if (known === 'store.unreachable') return 'connection'; // ours, rewrapped by Prisma on its way through a transaction
    if (SOCKET.has(known) || PRISMA_NOT_NOW.has(known)) return known;
    if (known.length === 5 && NOT_NOW.test(known)) return known;
  }
  if (typeof message === 'string' && DRIVER_WORDS.test(message)) return 'connection';
  // A host name with several addresses fails with one error for each of them.
  return Array.isArray(errors) ? errors.map(absence).find(Boolean) : undefined;
}

/** True when the database is away, going, full or silent: the same work may succeed later. */
export function isUnreachable(err: unknown): boolean {
  if (err instanceof AppError) return err.code === 'store.unreachable';
  return absence(err) !== undefined;
}

/** Turns "the database is away" into AppError('store.unreachable', 'later'); any other error is returned as it is. */
export function asStoreError(err: unknown): unknown {
  if (err instanceof AppError) return err;
  const reason = absence(err);
  return reason ? new AppError('store.unreachable', 'later', { reason }, { cause: err }) : err;
}
