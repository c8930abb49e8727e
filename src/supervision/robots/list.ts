// The group robots of an office, by name and state; their keys never leave the database but to be sent with.
import { z } from 'zod';
import { action, OFFICE_ROLES } from '../act.ts';

export const knownRobot = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  /** Messages of the last minute and those that wait: how much of the next minute is spoken for. */
  ahead: z.number(),
});
export type KnownRobot = z.infer<typeof knownRobot>;

const ahead = (
  now: string,
) => `(select count(*)::int from outbox b where b.office_id = r.office_id and b.recipient = 'robot:' || r.name
    and (b.state in ('pending', 'sending') or b.sent_at > ${now} - interval '60 seconds'))`;

/** What a talk knows of robots; over `$2` (the office) and `$8` (the moment of the message). */
export const ROBOTS_SQL = `(select coalesce(jsonb_agg(w order by w.name), '[]') from (
    select r.id, r.name, r.state, ${ahead('$8::timestamptz')} as ahead from group_robot r
    where r.office_id = $2 and r.state <> 'removed' order by r.name limit 100) w)`;

/** 有哪些群机器人 */
export const listRobots = action({
  name: 'robot.list',
  roles: [...OFFICE_ROLES],
  input: z.object({}),
  result: z.object({ robots: z.array(z.object({ name: z.string(), state: z.string() })) }),
  async run({ tx, office }) {
    const robots = await tx.sql<{ name: string; state: string }>(
      `select name, state from group_robot where office_id = $1 and state <> 'removed' order by name`,
      [office.id],
      'robots',
    );
    return { robots };
  },
});
