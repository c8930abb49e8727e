// What happens in the simulator, told to whoever listens: the page's server-sent events, the snapshot, tests.
import type { StreamEvent } from './api.ts';

export interface Stream {
  publish(event: StreamEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: StreamEvent) => void): () => void;
  /** True when somebody listens; views that cost something are made only then. */
  heard(): boolean;
}

/** `subscribe` gives back what ends it. */
export function createStream(): Stream {
  const listeners = new Set<(event: StreamEvent) => void>();
  return {
    publish(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    heard: () => listeners.size > 0,
  };
}
