// A round of work that is done step by step: each step a transaction that writes what it tells, and its bells after the commit.
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import type { Tx } from '../store/store.ts';
import type { Jobs } from './engine.ts';
import { ringFor } from './ring.ts';

/** Puts rows into the outbox within the step's transaction; they are rung for when it is committed. */
export type WriteRows = (tx: Pick<Tx, 'sql'>, rows: readonly NewOutboxRow[]) => Promise<void>;

/** `next` does one step, or gives null when there is none left. A step that throws ends the round: the next one takes it up again. */
export async function stepByStep<Done extends object>(
  jobs: Pick<Jobs, 'ringAll'>,
  next: (write: WriteRows) => Promise<Done | null>,
  noted: (done: Done) => void = () => {},
): Promise<void> {
  for (;;) {
    const written: NewOutboxRow[] = [];
    const done = await next(async (tx, rows) => {
      written.push(...rows);
      await putRows(tx, rows);
    });
    if (!done) return;
    noted(done);
    await ringFor(jobs, recipientsOf(written));
  }
}
