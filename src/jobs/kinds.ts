// Every kind of job there is, as data: what its payload looks like, on which queue it waits, whether the clock starts it.
import { z } from 'zod';

/** `urgent`: an emergency's clock and messages, which nothing else may hold up. `deliver`: bells for recipients. `clock`: what a schedule starts. `work`: anything that may take long. */
export const QUEUES = {
  urgent: { concurrency: 8 },
  deliver: { concurrency: 16 },
  clock: { concurrency: 3 },
  work: { concurrency: 4 },
} as const;
export type QueueName = keyof typeof QUEUES;

export interface JobKind<T> {
  readonly name: string;
  readonly queue: QueueName;
  /** Ids and nothing else: payloads lie in the queue's store in clear text. */
  readonly data: z.ZodType<T>;
  /**
   * What the job is about: of jobs about the same thing one waits at most, and a bell that rings while its job runs
   * makes it run once more, with the newest payload. No colons: they part the keys of Redis.
   */
  about(data: T): string;
  /** How often it is tried. 1 for bells: the sweep rings them again. */
  readonly attempts: number;
  /** Started by the clock, each `everyMs`, and counted late in the health when it has not ended for three times that. */
  readonly everyMs?: number;
}

/** One recipient's outbox is to be drained; the messages wait in PostgreSQL. */
export const drain: JobKind<{ officeId: string; recipient: string }> = {
  name: 'drain',
  queue: 'deliver',
  data: z.object({ officeId: z.uuid(), recipient: z.string().regex(/^(user|chat|robot|cast):.+/) }),
  about: ({ officeId, recipient }) => `${officeId}-${recipient.replaceAll(':', '-')}`,
  attempts: 1,
};

/** The same for a recipient who is to hear of a danger: thousands of bells in `deliver` do not stand before it. */
export const drainUrgent: JobKind<{ officeId: string; recipient: string }> = {
  ...drain,
  name: 'drain-urgent',
  queue: 'urgent',
};

/** What is due by the minute: an emergency that nobody answers. */
export const alarm: JobKind<Record<string, never>> = {
  name: 'alarm',
  queue: 'urgent',
  data: z.strictObject({}),
  about: () => 'all',
  attempts: 1,
  everyMs: 10_000,
};

/** Looks in PostgreSQL for what should be going on and is not. */
export const sweep: JobKind<Record<string, never>> = {
  name: 'sweep',
  queue: 'clock',
  data: z.strictObject({}),
  about: () => 'all',
  attempts: 1,
  everyMs: 15_000,
};

/** Carries out the hand-overs of the day, then writes each office's reminders, once a day at its own minute; asks every minute whose turn it is. */
export const plan: JobKind<Record<string, never>> = {
  name: 'plan',
  queue: 'clock',
  data: z.strictObject({}),
  about: () => 'all',
  attempts: 1,
  everyMs: 60_000,
};

/** Makes, aligns and ends groups, plans the notices that are due, and reminds their silent receivers; rung when there is something, and by the clock. */
export const notices: JobKind<Record<string, never>> = {
  name: 'notices',
  queue: 'clock',
  data: z.strictObject({}),
  about: () => 'all',
  attempts: 1,
  everyMs: 20_000,
};

/** Compares the roster with the platform's members, each office at its own minute of the night, or when somebody asked. */
export const contacts: JobKind<Record<string, never>> = {
  name: 'contacts',
  queue: 'clock',
  data: z.strictObject({}),
  about: () => 'all',
  attempts: 1,
  everyMs: 60_000,
};

/** A photo or file has to be fetched from the platform, which keeps it for three days (PROTOCOL §2). */
export const fetchMedia: JobKind<{ attachmentId: string }> = {
  name: 'fetch-media',
  queue: 'work',
  data: z.object({ attachmentId: z.uuid() }),
  about: ({ attachmentId }) => attachmentId,
  attempts: 5,
};

/** A file that somebody asked for has to be made (papers/make.ts). */
export const makePaper: JobKind<{ paperId: string }> = {
  name: 'make-paper',
  queue: 'work',
  data: z.object({ paperId: z.uuid() }),
  about: ({ paperId }) => paperId,
  attempts: 3,
};

/** A kind whose payload type is forgotten, so that many kinds fit in one list. */
export type AnyKind = Pick<JobKind<never>, 'name' | 'queue' | 'attempts' | 'everyMs'>;

/** All of them. A kind that is not in this list can't be rung, and one in it must have a handler. */
export const KINDS: readonly AnyKind[] = [
  drain,
  drainUrgent,
  alarm,
  sweep,
  plan,
  notices,
  contacts,
  fetchMedia,
  makePaper,
];
