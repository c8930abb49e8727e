// Where PostgreSQL's time went, for a bench that is asked `--statements`: execution and planning by statement.
import type { Store } from '../../src/store/store.ts';

/** PostgreSQL's own settings, with which its statements are counted. */
export const COUNTED = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
};

/** Counts from here on. */
export async function countStatements(store: Store): Promise<void> {
  await store.query('create extension if not exists pg_stat_statements');
  await store.query('select pg_stat_statements_reset()');
}

/** The dearest statements since then: milliseconds of execution and of planning, and calls, each by `per` (turns, offices). */
export async function printStatements(store: Store, per: number): Promise<void> {
  const rows = await store.query<{ ms: number; plan: number; calls: number; text: string }>(
    `select total_exec_time / $1 as ms, total_plan_time / $1 as plan, calls::float8 / $1 as calls, left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as text
     from pg_stat_statements order by total_exec_time + total_plan_time desc limit 25`,
    [per],
  );
  for (const { ms, plan, calls, text } of rows)
    process.stdout.write(`${ms.toFixed(3)} + ${plan.toFixed(3)} ms  ${calls.toFixed(2)} calls  ${text}\n`);
}
