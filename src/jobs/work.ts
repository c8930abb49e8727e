// What each kind of job does: the one place where queues and the rooms that do the work meet.
import type { Delivery } from '../delivery/drain.ts';
import { fetchAttachment, type MediaDeps } from '../delivery/media.ts';
import { recipientsOf } from '../delivery/outbox.ts';
import { makePaper as makeOne, type PaperDeps } from '../papers/make.ts';
import { type AlarmDeps, alarmAll } from './alarm.ts';
import { type ContactsDeps, checkContacts } from './contacts.ts';
import { type DepartmentsDeps, departmentWatch } from './departments.ts';
import type { Jobs } from './engine.ts';
import { type GroupsDeps, planGroups } from './groups.ts';
import { handOverAll } from './hand-overs.ts';
import { type Handler, handler } from './handlers.ts';
import {
  alarm,
  contacts as contactsKind,
  drain,
  drainUrgent,
  fetchMedia,
  makePaper,
  notices,
  plan,
  sweep,
} from './kinds.ts';
import { type NoticesDeps, planNotices } from './notices.ts';
import { planAll } from './plan.ts';
import { ringFor } from './ring.ts';
import { planRobots, type RobotsDeps } from './robots.ts';
import { sweepOnce } from './sweep.ts';
import { type TroubleDeps, watchTroubles } from './trouble.ts';

export interface WorkDeps extends MediaDeps {
  jobs: Jobs;
  delivery: Delivery;
  reminders: Pick<AlarmDeps, 'rules' | 'render' | 'openPhone'>;
  papers: Pick<PaperDeps, 'makers' | 'wordsFor' | 'settings'>;
  casts: Pick<NoticesDeps, 'rules' | 'render' | 'post' | 'remind' | 'settled' | 'recalledLate'> &
    Pick<TroubleDeps, 'over'>;
  groups: Pick<GroupsDeps, 'rules' | 'render'>;
  contacts: Pick<ContactsDeps, 'rules' | 'render' | 'list' | 'alone'> &
    Pick<DepartmentsDeps, 'officeIds' | 'departments'>;
  robots: Pick<RobotsDeps, 'render'>;
}

/** A bell further ahead is left to the sweep, so that no long line of them lies in the queue. */
const BELL_AHEAD_MS = 300_000;

/** One handler for each kind, for `jobs.start`. */
export function handlersOf({
  jobs,
  delivery,
  reminders,
  papers,
  casts,
  groups,
  contacts,
  robots,
  ...media
}: WorkDeps): Handler[] {
  const lookAtDepartments = departmentWatch({ ...media, ...contacts });
  return [
    ...[drain, drainUrgent].map((kind) =>
      handler(kind, async (data) => {
        const waitMs = await delivery.drain(data.officeId, data.recipient);
        if (waitMs !== undefined)
          await jobs.ring(kind, data, { delayMs: Math.min(Math.ceil(waitMs) + 1, BELL_AHEAD_MS) });
        // What became of a call for a group is told to somebody at once.
        else if (/^(?:chat|robot):/.test(data.recipient)) await jobs.ring(notices, {});
      }),
    ),
    handler(alarm, () => alarmAll({ ...media, ...reminders, jobs })),
    handler(sweep, async () => {
      await sweepOnce({ ...media, jobs });
      await watchTroubles({ ...media, ...casts, jobs });
    }),
    handler(plan, async () => {
      // Whose a school is today comes before who is reminded of it.
      await handOverAll({ ...media, ...reminders, jobs });
      await planAll({ ...media, ...reminders, jobs });
    }),
    handler(notices, async () => {
      // A group comes before what is said in it.
      await planGroups({ ...media, ...groups, jobs });
      await planRobots({ ...media, ...robots, jobs });
      await planNotices({ ...media, ...casts, jobs });
    }),
    handler(contactsKind, async () => {
      await lookAtDepartments();
      await checkContacts({ ...media, ...contacts, jobs });
    }),
    handler(fetchMedia, ({ attachmentId }) => fetchAttachment(media, attachmentId)),
    handler(makePaper, async ({ paperId }) => {
      const rows = await makeOne({ ...media, ...papers }, paperId);
      await ringFor(jobs, recipientsOf(rows));
    }),
  ];
}
