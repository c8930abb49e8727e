// 电话名单: whom to call because a notice did not reach them or was not confirmed; each look at the numbers is written down.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit } from '../act.ts';
import { orderPaper } from '../papers.ts';
import { noticeTitle } from './list.ts';
import { OFFICE_ROLES } from './send.ts';
import { CALLED_SQL } from './status.ts';

/** More than so many are no list for a chat; the sheet has all of them. */
const LISTED = 25;

export const noticePhones = action({
  name: 'notice.phones',
  roles: [...OFFICE_ROLES],
  input: z.object({ notice: z.uuid() }),
  result: z.object({
    title: z.string(),
    count: z.number(),
    people: z.array(z.object({ called: z.string(), name: z.string(), phone: z.string() })),
  }),
  async run(context, { notice: id }) {
    const { tx, office } = context;
    const notice = await (await tx.db()).supervisionNotice.findFirst({ where: { id, officeId: office.id } });
    if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
    const rows = await tx.sql<{ id: string; called: string; name: string; sealed: string | null }>(
      `select p.id, ${CALLED_SQL} as called, p.name, p.phone_sealed as sealed
       from notice_receipt r join person p on p.id = r.person_id
       where r.notice_id = $1 and (r.state = 'failed' or (r.wanted and r.state = 'sent')) order by called, p.user_key`,
      [id],
      'notice-phones',
    );
    const shown = rows.slice(0, LISTED);
    if (shown.length > 0)
      await audit(context, [
        {
          action: 'notice.phones-shown',
          subject: 'notice',
          subjectId: id,
          after: { people: shown.map((row) => row.id) },
        },
      ]);
    return {
      title: noticeTitle(notice.content),
      count: rows.length,
      people: shown.map(({ called, name, sealed }) => ({
        called,
        name: name === called ? '' : name,
        phone: sealed === null ? '' : context.openPhone(sealed),
      })),
    };
  },
});

/** 导出回执: every receiver with what became of her, as a sheet. No telephone numbers leave in a file. */
export const exportReceipts = action({
  name: 'notice.export',
  roles: [...OFFICE_ROLES],
  input: z.object({ notice: z.uuid() }),
  result: z.object({ title: z.string(), count: z.number() }),
  async run(context, { notice: id }) {
    const { tx, office } = context;
    const notice = await (await tx.db()).supervisionNotice.findFirst({ where: { id, officeId: office.id } });
    if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
    const [counted] = await tx.sql<{ n: number }>(
      `select count(*)::int as n from notice_receipt where notice_id = $1`,
      [id],
    );
    await orderPaper(context, { kind: 'receipts', params: { noticeId: id, officeId: office.id } });
    return { title: noticeTitle(notice.content), count: counted?.n ?? 0 };
  },
});
