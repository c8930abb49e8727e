// The receipts of one notice as a sheet: one row a receiver, with when it reached her and when she confirmed it.
import { z } from 'zod';
import { noticeTitle } from '../supervision/notices/list.ts';
import { wallOf } from '../supervision/notices/send.ts';
import { AREA_SQL, CALLED_SQL } from '../supervision/notices/status.ts';
import { RECEIPT_COLUMNS } from '../supervision/paper-words.ts';
import type { Maker } from './make.ts';
import { type Column, fileName, type Sheet, workbook } from './sheet.ts';

const params = z.object({ noticeId: z.uuid(), officeId: z.uuid() });

interface Row {
  n: number;
  area: string;
  called: string;
  name: string;
  state: string;
  why: string | null;
  sentAt: Date | null;
  confirmedAt: Date | null;
  remindedAt: Date | null;
}

export const makeReceipts: Maker = async (order, { sql, office, words, now, today }) => {
  const { noticeId, officeId } = params.parse(order.params);
  const [notice] = await sql<{ content: string; sendAt: Date }>(
    `select content, send_at as "sendAt" from supervision_notice where id = $1 and office_id = $2`,
    [noticeId, officeId],
  );
  const rows = await sql<Row>(
    `select row_number() over (order by area, called, name)::int as n, * from (
       select ${AREA_SQL} as area, ${CALLED_SQL} as called, p.name, r.state, r.why, r.sent_at as "sentAt",
         r.confirmed_at as "confirmedAt", r.reminded_at as "remindedAt"
       from notice_receipt r join person p on p.id = r.person_id where r.notice_id = $1 and r.office_id = $2) receipts
     order by n`,
    [noticeId, officeId],
  );
  const moment = (at: Date | null) => (at === null ? null : wallOf(office, at).replace('T', ' '));
  const term = (kind: string, code: string) => words.term(`${kind}.${code}`) ?? code;
  const of: Record<(typeof RECEIPT_COLUMNS)[number], Omit<Column<Row>, 'head'>> = {
    row: { width: 6, kind: 'number', of: (row) => row.n },
    area: { width: 16, of: (row) => row.area },
    unit: { width: 26, of: (row) => row.called },
    name: { width: 18, of: (row) => row.name },
    state: { width: 10, of: (row) => term('receipt-state', row.state) },
    why: { width: 30, of: (row) => (row.why === null ? '' : term('undelivered', row.why)) },
    sent: { width: 18, of: (row) => moment(row.sentAt) },
    confirmed: { width: 18, of: (row) => moment(row.confirmedAt) },
    reminded: { width: 18, of: (row) => moment(row.remindedAt) },
  };
  const columns = RECEIPT_COLUMNS.map((name) => ({
    head: words.text(`papers.receipts.col.${name}`),
    ...of[name],
  }));
  const title = noticeTitle(notice?.content ?? '');
  const confirmed = rows.filter(({ state }) => state === 'confirmed').length;
  const sheet: Sheet<Row> = {
    name: words.text('papers.receipts.sheet'),
    title,
    subtitle: words.text('papers.receipts.subtitle', {
      at: notice ? wallOf(office, notice.sendAt) : '',
      ...{ count: rows.length, confirmed },
    }),
    columns,
    rows,
    empty: words.text('papers.receipts.empty'),
  };
  const notes = {
    name: words.text('papers.notes'),
    lines: RECEIPT_COLUMNS.map((name): [string, string] => [
      words.text(`papers.receipts.col.${name}`),
      words.text(`papers.receipts.note.${name}`),
    ]),
  };
  const bytes = await workbook([sheet as Sheet<never>], notes, { at: now, by: office.name });
  return { name: fileName([words.text('papers.receipts.file')], today, 'xlsx'), bytes };
};
