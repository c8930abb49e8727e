// Which notice, visit or school a person means by a number, a name or "the last one", among the schools that she may see.
import type { Tx } from '../store/store.ts';

type Sql = Pick<Tx, 'sql'>;

export interface NoticeHead {
  id: string;
  schoolId: string;
  year: number;
  number: number;
  school: string;
  area: string;
  inspector: string;
  foundOn: string;
  issuedAt: Date;
  dueOn: string;
  state: string;
  signedAt: Date | null;
  signedBy: string;
}

const NOTICE = `
  select n.id, n.school_id as "schoolId", n.year, n.number, s.name as school, a.name as area, p.name as inspector,
    v.visited_on as "foundOn", n.issued_at as "issuedAt", n.due_on as "dueOn", n.state, n.signed_at as "signedAt",
    coalesce(b.name, '') as "signedBy"
  from rectification_notice n join school s on s.id = n.school_id join area a on a.id = s.area_id
  join visit v on v.id = n.visit_id join person p on p.id = n.issued_by left join person b on b.id = n.signed_by`;

/** Not sent to anybody yet: a serious one that waits for the office's signature, or was sent back. */
const NOT_ISSUED = ['draft', 'sent_back', 'voided'];

/** The newest that fits; without a number the school's newest. Null: none of the schools in sight has it. */
export async function findNotice(
  tx: Sql,
  of: { officeId: string; schoolIds: readonly string[]; number?: number | undefined },
): Promise<NoticeHead | null> {
  const [found] = await tx.sql<NoticeHead>(
    `${NOTICE} where n.office_id = $1 and n.school_id = any($2::uuid[]) and ($3::int is null or n.number = $3)
       and n.state <> all($4::text[])
     order by n.year desc, n.number desc limit 1`,
    [of.officeId, of.schoolIds, of.number ?? null, NOT_ISSUED],
    'paper-notice-find',
  );
  return found ?? null;
}

/** Null: the office has no such notice. */
export async function noticeById(tx: Sql, officeId: string, id: string): Promise<NoticeHead | null> {
  const [found] = await tx.sql<NoticeHead>(
    `${NOTICE} where n.office_id = $1 and n.id = $2`,
    [officeId, id],
    'paper-notice',
  );
  return found ?? null;
}

/** The newest two visits that stand, within the days when they are said: one is taken, of more it may have to be asked which. */
export async function findVisits(
  tx: Sql,
  of: { officeId: string; schoolIds: readonly string[]; from: string | null; to: string | null },
): Promise<{ id: string; school: string; day: string }[]> {
  return tx.sql<{ id: string; school: string; day: string }>(
    `select v.id, s.name as school, v.visited_on as day from visit v join school s on s.id = v.school_id
     where v.office_id = $1 and v.school_id = any($2::uuid[]) and v.state <> 'voided'
       and ($3::date is null or v.visited_on between $3 and $4::date)
     order by v.visited_on desc, v.id desc limit 2`,
    [of.officeId, of.schoolIds, of.from, of.to],
    'paper-visit-find',
  );
}

export interface LessonRow {
  class: string;
  subject: string;
  teacher: string;
  comment: string;
}

/** The lessons heard at one visit, in the order in which they were told. */
export function lessonsOf(tx: Sql, visitId: string): Promise<LessonRow[]> {
  return tx.sql<LessonRow>(
    'select class, subject, teacher, comment from lesson_observation where visit_id = $1 order by ordinal',
    [visitId],
    'paper-lessons',
  );
}
