// One notice's or finding's whole story in short: where it is, since when, and what comes next. For whoever may see the school.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { schoolsInSight } from '../access.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { auditFindings, lockFindings, numberOf } from './lock.ts';
import { arrow } from './machine.ts';
import { alike } from './relapse.ts';

interface Row {
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

/** What comes next, by state; a term `next.*` of the texts. */
const NEXT: Readonly<Record<string, string>> = {
  draft: 'countersign',
  sent_back: 'issue',
  issued: 'sign',
  acknowledged: 'rectify',
  planned: 'rectify',
  returned: 'rectify',
  reopened: 'rectify',
  extension_pending: 'extension',
  objected: 'objection',
  submitted: 'review',
  under_review: 'review',
  accepted: 'look-back',
};

const line = z.object({ text: z.string(), state: z.string(), due: z.string().nullable() });

export const rectificationStory = action({
  name: 'rectification.story',
  roles: ['principal', 'school-inspector', 'inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  says: ['one', 'several', 'none'],
  input: z.object({
    no: z.string().max(20).optional(),
    school: z.uuid().optional(),
    words: z.string().max(500).optional(),
    /** "第二条": its place on the notice. */
    place: z.int().min(1).optional(),
  }),
  result: z.object({
    say: z.string(),
    school: z.string(),
    no: z.string(),
    findings: z.array(line),
    more: z.number(),
    ids: z.array(z.string()),
    issued: z.string().nullable(),
    signed: z.string().nullable(),
    submitted: z.string().nullable(),
    reviewed: z.string().nullable(),
    closed: z.string().nullable(),
    looked: z.string().nullable(),
    asked: z.string().nullable(),
    returnReason: z.string().nullable(),
    objection: z.string(),
    unit: z.string(),
    late: z.number(),
    next: z.string(),
    relapse: z.boolean(),
    reopen: z.boolean(),
    list: z.array(z.object({ no: z.string(), school: z.string(), text: z.string(), state: z.string() })),
  }),
  async run(context, asked) {
    const found = await candidates(context, asked);
    const number = Number(/\d+/.exec(asked.no ?? '')?.[0] ?? Number.NaN);
    const near = pick(found, { number, words: asked.words ?? '', place: asked.place });
    const [first] = near;
    const one = first !== undefined && near.every((row) => sameStory(row, first));
    const list = near.slice(0, 5).map((row) => ({ ...row, no: numberOf(context, row) }));
    if (!first || !one)
      return { ...EMPTY, say: first ? 'several' : 'none', list, more: near.length - list.length };
    await openForReview(context, near);
    const today = context.today.toString();
    const due = near.flatMap((row) => (arrow(row.state, 'submit') && row.due ? [row.due] : [])).sort()[0];
    const late =
      due !== undefined && due < today && first.state !== 'submitted' ? daysBetween(context, due) : 0;
    const office = context.actor.roles.some((role) => role === 'office' || role === 'director');
    return {
      say: 'one',
      school: first.school,
      no: numberOf(context, first),
      findings: near.slice(0, 5).map(({ text, state, due: day }) => ({ text, state, due: day })),
      more: Math.max(0, near.length - 5),
      ids: near.map(({ id }) => id),
      issued: first.issued,
      signed: first.signed,
      submitted: first.submitted,
      reviewed: first.reviewed,
      closed: first.closed,
      looked: first.looked,
      asked: first.asked,
      returnReason: first.returnReason,
      objection: first.objection,
      unit: first.unit,
      late,
      next: first.state === 'accepted' && first.looked ? 'close' : (NEXT[first.state] ?? 'none'),
      relapse: near.some((row) => row.relapse),
      reopen:
        (office || context.actor.roles.includes('inspector')) &&
        near.every((row) => arrow(row.state, 'reopen') !== null),
      list: [],
    };
  },
});

const EMPTY = {
  school: '',
  no: '',
  findings: [],
  more: 0,
  ids: [],
  issued: null,
  signed: null,
  submitted: null,
  reviewed: null,
  closed: null,
  looked: null,
  asked: null,
  returnReason: null,
  objection: '',
  unit: '',
  late: 0,
  next: 'none',
  relapse: false,
  reopen: false,
};

const sameStory = (a: Row, b: Row) => a.id === b.id || (a.noticeId !== null && a.noticeId === b.noticeId);

/** What the actor may see that fits the number or the school; the newest, and what is open, first. */
async function candidates(context: ActContext, asked: { no?: string; school?: string }): Promise<Row[]> {
  const schools = await schoolsInSight(context);
  const number = Number(/\d+/.exec(asked.no ?? '')?.[0] ?? Number.NaN);
  if (schools.length === 0) throw new AppError('act.not-found');
  const day = (column: string) => `(${column} at time zone $4)::date::text`;
  return context.tx.sql<Row>(
    `select f.id, f.school_id as "schoolId", s.name as school, f.notice_id as "noticeId", n.year, n.number, f.text,
            (select count(*)::int from finding p where p.notice_id = f.notice_id and p.ordinal <= f.ordinal) as nth,
            f.disposition, f.state, f.due_on as due, ${day('n.issued_at')} as issued, ${day('n.signed_at')} as signed,
            ${day('f.submitted_at')} as submitted, ${day('f.reviewed_at')} as reviewed, ${day('f.closed_at')} as closed,
            f.return_reason as "returnReason", f.objection, ${day('f.looked_back_at')} as looked,
            f.responsible_unit as unit, f.relapse_of is not null as relapse,
            (select e.asked_on::text from extension e where e.finding_id = f.id and e.state = 'asked' limit 1) as asked
     from finding f join school s on s.id = f.school_id left join rectification_notice n on n.id = f.notice_id
     where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.state not in ('voided', 'fixed')
       and ($3::int is null or n.number = $3) and ($5::uuid is null or f.school_id = $5)
     order by f.state in ('closed', 'withdrawn'), n.issued_at desc nulls last, f.id desc limit 60`,
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
function pick(all: readonly Row[], by: { number: number; words: string; place: number | undefined }): Row[] {
  const placed = by.place === undefined ? [] : all.filter(({ nth }) => nth === by.place);
  const rows = placed.length > 0 ? placed : all;
  if (!Number.isNaN(by.number)) {
    const year = Math.max(...rows.map((row) => row.year ?? 0));
    return rows.filter((row) => row.year === year);
  }
  const scored = rows.map((row) => ({ row, score: alike(row.text, by.words) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best >= 0.3) {
    const like = scored.filter(({ score }) => score >= best - 0.1).map(({ row }) => row);
    const open = like.filter((row) => !['closed', 'withdrawn'].includes(row.state));
    return open.length > 0 ? open : like.slice(0, 1);
  }
  const open = rows.filter((row) => !['closed', 'withdrawn'].includes(row.state));
  return open.length > 0 ? open : rows.slice(0, 1);
}

/** The school sees that somebody has begun to look at what it handed in. */
async function openForReview(context: ActContext, rows: readonly Row[]): Promise<void> {
  const waiting = rows.filter((row) => row.state === 'submitted').map(({ id }) => id);
  if (waiting.length === 0 || !context.actor.roles.includes('inspector')) return;
  const mine = await schoolsInSight(context, ['inspector']);
  if (!rows.every((row) => mine.includes(row.schoolId))) return;
  const locked = (await lockFindings(context, waiting)).filter((finding) => arrow(finding.state, 'open'));
  const db = await context.tx.db();
  await db.finding.updateMany({
    where: { id: { in: locked.map(({ id }) => id) } },
    data: { state: 'under_review' },
  });
  await auditFindings(context, 'finding.opened', locked, () => ({ state: 'under_review' }));
  for (const row of rows) if (row.state === 'submitted') row.state = 'under_review';
}

function daysBetween(context: ActContext, due: string): number {
  return context.today.since(due).days;
}
