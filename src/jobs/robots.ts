// One round over the group robots: those with a new key are tried, and whoever registered one hears how that went.
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import {
  limitedRobots,
  type PlannedRobot,
  type RobotOut,
  settleRobot,
  testNext,
  type WriteRobot,
} from '../supervision/robots/plan.ts';
import type { Jobs } from './engine.ts';
import { ringFor } from './ring.ts';
import { stepByStep, type WriteRows } from './steps.ts';

export interface RobotsDeps {
  store: Store;
  now(): Date;
  log: Log;
  jobs: Pick<Jobs, 'ringAll'>;
  /** The rows that say it, in the words of the office. */
  render(robot: PlannedRobot, out: readonly RobotOut[]): NewOutboxRow[];
}

/** Safe to run at any time, and twice at a time. */
export async function planRobots({ store, now, log, jobs, render }: RobotsDeps): Promise<void> {
  const told =
    (write: WriteRows): WriteRobot =>
    (tx, robot, out) =>
      write(tx, render(robot, out));
  await stepByStep(
    jobs,
    (write) => testNext(store, told(write)),
    ({ id: robotId }) => log.info({ robotId }, 'a group robot is being tried'),
  );
  await stepByStep(
    jobs,
    (write) => settleRobot(store, told(write)),
    ({ id: robotId }) => log.info({ robotId }, 'a group robot was heard of'),
  );
  const limited: NewOutboxRow[] = [];
  await limitedRobots(store, now(), async (tx, robot, out) => {
    const rows = render(robot, out);
    limited.push(...rows);
    await putRows(tx, rows);
  });
  await ringFor(jobs, recipientsOf(limited));
}
