// BullMQ on PostgreSQL: the engine when there is no Redis. Its tables live in a schema of their own and hold nothing but bells.
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';
import { AppError } from '../errors.ts';
import {
  type Backend,
  BELL,
  type Bell,
  type BellWorker,
  type Complain,
  closeWorkers,
  within,
} from './backend.ts';
import { QUEUES, type QueueName } from './kinds.ts';

const SCHEMA = 'bullmq';
const STATEMENT_MS = 2_000;
/** Each worker keeps one connection to listen on; the rest is shared by what they do with their jobs. */
const WORKER_POOL = Object.keys(QUEUES).length + 4;

/** Throws AppError('queue.unusable', 'later') when the database does not answer. */
export async function openPostgres(databaseUrl: string, complain: Complain): Promise<Backend> {
  const producers = pool(databaseUrl, {
    max: 2,
    connectionTimeoutMillis: STATEMENT_MS,
    query_timeout: STATEMENT_MS,
  });
  const consumers = pool(databaseUrl, { max: WORKER_POOL, connectionTimeoutMillis: 10_000 });
  try {
    // Without a time limit on statements: the first start makes some hundred objects.
    const client = await consumers.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  } catch (err) {
    await Promise.all([producers.end(), consumers.end()]);
    throw new AppError('queue.unusable', 'later', {}, { cause: err });
  }

  const queues = {
    urgent: makeQueue('urgent', producers, complain),
    deliver: makeQueue('deliver', producers, complain),
    clock: makeQueue('clock', producers, complain),
    work: makeQueue('work', producers, complain),
  };
  const workers: BellWorker[] = [];

  return {
    engine: 'postgres',
    queue: (name) => queues[name],
    ring: gathering((name, bells) => queues[name].addBulk(bells)),
    work(name, concurrency, run) {
      const options = { connection: consumers, concurrency, maxStalledCount: 3 };
      const worker = new Worker(name, run, options, createPostgresBackend);
      worker.on('error', (err) => complain(name, err));
      workers.push(worker);
      return worker;
    },
    async ping() {
      await within(STATEMENT_MS, 'PostgreSQL', producers.query('select 1'));
    },
    // BullMQ's workers on PostgreSQL ask again without a pause when they are refused: a third of a core for nothing.
    rest: () => workers.forEach((worker) => void worker.pause(true).catch(() => {})),
    wake: () => workers.forEach((worker) => void worker.resume().catch(() => {})),
    async close(withinMs) {
      await closeWorkers(workers, withinMs);
      await within(500, 'closing', Promise.all(Object.values(queues).map((q) => q.close()))).catch(() => {});
      // A connection that is still lent to a job is given up: `end` would wait for it for ever.
      await within(1_000, 'closing', Promise.all([producers.end(), consumers.end()])).catch(() => {});
    },
  };
}

/** Bells of so many milliseconds go out as one statement with one commit: each commit waits for the disk. */
const GATHER_MS = 15;

function gathering(add: (name: QueueName, bells: Bell[]) => Promise<unknown>): Backend['ring'] {
  const gathered = new Map<QueueName, { bells: Bell[]; sent: Promise<void> }>();
  return (name, bells) => {
    const open = gathered.get(name);
    if (open) {
      open.bells.push(...bells);
      return open.sent;
    }
    const all = [...bells];
    const sent = wait(GATHER_MS).then(async () => {
      gathered.delete(name);
      await add(name, all);
    });
    gathered.set(name, { bells: all, sent });
    return sent;
  };
}

function makeQueue(name: QueueName, connection: pg.Pool, complain: Complain) {
  const queue = new Queue(name, { connection, defaultJobOptions: BELL }, createPostgresBackend);
  queue.on('error', (err) => complain(name, err));
  return queue;
}

function pool(connectionString: string, settings: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({
    connectionString,
    // BullMQ writes names without a schema and leaves the path of a pool that it was given to its owner.
    options: `-c search_path=${SCHEMA}`,
    application_name: 'dudao-queue',
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...settings,
  });
  made.on('error', () => {});
  made.on('connect', (client) => client.on('error', () => {}));
  return made;
}
