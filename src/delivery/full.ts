// What has no room for a message yet, beyond what the platform lets a member, a chat, a robot or an office have in a span of time.
import type { Tx } from '../store/store.ts';
import {
  APPCHAT_PER_MEMBER_A_MINUTE,
  PER_MEMBER_A_MINUTE,
  PER_MEMBER_AN_HOUR,
  ROBOT_A_MINUTE,
} from '../wecom/limits.ts';
import { fullMember, MEMBER_SPARE } from './cast.ts';
import { fullOffice } from './group-limits.ts';
import type { Call, Why } from './outbox.ts';

/** How many messages fit in which span. */
interface Window {
  why: Extract<Why, 'held.minute' | 'held.hour' | 'held.day'>;
  most: number;
  /** Of these, what ordinary messages leave free, so that a danger told in the same minute is not held. */
  spare: number;
  ms: number;
}
/** Change what is there, and are no messages in the platform's count. */
const UNCOUNTED: readonly Call[] = ['card-update', 'recall', 'appchat-create', 'appchat-update'];
/** A little more than the span: our clock and the platform's tick apart between two answers. */
const GRACE_MS = 500;
const MINUTE = 60_000 + GRACE_MS;
const HOUR = 3_600_000 + GRACE_MS;

/**
 * What the platform drops without a word, or blocks for a minute, beyond these (PROTOCOL §18): one member from one app,
 * one member over all chats of an app (a chat is held as if nobody were in two), one robot.
 */
const WINDOWS: Record<string, readonly Window[]> = {
  user: [
    { why: 'held.minute', most: PER_MEMBER_A_MINUTE, spare: MEMBER_SPARE, ms: MINUTE },
    { why: 'held.hour', most: PER_MEMBER_AN_HOUR, spare: 50, ms: HOUR },
  ],
  chat: [{ why: 'held.minute', most: APPCHAT_PER_MEMBER_A_MINUTE, spare: 0, ms: MINUTE }],
  robot: [{ why: 'held.minute', most: ROBOT_A_MINUTE, spare: 0, ms: MINUTE }],
};

/** A message to a group, in words or as a file. */
const isPost = (call: Call) => call === 'appchat' || call === 'appchat-media';

/** What has no room for this row, and for how long; a call that the platform does not count has room always. */
export async function fullFor(
  tx: Tx,
  { key, call, urgent }: { key: string; call: Call; urgent: boolean },
  officeId: string,
  recipient: string,
  now: Date,
): Promise<{ why: Window['why']; ms: number } | undefined> {
  if (call.startsWith('appchat')) {
    const office = await fullOffice(tx, officeId, recipient, call, now);
    if (office || !isPost(call)) return office;
  }
  if (UNCOUNTED.includes(call)) return undefined;
  if (recipient.startsWith('cast:')) return fullMember(tx, key, new Date(now.getTime() - MINUTE));
  return fullWindow(tx.sql.bind(tx), officeId, recipient, now, urgent);
}

/**
 * The first window that has no room, and for how long. Counted on the outbox itself: it is the one record of what was
 * sent that all processes share and that outlives a flushed Redis; and the count is exact, not a guess by fixed spans.
 */
async function fullWindow(
  sql: <R extends object>(text: string, values: unknown[], name: string) => Promise<R[]>,
  officeId: string,
  recipient: string,
  now: Date,
  urgent: boolean,
): Promise<{ why: Window['why']; ms: number } | undefined> {
  for (const { why, most, spare, ms } of WINDOWS[recipient.split(':')[0] ?? ''] ?? []) {
    const [nth] = await sql<{ sentAt: Date }>(
      `select "sentAt" from (
         select sent_at as "sentAt" from outbox
         where office_id = $1 and recipient = $2 and sent_at > $3 and sent_at <= $4 and call <> all($6)
         union all
         select sent_at from notice_receipt
         where office_id = $1 and user_key = substr($2, 6) and sent_at > $3 and sent_at <= $4 and $2 like 'user:%') sent
       order by "sentAt" desc offset $5 limit 1`,
      [
        officeId,
        recipient,
        new Date(now.getTime() - ms),
        new Date(now.getTime() + MINUTE),
        (urgent ? most : most - spare) - 1,
        UNCOUNTED,
      ],
      'outbox-window',
    );
    if (nth) return { why, ms: nth.sentAt.getTime() + ms - now.getTime() };
  }
  return undefined;
}
