// When the last call of a notice has ended: whoever sent it is told once, and only if somebody was not reached or it took long.
import type { Store, Tx } from '../../store/store.ts';
import { noticeTitle } from './list.ts';
import { POSTS_SQL, postedOf } from './places.ts';
import { countsOf, failedOf } from './status.ts';

export interface Settled {
  notice: { id: string; officeId: string; office: { name: string; short: string; timeZone: string } };
  author: { personId: string; userId: string; name: string };
  data: {
    title: string;
    sent: number;
    failures: number;
    failed: { name: string; why: string }[];
    minutes: number;
    places: { name: string; state: string; why: string; errcode: number | null }[];
  };
}

/** Longer than this, and the platform was slow, limiting or away: said once, when all is over. */
const LONG_MINUTES = 10;

interface Row {
  id: string;
  officeId: string;
  content: string;
  sendAt: Date;
  name: string;
  short: string;
  timeZone: string;
  personId: string;
  userId: string;
  author: string;
}

/** Closes the next notice of which nothing is on its way any more. Null: there is none. */
export function settleNext(
  store: Store,
  now: Date,
  write: (tx: Tx, settled: Settled) => Promise<void>,
): Promise<{ noticeId: string } | null> {
  return store.transaction(async (tx) => {
    const [row] = await tx.sql<Row>(
      `select n.id, n.office_id as "officeId", n.content, n.send_at as "sendAt", o.name, o.short, o.time_zone as "timeZone",
         p.id as "personId", p.user_id as "userId", p.name as author
       from supervision_notice n join office o on o.id = n.office_id join person p on p.id = n.author_id
       where n.state = 'sent' and n.settled_at is null
         and not exists (select 1 from notice_receipt r where r.notice_id = n.id and r.state = 'pending')
         and not exists (select 1 from ${POSTS_SQL} where o.state in ('pending', 'sending', 'unknown'))
       order by n.send_at limit 1 for update of n skip locked`,
      [],
      'notice-to-settle',
    );
    if (!row) return null;
    await tx.sql(
      `update supervision_notice set settled_at = $2 where id = $1`,
      [row.id, now],
      'notice-settled',
    );
    const { sent, failures } = await countsOf({ tx }, row.id);
    const last = await lastSentAt(tx, row);
    // What the office hears of the platform as a whole is not said of each notice again.
    const told = await isTroubleTold(tx, row, last);
    const minutes = told ? 0 : Math.round((last.getTime() - row.sendAt.getTime()) / 60_000);
    const places = (await postedOf(tx, row.id)).filter(({ state }) => state !== 'sent');
    if (failures > 0 || places.length > 0 || minutes >= LONG_MINUTES) {
      const { id, officeId, name, short, timeZone, personId, userId, author } = row;
      await write(tx, {
        notice: { id, officeId, office: { name, short, timeZone } },
        author: { personId, userId, name: author },
        data: {
          title: noticeTitle(row.content),
          ...{
            sent,
            failures,
            places,
            failed: await failedOf({ tx }, id),
            minutes: minutes >= LONG_MINUTES ? minutes : 0,
          },
        },
      });
    }
    return { noticeId: row.id };
  });
}

/** When the last of its receivers got it; whoever asks late does not make it late. */
async function lastSentAt(tx: Tx, { id, sendAt }: Row): Promise<Date> {
  const [last] = await tx.sql<{ at: Date | null }>(
    'select max(sent_at) as at from notice_receipt where notice_id = $1',
    [id],
    'notice-last-sent',
  );
  return last?.at ?? sendAt;
}

/** Whether the platform's silence or refusal in that time is told to all of the office (delivery/trouble.ts). */
async function isTroubleTold(tx: Tx, { officeId, sendAt }: Row, last: Date): Promise<boolean> {
  const rows = await tx.sql(
    `select 1 from delivery_trouble where office_id = $1 and began_at <= $3 and coalesce(ended_at, $3) >= $2 limit 1`,
    [officeId, sendAt, last],
    'notice-trouble',
  );
  return rows.length > 0;
}
