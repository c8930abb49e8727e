// When each scheduled job last ran to its end, kept in PostgreSQL, so that every process and the health page know whether the clock goes.

/** The two statements of the table `tick` that jobs/ needs; the times are the database's own. */
export interface Ticks {
  record(name: string): Promise<void>;
  /** Per name, how long ago, in milliseconds. */
  ages(): Promise<ReadonlyMap<string, number>>;
}

interface Query {
  query<R extends object>(text: string, values?: unknown[], name?: string): Promise<R[]>;
}

/** The age is measured by the machine's time, not by the one that a demo moves: it says whether something hangs. */
export function ticksOf(store: Query): Ticks {
  return {
    async record(name) {
      await store.query(
        `insert into tick (name, at) values ($1, clock_timestamp())
         on conflict (name) do update set at = excluded.at`,
        [name],
        'tick-record',
      );
    },
    async ages() {
      const rows = await store.query<{ name: string; ms: number }>(
        `select name, greatest(0, extract(epoch from clock_timestamp() - at) * 1000)::float8 as ms from tick`,
        [],
        'tick-ages',
      );
      return new Map(rows.map(({ name, ms }) => [name, ms]));
    },
  };
}
