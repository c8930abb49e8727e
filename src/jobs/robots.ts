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
  const rows: NewOutboxRow[] = [];
  const write: WriteRobot = async (tx, robot, out) => {
    const made = render(robot, out);
    rows.push(...made);
    await putRows(tx, made);
  };
  for (let done = await testNext(store, write); done; done = await testNext(store, write))
    log.info({ robotId: done.id }, 'a group robot is being tried');
  for (let done = await settleRobot(store, write); done; done = await settleRobot(store, write))
    log.info({ robotId: done.id }, 'a group robot was heard of');
  await limitedRobots(store, now(), write);
  await ringFor(jobs, recipientsOf(rows));
}
