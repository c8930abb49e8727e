// The office sends a notice: who may, to whom, from when on; it is planned from its row, so nothing here grows with the number of receivers.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { type ActContext, action, audit, OFFICE_ROLES } from '../act.ts';
import { type Calendar, createCalendar } from '../calendar.ts';
import { END_HOUR } from '../groups/finish.ts';
import { type Audience, audience, audienceSql } from './audience.ts';
import { filledIn, hasOpenBlank } from './blanks.ts';
import { groupFault } from './in-groups.ts';
import { noticeTitle } from './list.ts';
import { type Place, placesOf } from './places.ts';
import { quotaShare } from './quota.ts';

/** The office's own wall clock, `2026-03-20T12:00`. */
const wallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);

const receiptWish = z.strictObject({
  wanted: z.boolean(),
  due: wallTime.nullable(),
  /** Nobody said until when. */
  usual: z.literal(true).optional(),
});

const input = z.object({
  audience,
  content: z.string().trim().min(2).max(1_500),
  receipt: receiptWish,
  sendAt: wallTime.nullable().optional(),
  reason: z.string().max(200).optional(),
  photos: z.array(z.uuid()).max(3).default([]),
  corrects: z.uuid().optional(),
  /** The standing notice that it began from, and what was said for its blanks. */
  template: z.object({ id: z.string() }).optional(),
  blanks: z.record(z.string(), z.string().max(200)).default({}),
});

const result = z.object({
  title: z.string(),
  count: z.number(),
  timed: z.boolean(),
  at: z.string(),
  receipt: z.boolean(),
  due: z.string().nullable(),
  /** Of the day's person-times, in per cent, with this notice; 0 while there is plenty. */
  quota: z.number(),
  /** The groups it is posted in, and whether any of them can confirm. */
  places: z.array(z.string()),
  /** Minutes until the last of it leaves through a robot that has its 20 a minute ahead; 0: at once. */
  wait: z.number(),
});

/** 通知: confirmed by a person who may; from here on the planner has it. */
export const sendNotice = action({
  name: 'notice.send',
  roles: [...OFFICE_ROLES],
  input,
  result,
  async run(context, said) {
    const { office, actor, now } = context;
    const calendar = createCalendar(office.timeZone, office.settings);
    const sendAt = said.sendAt ? instantOf(calendar, said.sendAt) : now;
    if (said.sendAt && sendAt.getTime() < now.getTime() - 60_000) throw new AppError('notice.time-past');
    const due = said.receipt.wanted && said.receipt.due ? instantOf(calendar, said.receipt.due) : null;
    if (due && due.getTime() <= Math.max(sendAt.getTime(), now.getTime()))
      throw new AppError('notice.due-past');
    // Last of all it is the act that sees to it: a notice with a blank left goes nowhere.
    if (hasOpenBlank(said.content, said.blanks)) throw new AppError('notice.blank');
    const content = filledIn(said.content, said.blanks);
    const places = await placesOf(context.tx, office.id, said.audience);
    const wanted = said.receipt.wanted && confirms(said.audience, places);
    if (places.length > 0) await refuseInGroups(context, { ...said, content });
    if (sendAt > now) await refuseAfterEnd(context, places, sendAt, calendar);
    // What stands in a group is told to each of its members only where each is to confirm it.
    const count = places.length > 0 && !wanted ? 0 : await countOf(context, said.audience);
    if (count + places.length === 0) throw new AppError('notice.nobody');
    if (
      !said.reason &&
      (await mostThisWeek(context, said.audience)) >= office.settings['notice.perSchoolPerWeek']
    )
      throw new AppError('notice.too-many');

    const timed = sendAt.getTime() > now.getTime();
    const row = {
      id: newId(),
      officeId: office.id,
      authorId: actor.personId,
      audience: said.audience,
      content,
      receipt: wanted,
      receiptDueAt: wanted ? due : null,
      attachments: said.photos,
      reason: said.reason || null,
      state: timed ? 'scheduled' : 'sending',
      sendAt,
      corrects: said.corrects ?? null,
      createdAt: now,
    };
    await (await context.tx.db()).supervisionNotice.create({ data: row });
    await audit(context, [
      {
        action: 'notice.sent',
        subject: 'notice',
        subjectId: row.id,
        after: { ...row, count, template: said.template?.id ?? null },
      },
    ]);
    context.wake?.();
    return {
      title: noticeTitle(content),
      count,
      timed,
      at: said.sendAt ?? wallOf(calendar, now),
      receipt: row.receipt,
      due: due && wanted ? said.receipt.due : null,
      quota: timed ? 0 : await quotaWith(context, count),
      places: places.map(({ name }) => name),
      wait: timed ? 0 : await robotWait(context, places, 1 + said.photos.length),
    };
  },
});

/** A group that ends before the notice leaves would hear nothing of it, and nobody would know. */
async function refuseAfterEnd(
  { tx }: ActContext,
  places: readonly Place[],
  sendAt: Date,
  calendar: Calendar,
): Promise<void> {
  const ends = await tx.sql<{ on: string }>(
    'select ends_on as "on" from app_group where id = any($1::uuid[]) and ends_on is not null',
    [places.filter(({ kind }) => kind === 'chat').map(({ id }) => id)],
    'notice-group-ends',
  );
  if (ends.some(({ on }) => instantOf(calendar, `${on}T${END_HOUR}`) <= sendAt))
    throw new AppError('notice.group-over');
}

/** Somebody in a group can be asked one by one; behind a robot nobody is known. */
const confirms = (chosen: Audience, places: readonly Place[]) =>
  chosen.code !== 'groups' || places.some(({ kind }) => kind === 'chat');

/** The draft's card has asked already; this is for whoever changed the receivers after the words. */
export async function refuseInGroups(
  context: ActContext,
  said: { audience: Audience; content: string },
): Promise<void> {
  if (said.audience.code !== 'groups') return;
  const rows = await context.tx.sql<{ names: string[] }>(
    `select array_prepend(name, aliases) as names from school where office_id = $1 and active
       and not (id = any(coalesce((select array_agg(s::uuid) from app_group g, jsonb_array_elements(g.rule->'audiences') a,
         jsonb_array_elements_text(a->'schools') s where g.id = any($2::uuid[]) and g.purpose = 'school'), '{}')))`,
    [context.office.id, said.audience.groups ?? []],
  );
  const fault = groupFault(
    said.content,
    rows.flatMap(({ names }) => names),
    '',
  );
  if (fault) throw new AppError(fault.why === 'hurried' ? 'notice.hurried' : 'notice.names');
}

function instantOf(calendar: Calendar, wall: string): Date {
  return calendar.instant(Temporal.PlainDate.from(wall.slice(0, 10)), wall.slice(11, 16));
}

/** `2026-03-19T10:05` of an instant, on the office's clock. */
export function wallOf(calendar: Pick<Calendar, 'timeZone'>, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

async function countOf(context: ActContext, chosen: Audience): Promise<number> {
  const [row] = await context.tx.sql<{ count: number }>(
    `select count(*)::int as count from person p where ${audienceSql(chosen)} and ($4::uuid is null or p.id <> $4)`,
    [
      context.office.id,
      context.today.toString(),
      JSON.stringify(chosen),
      chosen.code === 'groups' ? context.actor.personId : null,
    ],
  );
  return row?.count ?? 0;
}

/** 99110: a group robot takes so many messages a minute. */
export const ROBOT_A_MINUTE = 20;
/** What the day's person-times come to with so many more; beyond 100 the platform takes the rest tomorrow. */
async function quotaWith({ tx, office, today }: ActContext, count: number): Promise<number> {
  const midnight = createCalendar(office.timeZone, office.settings).instant(today, '00:00');
  const [row] = await tx.sql<{ used: number; people: number }>(
    `select (select count(*) from notice_receipt where office_id = $1 and sent_at >= $2)::int
          + (select count(*) from outbox where office_id = $1 and sent_at >= $2 and recipient like 'user:%')::int as used,
       (select count(*) from person where office_id = $1 and active)::int as people`,
    [office.id, midnight],
  );
  return quotaShare(office, row?.people ?? 0, row?.used ?? 0, count);
}

/** Minutes until so many more messages have left through the fullest of these robots. */
async function robotWait(
  { tx, office, now }: ActContext,
  places: readonly Place[],
  messages: number,
): Promise<number> {
  const robots = places.filter(({ kind }) => kind === 'robot').map(({ to }) => `robot:${to}`);
  if (robots.length === 0) return 0;
  const rows = await tx.sql<{ ahead: number }>(
    `select count(*)::int as ahead from outbox where office_id = $1 and recipient = any($2)
       and (state in ('pending', 'sending') or sent_at > $3) group by recipient`,
    [office.id, robots, new Date(now.getTime() - 60_000)],
    'robot-ahead',
  );
  return Math.max(0, ...rows.map(({ ahead }) => Math.floor((ahead + messages - 1) / ROBOT_A_MINUTE)));
}

/**
 * The most notices that one head of a school among these has had since Monday (DOMAIN §2.9: no pile of papers upon schools).
 * Notices to inspectors and to the office itself are no burden of schools.
 */
async function mostThisWeek(context: ActContext, chosen: Audience): Promise<number> {
  const codes: string[] = [chosen.code, ...(chosen.also ?? [])];
  if (!chosen.people && !codes.some((code) => ['principals', 'everyone', 'groups'].includes(code))) return 0;
  const calendar = createCalendar(context.office.timeZone, context.office.settings);
  const monday = calendar.instant(calendar.week(context.today).from, '00:00');
  const [row] = await context.tx.sql<{ most: number }>(
    `select coalesce(max(n), 0)::int as most from (
       select count(*) as n from notice_receipt r join supervision_notice sn on sn.id = r.notice_id
       join person p on p.id = r.person_id
       where sn.office_id = $1 and sn.send_at >= $4 and sn.state in ('sending', 'sent') and sn.corrects is null
         and 'principal' = any(p.roles) and ${audienceSql(chosen)}
       group by r.person_id) counted`,
    [context.office.id, context.today.toString(), JSON.stringify(chosen), monday],
  );
  return row?.most ?? 0;
}
