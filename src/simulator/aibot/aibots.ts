// The smart robots of the corp, as far as they have a memory: what they were asked, who looked in today.
import { createInteractions, type Interactions } from './interactions.ts';

/** How often a client asks for more of a stream; the pages do not say. */
const POLL_MS = 1_000;
const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;

export interface Aibots {
  interactions: Interactions;
  pollMs: number;
  /** True once per person, robot and calendar day of China. */
  firstToday(aibotId: string, userId: string): boolean;
  isClosed(): boolean;
  clear(): void;
  close(): void;
}

/** `now` in milliseconds of the simulator's clock; `pollMs`: how often a stream that is not finished is asked for again, in real time. */
export function createAibots(now: () => number, pollMs: number = POLL_MS): Aibots {
  const interactions = createInteractions(now);
  const lastDay = new Map<string, number>();
  let closed = false;
  return {
    interactions,
    pollMs,
    firstToday(aibotId, userId) {
      const key = `${aibotId} ${userId.toLowerCase()}`;
      const day = Math.floor((now() + CHINA_MS) / DAY_MS);
      if (lastDay.get(key) === day) return false;
      lastDay.set(key, day);
      return true;
    },
    isClosed: () => closed,
    clear() {
      interactions.clear();
      lastDay.clear();
    },
    close() {
      closed = true;
    },
  };
}
