// 登记群机器人: its name and its key, which comes sealed and stays so; and taking it off again, with its key wiped.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import type { Tx } from '../../store/store.ts';
import { type ActContext, action, audit, OFFICE_ROLES } from '../act.ts';

export const robotName = z.string().trim().min(2).max(20);

export interface NewRobot {
  officeId: string;
  name: string;
  /** Sealed for the purpose `robot` (store/seal.ts). */
  sealed: string;
  by: string | null;
}

/** A name that is known gets the new key; either way a test message goes out next. Gives the robot's id. */
export async function putRobot(
  tx: Pick<Tx, 'sql'>,
  { officeId, name, sealed, by }: NewRobot,
  now: Date,
): Promise<{ id: string; again: boolean }> {
  const [row] = await tx.sql<{ id: string; again: boolean }>(
    `insert into group_robot (id, office_id, name, key_sealed, state, created_at, created_by, keyed_at)
     values ($1, $2, $3, $4, 'new', $5, $6, $5)
     on conflict (office_id, name) do update set key_sealed = $4, state = 'new', errcode = null, removed_at = null, created_by = $6,
       keyed_at = $5, version = group_robot.version + 1
     returning id, version > 1 as again`,
    [newId(), officeId, name, sealed, now, by],
    'robot-put',
  );
  if (!row) throw new Error('insert … returning gave no row');
  return row;
}

/** False: there is none of this name. */
export async function dropRobot(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; name: string },
  now: Date,
): Promise<string | null> {
  const [row] = await tx.sql<{ id: string }>(
    `update group_robot set state = 'removed', removed_at = $3, key_sealed = null where office_id = $1 and name = $2 and state <> 'removed'
     returning id`,
    [of.officeId, of.name, now],
    'robot-drop',
  );
  return row?.id ?? null;
}

export const registerRobot = action({
  name: 'robot.register',
  roles: [...OFFICE_ROLES],
  input: z.object({ name: robotName, key: z.string().startsWith('v1.') }),
  result: z.object({ name: z.string(), again: z.boolean() }),
  async run(context, { name, key }) {
    const { tx, office, actor, now } = context;
    const put = await putRobot(tx, { officeId: office.id, name, sealed: key, by: actor.personId }, now);
    await noted(context, 'robot.registered', put.id, { name });
    context.wake?.();
    return { name, again: put.again };
  },
});

export const removeRobot = action({
  name: 'robot.remove',
  roles: [...OFFICE_ROLES],
  input: z.object({ robot: z.uuid() }),
  result: z.object({ name: z.string() }),
  async run(context, { robot: id }) {
    const { tx, office, now } = context;
    const [robot] = await tx.sql<{ name: string }>(
      `select name from group_robot where id = $1 and office_id = $2 and state <> 'removed' for update`,
      [id, office.id],
      'robot-to-remove',
    );
    if (!robot) throw new AppError('act.not-found', 'never', { what: 'robot' });
    await dropRobot(tx, { officeId: office.id, name: robot.name }, now);
    await noted(context, 'robot.removed', id, { name: robot.name });
    return { name: robot.name };
  },
});

/** Never the key, sealed or not. */
function noted(context: ActContext, what: 'robot.registered' | 'robot.removed', id: string, after: object) {
  return audit(context, [{ action: what, subject: 'robot', subjectId: id, after }]);
}
