// 催回执: the office does not wait for the working day to be over, and has the silent reminded now. Once in all, as it is without it.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit, OFFICE_ROLES } from '../act.ts';
import { createCalendar } from '../calendar.ts';
import { noticeTitle } from './list.ts';
import { wallOf } from './send.ts';

const result = z.object({
  title: z.string(),
  count: z.number(),
  /** In quiet hours nobody is reminded: it goes out when they are over. */
  held: z.boolean(),
});

/**
 * Has the one reminder of a notice (DOMAIN §2.9: no more than that) sent at once instead of a working day later (`remind.ts` sends it).
 * Throws `notice.not-asked` when it wants no receipt or is not out, `notice.all-confirmed`, `notice.reminded` with the hour.
 */
export const chaseNotice = action({
  name: 'notice.chase',
  roles: [...OFFICE_ROLES],
  input: z.object({ notice: z.uuid() }),
  result,
  async run(context, { notice: id }) {
    const { tx, office, now } = context;
    const [notice] = await tx.sql<{
      content: string;
      state: string;
      receipt: boolean;
      remindedAt: Date | null;
      askedAt: Date | null;
    }>(
      `select content, state, receipt, reminded_at as "remindedAt", remind_asked_at as "askedAt"
       from supervision_notice where id = $1 and office_id = $2 for update`,
      [id, office.id],
      'notice-to-chase',
    );
    if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
    const title = noticeTitle(notice.content);
    if (!notice.receipt || notice.state !== 'sent') throw new AppError('notice.not-asked', 'never');
    const before = notice.remindedAt ?? notice.askedAt;
    if (before) throw new AppError('notice.reminded', 'never', { was: wallOf(office, before) });
    const [silent] = await tx.sql<{ count: number }>(
      `select count(*)::int as count from notice_receipt where notice_id = $1 and wanted and state = 'sent'`,
      [id],
      'notice-silent-count',
    );
    const count = silent?.count ?? 0;
    if (count === 0) throw new AppError('notice.all-confirmed', 'never');
    await tx.sql(`update supervision_notice set remind_asked_at = $2 where id = $1`, [id, now]);
    await audit(context, [
      { action: 'notice.chased', subject: 'notice', subjectId: id, before: null, after: { silent: count } },
    ]);
    context.wake?.();
    return { title, count, held: createCalendar(office.timeZone, office.settings).isQuiet(now) };
  },
});
