// The end of a group: because somebody said so, because its day is over, or because the platform has it no more.
import { Temporal } from 'temporal-polyfill';
import { newId } from '../../store/ids.ts';
import type { Store, Tx } from '../../store/store.ts';
import { createCalendar } from '../calendar.ts';
import { officeSettings, type SettingRules } from '../settings.ts';
import {
  type GroupOut,
  type GroupRow,
  groupsWhere,
  nextGroup,
  plannedOf,
  toOwner,
  type WriteGroup,
} from './planned.ts';

/** On its last day a group is ended at this hour, or at the next at which people may be told something. */
export const END_HOUR = '17:00';
/** So many of those that end by their day are looked at in one round. */
const BATCH = 200;

/** Ends the next group that is to end or whose day is over. Null: there is none. */
export function endNext(
  store: Store,
  rules: SettingRules,
  now: Date,
  write: WriteGroup,
): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const said = await nextGroup(tx, `g.state = 'ending'`, [], 'group-to-end-now');
    const row = said ?? (await overToday(tx, rules, now));
    if (!row) return null;
    const [someone] = await tx.sql(`select 1 from group_member where group_id = $1 limit 1`, [row.id]);
    await tx.sql(
      `update app_group set state = 'ended', ended_at = $2, size = 0 where id = $1`,
      [row.id, now],
      'group-ended',
    );
    await tx.sql(
      `update group_member set until = $2 where group_id = $1 and until is null`,
      [row.id, now],
      'group-emptied',
    );
    if (!said) await noteEnd(tx, row, now);
    const out: GroupOut[] = someone ? [{ kind: 'last', words: row.lastWords }] : [];
    if (!said) out.push(...(await toOwner(tx, row, 'due')));
    if (out.length > 0) await write(tx, plannedOf(row), out);
    return { id: row.id };
  });
}

/** Whoever ends one by word is on record with it already. */
async function noteEnd(tx: Tx, row: GroupRow, now: Date): Promise<void> {
  await tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, school_id, before, after)
     values ($1, $2, $3, null, null, 'group.ended', 'group', $4, null, $5, $6)`,
    [
      newId(),
      row.officeId,
      now,
      row.id,
      JSON.stringify({ state: row.state }),
      JSON.stringify({ state: 'ended' }),
    ],
    'group-ended-audit',
  );
}

async function overToday(tx: Tx, rules: SettingRules, now: Date): Promise<GroupRow | null> {
  const rows = await groupsWhere(
    tx,
    `g.state = 'open' and g.ends_on <= ($1::timestamptz at time zone o.time_zone)::date order by g.id limit ${BATCH}`,
    [now],
    'groups-due',
  );
  const due = rows.find((row) => {
    const { settings } = officeSettings(rules, row.settings);
    const calendar = createCalendar(row.timeZone, settings);
    const at = calendar.instant(Temporal.PlainDate.from(row.endsOn ?? ''), END_HOUR);
    return at.getTime() <= now.getTime() && !calendar.isQuiet(now);
  });
  return due ?? null;
}

/** 90313: dissolved by its owner, or not there, or not ours. */
const GONE = [49008, 40050, 86003, 86008];

/** Notes that the platform has a group no more, and tells its owner. Null: all are there. */
export function goneNext(store: Store, now: Date, write: WriteGroup): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const row = await nextGroup(
      tx,
      `g.state = 'open' and exists (select 1 from outbox b where b.office_id = g.office_id and b.recipient = 'chat:' || g.chat_id
         and b.state = 'refused' and b.errcode = any($1) and b.key not like '%-first-%')`,
      [GONE],
      'group-gone',
    );
    if (!row) return null;
    await tx.sql(
      `update app_group set state = 'ended', why = 'gone', ended_at = $2, size = 0 where id = $1`,
      [row.id, now],
      'group-gone-now',
    );
    await tx.sql(`update group_member set until = $2 where group_id = $1 and until is null`, [row.id, now]);
    await noteEnd(tx, row, now);
    await write(tx, plannedOf(row), await toOwner(tx, row, 'gone'));
    return { id: row.id };
  });
}
