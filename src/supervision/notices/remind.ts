// The silent are reminded once, a working day after a notice went out or when the office asks for it, and listed to whoever sent it (DOMAIN §3, notice.unconfirmed).
import { Temporal } from 'temporal-polyfill';
import { IS_LOCKED, lockedReceipts } from '../../store/receipts.ts';
import type { Store, Tx } from '../../store/store.ts';
import { createCalendar } from '../calendar.ts';
import { officeSettings, type SettingRules } from '../settings.ts';
import { type Audience, audience } from './audience.ts';
import { noticeTitle } from './list.ts';
import { type Place, placesOf } from './places.ts';
import { CHUNK } from './plan.ts';
import { wallOf } from './send.ts';
import { silentByArea } from './status.ts';

export interface Reminder {
  notice: {
    id: string;
    officeId: string;
    office: { name: string; short: string; timeZone: string };
    content: string;
    due: string | null;
  };
  /** One call for each thousand. */
  chunks: string[][];
  /** The groups it was posted in, each with how many of its members confirmed: a number, and nobody's name. */
  posts: (Place & { confirmed: number })[];
  /** To whom the list goes. */
  author: { personId: string; userId: string; name: string };
  list: {
    title: string;
    confirmed: number;
    silent: { area: string; names: string[]; count: number }[];
    silentCount: number;
  };
}

/** `$1`: the notice. */
const SILENT = `r.notice_id = $1 and r.wanted and r.state = 'sent' and r.reminded_at is null
  and exists (select 1 from person p where p.id = r.person_id and p.active)`;

interface Due {
  id: string;
  officeId: string;
  authorId: string;
  audience: unknown;
  content: string;
  sendAt: Date;
  receiptDueAt: Date | null;
  /** The office asked for it. */
  askedAt: Date | null;
  name: string;
  short: string;
  timeZone: string;
  settings: unknown;
}

/**
 * Reminds the silent of the oldest notice whose working day is over; in quiet hours it waits. Null: nothing is due.
 * The mark and the calls are one transaction, so that nobody is reminded twice.
 */
export function remindNext(
  store: Store,
  rules: SettingRules,
  now: Date,
  write: (tx: Tx, reminder: Reminder) => Promise<void>,
): Promise<{ officeId: string; noticeId: string; author: string; silent: number } | null> {
  return store.transaction(async (tx) => {
    const notices = await tx.sql<Due>(DUE, [now, new Date(now.getTime() - KEEPS_MS)], 'notice-to-remind');
    const due = notices.find((one) => isDue(one, rules, now));
    if (!due) return null;
    const silent = await tx.sql<{ userId: string }>(
      `with ${lockedReceipts(SILENT)}
       update notice_receipt r set reminded_at = $2 from locked, person p where ${IS_LOCKED} and p.id = r.person_id
       returning p.user_id as "userId"`,
      [due.id, now],
      'notice-remind',
    );
    await tx.sql(
      `update supervision_notice set reminded_at = $2 where id = $1`,
      [due.id, now],
      'notice-reminded',
    );
    const [author] = await tx.sql<{ personId: string; userId: string; name: string }>(
      `select id as "personId", user_id as "userId", name from person where id = $1`,
      [due.authorId],
    );
    const posts = await postsOf(tx, due.id, due.officeId, audience.parse(due.audience));
    if (silent.length + posts.length > 0 && author) {
      const groups = await silentByArea({ tx }, due.id);
      const [confirmed] = await tx.sql<{ count: number }>(
        `select count(*)::int as count from notice_receipt where notice_id = $1 and state = 'confirmed'`,
        [due.id],
      );
      const { id, officeId, name, short, timeZone, content, receiptDueAt } = due;
      const ids = silent.map(({ userId }) => userId);
      await write(tx, {
        notice: {
          ...{ id, officeId, content },
          office: { name, short, timeZone },
          due: receiptDueAt ? wallOf(due, receiptDueAt) : null,
        },
        chunks: Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, n) =>
          ids.slice(n * CHUNK, (n + 1) * CHUNK),
        ),
        posts,
        author,
        list: {
          title: noticeTitle(content),
          confirmed: confirmed?.count ?? 0,
          silent: groups,
          silentCount: ids.length,
        },
      });
    }
    return { officeId: due.officeId, noticeId: due.id, author: author?.userId ?? '', silent: silent.length };
  });
}

async function postsOf(
  tx: Tx,
  noticeId: string,
  officeId: string,
  chosen: Audience,
): Promise<Reminder['posts']> {
  const places = (await placesOf(tx, officeId, chosen)).filter(({ kind }) => kind === 'chat');
  if (places.length === 0) return [];
  const counted = await tx.sql<{ id: string; n: number }>(
    `select m.group_id as id, count(*)::int as n from group_member m
     join notice_receipt r on r.person_id = m.person_id and r.notice_id = $1 and r.state = 'confirmed'
     where m.until is null and m.group_id = any($2::uuid[]) group by m.group_id`,
    [noticeId, places.map(({ id }) => id)],
    'notice-confirmed-in',
  );
  return places.map((place) => ({ ...place, confirmed: counted.find(({ id }) => id === place.id)?.n ?? 0 }));
}

function isDue(notice: Due, rules: SettingRules, now: Date): boolean {
  const { settings } = officeSettings(rules, notice.settings);
  const calendar = createCalendar(notice.timeZone, settings);
  if (calendar.isQuiet(now)) return false;
  if (notice.askedAt) return true;
  const sent = Temporal.Instant.fromEpochMilliseconds(notice.sendAt.getTime()).toZonedDateTimeISO(
    notice.timeZone,
  );
  const day = calendar.addWorkdays(sent.toPlainDate(), 1);
  return (
    calendar.instant(day, sent.toPlainTime().toString({ smallestUnit: 'minute' })).getTime() <= now.getTime()
  );
}

/** A notice that nobody was reminded of for so long is past it. */
const KEEPS_MS = 14 * 86_400_000;

const DUE = `
  select n.id, n.office_id as "officeId", n.author_id as "authorId", n.audience, n.content, n.send_at as "sendAt",
    n.receipt_due_at as "receiptDueAt", n.remind_asked_at as "askedAt", o.name, o.short, o.time_zone as "timeZone", o.settings
  from supervision_notice n join office o on o.id = n.office_id
  where n.state = 'sent' and n.receipt and n.reminded_at is null and n.send_at <= $1 and n.send_at > $2
  order by n.send_at limit 50 for update of n skip locked`;
