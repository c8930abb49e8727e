// One round of the planner over all offices: each office is one transaction, and the bells ring after its commit.
import { setTimeout as wait } from 'node:timers/promises';
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import {
  type Digest,
  officesToPlan,
  type Planned,
  type PlannerDeps,
  planOffice,
} from '../supervision/deadlines/plan.ts';
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

/** An office that somebody else is at is tried again so often, so far apart. */
const AGAIN = 10;
const AGAIN_MS = 200;

/** From so many offices on, a statement's plan that all of them share is worth statistics of this minute. */
const MANY = 50;

/** Safe to run at any time, and twice at a time. */
export async function planAll({ store, now, log, jobs, rules, render }: PlanDeps): Promise<void> {
  const at = now();
  const offices = await officesToPlan({ store, now: at });
  if (offices.length === 0) return;
  const many = offices.length >= MANY && (await freshStatistics());
  const by = rules();
  let busy = await round(offices);
  // Whoever had one of these is done with it in a moment; the next round of all is minutes away.
  for (let again = 0; busy.length > 0 && again < AGAIN; again++) {
    await wait(AGAIN_MS);
    busy = await round(busy);
  }

  /** Those that somebody else was at. */
  async function round(ids: readonly string[]): Promise<string[]> {
    const left: string[] = [];
    const waiting = ids.values();
    const worker = async () => {
      for (const officeId of waiting) if ((await planOne(officeId)) === 'busy') left.push(officeId);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return left;
  }

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

  async function planOne(officeId: string): Promise<Planned['outcome'] | 'failed'> {
    const rows: NewOutboxRow[] = [];
    let planned: Planned['outcome'];
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
      planned = outcome;
    } catch (err) {
      // One office's trouble is not the others'; the next round tries it again.
      log.error({ officeId, err }, 'reminders could not be planned');
      return 'failed';
    }
    await ringFor(jobs, recipientsOf(rows));
    return planned;
  }
}
