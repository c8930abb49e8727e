// Who belongs to a group: a rule over the roster, so that whoever comes or leaves there comes or leaves here.
import { z } from 'zod';
import type { Tx } from '../../store/store.ts';
import { audience, audienceSql, membersOf, type Receiver } from '../notices/audience.ts';

/** `area`: of a responsibility area. `campaign`: of a special supervision or any other work. `school`: of one school's affair. */
export const PURPOSES = ['area', 'campaign', 'school'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The platform's bounds (90244). */
export const MEMBERS_LEAST = 2;
export const MEMBERS_MOST = 2_000;

/** Everybody whom one of the choices means, and the people named beside them (whoever made it). */
export const groupRule = z.strictObject({
  audiences: z.array(audience).min(1).max(6),
  people: z.array(z.uuid()).max(20),
});
export type GroupRule = z.infer<typeof groupRule>;

/** The people meant, in the roster's order, among those that a process holds in memory. */
export function ruleMembers<P extends Receiver>(people: readonly P[], rule: GroupRule): P[] {
  const none = new Set<string>();
  const meant = new Set(
    rule.audiences.flatMap((one) => membersOf(people, one, none)).map((person) => person.id),
  );
  return people.filter((person) => meant.has(person.id) || rule.people.includes(person.id));
}

export interface Member {
  id: string;
  userId: string;
}

/**
 * The same out of the database, as the roster stands on a day. Left out is whom the platform has named as not to be reached
 * in the last month and has not reached since: one such member, and it refuses the whole group.
 */
export async function membersToday(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; rule: GroupRule; today: string },
): Promise<Member[]> {
  const found = new Map<string, Member>();
  for (const one of of.rule.audiences) {
    const rows = await tx.sql<Member>(
      `select p.id, p.user_id as "userId" from person p where ${audienceSql(one)}`,
      [of.officeId, of.today, JSON.stringify(one)],
    );
    for (const row of rows) found.set(row.id, row);
  }
  const rest = await tx.sql<Member>(
    `select p.id, p.user_id as "userId" from person p where p.office_id = $1 and p.active and p.id = any($2::uuid[])`,
    [of.officeId, of.rule.people],
    'group-people',
  );
  for (const row of rest) found.set(row.id, row);
  const away = await tx.sql<{ id: string }>(
    `select p.id from person p where p.id = any($1::uuid[]) and exists (
       select 1 from notice_receipt r where r.person_id = p.id and r.why = 'invalid-user'
         and r.notice_id > $2::uuid and not exists (
           select 1 from notice_receipt l where l.person_id = p.id and l.sent_at is not null and l.notice_id > r.notice_id))`,
    [[...found.keys()], monthAgo(of.today)],
    'group-away',
  );
  for (const { id } of away) found.delete(id);
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ids grow with time: the smallest one of a month ago. */
function monthAgo(today: string): string {
  const ms = Date.parse(`${today}T00:00:00Z`) - 31 * 86_400_000;
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
