// Lists of schools that the office keeps under a name, for notices that go to the same schools again (试点学校名单).
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { type ActContext, action, audit } from '../act.ts';
import type { SchoolList } from './list.ts';
import { OFFICE_ROLES } from './send.ts';

const NAME = z.string().trim().min(2).max(20);

/** 存为名单: a list of that name takes the place of the one before it. */
export const saveList = action({
  name: 'list.save',
  roles: [...OFFICE_ROLES],
  input: z.object({ name: NAME, schools: z.object({ ids: z.array(z.uuid()).min(1).max(200) }) }),
  result: z.object({ name: z.string(), count: z.number(), replaced: z.boolean() }),
  async run(context, { name, schools: { ids } }) {
    const { tx, office, actor, now } = context;
    const schools = await tx.sql<{ id: string; name: string }>(
      `select id, name from school where office_id = $1 and active and id = any($2::uuid[]) order by code`,
      [office.id, ids],
    );
    if (schools.length !== new Set(ids).size)
      throw new AppError('act.not-found', 'never', { what: 'school' });
    // Two clerks who save the same name leave one list.
    await tx.sql(
      'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      [`lists ${office.id}`],
      'lists-lock',
    );
    const [before] = await tx.sql<SchoolList>(
      `select id, name, schools from school_list where office_id = $1 and name = $2 and voided_at is null`,
      [office.id, name],
    );
    if (before) await voidList(context, before.id);
    const row = { id: newId(), officeId: office.id, name, schools, madeById: actor.personId, createdAt: now };
    await (await tx.db()).schoolList.create({ data: row });
    await audit(context, [
      { action: 'list.saved', subject: 'list', subjectId: row.id, before: before ?? null, after: row },
    ]);
    return { name, count: schools.length, replaced: before !== undefined };
  },
});

/** 有哪些名单 */
export const showLists = action({
  name: 'list.show',
  roles: [...OFFICE_ROLES],
  input: z.object({}),
  result: z.object({
    lists: z.array(z.object({ name: z.string(), schools: z.array(z.string()), closed: z.array(z.string()) })),
  }),
  async run({ tx, office }) {
    const rows = await tx.sql<{ name: string; schools: string[]; closed: string[] }>(
      `select l.name,
         coalesce(array_agg(s.name order by s.code) filter (where s.active), '{}') as schools,
         coalesce(array_agg(s.name order by s.code) filter (where not s.active), '{}') as closed
       from school_list l, jsonb_to_recordset(l.schools) as one(id uuid) join school s on s.id = one.id
       where l.office_id = $1 and l.voided_at is null group by l.id, l.name order by l.name`,
      [office.id],
      'school-lists',
    );
    return { lists: rows };
  },
});

/** 删除名单: voided, not deleted; the notices that went to it stay as they are. */
export const dropList = action({
  name: 'list.drop',
  roles: [...OFFICE_ROLES],
  input: z.object({ list: z.uuid() }),
  result: z.object({ name: z.string() }),
  async run(context, { list: id }) {
    const [list] = await context.tx.sql<SchoolList & { voided: boolean }>(
      `select id, name, schools, voided_at is not null as voided from school_list where id = $1 and office_id = $2 for update`,
      [id, context.office.id],
    );
    if (!list) throw new AppError('act.not-found', 'never', { what: 'list' });
    if (list.voided) throw new AppError('list.gone');
    await voidList(context, id);
    await audit(context, [
      {
        action: 'list.voided',
        subject: 'list',
        subjectId: id,
        before: { name: list.name, schools: list.schools },
      },
    ]);
    return { name: list.name };
  },
});

async function voidList({ tx, actor, now }: ActContext, id: string): Promise<void> {
  await tx.sql(
    `update school_list set voided_at = $2, voided_by = $3 where id = $1`,
    [id, now, actor.personId],
    'list-void',
  );
}
