// Findings as people ask for them: by a notice's number, a school, words, or a place on the notice; among those the asker may see.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { schoolsInSight } from '../access.ts';
import type { ActContext } from '../act.ts';
import { alike } from './relapse.ts';

/** The input of an act that asks so. */
export const ASKED = {
  no: z.string().max(20).optional(),
  school: z.uuid().optional(),
  words: z.string().max(500).optional(),
  /** "第二条": its place on the notice. */
  place: z.int().min(1).optional(),
};
export type Asked = z.infer<z.ZodObject<typeof ASKED>>;

export interface FoundFinding {
  id: string;
  schoolId: string;
  school: string;
  noticeId: string | null;
  year: number | null;
  number: number | null;
  nth: number;
  text: string;
  disposition: string;
  state: string;
  due: string | null;
  issued: string | null;
  signed: string | null;
  submitted: string | null;
  reviewed: string | null;
  closed: string | null;
  returnReason: string | null;
  objection: string;
  looked: string | null;
  unit: string;
  relapse: boolean;
  asked: string | null;
}

/** What says which finding it is: columns of `finding f`, its school `s` and its notice `n`. */
export const WHICH = `f.id, f.school_id as "schoolId", s.name as school, f.notice_id as "noticeId", n.year, n.number, f.text,
            (select count(*)::int from finding p where p.notice_id = f.notice_id and p.ordinal <= f.ordinal) as nth`;
export type Which = Pick<
  FoundFinding,
  'id' | 'schoolId' | 'school' | 'noticeId' | 'year' | 'number' | 'nth' | 'text'
>;

/** Findings of one notice have one story. */
export const sameStory = (a: FoundFinding, b: FoundFinding) =>
  a.id === b.id || (a.noticeId !== null && a.noticeId === b.noticeId);

/** What the actor may see that fits the number or the school; the newest, and what is open, first. */
export async function candidates(context: ActContext, asked: Asked): Promise<FoundFinding[]> {
  const schools = await schoolsInSight(context);
  const number = numberIn(asked.no);
  if (schools.length === 0) throw new AppError('act.not-found');
  const day = (column: string) => `(${column} at time zone $4)::date::text`;
  return context.tx.sql<FoundFinding>(
    `select ${WHICH},
            f.disposition, f.state, f.due_on as due, ${day('n.issued_at')} as issued, ${day('n.signed_at')} as signed,
            ${day('f.submitted_at')} as submitted, ${day('f.reviewed_at')} as reviewed, ${day('f.closed_at')} as closed,
            f.return_reason as "returnReason", f.objection, ${day('f.looked_back_at')} as looked,
            f.responsible_unit as unit, f.relapse_of is not null as relapse,
            (select e.asked_on::text from extension e where e.finding_id = f.id and e.state = 'asked' limit 1) as asked
     from finding f join school s on s.id = f.school_id left join rectification_notice n on n.id = f.notice_id
     where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.state not in ('voided', 'fixed')
       and ($3::int is null or n.number = $3) and ($5::uuid is null or f.school_id = $5)
     order by f.state in ('closed', 'withdrawn'), n.issued_at desc nulls last, f.visit_id desc, f.ordinal limit 60`,
    [
      context.office.id,
      schools,
      Number.isNaN(number) ? null : number,
      context.office.timeZone,
      asked.school ?? null,
    ],
    'finding-stories',
  );
}

/** By number it is that notice of the newest year; by words those that are most like them; else all that are open. */
export function pick(all: readonly FoundFinding[], by: Asked): FoundFinding[] {
  const number = numberIn(by.no);
  const placed = by.place === undefined ? [] : all.filter(({ nth }) => nth === by.place);
  const rows = placed.length > 0 ? placed : all;
  if (!Number.isNaN(number)) {
    const year = Math.max(...rows.map((row) => row.year ?? 0));
    return rows.filter((row) => row.year === year);
  }
  const scored = rows.map((row) => ({ row, score: alike(row.text, by.words ?? '') }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best >= 0.3) {
    const like = scored.filter(({ score }) => score >= best - 0.1).map(({ row }) => row);
    const open = like.filter((row) => !['closed', 'withdrawn'].includes(row.state));
    return open.length > 0 ? open : like.slice(0, 1);
  }
  const open = rows.filter((row) => !['closed', 'withdrawn'].includes(row.state));
  return open.length > 0 ? open : rows.slice(0, 1);
}

/** `031号` → 31. */
function numberIn(no: string | undefined): number {
  return Number(/\d+/.exec(no ?? '')?.[0] ?? Number.NaN);
}
