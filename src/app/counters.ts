// Counts what happens at the door, under the names that Prometheus reads.

export interface Counters {
  add(name: string, label: string): void;
  all(): ReadonlyMap<string, number>;
}

/** All of them begin at nothing with each start, as Prometheus expects. */
export function createCounters(): Counters {
  const counts = new Map<string, number>();
  return {
    add(name, label) {
      const full = `${name}{what="${label}"}`;
      counts.set(full, (counts.get(full) ?? 0) + 1);
    },
    all: () => counts,
  };
}
