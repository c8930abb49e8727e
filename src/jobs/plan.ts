// One round of the planner over all offices: each office is one transaction, and the bells ring after its commit.
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { type Digest, officesToPlan, type PlannerDeps, planOffice } from '../supervision/deadlines/plan.ts';
import type { Jobs } from './engine.ts';
import { ringFor } from './ring.ts';

export interface PlanDeps {
  store: Store;
  now(): Date;
  log: Log;
  jobs: Pick<Jobs, 'ringAll'>;
  /** Read anew for each round: what the office changed counts from the next one on. */
  rules(): Pick<PlannerDeps, 'policy' | 'rules'>;
  /** Puts a digest into its receiver's words. */
  render(digest: Digest): NewOutboxRow[];
}

/** While the database reckons one office, the words of another are made; few, so that people's turns find connections. */
const AT_ONCE = 5;

/** From so many offices on, a statement's plan that all of them share is worth statistics of this minute. */
const MANY = 50;

/** Safe to run at any time, and twice at a time. */
export async function planAll({ store, now, log, jobs, rules, render }: PlanDeps): Promise<void> {
  const at = now();
  const offices = await officesToPlan({ store, now: at });
  if (offices.length === 0) return;
  const many = offices.length >= MANY && (await freshStatistics());
  const by = rules();
  const waiting = offices.values();
  const worker = async () => {
    for (const officeId of waiting) await planOne(officeId);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  /** False when they could not be had: the round is then slower, and nothing else. */
  function freshStatistics(): Promise<boolean> {
    return store.query('analyze deadline, finding, visit, assignment, person, school').then(
      () => true,
      (err: unknown) => {
        log.warn({ err }, 'no fresh statistics for a round of many offices');
        return false;
      },
    );
  }

  async function planOne(officeId: string): Promise<void> {
    const rows: NewOutboxRow[] = [];
    try {
      const { outcome, digests } = await planOffice(
        {
          store,
          ...by,
          ...{ now: at, many },
          async deliver(tx, all) {
            rows.push(...all.flatMap(render));
            await putRows(tx, rows);
          },
        },
        officeId,
      );
      if (digests > 0) log.info({ officeId, outcome, digests }, 'the reminders of a day were planned');
    } catch (err) {
      // One office's trouble is not the others'; the next round tries it again.
      log.error({ officeId, err }, 'reminders could not be planned');
      return;
    }
    await ringFor(jobs, recipientsOf(rows));
  }
}
