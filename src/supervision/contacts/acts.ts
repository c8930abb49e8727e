// What the office says about the platform's members: compare now (通讯录对照), and yes, they did leave (确认停用).
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { action, audit, type Notification, OFFICE_ROLES } from '../act.ts';
import { waitingCheck } from './check.ts';
import { followMember } from './member.ts';
import { together } from './together.ts';

/** What is older is compared anew before anybody loses access by it. */
const GOOD_FOR_MS = 3 * 86_400_000;
const NAMED = 6;

/** 通讯录对照: a job reads the platform and tells whoever asked; asked twice meanwhile, it is done once. */
export const compareContacts = action({
  name: 'contacts.compare',
  roles: OFFICE_ROLES,
  input: z.object({}),
  result: z.object({}),
  async run(context) {
    const { tx, office, actor, now, inboxId } = context;
    await tx.sql(
      `insert into contact_check (id, office_id, name, asked_by, state, at)
       select $1, $2, $3, $4, 'wanted', $5 where not exists (
         select 1 from contact_check where office_id = $2 and asked_by = $4 and state in ('wanted', 'running'))
       on conflict (office_id, name) do nothing`,
      [newId(), office.id, `asked-${inboxId ?? newId()}`, actor.personId, now],
    );
    context.wake?.();
    return {};
  },
});

/** 确认停用: those whom the last comparison found gone, too many to be believed without a word. Throws `contacts.none`. */
export const confirmLeft = action({
  name: 'contacts.confirm',
  roles: OFFICE_ROLES,
  input: z.object({}),
  result: z.object({ names: z.array(z.string()), count: z.number() }),
  async run(context) {
    const { tx, office, actor, now } = context;
    const check = await waitingCheck(tx, office.id, new Date(now.getTime() - GOOD_FOR_MS));
    if (!check) throw new AppError('contacts.none');
    await tx.sql('update contact_check set confirmed_at = $2 where id = $1', [check.id, now]);
    const ended: string[] = [];
    const told: Notification[] = [];
    const notify = (notification: Notification) => void told.push(notification);
    for (const { userId, name, why } of check.waiting) {
      // Whoever confirms is here, whatever the list said.
      if (userId === actor.userId) continue;
      const followed = await followMember(
        { ...context, notify },
        { userId, at: check.at, what: 'gone', why },
      );
      if (followed !== 'nobody') ended.push(name);
    }
    for (const one of together(told)) context.notify(one);
    await audit(context, [
      {
        action: 'members.confirmed',
        subject: 'office',
        subjectId: office.id,
        after: { count: ended.length },
      },
    ]);
    return { names: ended.slice(0, NAMED), count: ended.length };
  },
});
