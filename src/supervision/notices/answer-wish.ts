// Somebody of the office answers what a receiver wished about a notice: it goes to her, with who says so.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit, OFFICE_ROLES } from '../act.ts';
import { noticeTitle } from './list.ts';
import { wallOf } from './send.ts';

/** 答复来话: goes to who wished it, with the name of who answered. The first answer counts. */
export const answerWish = action({
  name: 'notice.answer-wish',
  roles: OFFICE_ROLES,
  input: z.object({ wish: z.uuid(), answer: z.string().min(1).max(300) }),
  result: z.object({ to: z.string(), answer: z.string() }),
  async run(context, { wish: id, answer }) {
    const { tx, office, actor, now, notify } = context;
    const [wish] = await tx.sql<{
      noticeId: string;
      personId: string;
      name: string;
      said: string;
      content: string;
      answeredAt: Date | null;
      by: string | null;
    }>(
      `select w.notice_id as "noticeId", w.person_id as "personId", p.name, w.said, n.content, w.answered_at as "answeredAt", b.name as by
       from notice_wish w join person p on p.id = w.person_id join supervision_notice n on n.id = w.notice_id
       left join person b on b.id = w.answered_by_id
       where w.id = $1 and w.office_id = $2 for update of w`,
      [id, office.id],
      'wish-of',
    );
    if (!wish) throw new AppError('act.not-found', 'never', { what: 'wish' });
    if (wish.answeredAt)
      throw new AppError('notice.wish-answered', 'never', {
        by: wish.by ?? '',
        was: wallOf(office, wish.answeredAt),
      });
    await tx.sql(
      `update notice_wish set answer = $2, answered_by_id = $3, answered_at = $4 where id = $1`,
      [id, answer, actor.personId, now],
      'wish-answered',
    );
    notify({
      personId: wish.personId,
      key: 'notice.wish-answered',
      data: { title: noticeTitle(wish.content), said: wish.said, answer, by: actor.name },
      dedup: `notice-wish-${id}-answered`,
    });
    await audit(context, [
      {
        action: 'notice.wish-answered',
        subject: 'notice',
        subjectId: wish.noticeId,
        before: { said: wish.said },
        after: { answer },
      },
    ]);
    return { to: wish.name, answer };
  },
});
