// Keeps an open group in step with the roster: after each change of it, and once a day for what begins or ends on a day.

import { dayOf } from '../../store/days.ts';
import type { Store, Tx } from '../../store/store.ts';
import { groupRule, MEMBERS_LEAST, MEMBERS_MOST, type Member, membersToday } from './members.ts';
import { joined, left, ONE_BY_ONE } from './open.ts';
import { type GroupOut, type GroupRow, nextGroup, plannedOf, toOwner, type WriteGroup } from './planned.ts';

/** Whom the platform would not take is tried again so much later. */
const AGAIN = `interval '20 hours'`;

/** Holds the next group that may be out of step against the roster. Null: all are in step. */
export function alignNext(store: Store, now: Date, write: WriteGroup): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const row = await nextGroup(
      tx,
      // One change at a time: what is in it is known when the next is reckoned.
      `g.state = 'open' and g.settled = g.changes and (g.checked_version <> o.roster_version
         or g.checked_on is distinct from ($1::timestamptz at time zone o.time_zone)::date)`,
      [now],
      'group-to-align',
    );
    if (!row) return null;
    const today = dayOf(now, row.timeZone).toString();
    const { wanted, has } = await both(tx, row, today, now);
    if (wanted.length < MEMBERS_LEAST) {
      await tx.sql(`update app_group set state = 'ending', why = 'few' where id = $1`, [row.id]);
      await write(tx, plannedOf(row), await toOwner(tx, row, 'few'));
      return { id: row.id };
    }
    const add = wanted.filter(({ id }) => !has.some((one) => one.id === id));
    const remove = has.filter(({ id }) => !wanted.some((one) => one.id === id));
    const owner = wanted.some(({ id }) => id === row.ownerId) ? null : await heir(tx, wanted);
    const out = await change(tx, row, { add, remove, owner }, now);
    await tx.sql(
      `update app_group set checked_version = $2, checked_on = $3::date, size = $4, changes = changes + $5, why = null,
         owner_id = coalesce($6, owner_id) where id = $1`,
      [row.id, row.rosterVersion, today, wanted.length, out.length, owner?.id ?? null],
      'group-aligned',
    );
    if (out.length > 0) await write(tx, plannedOf(row), out);
    return { id: row.id };
  });
}

/** Who should be in it, and who is. */
async function both(
  tx: Tx,
  row: GroupRow,
  today: string,
  now: Date,
): Promise<{ wanted: Member[]; has: Member[] }> {
  const rule = groupRule.parse(row.rule);
  const meant = await membersToday(tx, { officeId: row.officeId, rule, today });
  const has = await tx.sql<Member>(
    `select m.person_id as id, p.user_id as "userId" from group_member m join person p on p.id = m.person_id
     where m.group_id = $1 and m.until is null order by m.person_id`,
    [row.id],
    'group-has',
  );
  const refused = await tx.sql<{ id: string }>(
    `select person_id as id from group_member where group_id = $1 and left_in = joined_in and until > $2::timestamptz - ${AGAIN}
       and joined_in in (select joined_in from group_member where group_id = $1 group by joined_in having count(*) = 1)`,
    [row.id, now],
    'group-refused',
  );
  const wanted = meant.filter(({ id }) => !refused.some((one) => one.id === id)).slice(0, MEMBERS_MOST);
  return { wanted, has };
}

/** The calls of one change, each with its number: one for all, or one for each who comes after the platform refused them together. */
async function change(
  tx: Tx,
  row: GroupRow,
  { add, remove, owner }: { add: Member[]; remove: Member[]; owner: Member | null },
  now: Date,
): Promise<GroupOut[]> {
  const lots = row.why === ONE_BY_ONE ? add.map((one) => [one]) : add.length > 0 ? [add] : [];
  if (remove.length > 0 && lots.length === 0) lots.push([]);
  const out: GroupOut[] = [];
  for (const [index, lot] of lots.entries()) {
    const n = row.changes + index + 1;
    const last = index === lots.length - 1;
    await joined(tx, row.id, lot, n, now);
    // Whoever leaves goes with the last, so that there are never fewer than two in between.
    const gone = last ? remove : [];
    if (gone.length > 0)
      await left(
        tx,
        row.id,
        gone.map(({ id }) => id),
        n,
        now,
      );
    out.push({
      kind: 'change',
      n,
      add: lot.map(({ userId }) => userId),
      remove: gone.map(({ userId }) => userId),
      owner: last ? (owner?.userId ?? null) : null,
    });
  }
  return out;
}

/** Who owns it from now on: somebody of the office, else a leader, else the first. */
async function heir(tx: Tx, members: readonly Member[]): Promise<Member | null> {
  const [found] = await tx.sql<Member>(
    `select id, user_id as "userId" from person where id = any($1::uuid[])
     order by roles && array['office', 'director'] desc, 'area-leader' = any(roles) desc, id limit 1`,
    [members.map(({ id }) => id)],
    'group-heir',
  );
  return found ?? null;
}
