// 撤回: a notice that has not left is cancelled, one of today is taken back, an older one is corrected by another.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { IS_LOCKED, lockedReceipts } from '../../store/receipts.ts';
import type { Store, Tx } from '../../store/store.ts';
import { action, audit, OFFICE_ROLES } from '../act.ts';
import { audience } from './audience.ts';
import { noticeTitle, WITHDRAWN } from './list.ts';
import { postedOf } from './places.ts';
import { refuseInGroups } from './send.ts';

/** The platform takes a message back within 24 h of its sending (94867); a minute is left for the calls themselves. */
const RECALL_MS = 24 * 3_600_000 - 60_000;

/** Whether a notice sent then can still be taken back. */
export const isTooLate = (sentAt: Date, now: Date): boolean => now.getTime() - sentAt.getTime() > RECALL_MS;

const result = z.object({
  title: z.string(),
  /** `cancelled`: nobody had it. `recalled`: being taken back. `corrected`: too late for that, another says so. */
  how: z.enum(['cancelled', 'recalled', 'corrected']),
  count: z.number(),
  corrected: z.string(),
  /** In how many groups it was posted, where nothing can be taken back. */
  places: z.number(),
});

export const recallNotice = action({
  name: 'notice.recall',
  roles: [...OFFICE_ROLES],
  input: z.object({ notice: z.uuid(), corrected: z.string().max(1_500).optional() }),
  result,
  async run(context, { notice: id, corrected = '' }) {
    const { tx, office, actor, now } = context;
    const [notice] = await tx.sql<{
      state: string;
      content: string;
      sendAt: Date;
      receipt: boolean;
      receiptDueAt: Date | null;
      audience: object;
      attachments: string[];
    }>(
      `select state, content, send_at as "sendAt", receipt, receipt_due_at as "receiptDueAt", audience, attachments
       from supervision_notice where id = $1 and office_id = $2 for update`,
      [id, office.id],
      'notice-to-recall',
    );
    if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
    if (!['scheduled', 'sending', 'sent'].includes(notice.state)) throw new AppError('notice.recalled');
    const how =
      notice.state === 'scheduled' ? 'cancelled' : isTooLate(notice.sendAt, now) ? 'corrected' : 'recalled';
    const [told] = await tx.sql<{ count: number }>(
      `select count(*)::int as count from notice_receipt where notice_id = $1 and state in ('sent', 'confirmed')`,
      [id],
    );
    // What is to be taken back is taken back by the planner, chunk by chunk; "recalling" is its order.
    const state = how === 'recalled' ? 'recalling' : how;
    await tx.sql(`update supervision_notice set state = $2, recalled_at = $3 where id = $1`, [
      id,
      state,
      now,
    ]);
    if (how === 'corrected') await closeReceipts(tx, id);
    await audit(context, [
      {
        action: `notice.${how}`,
        subject: 'notice',
        subjectId: id,
        before: { state: notice.state },
        after: { state, corrected },
      },
    ]);

    // What was said in a group cannot be taken back (90248): it is said there that it is void.
    const places = how === 'cancelled' ? [] : await postedOf(tx, id);
    const posted = places.filter((place) => place.state !== 'refused').length;
    if (corrected !== '')
      await refuseInGroups(context, { audience: audience.parse(notice.audience), content: corrected });
    const instead = corrected !== '' || how === 'corrected' || posted > 0;
    if (instead) {
      const receipt = corrected !== '' && notice.receipt;
      const due =
        receipt && notice.receiptDueAt && notice.receiptDueAt.getTime() > now.getTime()
          ? notice.receiptDueAt
          : null;
      const row = {
        id: newId(),
        officeId: office.id,
        authorId: actor.personId,
        audience: notice.audience,
        content: corrected,
        receipt,
        receiptDueAt: due,
        attachments: notice.attachments,
        // The words of a bare withdrawal are the script's; its content names what is withdrawn.
        ...(corrected === '' ? { content: noticeTitle(notice.content), reason: WITHDRAWN } : {}),
        state: how === 'cancelled' ? 'scheduled' : 'sending',
        sendAt: how === 'cancelled' ? notice.sendAt : now,
        corrects: id,
        createdAt: now,
      };
      await (await tx.db()).supervisionNotice.create({ data: row });
      await audit(context, [{ action: 'notice.sent', subject: 'notice', subjectId: row.id, after: row }]);
    }
    context.wake?.();
    return { title: noticeTitle(notice.content), how, count: told?.count ?? 0, corrected, places: posted };
  },
});

/** Rows of receipts of a notice that is being taken back; those who confirmed it have read it and stay so. */
async function closeReceipts(tx: Pick<Tx, 'sql'>, noticeId: string): Promise<void> {
  await tx.sql(
    `with ${lockedReceipts(`r.notice_id = $1 and r.state in ('pending', 'sent')`)}
     update notice_receipt r set state = 'recalled' from locked where ${IS_LOCKED}`,
    [noticeId],
    'notice-close-recalled',
  );
}

/** The planner has ordered every message of it to be taken back. */
export async function closeRecalled(tx: Pick<Tx, 'sql'>, noticeId: string): Promise<void> {
  await closeReceipts(tx, noticeId);
  await tx.sql(
    `update supervision_notice set state = 'recalled' where id = $1`,
    [noticeId],
    'notice-recalled',
  );
}

/** What could not be taken back any more when the platform came to it. */
export interface RecalledLate {
  notice: { id: string; officeId: string; office: { name: string; short: string; timeZone: string } };
  author: { personId: string; userId: string; name: string };
  title: string;
}

interface LateRow {
  id: string;
  officeId: string;
  content: string;
  audience: object;
  name: string;
  short: string;
  timeZone: string;
  personId: string;
  userId: string;
  author: string;
}

/** So long after its order a recall is still looked at: the platform may have been away. */
const LOOKED_AT = "interval '3 days'";

/**
 * The next notice that was to be taken back in time, and which the platform came to too late: its receivers are told that it is void, as
 * if that had been known. Not when other words went out in its place, which say so themselves. Null: there is none.
 */
export function withdrawNext(
  store: Store,
  now: Date,
  write: (tx: Tx, late: RecalledLate) => Promise<void>,
): Promise<{ noticeId: string } | null> {
  return store.transaction(async (tx) => {
    const [row] = await tx.sql<LateRow>(
      `select n.id, n.office_id as "officeId", n.content, n.audience, o.name, o.short, o.time_zone as "timeZone",
         p.id as "personId", p.user_id as "userId", p.name as author
       from supervision_notice n join office o on o.id = n.office_id join person p on p.id = n.author_id
       where n.state = 'recalled' and n.recalled_at > $1::timestamptz - ${LOOKED_AT}
         and not exists (select 1 from supervision_notice w where w.corrects = n.id)
         and exists (select 1 from outbox r where r.office_id = n.office_id and r.recipient = 'cast:all' and r.state = 'refused'
           and r.why = 'quiet.recall-too-late' and r.key like 'recall-cast-' || n.id || '-%')
       limit 1 for update of n skip locked`,
      [now],
      'notice-recalled-late',
    );
    if (!row) return null;
    const { id, officeId, name, short, timeZone, personId, userId, author } = row;
    const title = noticeTitle(row.content);
    const db = await tx.db();
    await db.supervisionNotice.update({ where: { id }, data: { state: 'corrected' } });
    await db.supervisionNotice.create({
      data: {
        ...{
          id: newId(),
          officeId,
          authorId: personId,
          audience: row.audience,
          content: title,
          reason: WITHDRAWN,
        },
        ...{ attachments: [], receipt: false, state: 'sending', sendAt: now, corrects: id, createdAt: now },
      },
    });
    await write(tx, {
      notice: { id, officeId, office: { name, short, timeZone } },
      author: { personId, userId, name: author },
      title,
    });
    return { noticeId: id };
  });
}
