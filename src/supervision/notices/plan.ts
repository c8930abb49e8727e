// Plans a notice that was confirmed: a thousand receivers a transaction, each with its row, its chunk and the calls that tell it.
import { dayOf } from '../../store/days.ts';
import type { Store, Tx } from '../../store/store.ts';
import { audience, audienceSql } from './audience.ts';

/** The platform takes so many receivers in one call (90236). */
export const CHUNK = 1_000;

export interface PlannedNotice {
  id: string;
  officeId: string;
  office: { name: string; short: string; timeZone: string };
  content: string;
  receipt: boolean;
  receiptDueAt: Date | null;
  attachments: string[];
  corrects: string | null;
  reason: string | null;
}

/** One thousand people that get the same calls. `number` counts from 1. */
export interface Chunk {
  notice: PlannedNotice;
  number: number;
  userIds: string[];
}

interface Due extends PlannedNotice {
  audience: unknown;
  cursor: string | null;
  chunks: number;
  name: string;
  short: string;
  timeZone: string;
}

/**
 * Plans the next chunk of the oldest notice that is due. Null: nothing is due, or somebody else is at it.
 * `write` puts the calls into the outbox within the same transaction, which is why a crash at any moment leaves
 * neither a receiver without her call nor a call without its receivers: planning goes on after the last person planned.
 */
export function planNext(
  store: Store,
  now: Date,
  write: (tx: Tx, chunk: Chunk) => Promise<void>,
): Promise<{ noticeId: string; officeId: string; receivers: number } | null> {
  return store.transaction(async (tx) => {
    const [notice] = await tx.sql<Due>(DUE, [now], 'notice-due');
    if (!notice) return null;
    const chosen = audience.parse(notice.audience);
    const today = dayOf(now, notice.timeZone).toString();
    const people = await tx.sql<{ id: string; userId: string }>(
      `select p.id, p.user_id as "userId" from person p
       where ${audienceSql(chosen)} and p.id > $4::uuid order by p.id limit ${CHUNK}`,
      [
        notice.officeId,
        today,
        JSON.stringify(chosen),
        notice.cursor ?? '00000000-0000-0000-0000-000000000000',
      ],
    );
    const number = notice.chunks + 1;
    const last = people.at(-1);
    if (last) {
      await tx.sql(
        `insert into notice_receipt (notice_id, person_id, office_id, user_key, chunk, wanted)
         select $1, p.id, p.office_id, p.user_key, $3, $4 from person p where p.id = any($2::uuid[])`,
        [notice.id, people.map(({ id }) => id), number, notice.receipt],
        'notice-receipts',
      );
      const {
        id,
        officeId,
        name,
        short,
        timeZone,
        content,
        receipt,
        receiptDueAt,
        attachments,
        corrects,
        reason,
      } = notice;
      const planned = { id, officeId, content, receipt, receiptDueAt, attachments, corrects, reason };
      await write(tx, {
        notice: { ...planned, office: { name, short, timeZone } },
        number,
        userIds: people.map(({ userId }) => userId),
      });
    }
    const done = people.length < CHUNK;
    await tx.sql(
      `update supervision_notice set cursor = coalesce($2, cursor), chunks = $3, state = $4, planned_at = $5 where id = $1`,
      [
        notice.id,
        last?.id ?? null,
        last ? number : notice.chunks,
        done ? 'sent' : 'sending',
        done ? now : null,
      ],
      'notice-planned',
    );
    return { noticeId: notice.id, officeId: notice.officeId, receivers: people.length };
  });
}

const DUE = `
  select n.id, n.office_id as "officeId", n.audience, n.content, n.receipt, n.receipt_due_at as "receiptDueAt",
    n.attachments, n.cursor, n.chunks, n.corrects, n.reason, o.name, o.short, o.time_zone as "timeZone"
  from supervision_notice n join office o on o.id = n.office_id
  where n.state = 'sending' or (n.state = 'scheduled' and n.send_at <= $1)
  order by n.send_at, n.id limit 1 for update of n skip locked`;
