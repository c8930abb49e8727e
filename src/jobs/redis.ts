// BullMQ on Redis: the engine of a deployment that has REDIS_URL.
import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { AppError } from '../errors.ts';
import { type Backend, BELL, type BellWorker, type Complain, within } from './backend.ts';
import type { QueueName } from './kinds.ts';

/** How long anybody's turn may be held up by a Redis that does not answer. */
const COMMAND_MS = 1_000;
/** Braces: all keys of ours lie in one slot of a cluster, which BullMQ needs. */
const PREFIX = '{dudao}';

/** Throws AppError('queue.unusable'): 'never' when Redis is set up wrong, 'later' when it does not answer. */
export async function openRedis(url: string, complain: Complain, prefix = PREFIX): Promise<Backend> {
  // For producers, who would rather know at once: a bell that can't be rung now is rung by the sweep.
  const producer = connect(url, { enableOfflineQueue: false, commandTimeout: COMMAND_MS, lazyConnect: true });
  try {
    await within(COMMAND_MS * 3, 'Redis', producer.connect());
    const fault = policyFault(await producer.info('memory'));
    if (fault) throw new AppError('queue.unusable', 'never', {}, { message: fault });
  } catch (err) {
    producer.disconnect();
    throw err instanceof AppError ? err : new AppError('queue.unusable', 'later', {}, { cause: err });
  }

  // For workers, who wait for as long as it takes.
  const consumer = connect(url, { maxRetriesPerRequest: null });
  const copies: Redis[] = [];
  rememberCopies(consumer, copies);

  const queues = new Map<QueueName, Queue>();
  const workers: BellWorker[] = [];
  const queue = (name: QueueName) => {
    const known = queues.get(name);
    if (known) return known;
    const made = new Queue(name, { connection: producer, prefix, defaultJobOptions: BELL });
    made.on('error', (err) => complain(name, err));
    queues.set(name, made);
    return made;
  };

  return {
    engine: 'redis',
    queue,
    work(name, concurrency, run) {
      const worker = new Worker(name, run, { connection: consumer, prefix, concurrency, maxStalledCount: 3 });
      worker.on('error', (err) => complain(name, err));
      workers.push(worker);
      return worker;
    },
    async ping() {
      await within(COMMAND_MS, 'Redis', producer.ping());
    },
    async close(withinMs) {
      // `close` of BullMQ waits for running jobs and then says QUIT, both without a limit of their own.
      await within(withinMs, 'closing', Promise.all(workers.map((w) => w.close()))).catch(() => {});
      await within(500, 'closing', Promise.all([...queues.values()].map((q) => q.close()))).catch(() => {});
      for (const redis of [producer, consumer, ...copies]) redis.disconnect();
    },
  };
}

/** The sentence that says what to set when this Redis may throw jobs away (bullmq#1046), for start and doctor; or undefined. */
export async function redisFault(url: string): Promise<string | undefined> {
  const redis = connect(url, { lazyConnect: true, enableOfflineQueue: false, commandTimeout: COMMAND_MS });
  try {
    await within(COMMAND_MS * 3, 'Redis', redis.connect());
    return policyFault(await redis.info('memory'));
  } catch (err) {
    return `Redis at REDIS_URL does not answer (${err instanceof Error ? err.message.split('\n')[0] : 'no reason given'}).`;
  } finally {
    redis.disconnect();
  }
}

/** From INFO, because hosted servers often forbid CONFIG. */
function policyFault(info: string): string | undefined {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined || policy === 'noeviction') return undefined;
  return (
    `Redis at REDIS_URL may drop jobs when its memory is full: its maxmemory-policy is "${policy}" and must be "noeviction". ` +
    'Set it with `redis-cli CONFIG SET maxmemory-policy noeviction` and the same line in redis.conf.'
  );
}

function connect(url: string, options: RedisOptions): Redis {
  const redis = new Redis(url, {
    connectTimeout: 3_000,
    retryStrategy: (times) => Math.min(100 * 2 ** times, 2_000),
    ...options,
  });
  redis.on('error', () => {}); // BullMQ's own listeners tell; unheard, an error event would end the process
  return redis;
}

/** BullMQ makes itself a copy for each worker's blocking read; one that hangs could only be ended by who knows it. */
function rememberCopies(redis: Redis, copies: Redis[]) {
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const copy = duplicate(override);
    copy.on('error', () => {});
    copies.push(copy);
    return copy;
  };
}
