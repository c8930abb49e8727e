// One look at whether messages get through: what begins is logged for the operator, what is over is told to the office once, in words.
import type { NewOutboxRow } from '../delivery/outbox.ts';
import { type Ended, endNextTrouble, noteTroubles } from '../delivery/trouble.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { peopleWith } from '../supervision/access.ts';
import { OFFICE_ROLES } from '../supervision/act.ts';
import type { Jobs } from './engine.ts';
import { stepByStep } from './steps.ts';

/** Of an office's people, those who are told. */
export interface Teller {
  id: string;
  userId: string;
  name: string;
}

export interface TroubleDeps {
  store: Store;
  log: Log;
  jobs: Pick<Jobs, 'ringAll'>;
  /** The words for one of the office's people. */
  over(
    ended: Ended & { office: { name: string; short: string; timeZone: string } },
    to: Teller,
  ): NewOutboxRow[];
}

/** Safe to run at any time, and twice at a time. `afterMs`: how long a message may wait before it is trouble. */
export async function watchTroubles(deps: TroubleDeps, afterMs?: number): Promise<void> {
  const { store, log, jobs, over } = deps;
  for (const begun of await noteTroubles(store, afterMs))
    log.error(begun, 'messages of an office do not get through');
  await stepByStep(
    jobs,
    (write) =>
      endNextTrouble(store, async (tx, trouble) => {
        const [office] = await tx.sql<{ name: string; short: string; timeZone: string }>(
          'select name, short, time_zone as "timeZone" from office where id = $1',
          [trouble.officeId],
        );
        if (!office) return;
        const staff = await peopleWith({ tx, office: { id: trouble.officeId } }, OFFICE_ROLES);
        await write(
          tx,
          staff.flatMap((person) => over({ ...trouble, office }, person)),
        );
      }),
    ({ officeId, kind, late, lost }) =>
      log.info({ officeId, kind, late, lost }, 'messages of an office get through again'),
  );
}
