// One round over the hand-overs whose day has come: each is one transaction, its bells after it.
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
    if (done.done) log.info({ handOverId: done.id }, 'a school was handed over on its day');
    else log.warn({ handOverId: done.id }, 'a hand-over could not be carried out; the office is told');
    await ringFor(jobs, recipientsOf(rows));
    await jobs.ringAll(makePaper, done.papers);
  }
}
