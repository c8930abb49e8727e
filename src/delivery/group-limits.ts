// What one office may do with its groups (90248): so many made a day, changed an hour, and reached a minute, counted on the outbox.
import type { Tx } from '../store/store.ts';
import {
  APPCHAT_CHANGED_AN_HOUR,
  APPCHAT_CREATED_A_DAY,
  APPCHAT_PERSON_TIMES_A_MINUTE,
} from '../wecom/limits.ts';
import type { Call, Why } from './outbox.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A little more than the span, as for members (full.ts). */
const MINUTE_MS = 60_500;

/** Whether this call has to wait because the office has used up what the platform allows, and for how long. */
export async function fullOffice(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  recipient: string,
  call: Call,
  now: Date,
): Promise<{ why: Extract<Why, 'held.minute' | 'held.hour' | 'held.day'>; ms: number } | undefined> {
  if (call === 'appchat-create')
    return full(await nth(tx, officeId, call, now, DAY_MS, APPCHAT_CREATED_A_DAY), now, DAY_MS, 'held.day');
  if (call === 'appchat-update')
    return full(
      await nth(tx, officeId, call, now, HOUR_MS, APPCHAT_CHANGED_AN_HOUR),
      now,
      HOUR_MS,
      'held.hour',
    );
  return full(await lastThatFits(tx, officeId, recipient, now), now, MINUTE_MS, 'held.minute');
}

function full<W>(since: Date | undefined, now: Date, ms: number, why: W): { why: W; ms: number } | undefined {
  return since && { why, ms: Math.max(1, since.getTime() + ms - now.getTime()) };
}

/** When the n-th newest call of a kind left; it has to fall out of the span first. */
async function nth(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  call: Call,
  now: Date,
  ms: number,
  most: number,
): Promise<Date | undefined> {
  const [row] = await tx.sql<{ sentAt: Date }>(
    `select sent_at as "sentAt" from outbox where office_id = $1 and call = $2 and recipient like 'chat:%' and sent_at > $3
     order by sent_at desc offset $4 limit 1`,
    [officeId, call, new Date(now.getTime() - ms), most - 1],
    'outbox-group-calls',
  );
  return row?.sentAt;
}

/** The newest send that has to fall out of the minute before this group's members fit into it. */
async function lastThatFits(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  recipient: string,
  now: Date,
): Promise<Date | undefined> {
  const [row] = await tx.sql<{ sentAt: Date }>(
    `select "sentAt" from (
       select o.sent_at as "sentAt", sum(coalesce(g.size, 1)) over (order by o.sent_at desc, o.id) as times
       from outbox o left join app_group g on g.office_id = o.office_id and o.recipient = 'chat:' || g.chat_id
       where o.office_id = $1 and o.recipient like 'chat:%' and o.call in ('appchat', 'appchat-media') and o.sent_at > $3) sent
     where times + coalesce((select size from app_group where office_id = $1 and 'chat:' || chat_id = $2), 1) > $4
     order by "sentAt" desc limit 1`,
    [officeId, recipient, new Date(now.getTime() - MINUTE_MS), APPCHAT_PERSON_TIMES_A_MINUTE],
    'outbox-group-times',
  );
  return row?.sentAt;
}
