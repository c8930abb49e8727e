// One round over the hand-overs whose day has come: those of one person are one transaction, its bells after it.
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import { handOverNext } from '../supervision/hand-over/on-day.ts';
import { makePaper } from './kinds.ts';
import type { PlanDeps } from './plan.ts';
import { ringFor } from './ring.ts';

/** Safe to run at any time, and twice at a time: one of two leaves what the other is at. */
export async function handOverAll({ store, now, log, jobs, rules, render }: PlanDeps): Promise<void> {
  for (;;) {
    const rows: NewOutboxRow[] = [];
    const done = await handOverNext(store, rules().rules, now(), async (tx, told) => {
      rows.push(...told.flatMap(render));
      await putRows(tx, rows);
    });
    if (!done) return;
    if (done.done.length > 0) log.info({ handOvers: done.done }, 'schools were handed over on their day');
    if (done.failed.length > 0)
      log.warn({ handOvers: done.failed }, 'hand-overs could not be carried out; the office is told');
    await ringFor(jobs, recipientsOf(rows));
    await jobs.ringAll(makePaper, done.papers);
  }
}
