// What receivers wish about a notice (to be let off, to send somebody else) waits here until somebody of the office answers it.
import { z } from 'zod';
import { newId } from '../../store/ids.ts';
import type { ActContext } from '../act.ts';

/** Later the meeting is over. */
const WAITS_DAYS = 30;
/** So many can be named in chat. */
const MOST = 12;

/** SQL: wish `w` still waits for an answer. `today`: an expression for the office's day. */
const waits = (today: string) => `w.answered_at is null and w.at > ${today}::date - ${WAITS_DAYS}`;

/** SQL: the names of the schools that a person heads or is the in-school inspector of, as JSON; an inspector is known without hers. */
export const schoolsHeld = (person: string, today: string) => `
  (select coalesce(json_agg(s.name order by s.code), '[]') from school s where s.id in (
    select a.school_id from assignment a where a.person_id = ${person} and a.role in ('principal', 'school-inspector')
      and a.since <= ${today}::date and (a.until is null or a.until > ${today}::date)))`;

/** The open wishes of an office, the oldest first; `$2` the office, `$9` today. */
export const WISHES_SQL = `(select coalesce(json_agg(o order by o.at), '[]') from (
    select w.id, p.name, n.content, w.said, w.at, ${schoolsHeld('w.person_id', '$9')} as schools
    from notice_wish w join person p on p.id = w.person_id join supervision_notice n on n.id = w.notice_id
    where w.office_id = $2 and ${waits('$9')} order by w.at limit ${MOST}) o)`;

export const openWish = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the notice. */
  content: z.string(),
  said: z.string(),
  at: z.string(),
  schools: z.array(z.string()),
});
export type OpenWish = z.infer<typeof openWish>;

export async function keepWish(
  { tx, office, actor, now }: ActContext,
  { notice, said }: { notice: string; said: string },
): Promise<string> {
  const id = newId();
  await tx.sql(
    `insert into notice_wish (id, office_id, notice_id, person_id, said, at) values ($1, $2, $3, $4, $5, $6)`,
    [id, office.id, notice, actor.personId, said, now],
    'wish-kept',
  );
  return id;
}

/** How many wait for the office. */
export async function countWishes({ tx, office, today }: ActContext): Promise<number> {
  const [row] = await tx.sql<{ count: number }>(
    `select count(*)::int as count from notice_wish w where w.office_id = $1 and ${waits('$2')}`,
    [office.id, today.toString()],
    'wishes-waiting',
  );
  return row?.count ?? 0;
}
