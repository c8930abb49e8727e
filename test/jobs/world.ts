// What a test of jobs stands on: a database, a queue's store of its own, and handlers that write down what they were given.
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { type Jobs, type JobsSettings, openJobs } from '../../src/jobs/engine.ts';
import { type Handler, handler } from '../../src/jobs/handlers.ts';
import { drain, fetchMedia, KINDS, sweep } from '../../src/jobs/kinds.ts';
import { ticksOf } from '../../src/jobs/ticks.ts';
import type { Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/database.ts';
import { redisHere, type TestRedis, testRedis } from '../support/redis.ts';

export const silent = pino({ level: process.env.TEST_LOG ?? 'silent' });
export const officeId = '018f0000-0000-7000-8000-000000000001';
export const li = { officeId, recipient: 'user:li' };

const redisIs = redisHere();
/** For `describe.each`. */
export const engines = redisIs ? (['redis', 'postgres'] as const) : (['postgres'] as const);
/** For tests that flush, freeze and stop it. */
export const noOwnRedis = redisIs !== 'own';
export type Engine = (typeof engines)[number];

/** The sweep comes twice a second, and a sick store is looked at five times a second. */
export const HASTE = {
  kinds: KINDS.map((k) => (k.name === 'sweep' ? { ...k, everyMs: 500 } : k)),
  timing: { watchMs: 200 },
} satisfies Partial<JobsSettings>;

export interface World {
  store: Store;
  databaseUrl: string;
  redis: TestRedis | undefined;
  open(settings?: Partial<JobsSettings>): Promise<Jobs>;
}

/** Inside a test; everything that was opened is closed when the test is over. */
export async function openWorld(engine: Engine): Promise<World> {
  const { url: databaseUrl, store } = await freshDatabase();
  const redis = engine === 'redis' && !noOwnRedis ? await testRedis() : undefined;
  const stores = { ...queueOf(engine, redis), databaseUrl };
  const opened: Jobs[] = [];
  onTestFinished(async () => {
    redis?.thaw();
    await Promise.all(opened.map((jobs) => jobs.close(500)));
    await redis?.close();
  });
  return {
    store,
    databaseUrl,
    redis,
    async open(settings = {}) {
      const jobs = await openJobs({ ...stores, ticks: ticksOf(store), log: silent, ...HASTE, ...settings });
      opened.push(jobs);
      return jobs;
    },
  };
}

/** Where the queue of a test is: a server of its own, or a corner of a given one. */
export function queueOf(
  engine: Engine,
  redis: TestRedis | undefined,
): Pick<JobsSettings, 'redisUrl' | 'prefix'> {
  if (engine === 'postgres') return {};
  return redis
    ? { redisUrl: redis.url }
    : { redisUrl: process.env.TEST_REDIS_URL, prefix: `{${randomUUID()}}` };
}

export interface Seen {
  drains: string[];
  media: string[];
  sweeps: number;
  /** Most drains of one recipient that ran side by side. */
  sideBySide: number;
}

/** Handlers that count. `during` is what a drain does while it runs. */
export function counting(during: () => Promise<void> = async () => {}): { seen: Seen; handlers: Handler[] } {
  const seen: Seen = { drains: [], media: [], sweeps: 0, sideBySide: 0 };
  const now = new Map<string, number>();
  const handlers = [
    handler(drain, async ({ recipient }) => {
      const running = (now.get(recipient) ?? 0) + 1;
      now.set(recipient, running);
      seen.sideBySide = Math.max(seen.sideBySide, running);
      await during();
      now.set(recipient, running - 1);
      seen.drains.push(recipient);
    }),
    handler(sweep, async () => {
      seen.sweeps += 1;
    }),
    handler(fetchMedia, async ({ attachmentId }) => {
      seen.media.push(attachmentId);
    }),
  ];
  const counted = handlers.map(({ kind }) => kind.name);
  for (const kind of KINDS) if (!counted.includes(kind.name)) handlers.push({ kind, run: async () => {} });
  return { seen, handlers };
}
