// Lists of schools and of people that the office keeps under a name, for notices that go to the same ones again (试点学校名单, 骨干督学名单).
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { type ActContext, action, audit, OFFICE_ROLES } from '../act.ts';
import { MOST_PEOPLE, MOST_SCHOOLS } from './audience.ts';
import type { SavedList } from './list.ts';

const NAME = z.string().trim().min(2).max(20);

/** 存为名单: a list of that name takes the place of the one before it. */
export const saveList = action({
  name: 'list.save',
  roles: [...OFFICE_ROLES],
  input: z.object({
    name: NAME,
    members: z
      .object({ schools: z.array(z.uuid()).max(MOST_SCHOOLS), people: z.array(z.uuid()).max(MOST_PEOPLE) })
      .refine(({ schools, people }) => schools.length + people.length > 0),
  }),
  result: z.object({ name: z.string(), schools: z.number(), people: z.number(), replaced: z.boolean() }),
  async run(context, { name, members }) {
    const { tx, office, actor, now } = context;
    const schools = await named(context, 'school', members.schools);
    const people = await named(context, 'person', members.people);
    // Two clerks who save the same name leave one list.
    await tx.sql(
      'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      [`lists ${office.id}`],
      'lists-lock',
    );
    const [before] = await tx.sql<SavedList>(
      `select id, name, schools, people from saved_list where office_id = $1 and name = $2 and voided_at is null`,
      [office.id, name],
    );
    if (before) await voidList(context, before.id);
    const of = { officeId: office.id, madeById: actor.personId, createdAt: now };
    const row = { id: newId(), name, schools, people, ...of };
    await (await tx.db()).savedList.create({ data: row });
    await audit(context, [
      { action: 'list.saved', subject: 'list', subjectId: row.id, before: before ?? null, after: row },
    ]);
    return { name, schools: schools.length, people: people.length, replaced: before !== undefined };
  },
});

/** With their names, in the roster's order. Throws `act.not-found` when one of them is not of this office or not active. */
async function named(
  { tx, office }: ActContext,
  what: 'school' | 'person',
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const rows = await tx.sql<{ id: string; name: string }>(
    `select id, name from ${what} where office_id = $1 and active and id = any($2::uuid[])
     order by ${what === 'school' ? 'code' : 'user_key'}`,
    [office.id, ids],
    `list-${what}`,
  );
  if (rows.length !== new Set(ids).size) throw new AppError('act.not-found', 'never', { what });
  return rows;
}

/** 有哪些名单 */
export const showLists = action({
  name: 'list.show',
  roles: [...OFFICE_ROLES],
  input: z.object({}),
  result: z.object({
    lists: z.array(
      z.object({
        name: z.string(),
        schools: z.array(z.string()),
        closed: z.array(z.string()),
        people: z.array(z.string()),
        left: z.array(z.string()),
      }),
    ),
  }),
  async run({ tx, office }) {
    const lists = await tx.sql<{
      name: string;
      schools: string[];
      closed: string[];
      people: string[];
      left: string[];
    }>(
      `select l.name, ${namesOf('school', true)} as schools, ${namesOf('school', false)} as closed,
         ${namesOf('person', true)} as people, ${namesOf('person', false)} as left
       from saved_list l where l.office_id = $1 and l.voided_at is null order by l.name`,
      [office.id],
      'saved-lists',
    );
    return { lists };
  },
});

/** SQL: the names of those on list `l` that are there, or are not there any more. */
const namesOf = (what: 'school' | 'person', active: boolean) =>
  `array(select one.name from jsonb_to_recordset(l.${what === 'school' ? 'schools' : 'people'}) as member(id uuid)
     join ${what} one on one.id = member.id where ${active ? '' : 'not '}one.active
     order by one.${what === 'school' ? 'code' : 'user_key'})`;

/** 删除名单: voided, not deleted; the notices that went to it stay as they are. */
export const dropList = action({
  name: 'list.drop',
  roles: [...OFFICE_ROLES],
  input: z.object({ list: z.uuid() }),
  result: z.object({ name: z.string() }),
  async run(context, { list: id }) {
    const [list] = await context.tx.sql<SavedList & { voided: boolean }>(
      `select id, name, schools, people, voided_at is not null as voided from saved_list where id = $1 and office_id = $2 for update`,
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
        before: { name: list.name, schools: list.schools, people: list.people },
      },
    ]);
    return { name: list.name };
  },
});

async function voidList({ tx, actor, now }: ActContext, id: string): Promise<void> {
  await tx.sql(
    `update saved_list set voided_at = $2, voided_by = $3 where id = $1`,
    [id, now, actor.personId],
    'list-void',
  );
}
