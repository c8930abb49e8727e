// 建群: a group is wanted, for a purpose and, unless it is an area's, until a day; the planner makes it on the platform.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { action, audit } from '../act.ts';
import { GROUP_ROLES, IN_USE, mayHandle } from './list.ts';
import { groupRule, MEMBERS_LEAST, MEMBERS_MOST, membersToday, PURPOSES } from './members.ts';

const input = z.object({
  group: z.strictObject({
    purpose: z.enum(PURPOSES),
    name: z.string().trim().min(2).max(40),
    rule: groupRule,
    areaId: z.uuid().nullable(),
  }),
  ends: z.iso.date().nullable(),
});

export const makeGroup = action({
  name: 'group.make',
  roles: [...GROUP_ROLES],
  input,
  result: z.object({ name: z.string(), count: z.number(), until: z.string().nullable() }),
  async run(context, { group, ends }) {
    const { tx, office, actor, now, today } = context;
    if (!mayHandle(actor, group)) throw new AppError('act.not-allowed');
    if (group.areaId !== null) {
      const [area] = await tx.sql(`select 1 from area where id = $1 and office_id = $2`, [
        group.areaId,
        office.id,
      ]);
      if (!area) throw new AppError('act.not-found', 'never', { what: 'area' });
    }
    if (ends !== null && Temporal.PlainDate.compare(Temporal.PlainDate.from(ends), today) < 0)
      throw new AppError('group.ends-past');
    // Two clerks who want the same group at once get one: the second waits here and then finds it.
    await tx.sql(
      'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      [`groups ${office.id}`],
      'groups-lock',
    );
    const [there] = await tx.sql<{ name: string }>(
      `select name from app_group where office_id = $1 and state = any($2)
         and (name = $3 or (purpose = 'area' and $4 = 'area' and area_id = $5::uuid and rule->'audiences' = $6::jsonb))`,
      [office.id, IN_USE, group.name, group.purpose, group.areaId, JSON.stringify(group.rule.audiences)],
    );
    if (there) throw new AppError('group.exists');
    const rule = { ...group.rule, people: [...new Set([...group.rule.people, actor.personId])] };
    const members = await membersToday(tx, { officeId: office.id, rule, today: today.toString() });
    if (members.length < MEMBERS_LEAST) throw new AppError('group.too-few');
    if (members.length > MEMBERS_MOST) throw new AppError('group.too-many');
    const id = newId();
    const row = {
      ...{ id, officeId: office.id, chatId: chatIdOf(id), purpose: group.purpose, name: group.name, rule },
      areaId: group.areaId,
      ownerId: actor.personId,
      madeById: actor.personId,
      state: 'planned',
      endsOn: ends === null ? null : dayToDb(Temporal.PlainDate.from(ends)),
      size: members.length,
      createdAt: now,
    };
    await (await tx.db()).appGroup.create({ data: row });
    await audit(context, [
      { action: 'group.made', subject: 'group', subjectId: row.id, after: { ...row, endsOn: ends } },
    ]);
    context.wake?.();
    return { name: group.name, count: members.length, until: ends };
  },
});

/** Our own, so that the platform makes it once at most: 32 of 0-9 a-z are what it takes (90244), and what a UUID has without its dashes. */
const chatIdOf = (id: string) => id.replaceAll('-', '');
