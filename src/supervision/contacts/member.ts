// What becomes of somebody's access when the platform says that she left, came back or goes by another id: at once, with history, nothing deleted.
import { IS_LOCKED, lockedReceipts } from '../../store/receipts.ts';
import { peopleWith } from '../access.ts';
import { type ActContext, audit, OFFICE_ROLES } from '../act.ts';
import { userKey } from '../roster/file.ts';
import { schoolsOf, tellLeft } from './left.ts';

/** `actor`: who asked for it; null when the platform said so. */
export type MemberContext = Pick<ActContext, 'tx' | 'now' | 'inboxId' | 'notify'> & {
  office: Pick<ActContext['office'], 'id'>;
  actor: Pick<ActContext['actor'], 'personId'> | null;
};

export type Why = 'left' | 'disabled';

/** What the platform told of one member. `at`: when, so that older news is known for what it is. */
export type MemberNews = { userId: string; at: Date } & (
  | { what: 'gone'; why: Why }
  | { what: 'back' }
  | { what: 'renamed'; newUserId: string }
);

export interface Row {
  id: string;
  userId: string;
  userKey: string;
  name: string;
  roles: string[];
  areaId: string | null;
  active: boolean;
  leftWhy: Why | null;
  memberAt: Date | null;
}

/** `nobody`: not of the roster, or known already. `alone`: nobody of the office is left who could be told. */
export type Followed = 'nobody' | 'done' | 'alone';

/** Does what the news asks for, in the caller's transaction; the roster's version goes up with it, so that every process knows. */
export async function followMember(context: MemberContext, news: MemberNews): Promise<Followed> {
  const row = await locked(context, userKey(news.userId));
  if (!row || isOld(row, news)) return 'nobody';
  if (news.what === 'renamed') return rename(context, row, news);
  if (news.what === 'gone') return end(context, row, news);
  return giveBack(context, row, news.at);
}

/** The platform tells the second and no more: within one, what comes later is newer. */
const isOld = ({ memberAt }: Row, { at }: MemberNews) =>
  memberAt !== null && memberAt.getTime() - at.getTime() >= 1_000;

/** Her talk before herself, as a turn of hers takes them. */
async function locked({ tx, office }: MemberContext, key: string): Promise<Row | undefined> {
  await tx.sql(
    `select 1 from conversation where person_id = (select id from person where office_id = $1 and user_key = $2) for update`,
    [office.id, key],
    'member-talk',
  );
  const [row] = await tx.sql<Row>(
    `select id, user_id as "userId", user_key as "userKey", name, roles, area_id as "areaId", active, left_why as "leftWhy",
       member_at as "memberAt" from person where office_id = $1 and user_key = $2 for update`,
    [office.id, key],
    'member',
  );
  return row;
}

async function end(context: MemberContext, row: Row, { why, at }: { why: Why; at: Date }): Promise<Followed> {
  const { tx, office } = context;
  if (!row.active) {
    // Disabled first and then removed: only why is new.
    if (row.leftWhy !== null)
      await tx.sql('update person set left_why = $2, member_at = $3 where id = $1', [row.id, why, at]);
    return 'nobody';
  }
  await tx.sql('update person set active = false, left_why = $2, member_at = $3 where id = $1', [
    row.id,
    why,
    at,
  ]);
  await dropTalk(context, row.id);
  // What the platform has been handed already it takes back itself: it delivers nothing to who is no member.
  await tx.sql(
    `update outbox set state = 'refused', why = 'left'
     where office_id = $1 and recipient = 'user:' || $2 and state in ('pending', 'unknown')`,
    [office.id, row.userKey],
    'member-outbox',
  );
  const schools = await schoolsOf(context, row.id);
  await audit(
    context,
    (schools.length === 0 ? [null] : [...new Set(schools.map(({ id }) => id))]).map((schoolId) => ({
      action: 'member.left',
      subject: 'person',
      subjectId: row.id,
      schoolId,
      before: { active: true },
      after: { active: false, name: row.name, why },
    })),
  );
  await newVersion(context);
  return tellLeft(context, row, { why, at, schools });
}

async function giveBack(context: MemberContext, row: Row, at: Date): Promise<Followed> {
  const { tx } = context;
  if (row.leftWhy === null) {
    // Nothing to give back; but what is older than this news comes too late from now on.
    await tx.sql('update person set member_at = $2 where id = $1', [row.id, at]);
    return 'nobody';
  }
  await tx.sql('update person set active = true, left_why = null, member_at = $2 where id = $1', [
    row.id,
    at,
  ]);
  await dropTalk(context, row.id);
  await audit(context, [
    {
      action: 'member.returned',
      subject: 'person',
      subjectId: row.id,
      before: { active: false, why: row.leftWhy },
      after: { active: true, name: row.name },
    },
  ]);
  await newVersion(context);
  const schools = new Set((await schoolsOf(context, row.id)).map((one) => one.id)).size;
  await tellOffice(context, 'contacts.returned', { name: row.name, schools }, `${row.id}-${at.getTime()}`);
  return 'done';
}

/** Her records stay hers: only the id changes, and what waits for her finds her under the new one. */
async function rename(
  context: MemberContext,
  row: Row,
  { newUserId, at }: { newUserId: string; at: Date },
): Promise<Followed> {
  const { tx, office } = context;
  const key = userKey(newUserId);
  const [other] = await tx.sql<{ id: string; name: string }>(
    'select id, name from person where office_id = $1 and user_key = $2 and id <> $3',
    [office.id, key, row.id],
  );
  if (other) {
    const data = { name: row.name, other: other.name, userId: newUserId };
    await tellOffice(context, 'contacts.clash', data, `${row.id}-${at.getTime()}`);
    return 'done';
  }
  await tx.sql('update person set user_id = $2, user_key = $3, member_at = $4 where id = $1', [
    row.id,
    newUserId,
    key,
    at,
  ]);
  await tx.sql(
    `update outbox set recipient = 'user:' || $3, payload = case when payload ? 'userids'
       then jsonb_set(payload, '{userids}', jsonb_build_array($4::text)) else payload end
     where office_id = $1 and recipient = 'user:' || $2 and state in ('pending', 'unknown')`,
    [office.id, row.userKey, key, newUserId],
    'member-renamed-outbox',
  );
  await tx.sql(
    `with ${lockedReceipts('r.person_id = $1')}
     update notice_receipt r set user_key = $2 from locked where ${IS_LOCKED}`,
    [row.id, key],
    'member-renamed-receipts',
  );
  await tx.sql('update group_member set user_id = $2 where person_id = $1 and until is null', [
    row.id,
    newUserId,
  ]);
  await audit(context, [
    {
      action: 'member.renamed',
      subject: 'person',
      subjectId: row.id,
      before: { userId: row.userId },
      after: { userId: newUserId, name: row.name },
    },
  ]);
  await newVersion(context);
  await tellOffice(context, 'contacts.renamed', { name: row.name, userId: newUserId }, `${row.id}-${key}`);
  return 'done';
}

async function tellOffice(
  context: MemberContext,
  key: 'contacts.returned' | 'contacts.renamed' | 'contacts.clash',
  data: Record<string, string | number>,
  once: string,
): Promise<void> {
  for (const { id } of await peopleWith(context, OFFICE_ROLES))
    context.notify({ personId: id, key, data, dedup: `${key}-${once}-${id}` });
}

async function dropTalk({ tx, now }: MemberContext, personId: string): Promise<void> {
  await tx.sql(`update conversation set state = 'null', updated_at = $2 where person_id = $1`, [
    personId,
    now,
  ]);
}

async function newVersion({ tx, office }: MemberContext): Promise<void> {
  await tx.sql('update office set roster_version = roster_version + 1 where id = $1', [office.id]);
}
