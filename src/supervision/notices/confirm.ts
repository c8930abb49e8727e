// 收到: a receiver says that a notice has reached her. Saying it twice changes nothing and says so.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit, ROLES } from '../act.ts';
import { noticeTitle } from './list.ts';

export const confirmNotice = action({
  name: 'notice.confirm',
  roles: [...ROLES],
  input: z.object({ notice: z.array(z.uuid()).min(1).max(30) }),
  result: z.object({ titles: z.array(z.string()), already: z.boolean(), recalled: z.boolean() }),
  async run(context, { notice: ids }) {
    const { tx, actor, now } = context;
    // Several of hers are locked as everybody locks receipts (store/receipts.ts).
    const rows = await tx.sql<{
      id: string;
      state: string;
      content: string;
      wanted: boolean;
      noticeState: string;
      sendAt: Date;
    }>(
      `select r.notice_id as id, r.state, r.wanted, n.content, n.state as "noticeState", n.send_at as "sendAt"
       from notice_receipt r join supervision_notice n on n.id = r.notice_id
       where r.notice_id = any($1::uuid[]) and r.person_id = $2 order by r.notice_id for update of r`,
      [ids, actor.personId],
      'receipts-to-confirm',
    );
    if (rows.length === 0) throw new AppError('act.not-found', 'never', { what: 'notice' });
    rows.sort((one, other) => one.sendAt.getTime() - other.sendAt.getTime());
    const open = rows.filter(({ state }) => state !== 'confirmed');
    if (open.length > 0) {
      await tx.sql(
        `update notice_receipt set state = 'confirmed', confirmed_at = $3
         where notice_id = any($1::uuid[]) and person_id = $2 and state <> 'confirmed'`,
        [open.map(({ id }) => id), actor.personId, now],
        'confirm-receipts',
      );
      await audit(
        context,
        open.map(({ id, state }) => ({
          action: 'notice.confirmed',
          subject: 'notice' as const,
          subjectId: id,
          before: { state },
          after: { state: 'confirmed' },
        })),
      );
    }
    return {
      titles: rows.map(({ content }) => noticeTitle(content)),
      already: open.length === 0,
      recalled: rows.some(({ noticeState }) => noticeState === 'recalled' || noticeState === 'corrected'),
    };
  },
});
