// The notices of an office as its people name them in chat: the latest, each by the first words of its text.
import { z } from 'zod';
import { CLOSED_SQL, closedMonth } from '../closed-months.ts';
import { OVERDUE_SCHOOLS_SQL } from './audience.ts';
import { USED_SQL } from './quota.ts';
import { openWish, WISHES_SQL } from './wishes.ts';

/** The reason kept with a notice that only says that another is void: nobody asks for it, or takes it back. */
export const WITHDRAWN = 'withdrawn';

/** So many of the latest can be named. */
const LATEST = 12;
/** So many that wait for one person are told to her talk. */
const MOST = 20;
/** A notice older than this is no longer waited for. */
const WAITS_DAYS = 30;
/** So long one that waits for nothing is still asked about: "是几点来着". */
const RECALLED_DAYS = 14;

/** SQL: receipt `r` of notice `n` still waits for its 收到. `today`: an expression for the office's day. */
export const waitsForReceipt = (today: string): string =>
  `r.wanted and r.state in ('pending', 'sent') and n.state in ('sending', 'sent') and n.send_at > ${today}::date - ${WAITS_DAYS}`;

/** What a receiver's 收到 is waited for, and what else has reached her of late; over `who.id` and `$9` (today). */
export const RECEIVED_SQL = `(select coalesce(json_agg(w order by w."sentAt" desc), '[]') from (
    select n.id, n.content, n.receipt_due_at as "dueAt", n.send_at as "sentAt", ${waitsForReceipt('$9')} as waits
    from notice_receipt r join supervision_notice n on n.id = r.notice_id
    where r.person_id = who.id and (${waitsForReceipt('$9')}
      or r.state in ('sent', 'confirmed') and n.state in ('sending', 'sent') and n.send_at > $9::date - ${RECALLED_DAYS})
    order by n.send_at desc limit ${MOST}) w)`;

/** A list as the office's talk knows it. Schools and people keep the names they had: one that closed, or left, can still be named. */
const namedOnes = z.array(z.object({ id: z.string(), name: z.string() }));
const savedList = z.object({
  id: z.string(),
  name: z.string(),
  schools: namedOnes,
  people: namedOnes,
});
export type SavedList = z.infer<typeof savedList>;

/** An office's lists in use; `$2` the office. */
const LISTS_SQL = `(select coalesce(jsonb_agg(w order by w.name), '[]') from (
    select l.id, l.name, l.schools, l.people from saved_list l
    where l.office_id = $2 and l.voided_at is null order by l.name limit 100) w)`;

/** What only the office's own people are told; null for others. */
export const OFFICE_SQL = `(case when who.roles && array['office', 'director'] then json_build_object(
    'overdue', ${OVERDUE_SCHOOLS_SQL},
    'lists', ${LISTS_SQL},
    'used', ${USED_SQL},
    'closed', ${CLOSED_SQL},
    'wishes', ${WISHES_SQL},
    'notices', (select coalesce(json_agg(w order by w."sendAt" desc, w.id desc), '[]') from (
      select n.id, n.content, n.state, n.receipt, n.send_at as "sendAt", n.audience from supervision_notice n
      where n.office_id = $2 and n.state not in ('cancelled') and n.reason is distinct from '${WITHDRAWN}'
      order by n.created_at desc limit ${LATEST}) w)) end)`;

export const receivedNotice = z.object({
  id: z.string(),
  content: z.string(),
  dueAt: z.string().nullable(),
  sentAt: z.string(),
  /** Its 收到 is waited for. */
  waits: z.boolean(),
});
export type ReceivedNotice = z.infer<typeof receivedNotice>;

const sentNotice = z.object({
  id: z.string(),
  content: z.string(),
  state: z.string(),
  receipt: z.boolean(),
  sendAt: z.string(),
  audience: z.unknown(),
});
export type SentNotice = z.infer<typeof sentNotice>;

export const officeFacts = z
  .object({
    overdue: z.array(z.string()),
    lists: z.array(savedList),
    used: z.number(),
    notices: z.array(sentNotice),
    closed: z.array(closedMonth),
    wishes: z.array(openWish),
  })
  .nullable();

/** What a notice is called where it is spoken of: its first words. */
export function noticeTitle(content: string): string {
  const sentence = content.split(/[\n。]/u)[0] ?? '';
  const first = sentence.replace(/[,\uFF0C]\s*(?:收到|请(?:及时)?(?:确认|回))[^,\uFF0C]*$/u, '');
  const chars = [...first];
  return chars.length > 22 ? `${chars.slice(0, 21).join('')}…` : first;
}

const COMES =
  /会[议场]|[开到参与例]会|会(?=$|[,\uff0c。;\uff1b:\uff1a、!\uff01\s改推延取定])|培训|参[加训]|活动|到场|集合|报到|出席|观摩|研讨|\b(?:meeting|conference|attend|training)\b/iu;

/** Whether a notice has people come somewhere: from such a one alone somebody may wish to stay away. */
export const asksToCome = (content: string): boolean => COMES.test(content);
