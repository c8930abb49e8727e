// How a bell is put on the queue: which others make it needless, and when it rings.
import type { JobsOptions } from 'bullmq';
import { BELL } from './backend.ts';
import type { JobKind } from './kinds.ts';

export interface RingOptions {
  /** Not before so many milliseconds. */
  delayMs?: number;
  /** A sweep that finds work undone: rings even when the queue believes that a job about it runs, for its worker may be dead. */
  lost?: boolean;
}

/** Never a job id: a finished job that is kept would swallow the next one of its name without a word (bull#1828). */
export function bellOptions<T>(kind: JobKind<T>, data: T, { delayMs = 0, lost }: RingOptions): JobsOptions {
  const about = `${kind.name}-${kind.about(data)}`;
  const options = { ...BELL, attempts: kind.attempts };
  // A delayed bell makes others needless until it is due and not longer: the job that it starts may ask for the next.
  if (delayMs > 0)
    return { ...options, delay: delayMs, deduplication: { id: `later-${about}`, ttl: delayMs } };
  return { ...options, deduplication: { id: lost ? `lost-${about}` : about, keepLastIfActive: true } };
}
