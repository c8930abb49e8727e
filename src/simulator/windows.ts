// Counts calls in sliding windows of the simulator's own time, as the platform does for its limits (90312).

export interface Windows {
  /** Counts one more if at most `limit` fall into the last `windowMs`; false means over the limit, and is not counted. */
  take(key: string, limit: number, windowMs: number): boolean;
  /** As `take`, but going over blocks the key for `blockMs` from then on, whatever comes (minute → 60 s, hour → 60 min). */
  takeOrBlock(key: string, limit: number, windowMs: number, blockMs: number): boolean;
  /** As `takeOrBlock`, for many at once: counted in sixtieths of the window, which is as exact as large numbers need. */
  takeManyOrBlock(key: string, limit: number, windowMs: number, count: number): boolean;
  /** Adds `count` to a counter that begins anew each calendar day of China; false, uncounted, when it would pass `limit`. */
  takeOfDay(key: string, limit: number, count: number): boolean;
  blocked(key: string): boolean;
  clear(): void;
}

const CHINA_MS = 8 * 3_600_000;
const SLOTS = 60;

/** Counts within the platform's minutes, hours and days, on the clock that a test may move. */
export function createWindows(now: () => number): Windows {
  const hits = new Map<string, { times: number[]; from: number }>();
  const blocks = new Map<string, number>();
  const days = new Map<string, { day: number; count: number }>();
  const slots = new Map<string, Map<number, number>>();

  const blocked = (key: string) => {
    const until = blocks.get(key);
    if (until === undefined) return false;
    if (until > now()) return true;
    blocks.delete(key);
    return false;
  };

  // Times are in order, so the old ones lie in front; looking at each call's every hit would cost more than the call.
  const take = (key: string, limit: number, windowMs: number) => {
    const at = now();
    const kept = hits.get(key) ?? { times: [], from: 0 };
    hits.set(key, kept);
    const { times } = kept;
    // A clock that was moved back leaves hits in the future: they count no more.
    while ((times.at(-1) ?? 0) > at) times.pop();
    while (kept.from < times.length && (times[kept.from] ?? 0) <= at - windowMs) kept.from += 1;
    kept.from = Math.min(kept.from, times.length);
    if (kept.from > 64 && kept.from > times.length / 2) {
      times.splice(0, kept.from);
      kept.from = 0;
    }
    if (times.length - kept.from >= limit) return false;
    times.push(at);
    return true;
  };

  return {
    take,
    blocked,
    takeOrBlock(key, limit, windowMs, blockMs) {
      if (blocked(key)) return false;
      if (take(key, limit, windowMs)) return true;
      blocks.set(key, now() + blockMs);
      return false;
    },
    takeManyOrBlock(key, limit, windowMs, count) {
      if (blocked(key)) return false;
      const slot = Math.floor(now() / (windowMs / SLOTS));
      const counts = slots.get(key) ?? new Map<number, number>();
      slots.set(key, counts);
      for (const old of counts.keys()) if (old <= slot - SLOTS || old > slot) counts.delete(old);
      const used = [...counts.values()].reduce((sum, n) => sum + n, 0);
      if (used + count > limit) {
        blocks.set(key, now() + windowMs);
        return false;
      }
      counts.set(slot, (counts.get(slot) ?? 0) + count);
      return true;
    },
    takeOfDay(key, limit, count) {
      const day = Math.floor((now() + CHINA_MS) / 86_400_000);
      const known = days.get(key);
      const used = known?.day === day ? known.count : 0;
      if (used + count > limit) return false;
      days.set(key, { day, count: used + count });
      return true;
    },
    clear() {
      hits.clear();
      blocks.clear();
      days.clear();
      slots.clear();
    },
  };
}
