// 谁还没签收, for those above: rectification notices that no head has signed for; and whether a notice of the office still waits for its receipts, for the same word is said of both.
import { z } from 'zod';
import { schoolsInSight } from '../access.ts';
import { action, isOfOffice, type Role } from '../act.ts';
import { noticeTitle, waitsForReceipt } from '../notices/list.ts';
import { numberOf } from './lock.ts';

/** Nothing that scrolls (VOICE, rule 1). */
const SHOWN = 6;

interface Broadcast {
  id: string;
  content: string;
  silent: number;
}

export const listUnsigned = action({
  name: 'rectification.unsigned',
  roles: ['area-leader', 'office', 'director'] satisfies Role[],
  says: ['rect', 'broadcast', 'both', 'none'],
  /** `rect`: it was said that rectification notices are meant. */
  input: z.object({ kind: z.enum(['rect']).optional() }),
  result: z.object({
    say: z.string(),
    total: z.number(),
    list: z.array(z.object({ school: z.string(), no: z.string(), issued: z.string(), days: z.number() })),
    more: z.number(),
    notice: z.string(),
    title: z.string(),
    silent: z.number(),
  }),
  async run(context, { kind }) {
    const rows = await context.tx.sql<{
      school: string;
      year: number;
      number: number;
      issued: string;
      days: number;
    }>(
      `select s.name as school, n.year, n.number, (n.issued_at at time zone $4)::date::text as issued,
              $3::date - (n.issued_at at time zone $4)::date as days
       from rectification_notice n join school s on s.id = n.school_id
       where n.office_id = $1 and n.school_id = any($2::uuid[]) and n.state = 'issued' order by n.issued_at, n.id`,
      [
        context.office.id,
        await schoolsInSight(context, ['area-leader', 'office', 'director']),
        context.today.toString(),
        context.office.timeZone,
      ],
      'unsigned-notices',
    );
    const office = isOfOffice(context.actor);
    const [waits] = office && kind === undefined ? await waiting(context) : [];
    return {
      say: rows.length > 0 ? (waits ? 'both' : 'rect') : waits ? 'broadcast' : 'none',
      total: rows.length,
      list: rows.slice(0, SHOWN).map((row) => ({
        school: row.school,
        no: numberOf(context, row),
        issued: row.issued,
        days: row.days,
      })),
      more: Math.max(0, rows.length - SHOWN),
      notice: waits?.id ?? '',
      title: waits ? noticeTitle(waits.content) : '',
      silent: waits?.silent ?? 0,
    };
  },
});

/** The latest notice of the office that somebody has not confirmed. */
function waiting({ tx, office, today }: Parameters<typeof schoolsInSight>[0]): Promise<Broadcast[]> {
  return tx.sql<Broadcast>(
    `select n.id, n.content, count(*)::int as silent
     from supervision_notice n join notice_receipt r on r.notice_id = n.id
     where n.office_id = $1 and n.receipt and ${waitsForReceipt('$2')}
     group by n.id order by n.send_at desc limit 1`,
    [office.id, today.toString()],
    'unconfirmed-broadcast',
  );
}
