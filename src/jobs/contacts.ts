// One round over the comparisons of contacts that are due: the platform is read first, and what follows from it is one transaction.
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { ActOffice, Notification } from '../supervision/act.ts';
import {
  type CheckDeps,
  type Claimed,
  claimCheck,
  failCheck,
  finishCheck,
} from '../supervision/contacts/check.ts';
import type { Listing } from '../supervision/contacts/compare.ts';
import type { Jobs } from './engine.ts';
import { ringFor } from './ring.ts';

export interface ContactsDeps {
  store: Store;
  now(): Date;
  log: Log;
  jobs: Pick<Jobs, 'ringAll'>;
  rules: CheckDeps['rules'];
  /** Reads the platform's members for an office; null when its platform is not known here. */
  list(officeId: string): Promise<Listing | null>;
  render(office: ActOffice, to: { userId: string; name: string }, told: Notification): NewOutboxRow[];
  /** What is said in the log when nobody of the office can be told. */
  alone: string;
}

const ROUND_MS = 30_000;

/** Safe to run at any time, and twice at a time: whoever has a comparison in hand has it alone. */
export async function checkContacts(deps: ContactsDeps): Promise<void> {
  const { store, now, log } = deps;
  const began = performance.now();
  // The next round goes on, so that whoever looks at the clock does not take a long night for one that hangs.
  while (performance.now() - began < ROUND_MS) {
    const claimed = await claimCheck(store, now());
    if (!claimed) return;
    try {
      await one(deps, claimed);
    } catch (err) {
      // One office's trouble is not the others'; it is tried again later in the night.
      log.error({ officeId: claimed.officeId, err }, 'contacts could not be compared');
      await failCheck(store, claimed, now());
    }
  }
}

async function one(deps: ContactsDeps, claimed: Claimed): Promise<void> {
  const { store, now, log, jobs, rules, list, render } = deps;
  const { officeId } = claimed;
  const read = await list(officeId);
  if (!read || (read.members === null && read.reach === null)) {
    log.warn({ officeId, faults: read?.faults }, 'the members of an office could not be read');
    if (claimed.askedById === null || !read) return failCheck(store, claimed, now());
  }
  const rows: NewOutboxRow[] = [];
  const done = await finishCheck(
    {
      ...{ store, rules, now: now() },
      async deliver(tx, office, told) {
        const people = await tx.sql<{ id: string; userId: string; name: string }>(
          `select id, user_id as "userId", name from person where id = any($1::uuid[]) and active`,
          [told.map(({ personId }) => personId)],
        );
        for (const notification of told) {
          const to = people.find(({ id }) => id === notification.personId);
          if (to) rows.push(...render(office, to, notification));
        }
        await putRows(tx, rows);
      },
    },
    claimed,
    read,
  );
  if (!done) return;
  const { ended, alone, report } = done;
  log.info({ officeId, ended, held: report.held, faults: report.faults }, 'contacts were compared');
  if (alone) log.error({ officeId }, deps.alone);
  await ringFor(jobs, recipientsOf(rows));
}
