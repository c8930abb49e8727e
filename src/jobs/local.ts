// Runs jobs in this process, for kinds that are done near and for all while the queue's store is away: the same rules of one at a time and keep the last, and no memory of anything.

export interface LocalRunner {
  /**
   * Does the work soon. While work about the same key runs, one more run is remembered, with the newest `run`;
   * while it waits, more of it is the same.
   */
  run(key: string, run: () => Promise<void>, delayMs?: number): void;
  /** How many wait for a free hand. */
  waiting(): number;
  /** Waits for what runs, no longer than `withinMs`; what still waits is dropped, PostgreSQL knows of it. */
  close(withinMs: number): Promise<void>;
}

interface Place {
  state: 'waiting' | 'running';
  next?: () => Promise<void>;
}

/** `run` must not throw; `atOnce` bounds how much goes on side by side. */
export function localRunner(atOnce: number): LocalRunner {
  const places = new Map<string, Place>();
  const line: (() => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function startMore() {
    while (!closed && running.size < atOnce) {
      const start = line.shift();
      if (!start) return;
      start();
    }
  }

  function enter(key: string, run: () => Promise<void>) {
    const place: Place = { state: 'waiting' };
    places.set(key, place);
    line.push(() => {
      place.state = 'running';
      const done: Promise<void> = run().finally(() => {
        running.delete(done);
        places.delete(key);
        if (place.next && !closed) enter(key, place.next);
        startMore();
      });
      running.add(done);
    });
    startMore();
  }

  function offer(key: string, run: () => Promise<void>) {
    const place = places.get(key);
    if (place?.state === 'running') place.next = run;
    if (!place && !closed) enter(key, run);
  }

  return {
    run(key, run, delayMs = 0) {
      if (closed) return;
      if (delayMs === 0) return offer(key, run);
      const timer = setTimeout(() => {
        timers.delete(timer);
        offer(key, run);
      }, delayMs);
      timer.unref();
      timers.add(timer);
    },
    waiting: () => line.length,
    async close(withinMs) {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      line.length = 0;
      let bound: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        bound = setTimeout(resolve, withinMs);
      });
      await Promise.race([Promise.allSettled(running), late]);
      clearTimeout(bound);
    },
  };
}
