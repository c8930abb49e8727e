// Who has a notice, who has confirmed it, who has not: in numbers, and the silent by area (谁还没回执).
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ActContext, action, OFFICE_ROLES } from '../act.ts';
import { noticeTitle } from './list.ts';
import { postedOf } from './places.ts';
import { wallOf } from './send.ts';

/** So many names of one area are told in chat, or of the one area that was asked about; all of them are in the export. */
const NAMED = 12;
const NAMED_OF_ONE = 40;
/** Of more than so many altogether only the numbers are told, by area (VOICE, rule 1). */
const MOST_NAMED = 24;

const receiverGroup = z.object({ area: z.string(), names: z.array(z.string()), count: z.number() });

const result = z.object({
  title: z.string(),
  state: z.string(),
  at: z.string(),
  receipt: z.boolean(),
  due: z.string().nullable(),
  total: z.number(),
  pending: z.number(),
  sent: z.number(),
  confirmed: z.number(),
  /** Why it is not sent on: `away`, `limited`, `refused`; empty when nothing stands in its way. */
  held: z.string(),
  failed: z.array(z.object({ name: z.string(), why: z.string() })),
  failures: z.number(),
  silent: z.array(receiverGroup),
  silentCount: z.number(),
  reminded: z.string().nullable(),
  /** The groups it was posted in. */
  places: z.array(
    z.object({ name: z.string(), state: z.string(), why: z.string(), errcode: z.number().nullable() }),
  ),
});

/** 谁还没回执, of the latest notice unless another is named. */
export const noticeStatus = action({
  name: 'notice.status',
  roles: [...OFFICE_ROLES],
  input: z.object({ notice: z.uuid(), area: z.uuid().optional() }),
  result,
  async run(context, { notice: id, area }) {
    const { office } = context;
    const notice = await (await context.tx.db()).supervisionNotice.findFirst({
      where: { id, officeId: office.id },
    });
    if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
    const counts = await countsOf(context, id);
    const silent = notice.receipt ? await silentByArea(context, id, area) : [];
    return {
      title: noticeTitle(notice.content),
      state: notice.state,
      at: wallOf(office, notice.sendAt),
      receipt: notice.receipt,
      due: notice.receiptDueAt ? wallOf(office, notice.receiptDueAt) : null,
      ...counts,
      held: counts.pending > 0 ? await heldBy(context) : '',
      failed: await failedOf(context, id),
      silent,
      silentCount: silent.reduce((sum, { count }) => sum + count, 0),
      places: await postedOf(context.tx, id),
      reminded: notice.remindedAt ? wallOf(office, notice.remindedAt) : null,
    };
  },
});

type Reads = Pick<ActContext, 'tx'>;

/** What the platform does to the office's notices at this moment: they leave one after the other, so the first that waits speaks for all. */
async function heldBy({ tx, office }: Pick<ActContext, 'tx' | 'office'>): Promise<string> {
  const [row] = await tx.sql<{ held: string }>(
    `select case why when 'rate-limit' then 'limited' when 'alarm' then 'refused' else 'away' end as held from outbox
     where office_id = $1 and recipient = 'cast:all' and state in ('pending', 'unknown', 'sending')
       and why in ('no-answer', 'not-sent', 'busy', 'rate-limit', 'alarm') order by id limit 1`,
    [office.id],
    'notice-held',
  );
  return row?.held ?? '';
}

/** How many receivers stand where; `sent` counts those who confirmed as well. */
export async function countsOf({ tx }: Reads, id: string) {
  const rows = await tx.sql<{ state: string; count: number }>(
    `select state, count(*)::int as count from notice_receipt where notice_id = $1 group by state`,
    [id],
    'notice-counts',
  );
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    pending: of('pending'),
    sent: of('sent') + of('confirmed'),
    confirmed: of('confirmed'),
    failures: of('failed'),
  };
}

/** What a receiver is called in a list: the school of a head, the name of anybody else. */
export const CALLED_SQL = `coalesce((select s.name from assignment a join school s on s.id = a.school_id
    where a.person_id = p.id and a.role = 'principal' and a.until is null order by s.code limit 1), p.name)`;
/** The area of a receiver: that of her school, else her own. */
export const AREA_SQL = `coalesce((select ar.name from assignment a join school s on s.id = a.school_id join area ar on ar.id = s.area_id
    where a.person_id = p.id and a.until is null order by s.code limit 1), (select name from area where id = p.area_id), '')`;

/** Those who have it and have not confirmed, by area, in the order of areas. */
export async function silentByArea(
  { tx }: Reads,
  id: string,
  areaId?: string,
): Promise<z.infer<typeof receiverGroup>[]> {
  const groups = await tx.sql<{ area: string; names: string[]; count: number }>(
    `select silent.area, (array_agg(called order by called))[1:${areaId === undefined ? NAMED : NAMED_OF_ONE}] as names, count(*)::int as count from (
       select ${CALLED_SQL} as called, ${AREA_SQL} as area
       from notice_receipt r join person p on p.id = r.person_id
       where r.notice_id = $1 and r.wanted and r.state = 'sent') silent
     left join area ar on ar.name = silent.area and ar.office_id = (select office_id from supervision_notice where id = $1)
     where $2::uuid is null or ar.id = $2
     group by silent.area, ar.code order by length(ar.code), ar.code, silent.area`,
    [id, areaId ?? null],
    areaId === undefined ? 'notice-silent' : 'notice-silent-of-area',
  );
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const many = areaId === undefined && all > MOST_NAMED;
  return groups.map(({ area, names, count }) => ({ area, names: many ? [] : names, count }));
}

/** Whom the notice did not reach and why, as the office calls them; the first of many. */
export async function failedOf({ tx }: Reads, id: string) {
  return tx.sql<{ name: string; why: string }>(
    `select ${CALLED_SQL} as name, coalesce(r.why, 'refused') as why
     from notice_receipt r join person p on p.id = r.person_id
     where r.notice_id = $1 and r.state = 'failed' order by 1 limit ${NAMED}`,
    [id],
    'notice-failed',
  );
}
