// What the planner of groups hands out to be said and done on the platform, and the row it reads for it.
import type { Tx } from '../../store/store.ts';
import type { GroupRule, Purpose } from './members.ts';

export interface PlannedGroup {
  id: string;
  officeId: string;
  office: { name: string; short: string; timeZone: string };
  chatId: string;
  name: string;
  purpose: Purpose;
  endsOn: string | null;
}

/** What is to be told to whoever owns the group. */
export type GroupTold = 'failed' | 'due' | 'few' | 'gone' | 'left-out';

/** One call, or one message to a person; in this order. Members and owners are userids. */
export type GroupOut =
  | { kind: 'create'; n: number; owner: string; users: string[] }
  | { kind: 'change'; n: number; add: string[]; remove: string[]; owner: string | null }
  | { kind: 'first'; n: number }
  | { kind: 'last'; words: string }
  | {
      kind: 'tell';
      what: GroupTold;
      dedup: string;
      to: { personId: string; userId: string; name: string };
      names: string[];
      errcode: number | null;
    };

export type WriteGroup = (tx: Tx, group: PlannedGroup, out: readonly GroupOut[]) => Promise<void>;

export interface GroupRow extends Omit<PlannedGroup, 'office'> {
  name: string;
  officeName: string;
  short: string;
  timeZone: string;
  settings: unknown;
  rosterVersion: number;
  state: string;
  rule: GroupRule;
  ownerId: string;
  lastWords: string;
  changes: number;
  settled: number;
  why: string | null;
}

/** The first group that `where` (over `g` and `o`, the office) finds, locked, and passed over while another has it. */
export async function nextGroup(
  tx: Tx,
  where: string,
  values: unknown[],
  name: string,
): Promise<GroupRow | null> {
  const [row] = await groupsWhere(tx, `${where} order by g.id limit 1`, values, name);
  return row ?? null;
}

/**
 * Groups that fit `where` (over `g` and its office `o`), locked; those that another process is at are left out.
 * `name`: of the prepared statement.
 */
export function groupsWhere(tx: Tx, where: string, values: unknown[], name: string): Promise<GroupRow[]> {
  return tx.sql<GroupRow>(
    `select g.id, g.office_id as "officeId", g.chat_id as "chatId", g.name, g.purpose, g.ends_on as "endsOn", g.state,
       g.rule, g.owner_id as "ownerId", g.last_words as "lastWords", g.changes, g.settled, g.why,
       o.name as "officeName", o.short, o.time_zone as "timeZone", o.settings, o.roster_version as "rosterVersion"
     from app_group g join office o on o.id = g.office_id where ${where} for update of g skip locked`,
    values,
    name,
  );
}

/** What whoever writes of a group has to know of it. */
export function plannedOf(row: GroupRow): PlannedGroup {
  const { id, officeId, chatId, name, purpose, endsOn, officeName, short, timeZone } = row;
  return {
    ...{ id, officeId, chatId, name, purpose, endsOn },
    office: { name: officeName, short, timeZone },
  };
}

/** A message to the group's owner, who made it or has taken it over. */
export async function toOwner(
  tx: Tx,
  group: Pick<GroupRow, 'id' | 'ownerId'>,
  what: GroupTold,
  more: { errcode?: number | null; names?: string[]; once?: string } = {},
): Promise<GroupOut[]> {
  const [to] = await tx.sql<{ personId: string; userId: string; name: string }>(
    `select id as "personId", user_id as "userId", name from person where id = $1 and active`,
    [group.ownerId],
    'group-owner',
  );
  if (!to) return [];
  const dedup = `group-${group.id}-${what}${more.once ? `-${more.once}` : ''}`;
  return [{ kind: 'tell', what, dedup, to, names: more.names ?? [], errcode: more.errcode ?? null }];
}

/** The outbox row of a group's n-th call. */
export const groupKey = (groupId: string, n: number) => `group-${groupId}-${n}`;
