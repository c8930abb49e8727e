// One round over the office's notices: what is due is planned chunk by chunk, what is recalled taken back, the silent reminded.
import { CAST, dropPosts, recallCalls } from '../delivery/cast.ts';
import { type NewOutboxRow, putRows, recipientsOf } from '../delivery/outbox.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { type Chunk, type Post, planNext } from '../supervision/notices/plan.ts';
import { closeRecalled, type RecalledLate, withdrawNext } from '../supervision/notices/recall.ts';
import { type Reminder, remindNext } from '../supervision/notices/remind.ts';
import { type Settled, settleNext } from '../supervision/notices/settle.ts';
import type { SettingRules } from '../supervision/settings.ts';
import type { Jobs } from './engine.ts';
import { drain } from './kinds.ts';
import { stepByStep } from './steps.ts';

export interface NoticesDeps {
  store: Store;
  now(): Date;
  log: Log;
  jobs: Pick<Jobs, 'ringAll'>;
  rules: SettingRules;
  /** The calls that tell one chunk, in the words of the office. */
  render(chunk: Chunk): NewOutboxRow[];
  /** The messages in groups. */
  post(post: Post): NewOutboxRow[];
  /** The calls that remind the silent, and the list for the office. */
  remind(reminder: Reminder): NewOutboxRow[];
  /** What its author hears when a notice is through. */
  settled(settled: Settled): NewOutboxRow[];
  /** What its author hears when the platform came to a recall too late. */
  recalledLate(late: RecalledLate): NewOutboxRow[];
}

/** Safe to run at any time, and twice at a time: one of two leaves what the other is at. */
export async function planNotices(deps: NoticesDeps): Promise<void> {
  const { store, now, log, jobs, rules, render, remind, settled, recalledLate } = deps;
  for (let recalled = await recallNext(deps); recalled; recalled = await recallNext(deps))
    await jobs.ringAll(drain, [recalled]);
  await stepByStep(jobs, (write) => withdrawNext(store, now(), (tx, one) => write(tx, recalledLate(one))));
  for (;;) {
    const posts: NewOutboxRow[] = [];
    const done = await planNext(
      store,
      now(),
      (tx, chunk) => putRows(tx, render(chunk)),
      async (tx, post) => {
        posts.push(...deps.post(post));
        await putRows(tx, posts);
      },
    );
    if (!done) break;
    await jobs.ringAll(drain, recipientsOf(posts));
    if (done.receivers === 0) continue;
    log.info({ noticeId: done.noticeId, receivers: done.receivers }, 'a chunk of a notice was planned');
    await jobs.ringAll(drain, [{ officeId: done.officeId, recipient: CAST }]);
  }
  await stepByStep(jobs, (write) => settleNext(store, now(), (tx, one) => write(tx, settled(one))));
  await stepByStep(
    jobs,
    (write) => remindNext(store, rules, now(), (tx, one) => write(tx, remind(one))),
    ({ noticeId, silent }) => log.info({ noticeId, silent }, 'the silent of a notice were reminded'),
  );
}

/** Takes back the next notice that is to be taken back: one order for each of its messages, and its receipts are closed. */
function recallNext({ store, now }: NoticesDeps): Promise<{ officeId: string; recipient: string } | null> {
  return store.transaction(async (tx) => {
    const [notice] = await tx.sql<{ id: string; officeId: string }>(
      `select id, office_id as "officeId" from supervision_notice where state = 'recalling'
       order by recalled_at limit 1 for update skip locked`,
      [],
      'notice-recalling',
    );
    if (!notice) return null;
    await recallCalls(tx, notice, now());
    await dropPosts(tx, notice);
    await closeRecalled(tx, notice.id);
    return { officeId: notice.officeId, recipient: CAST };
  });
}
