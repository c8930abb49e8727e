// One round over the office's groups: made, held in step with the roster, ended; each step a transaction, its bells after it.
import type { NewOutboxRow } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { endNext, goneNext } from '../supervision/groups/finish.ts';
import { alignNext } from '../supervision/groups/keep.ts';
import { openNext, settleGroup } from '../supervision/groups/open.ts';
import type { GroupOut, PlannedGroup, WriteGroup } from '../supervision/groups/planned.ts';
import type { SettingRules } from '../supervision/settings.ts';
import type { Jobs } from './engine.ts';
import { stepByStep } from './steps.ts';

export interface GroupsDeps {
  store: Store;
  now(): Date;
  log: Log;
  jobs: Pick<Jobs, 'ringAll'>;
  rules: SettingRules;
  /** The rows that do and say it, in the words of the office. */
  render(group: PlannedGroup, out: readonly GroupOut[]): NewOutboxRow[];
}

type Next = (write: WriteGroup) => Promise<{ id: string } | null>;

/** Safe to run at any time, and twice at a time: one of two leaves what the other is at. */
export async function planGroups({ store, now, log, jobs, rules, render }: GroupsDeps): Promise<void> {
  const steps: [string, Next][] = [
    ['a group is being made', (write) => openNext(store, now(), write)],
    ['a call for a group has ended', (write) => settleGroup(store, now(), write)],
    ['the platform has a group no more', (write) => goneNext(store, now(), write)],
    ['a group was held against the roster', (write) => alignNext(store, now(), write)],
    ['a group was ended', (write) => endNext(store, rules, now(), write)],
  ];
  for (const [what, next] of steps)
    await stepByStep(
      jobs,
      (write) => next((tx, group, out) => write(tx, render(group, out))),
      ({ id: groupId }) => log.info({ groupId }, what),
    );
}
