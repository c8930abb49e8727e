// 电话名单: whom to call because a notice did not reach them or was not confirmed; each look at the numbers is written down.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit, OFFICE_ROLES } from '../act.ts';
import { orderPaper } from '../papers.ts';
import { noticeTitle } from './list.ts';
import { AREA_SQL, CALLED_SQL } from './status.ts';

/** More than so many are no list for a chat; the sheet has all of them. */
const LISTED = 12;
/** Of one area all of it is a list that can be called through. */
const LISTED_OF_ONE = 30;

export const noticePhones = action({
  name: 'notice.phones',
  roles: [...OFFICE_ROLES],
  input: z.object({ notice: z.uuid(), area: z.uuid().optional() }),
  result: z.object({
    title: z.string(),
    example: z.string(),
    count: z.number(),
    people: z.array(z.object({ called: z.string(), name: z.string(), phone: z.string() })),
  }),
  async run(context, { notice: id, area }) {
    const { tx, office } = context;
    const notice = await (await tx.db()).supervisionNotice.findFirst({ where: { id, officeId: office.id } });
    if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
    const [named] = area ? await tx.sql<{ name: string }>('select name from area where id = $1', [area]) : [];
    const all = await tx.sql<{
      id: string;
      called: string;
      area: string;
      name: string;
      sealed: string | null;
    }>(
      `select p.id, ${CALLED_SQL} as called, ${AREA_SQL} as area, p.name, p.phone_sealed as sealed
       from notice_receipt r join person p on p.id = r.person_id
       where r.notice_id = $1 and (r.state = 'failed' or (r.wanted and r.state = 'sent')) order by called, p.user_key`,
      [id],
      'notice-phones',
    );
    const rows = named ? all.filter((row) => row.area === named.name) : all;
    const shown = rows.slice(0, named ? LISTED_OF_ONE : LISTED);
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
      /** An area of which somebody is to be called. */
      example: rows[0]?.area ?? '',
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
