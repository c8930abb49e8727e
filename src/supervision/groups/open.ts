// From a group that is wanted to one that is there: its call goes out, and what became of each call is settled.

import { dayOf } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import type { Store, Tx } from '../../store/store.ts';
import { groupRule, MEMBERS_LEAST, MEMBERS_MOST, type Member, membersToday } from './members.ts';
import { type GroupOut, type GroupRow, nextGroup, plannedOf, toOwner, type WriteGroup } from './planned.ts';

/** Makes the next group that is wanted. Null: there is none. */
export function openNext(store: Store, now: Date, write: WriteGroup): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const row = await nextGroup(tx, `g.state = 'planned'`, [], 'group-to-make');
    if (!row) return null;
    const today = dayOf(now, row.timeZone).toString();
    const rule = groupRule.parse(row.rule);
    const members = (await membersToday(tx, { officeId: row.officeId, rule, today })).slice(0, MEMBERS_MOST);
    await create(tx, row, members, now, write, { version: row.rosterVersion, day: today });
    return { id: row.id };
  });
}

/** Puts the call that makes it with these members; `held`: the roster they were taken from, null when it is still to be held against them. */
async function create(
  tx: Tx,
  row: GroupRow,
  members: readonly Member[],
  now: Date,
  write: WriteGroup,
  held: { version: number; day: string } | null,
): Promise<void> {
  const owner = members.find(({ id }) => id === row.ownerId) ?? members[0];
  if (members.length < MEMBERS_LEAST || !owner) return fail(tx, row, null, now, write);
  const n = row.changes + 1;
  await joined(tx, row.id, members, n, now);
  await tx.sql(
    `update app_group set state = 'making', size = $2, changes = $3, owner_id = $4, checked_version = $5, checked_on = $6::date
     where id = $1`,
    [row.id, members.length, n, owner.id, held?.version ?? 0, held?.day ?? null],
    'group-making',
  );
  await write(tx, plannedOf(row), [
    { kind: 'create', n, owner: owner.userId, users: members.map(({ userId }) => userId) },
    // Old clients do not show an empty group before its first message (90244).
    { kind: 'first', n },
  ]);
}

async function fail(
  tx: Tx,
  row: GroupRow,
  errcode: number | null,
  now: Date,
  write: WriteGroup,
): Promise<void> {
  await tx.sql(`update app_group set state = 'failed', why = $2 where id = $1`, [
    row.id,
    errcode === null ? 'too-few' : String(errcode),
  ]);
  await tx.sql(
    `update group_member set until = $2 where group_id = $1 and until is null`,
    [row.id, now],
    'group-nobody',
  );
  await write(tx, plannedOf(row), await toOwner(tx, row, 'failed', { errcode }));
}

/** Notes who is in the group from now on; `n`: the call that put them there. */
export async function joined(
  tx: Tx,
  groupId: string,
  members: readonly Member[],
  n: number,
  now: Date,
): Promise<void> {
  const rows = members.map(({ id, userId }) => ({ id: newId(), person: id, user: userId }));
  await tx.sql(
    `insert into group_member (id, group_id, person_id, user_id, joined_in, since)
     select m.id, $1, m.person, m.user, $2, $3 from jsonb_to_recordset($4::jsonb) as m(id uuid, person uuid, "user" text)`,
    [groupId, n, now, JSON.stringify(rows)],
    'group-joined',
  );
}

/** Notes who is in the group no more; `n`: the call that took them out. */
export async function left(
  tx: Tx,
  groupId: string,
  people: readonly string[],
  n: number,
  now: Date,
): Promise<void> {
  await tx.sql(
    `update group_member set left_in = $3, until = $4 where group_id = $1 and person_id = any($2::uuid[]) and until is null`,
    [groupId, people, n, now],
    'group-left',
  );
}

/** The platform refuses the whole call because of one member: unknown, or outside the app's range (90313). */
const BAD_MEMBER = [86216, 40003, 60011, 60111];
export const ONE_BY_ONE = 'one-by-one';

/** Writes down what became of a group's next call of which nothing was known. Null: nothing has ended. */
export function settleGroup(store: Store, now: Date, write: WriteGroup): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const row = await nextGroup(
      tx,
      `g.state in ('making', 'open', 'ending') and g.settled < g.changes and exists (select 1 from outbox b
         where b.office_id = g.office_id and b.key = 'group-' || g.id || '-' || (g.settled + 1) and b.state in ('sent', 'refused'))`,
      [],
      'group-to-settle',
    );
    if (!row) return null;
    const n = row.settled + 1;
    const [call] = await tx.sql<{ call: string; state: string; errcode: number | null }>(
      `select call, state, errcode from outbox where office_id = $1 and key = 'group-' || $2 || '-' || $3::int`,
      [row.officeId, row.id, n],
      'group-call',
    );
    await tx.sql(`update app_group set settled = $2 where id = $1`, [row.id, n], 'group-settled');
    const made = call?.call === 'appchat-create';
    if (call?.state === 'sent') {
      if (made)
        await tx.sql(`update app_group set state = 'open' where id = $1 and state = 'making'`, [row.id]);
    } else if (made) await notMade(tx, row, call?.errcode ?? null, now, write);
    else await notChanged(tx, row, n, now, write);
    return { id: row.id };
  });
}

/** One member whom the platform does not take, and there is no group: then it is made of those who are sure, and the rest come one by one. */
async function notMade(
  tx: Tx,
  row: GroupRow,
  errcode: number | null,
  now: Date,
  write: WriteGroup,
): Promise<void> {
  if (row.changes > 1 || errcode === null || !BAD_MEMBER.includes(errcode))
    return fail(tx, row, errcode, now, write);
  const sure = await tx.sql<Member>(
    `select m.person_id as id, m.user_id as "userId" from group_member m
     where m.group_id = $1 and m.until is null and exists (select 1 from conversation c where c.person_id = m.person_id and c.turns > 0)
     order by m.person_id limit 100`,
    [row.id],
    'group-sure',
  );
  await tx.sql(
    `update group_member set until = $2, left_in = joined_in where group_id = $1 and until is null`,
    [row.id, now],
    'group-again',
  );
  if (sure.length < MEMBERS_LEAST) return fail(tx, row, errcode, now, write);
  await tx.sql(`update app_group set why = '${ONE_BY_ONE}' where id = $1`, [row.id]);
  await create(tx, row, sure, now, write, null);
}

/** Nothing of that change was done: the rows say again what the platform has, and who is not taken alone is named. */
async function notChanged(tx: Tx, row: GroupRow, n: number, now: Date, write: WriteGroup): Promise<void> {
  const refused = await tx.sql<{ name: string }>(
    `update group_member m set until = $3, left_in = $2 from person p
     where m.group_id = $1 and m.joined_in = $2 and m.until is null and p.id = m.person_id returning p.name`,
    [row.id, n, now],
    'group-not-joined',
  );
  await tx.sql(
    `update group_member set until = null, left_in = null where group_id = $1 and left_in = $2 and joined_in <> $2`,
    [row.id, n],
    'group-not-left',
  );
  await tx.sql(
    `update app_group set checked_on = null, why = $2,
       size = (select count(*) from group_member where group_id = $1 and until is null) where id = $1`,
    [row.id, ONE_BY_ONE],
    'group-out-of-step',
  );
  if (refused.length !== 1) return;
  const day = dayOf(now, row.timeZone).toString();
  const out: GroupOut[] = await toOwner(tx, row, 'left-out', {
    names: refused.map(({ name }) => name),
    once: `${day}-${n}`,
  });
  await write(tx, plannedOf(row), out);
}
