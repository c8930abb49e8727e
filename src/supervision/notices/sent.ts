// 发过哪些通知: the latest of the office with how many have each, for whoever wants to know what went out and which of them to ask about.
import { z } from 'zod';
import { action, OFFICE_ROLES } from '../act.ts';
import { noticeTitle, WITHDRAWN } from './list.ts';
import { wallOf } from './send.ts';

/** Nothing that scrolls (VOICE, rule 1). */
const SHOWN = 6;

export const listNotices = action({
  name: 'notice.list',
  roles: [...OFFICE_ROLES],
  input: z.object({}),
  result: z.object({
    notices: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        at: z.string(),
        by: z.string(),
        state: z.string(),
        receipt: z.boolean(),
        total: z.number(),
        confirmed: z.number(),
        silent: z.number(),
        failed: z.number(),
      }),
    ),
    more: z.number(),
  }),
  async run({ tx, office }) {
    const rows = await tx.sql<{
      id: string;
      content: string;
      sendAt: Date;
      by: string;
      state: string;
      receipt: boolean;
      total: number;
      confirmed: number;
      silent: number;
      failed: number;
      all: number;
    }>(
      `with latest as (
         select n.*, count(*) over ()::int as "all" from supervision_notice n
         where n.office_id = $1 and n.reason is distinct from '${WITHDRAWN}'
         order by n.created_at desc limit ${SHOWN})
       select l.id, l.content, l.send_at as "sendAt", p.name as by, l.state, l.receipt, l."all",
         count(r.person_id)::int as total, (count(*) filter (where r.state = 'confirmed'))::int as confirmed,
         (count(*) filter (where r.state = 'sent' and r.wanted))::int as silent,
         (count(*) filter (where r.state = 'failed'))::int as failed
       from latest l join person p on p.id = l.author_id left join notice_receipt r on r.notice_id = l.id
       group by l.id, l.content, l.send_at, p.name, l.state, l.receipt, l."all", l.created_at order by l.created_at desc`,
      [office.id],
      'notices-sent',
    );
    return {
      notices: rows.map(({ content, sendAt, all: _all, ...row }) => ({
        ...row,
        title: noticeTitle(content),
        at: wallOf(office, sendAt),
      })),
      more: Math.max(0, (rows[0]?.all ?? 0) - SHOWN),
    };
  },
});
