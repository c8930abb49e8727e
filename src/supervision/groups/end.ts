// 结束群: its purpose is served; the planner says the last words in it and it is written to no more.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit } from '../act.ts';
import { GROUP_ROLES, mayHandle } from './list.ts';

export const endGroup = action({
  name: 'group.end',
  roles: [...GROUP_ROLES],
  input: z.object({ group: z.uuid(), words: z.string().trim().max(300).default('') }),
  result: z.object({ name: z.string(), count: z.number() }),
  async run(context, { group: id, words }) {
    const { tx, office, actor } = context;
    const [group] = await tx.sql<{
      name: string;
      purpose: string;
      areaId: string | null;
      state: string;
      size: number;
    }>(
      `select name, purpose, area_id as "areaId", state, size from app_group where id = $1 and office_id = $2 for update`,
      [id, office.id],
      'group-to-end',
    );
    if (!group) throw new AppError('act.not-found', 'never', { what: 'group' });
    if (!mayHandle(actor, group)) throw new AppError('act.not-allowed');
    if (!['planned', 'making', 'open'].includes(group.state)) throw new AppError('group.ended');
    await tx.sql(
      `update app_group set state = 'ending', last_words = $2, ended_by = $3 where id = $1`,
      [id, words, actor.personId],
      'group-end',
    );
    await audit(context, [
      {
        action: 'group.ended',
        subject: 'group',
        subjectId: id,
        before: { state: group.state },
        after: { state: 'ending', words },
      },
    ]);
    context.wake?.();
    return { name: group.name, count: group.size };
  },
});
