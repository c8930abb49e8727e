// One round of the planner of instants over the offices where an emergency goes on; its messages have a queue of their own.
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import { type InstantDeps, officesAtRisk, planInstants } from '../supervision/deadlines/instants.ts';
import type { PlanDeps } from './plan.ts';
import { ringFor } from './ring.ts';

export interface AlarmDeps extends PlanDeps {
  openPhone: InstantDeps['openPhone'];
}

/** Safe to run at any time, and twice at a time. */
export async function alarmAll(deps: AlarmDeps): Promise<void> {
  const { store, now, log, jobs, rules, render, openPhone } = deps;
  const offices = await officesAtRisk({ store });
  if (offices.length === 0) return;
  const by = rules();
  for (const officeId of offices) {
    const rows: NewOutboxRow[] = [];
    try {
      const told = await planInstants(
        {
          store,
          ...by,
          openPhone,
          now: now(),
          async deliver(tx, all) {
            rows.push(...all.flatMap(render));
            await putRows(tx, rows);
          },
        },
        officeId,
      );
      if (told > 0) log.warn({ officeId, told }, 'an emergency waits: people were told again');
    } catch (err) {
      // One office's trouble is not the others'; the next round, in seconds, tries it again.
      log.error({ officeId, err }, 'the clock of an emergency failed');
      continue;
    }
    await ringFor(jobs, recipientsOf(rows));
  }
}
