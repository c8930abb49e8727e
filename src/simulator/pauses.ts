// The pauses of many deliveries at a time, which all end at once when the simulator stops.

export interface Pauses {
  /** Resolves after so long, or when all is stopped, whichever comes first. */
  pause(ms: number): Promise<void>;
  stopped(): boolean;
  stop(): void;
}

/** Hundreds wait at a time, so that an AbortSignal, which wants few listeners, is not for them. */
export function createPauses(): Pauses {
  const waiting = new Set<() => void>();
  let stopped = false;
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        if (stopped) return resolve();
        const end = () => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        waiting.add(end);
      }),
    stopped: () => stopped,
    stop() {
      stopped = true;
      for (const end of [...waiting]) end();
    },
  };
}
