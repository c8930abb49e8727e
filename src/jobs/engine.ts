// The one door to queues. It rings bells, runs handlers, keeps the clock going, and goes on in this process while the queue's store is away.
import { UnrecoverableError } from 'bullmq';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Backend, type EngineName, within } from './backend.ts';
import { bellOptions, type RingOptions } from './bells.ts';
import { checkHandlers, type Handler } from './handlers.ts';
import { type AnyKind, type JobKind, KINDS, QUEUES, type QueueName } from './kinds.ts';
import { localRunner } from './local.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import type { Ticks } from './ticks.ts';
import { keepWatch, type WatchTiming } from './watch.ts';

export interface JobsSettings {
  /** Given: BullMQ on this Redis. Not given: BullMQ's PostgreSQL backend on `databaseUrl`. */
  redisUrl?: string | null;
  databaseUrl: string;
  ticks: Ticks;
  log: Log;
  /**
   * Done in this process at once when it works anyway and has hands free, without going round by the queue: for work
   * that another process may find half done, since the sweep rings for what a death left.
   */
  near?: readonly AnyKind[];
  /** All below are for tests, which have less time and share a Redis. */
  kinds?: readonly AnyKind[];
  timing?: Partial<WatchTiming>;
  prefix?: string;
}

export interface QueueHealth {
  engine: EngineName;
  /** False: the queue's store is away, and this process does the work by itself. */
  reachable: boolean;
  /** Per scheduled kind, when it last ran to its end; `ageMs` null: never, or the database is away. */
  ticks: { kind: string; everyMs: number; ageMs: number | null; late: boolean }[];
  /** Jobs that wait, run or are delayed, per queue; null while the store is away. */
  depth: Record<QueueName, number> | null;
}

export interface Jobs {
  /**
   * Asks for a job, after the commit that made it needful. Never throws, and takes a second at most.
   * False: the queue's store is away; the job runs in this process if `start` was called, and the sweep knows of it anyway.
   */
  ring<T extends object>(kind: JobKind<T>, data: T, options?: RingOptions): Promise<boolean>;
  /** Many of one kind in one go; the same promise. */
  ringAll<T extends object>(kind: JobKind<T>, data: readonly T[], options?: RingOptions): Promise<boolean>;
  /**
   * Starts to work. Throws AppError('queue.unusable') with all faults unless every kind has exactly one handler.
   * `consume: false`: this process takes no jobs from the queue, and works only while the store is away.
   */
  start(handlers: readonly Handler[], options?: { consume?: boolean }): Promise<void>;
  health(): Promise<QueueHealth>;
  /** Waits for running jobs, no longer than `withinMs` (8 s); then everything of its own is closed. */
  close(withinMs?: number): Promise<void>;
}

const RING_MS = 1_000;
const LOCAL_AT_ONCE = 8;
/** With more than this waiting here, the queue carries the rest to whoever has time. */
const NEAR_LINE = 64;

/**
 * Throws AppError('queue.unusable', 'never') when Redis is set up so that it may lose jobs.
 * A store that is merely away is no reason not to start: it is tried again every few seconds.
 */
export async function openJobs(settings: JobsSettings): Promise<Jobs> {
  const { log, ticks } = settings;
  const kinds = settings.kinds ?? KINDS;
  const local = localRunner(LOCAL_AT_ONCE);
  // A danger has hands of its own here too: a line of ordinary work may be long, and the queue's store slow with it.
  const urgent = localRunner(LOCAL_AT_ONCE);
  const isUrgent = (name: string) => kinds.some((kind) => kind.name === name && kind.queue === 'urgent');
  let handlers: ReadonlyMap<string, Handler> | undefined;
  let consume = true;
  let closed = false;
  let backend: Backend | undefined;
  let complainedAt = 0;

  const complain = (queue: string, err: Error) => {
    // A store that is away says so many times a second.
    if (closed || Date.now() - complainedAt < 10_000) return;
    complainedAt = Date.now();
    log.warn({ queue, err }, 'the queue complains');
  };
  const open = () =>
    settings.redisUrl
      ? openRedis(settings.redisUrl, complain, settings.prefix)
      : openPostgres(settings.databaseUrl, complain);

  /** One job, in a worker or in this process. Its error is logged here, for nobody else reads it. */
  async function run(name: string, data: unknown): Promise<void> {
    const handler = handlers?.get(name);
    if (!handler) throw new UnrecoverableError(`${name}: no handler`);
    try {
      await handler.run(data);
      if (handler.kind.everyMs) await ticks.record(name);
    } catch (err) {
      log.error({ kind: name, err }, 'a job failed');
      if (err instanceof AppError && err.code === 'store.unreachable') watch.missed();
      if (err instanceof AppError && err.retry === 'never') throw new UnrecoverableError(err.code);
      throw err;
    }
  }

  function runHere(name: string, about: string, data: unknown, delayMs = 0) {
    if (!handlers?.has(name)) return;
    (isUrgent(name) ? urgent : local).run(`${name}-${about}`, () => run(name, data).catch(() => {}), delayMs);
  }

  /** A delayed bell makes others needless, and a lost one may ask for another process: both are the queue's. */
  function isNear({ name }: AnyKind, { delayMs = 0, lost = false }: RingOptions): boolean {
    if (isUrgent(name)) return handlers !== undefined && consume && delayMs === 0;
    const isOurs = settings.near?.some((kind) => kind.name === name) ?? false;
    return isOurs && handlers !== undefined && consume && delayMs === 0 && !lost;
  }

  function setToWork(on: Backend) {
    if (!handlers || !consume) return;
    for (const queue of new Set(kinds.map((k) => k.queue)))
      on.work(queue, QUEUES[queue].concurrency, (job) => run(job.name, job.data));
  }

  const watch = keepWatch({
    kinds: kinds.filter((k) => k.everyMs !== undefined),
    timing: settings.timing,
    ticks,
    log,
    backend: () => backend,
    async reopen() {
      const old = backend;
      backend = undefined;
      await old?.close(1_000);
      const made = await open();
      if (closed) return made.close(0);
      backend = made;
      setToWork(made);
    },
    runHere: (kind) => runHere(kind.name, 'all', {}),
  });

  async function ringAll<T extends object>(kind: JobKind<T>, all: readonly T[], options: RingOptions = {}) {
    if (all.length === 0 || closed) return !closed;
    if (isNear(kind, options) && (isUrgent(kind.name) || local.waiting() + all.length <= NEAR_LINE)) {
      for (const data of all) runHere(kind.name, kind.about(data), data);
      return true;
    }
    if (backend && watch.reachable()) {
      const bells = all.map((data) => ({ name: kind.name, data, opts: bellOptions(kind, data, options) }));
      try {
        await within(RING_MS, 'ringing', backend.ring(kind.queue, bells));
        return true;
      } catch (err) {
        watch.doubt(err);
      }
    }
    for (const data of all) runHere(kind.name, kind.about(data), data, options.delayMs);
    return false;
  }

  async function health(): Promise<QueueHealth> {
    const ages = await within(RING_MS, 'ticks', ticks.ages()).catch(() => undefined);
    return {
      engine: settings.redisUrl ? 'redis' : 'postgres',
      reachable: watch.reachable(),
      ticks: kinds.flatMap(({ name, everyMs }) => {
        if (everyMs === undefined) return [];
        const ageMs = ages?.get(name) ?? null;
        return [{ kind: name, everyMs, ageMs, late: ageMs === null || ageMs > 3 * everyMs }];
      }),
      depth: backend && watch.reachable() ? await depthOf(backend).catch(() => null) : null,
    };
  }

  try {
    backend = await open();
  } catch (err) {
    if (err instanceof AppError && err.retry === 'never') throw err;
    watch.fellIll(err);
  }

  return {
    ring: (kind, data, options) => ringAll(kind, [data], options),
    ringAll,
    async start(all, options = {}) {
      handlers = checkHandlers(kinds, all);
      consume = options.consume ?? true;
      if (backend) setToWork(backend);
      await watch.start();
    },
    health,
    async close(withinMs = 8_000) {
      closed = true;
      watch.stop();
      await Promise.all([
        local.close(withinMs),
        urgent.close(withinMs),
        backend?.close(watch.reachable() ? withinMs : 1_000),
      ]);
    },
  };
}

async function depthOf(backend: Backend): Promise<Record<QueueName, number>> {
  const depth = async (name: QueueName) => {
    const counts = await within(
      RING_MS,
      'counting',
      backend.queue(name).getJobCounts('waiting', 'active', 'delayed'),
    );
    return Object.values(counts).reduce((sum, n) => sum + n, 0);
  };
  const names: QueueName[] = ['urgent', 'deliver', 'clock', 'work'];
  const [urgent = 0, deliver = 0, clock = 0, work = 0] = await Promise.all(names.map(depth));
  return { urgent, deliver, clock, work };
}
