// What the engine needs of a store for queues. Redis and PostgreSQL each give one, and nothing else knows which it is.
import type { Job, JobSchedulerTemplateOptions, JobsOptions } from 'bullmq';
import type { QueueName } from './kinds.ts';

export type EngineName = 'redis' | 'postgres';

/** The part of BullMQ's Queue that we use, without the types of a particular store. */
export interface BellQueue {
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: object; opts?: JobSchedulerTemplateOptions },
  ): Promise<unknown>;
  getJobCounts(...types: ('waiting' | 'active' | 'delayed' | 'failed')[]): Promise<Record<string, number>>;
}

/** The part of BullMQ's Worker that we use. */
export interface BellWorker {
  pause(doNotWaitActive?: boolean): Promise<void>;
  resume(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

/**
 * Lets running jobs end, no longer than `withinMs`, and then closes whatever they do. BullMQ's own `close` waits
 * without a limit, and a second call of it, by force, would only wait for the first.
 */
export async function closeWorkers(workers: readonly BellWorker[], withinMs: number): Promise<void> {
  await within(withinMs, 'closing', Promise.all(workers.map((w) => w.pause()))).catch(() => {});
  await within(1_000, 'closing', Promise.all(workers.map((w) => w.close(true)))).catch(() => {});
}

export type Process = (job: Pick<Job, 'name' | 'data'>) => Promise<void>;
export type Complain = (queue: QueueName, err: Error) => void;

/** One job as it is put on a queue. */
export interface Bell {
  name: string;
  data: object;
  opts: JobsOptions;
}

/** Connections to one store, made for one life: after a long illness it is thrown away and made anew. */
export interface Backend {
  readonly engine: EngineName;
  queue(name: QueueName): BellQueue;
  /** Resolves when the store has them all. */
  ring(name: QueueName, bells: Bell[]): Promise<void>;
  /** At most one for each queue. */
  work(name: QueueName, concurrency: number, run: Process): BellWorker;
  /** Throws when the store does not answer, or not soon. */
  ping(): Promise<void>;
  /** While the store is away its workers ask for nothing; `wake` sets them to work again. */
  rest(): void;
  wake(): void;
  /** Closes what it opened, in the given time whatever happens; unfinished jobs come back by themselves. */
  close(withinMs: number): Promise<void>;
}

/** A job that stands in nobody's way after it is over; the truth about the work is in PostgreSQL. */
export const BELL: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: { age: 7 * 86_400, count: 1_000 },
  backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
};

/** A wait is counted in so many parts, each once however long it took: a process that stood still itself heard nobody's answer. */
const PARTS = 10;

/**
 * Rejects when `work` has not ended in so many milliseconds in which this process was awake: what holds up all of it (a
 * machine with too much to do, a long reading) is not held against others. The work itself goes on; its end is then nobody's concern.
 */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  work.catch(() => {}); // may fail after nobody waits for it any more
  const late = new Promise<never>((_, reject) => {
    let left = PARTS;
    timer = setInterval(() => {
      left -= 1;
      if (left === 0) reject(new Error(`${what}: no answer within ${ms} ms`));
    }, ms / PARTS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearInterval(timer);
  }
}
