// Receipts under load: heads tap 收到 by the hundred while the sender marks what arrived and the planner reminds and recalls, and nobody waits in a ring.
import { expect, test } from 'vitest';
import { CAST, castKey, castTask, keepCastCode, markReceivers } from '../../../src/delivery/cast.ts';
import type { ClaimedRow } from '../../../src/delivery/claim.ts';
import { IS_LOCKED, lockedReceipts } from '../../../src/store/receipts.ts';
import type { ActContext } from '../../../src/supervision/act.ts';
import { followMember } from '../../../src/supervision/contacts/member.ts';
import { confirmNotice } from '../../../src/supervision/notices/confirm.ts';
import { planNext } from '../../../src/supervision/notices/plan.ts';
import { closeRecalled } from '../../../src/supervision/notices/recall.ts';
import { remindNext } from '../../../src/supervision/notices/remind.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { openCast } from '../../support/cast.ts';
import { randomOf } from '../../support/random.ts';

const PEOPLE = 900;
const ROUNDS = 30;
interface Head {
  personId: string;
  userId: string;
}
/** What the platform said of a call that arrived. */
const ARRIVED = {
  state: 'sent',
  why: null,
  errcode: 0,
  waitMs: null,
  holdsOffice: false,
  alarm: false,
  counts: true,
} as const;

test('taps, marks, reminders and recalls of the same receipts, all at once: nobody waits in a ring', async () => {
  const { store, officeId, clock, notice } = await openCast({ people: PEOPLE });
  const seed = Number(process.env.CAST_SEED ?? Date.now() % 100_000);
  const random = randomOf(seed);
  const heads = await store.query<Head>('select id as "personId", user_id as "userId" from person');
  const ids = [await notice('第一条。'), await notice('第二条。')];
  for (const _ of ids)
    await planNext(
      store,
      clock.now(),
      async () => {},
      async () => {},
    );
  const rules = loadSettingRules();
  const nextDay = new Date(clock.now().getTime() + 2 * 86_400_000);

  /** One head after the other taps the card of one notice, or says 收到 to both. */
  const taps = async () => {
    for (let n = 0; n < ROUNDS * 8; n += 1) {
      const head = heads[Math.floor(random() * heads.length)] as Head; // there are some
      const [only] = random() < 0.5 ? ids : ids.toReversed();
      const tapped = random() < 0.5 && only;
      await store.transaction(async (tx) => {
        const card = { officeId, responseCode: `code-${n}`, userId: head.userId };
        if (tapped) await keepCastCode(tx, { ...card, taskId: castTask(tapped, 1) });
        const context = { tx, now: clock.now(), inboxId: null, office: { id: officeId }, actor: head };
        await confirmNotice.run(context as unknown as ActContext, { notice: tapped ? [tapped] : ids }); // all that it asks for
      });
    }
  };
  const marks = async (id: string) => {
    const row = {
      key: castKey(id, 1, 1),
      call: 'message',
      officeId,
      recipient: CAST,
    } as unknown as ClaimedRow; // what is read of it
    for (let n = 0; n < ROUNDS; n += 1)
      await store.transaction((tx) =>
        markReceivers(tx, row, { ...ARRIVED, invalid: [], unlicensed: [] }, clock.now()),
      );
  };
  const reminds = async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      await remindNext(store, rules, nextDay, async () => {});
      await store.query('update supervision_notice set reminded_at = null');
    }
  };
  const recalls = async (id: string) => {
    for (let n = 0; n < ROUNDS; n += 1) {
      await store.transaction((tx) => closeRecalled(tx, id));
      await store.query(`update supervision_notice set state = 'sent' where id = $1`, [id]);
      // So that the next round finds something to do.
      await store.query(
        `with ${lockedReceipts('r.notice_id = $1')}
         update notice_receipt r set state = 'sent', reminded_at = null from locked where ${IS_LOCKED}`,
        [id],
      );
    }
  };
  const moves = async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const { userId } = heads[n] as Head; // there are more
      const at = new Date(clock.now().getTime() + n * 2_000);
      const news = { userId, at, what: 'renamed', newUserId: `moved-${n}` } as const;
      await store.transaction((tx) =>
        followMember(
          { tx, now: at, inboxId: null, notify() {}, office: { id: officeId }, actor: null },
          news,
        ),
      );
    }
  };
  const ended = await Promise.allSettled([
    taps(),
    taps(),
    taps(),
    taps(),
    ...ids.map(marks),
    reminds(),
    moves(),
    ...ids.map(recalls),
  ]);
  const failed = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(failed, `seed ${seed}`).toEqual([]);
});
