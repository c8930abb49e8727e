// Keeps the clock going whatever becomes of the queue's store: looks at it every few seconds, heals it, and stands in for it.
import type { Log } from '../log.ts';
import { type Backend, BELL } from './backend.ts';
import type { AnyKind } from './kinds.ts';
import type { Ticks } from './ticks.ts';

export interface WatchTiming {
  /** Between two looks at the store. */
  watchMs: number;
  /** Between two times that all schedules are put in again; others saw them vanish without a word (bullmq#3272, #3516). */
  upsertMs: number;
}
const TIMING: WatchTiming = { watchMs: 2_000, upsertMs: 180_000 };

export interface WatchDeps {
  /** Those with `everyMs`. */
  kinds: readonly AnyKind[];
  timing?: Partial<WatchTiming>;
  ticks: Ticks;
  log: Log;
  backend(): Backend | undefined;
  /** Throws away the backend and makes a new one. */
  reopen(): Promise<void>;
  runHere(kind: AnyKind): void;
}

export interface Watch {
  reachable(): boolean;
  /** Somebody had no answer in time; until the next look, which alone says that the store is away, nobody need try. */
  doubt(err: unknown): void;
  /** A job found the database away: when a look finds it, the clock's jobs are done at once, among them the one that looks for what is undone. */
  missed(): void;
  /** The store is away: its workers rest until a look finds it back. */
  fellIll(err: unknown): void;
  /** Puts the schedules in and begins to look; resolves after the first look. */
  start(): Promise<void>;
  stop(): void;
}

/** So often the clock may stand still, though the store answers, before the connections are made anew. */
const RESCUES = 3;

/** Does nothing until it is started. What it finds amiss is logged and mended; it never throws. */
export function keepWatch({ kinds, ticks, log, backend, reopen, runHere, ...deps }: WatchDeps): Watch {
  const timing = { ...TIMING, ...deps.timing };
  let state: 'well' | 'doubted' | 'away' = 'well';
  let hasMissed = false;
  let stopped = false;
  let upsertedAt = 0;
  let rescues = 0;
  let rescuedAt = 0;
  const startedAt = Date.now();
  let timer: NodeJS.Timeout | undefined;

  /** One slow answer is no absence: the workers go on with what they are given, also by others. */
  function doubt(err: unknown) {
    if (state !== 'well') return;
    log.warn({ err }, 'the store of the queue is slow; this process goes on by itself until it has looked');
    state = 'doubted';
  }

  function fellIll(err: unknown) {
    if (state === 'away') return;
    log.error({ err }, 'the store of the queue is away; this process goes on by itself');
    state = 'away';
    backend()?.rest();
  }

  async function heal() {
    const on = backend();
    if (!on) await reopen();
    else await on.ping();
    if (state !== 'well' || Date.now() - upsertedAt > timing.upsertMs) await upsert().catch(renew);
    if (state === 'away') {
      log.info('the store of the queue is back');
      backend()?.wake();
    }
    state = 'well';
  }

  /** The store answers and the queues do not: BullMQ keeps a first connection that failed for good, so they are made anew. */
  async function renew() {
    await reopen();
    await upsert();
  }

  async function upsert() {
    for (const { name, queue, everyMs, attempts } of kinds) {
      if (everyMs === undefined) continue;
      const opts = { attempts, removeOnComplete: BELL.removeOnComplete, removeOnFail: BELL.removeOnFail };
      await backend()?.queue(queue).upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts });
    }
    upsertedAt = Date.now();
  }

  /** Runs here whatever the queue should have run and did not, and after an absence of the database all that the clock does. */
  async function standIn() {
    const ages = await ticks.ages();
    const afterAbsence = hasMissed;
    hasMissed = false;
    for (const kind of kinds) {
      const every = kind.everyMs ?? 0;
      const age = ages.get(kind.name) ?? Number.POSITIVE_INFINITY;
      const isLate = age > (state === 'well' ? 3 * every : every);
      if (isLate || afterAbsence) runHere(kind);
      if (isLate && state === 'well' && Date.now() - startedAt > 4 * every) await rescue(kind.name);
      else if (!isLate && Date.now() - rescuedAt > age + 2 * timing.watchMs) rescues = 0; // the queue did it by itself since
    }
  }

  async function rescue(kind: string) {
    rescues += 1;
    rescuedAt = Date.now();
    log.warn({ kind, rescues }, 'the clock of the queue stood still');
    if (rescues > RESCUES) {
      rescues = 0;
      await reopen();
    }
    await upsert();
  }

  async function look() {
    await heal().catch(fellIll);
    if (!stopped) await standIn().catch(() => {}); // the database is away: there is nothing to be done at all
  }

  async function lookAgain() {
    await look();
    if (!stopped) timer = setTimeout(lookAgain, timing.watchMs);
  }

  return {
    reachable: () => state === 'well',
    doubt,
    missed: () => {
      hasMissed = true;
    },
    fellIll,
    async start() {
      upsertedAt = 0;
      await lookAgain();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
