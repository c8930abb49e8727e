// BullMQ on Redis: the engine of a deployment that has REDIS_URL.
import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { AppError } from '../errors.ts';
import { type Backend, BELL, type BellWorker, type Complain, closeWorkers, within } from './backend.ts';
import type { QueueName } from './kinds.ts';

/** How long anybody's turn may be held up by a Redis that does not answer. */
const COMMAND_MS = 1_000;
/** Braces: all keys of ours lie in one slot of a cluster, which BullMQ needs. */
const PREFIX = '{dudao}';

/** Throws AppError('queue.unusable'): 'never' when Redis is set up wrong, 'later' when it does not answer. */
export async function openRedis(url: string, complain: Complain, prefix = PREFIX): Promise<Backend> {
  // For producers, who would rather know at once: a bell that can't be rung now is rung by the sweep.
  const producer = connect(url, { enableOfflineQueue: false, commandTimeout: COMMAND_MS, lazyConnect: true });
  // For workers, who wait for as long as it takes.
  const consumer = connect(url, { maxRetriesPerRequest: null, lazyConnect: true });
  const copies: Redis[] = [];
  rememberCopies(consumer, copies);
  const hangUp = () => {
    for (const redis of [producer, consumer, ...copies]) redis.disconnect();
  };

  const makeQueue = (name: QueueName) => {
    const queue = new Queue(name, { connection: producer, prefix, defaultJobOptions: BELL });
    queue.on('error', (err) => complain(name, err));
    return queue;
  };
  let queues: Record<QueueName, Queue> | undefined;
  try {
    await within(COMMAND_MS * 3, 'Redis', producer.connect());
    const fault = faultIn(await producer.info());
    if (fault) throw new AppError('queue.unusable', 'never', {}, { message: fault });
    // All of them now: a queue whose first words to Redis fail never speaks to it again.
    queues = {
      urgent: makeQueue('urgent'),
      deliver: makeQueue('deliver'),
      clock: makeQueue('clock'),
      work: makeQueue('work'),
    };
    await within(COMMAND_MS * 3, 'Redis', Promise.all(Object.values(queues).map((q) => q.waitUntilReady())));
  } catch (err) {
    hangUp();
    throw err instanceof AppError ? err : new AppError('queue.unusable', 'later', {}, { cause: err });
  }

  const ready = queues;
  const workers: BellWorker[] = [];
  return {
    engine: 'redis',
    queue: (name) => ready[name],
    async ring(name, bells) {
      // One by one, not `addBulk`: that is a transaction, which fails on a Redis that has lost its scripts with its memory.
      await Promise.all(bells.map((bell) => ready[name].add(bell.name, bell.data, bell.opts)));
    },
    work(name, concurrency, run) {
      const worker = new Worker(name, run, { connection: consumer, prefix, concurrency, maxStalledCount: 3 });
      worker.on('error', (err) => complain(name, err));
      workers.push(worker);
      return worker;
    },
    async ping() {
      await within(COMMAND_MS, 'Redis', producer.ping());
    },
    // ioredis waits longer and longer by itself.
    rest: () => {},
    wake: () => {},
    async close(withinMs) {
      await closeWorkers(workers, withinMs);
      await within(500, 'closing', Promise.all(Object.values(ready).map((q) => q.close()))).catch(() => {});
      hangUp();
    },
  };
}

/** The sentence that says what to set when this Redis is too old or may throw jobs away (bullmq#1046), for start and doctor; or undefined. */
export async function redisFault(url: string): Promise<string | undefined> {
  const redis = connect(url, { lazyConnect: true, enableOfflineQueue: false, commandTimeout: COMMAND_MS });
  try {
    await within(COMMAND_MS * 3, 'Redis', redis.connect());
    return faultIn(await redis.info());
  } catch (err) {
    return `Redis at REDIS_URL does not answer (${err instanceof Error ? err.message.split('\n')[0] : 'no reason given'}).`;
  } finally {
    redis.disconnect();
  }
}

/** BullMQ's scripts want 6.2. */
const OLDEST = [6, 2] as const;

/** From INFO, because hosted servers often forbid CONFIG. */
export function faultIn(info: string): string | undefined {
  const version = /^redis_version:((\d+)\.(\d+)\S*)/m.exec(info);
  const [major, minor] = [Number(version?.[2] ?? OLDEST[0]), Number(version?.[3] ?? OLDEST[1])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    return `Redis at REDIS_URL is version ${version?.[1]} and must be ${OLDEST.join('.')} or later.`;
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
