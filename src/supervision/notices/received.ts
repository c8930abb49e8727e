// What a receiver may do with a notice beside confirming it: have it read out again, and let whoever sent it know that she cannot come.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { peopleWith } from '../access.ts';
import { type ActContext, action, audit, OFFICE_ROLES, ROLES } from '../act.ts';
import { asksToCome, noticeTitle } from './list.ts';
import { wallOf } from './send.ts';
import { keepWish, schoolsHeld } from './wishes.ts';

/** 通知再看一遍: its words, when and by whom it was sent. */
export const readNotice = action({
  name: 'notice.read',
  roles: [...ROLES],
  input: z.object({ notice: z.uuid() }),
  result: z.object({
    content: z.string(),
    at: z.string(),
    by: z.string(),
    /** Whether its 收到 is still waited for. */
    waits: z.boolean(),
    /** Whether people are to come somewhere, so that somebody may be unable to. */
    comes: z.boolean(),
  }),
  async run(context, { notice: id }) {
    const notice = await receivedNotice(context, id);
    return {
      content: notice.content,
      at: wallOf(context.office, notice.sendAt),
      by: notice.by,
      waits: notice.waits,
      comes: asksToCome(notice.content),
    };
  },
});

/** 能请假吗, 派副校长去行吗: goes to whoever sent the notice, who answers it herself; the bot decides nothing and says so. */
export const tellSender = action({
  name: 'notice.tell-sender',
  roles: [...ROLES],
  input: z.object({ notice: z.uuid(), said: z.string().min(1).max(300) }),
  result: z.object({ title: z.string(), to: z.array(z.string()), waits: z.boolean() }),
  async run(context, { notice: id, said }) {
    const { actor, notify } = context;
    const notice = await receivedNotice(context, id);
    const title = noticeTitle(notice.content);
    const to = await whoAnswers(context, notice.authorId);
    const schools = await schoolsOf(context);
    const wishId = await keepWish(context, { notice: id, said });
    for (const { id: personId } of to)
      notify({
        personId,
        key: 'notice.passed-on',
        data: { wishId, title, said, name: actor.name, schools },
        dedup: `notice-${id}-said-${context.inboxId ?? newId()}-${personId}`,
      });
    await audit(context, [
      {
        action: 'notice.passed-on',
        subject: 'notice',
        subjectId: id,
        after: { said, to: to.map(({ name }) => name) },
      },
    ]);
    return { title, to: to.map(({ name }) => name), waits: notice.waits };
  },
});

interface ReceivedRow {
  content: string;
  sendAt: Date;
  authorId: string;
  by: string;
  waits: boolean;
}

/** Throws `act.not-found` when it did not go to the actor, or was taken back since. */
async function receivedNotice({ tx, actor }: ActContext, id: string): Promise<ReceivedRow> {
  const [row] = await tx.sql<ReceivedRow>(
    `select n.content, n.send_at as "sendAt", n.author_id as "authorId", p.name as by,
            r.wanted and r.state <> 'confirmed' as waits
     from notice_receipt r join supervision_notice n on n.id = r.notice_id join person p on p.id = n.author_id
     where r.notice_id = $1 and r.person_id = $2 and n.state in ('sending', 'sent')`,
    [id, actor.personId],
    'notice-received',
  );
  if (!row) throw new AppError('act.not-found', 'never', { what: 'notice' });
  return row;
}

/** Whoever sent it; the office, when she is gone or asks herself. */
async function whoAnswers(context: ActContext, authorId: string): Promise<{ id: string; name: string }[]> {
  const office = (await peopleWith(context, OFFICE_ROLES)).filter(({ id }) => id !== context.actor.personId);
  const author = office.find(({ id }) => id === authorId);
  return author ? [author] : office;
}

async function schoolsOf({ tx, actor, today }: ActContext): Promise<string[]> {
  const [row] = await tx.sql<{ schools: string[] }>(
    `select ${schoolsHeld('$1', '$2')} as schools`,
    [actor.personId, today.toString()],
    'schools-of-receiver',
  );
  return row?.schools ?? [];
}
