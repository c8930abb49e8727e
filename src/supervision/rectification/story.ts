// One notice's or finding's whole story in short: where it is, since when, and what comes next. For whoever may see the school.
import { z } from 'zod';
import { schoolsInSight } from '../access.ts';
import { type ActContext, action, isOfOffice, type Role } from '../act.ts';
import { toldState } from '../findings.ts';
import { ASKED, candidates, type FoundFinding, pick, sameStory } from './find.ts';
import { auditFindings, lockFindings, numberOf } from './lock.ts';
import { arrow } from './machine.ts';

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
  input: z.object(ASKED),
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
    /** 约谈, 通报, 问责案卷 that were noted about it. */
    measures: z.array(z.object({ step: z.string(), on: z.string(), note: z.string(), ended: z.boolean() })),
    next: z.string(),
    relapse: z.boolean(),
    reopen: z.boolean(),
    list: z.array(z.object({ no: z.string(), school: z.string(), text: z.string(), state: z.string() })),
  }),
  async run(context, asked) {
    const found = await candidates(context, asked);
    const near = overdueAlone(context, pick(found, asked), asked.words ?? '');
    const [first] = near;
    const one = first !== undefined && near.every((row) => sameStory(row, first));
    const list = near.slice(0, 5).map((row) => {
      const no = numberOf(context, row);
      return { ...row, no, state: toldState(row.state, no) };
    });
    if (!first || !one)
      return { ...EMPTY, say: first ? 'several' : 'none', list, more: near.length - list.length };
    await openForReview(context, near);
    const today = context.today.toString();
    const due = near.flatMap((row) => (arrow(row.state, 'submit') && row.due ? [row.due] : [])).sort()[0];
    const late =
      due !== undefined && due < today && first.state !== 'submitted' ? daysBetween(context, due) : 0;
    const office = isOfOffice(context.actor);
    return {
      say: 'one',
      school: first.school,
      no: numberOf(context, first),
      findings: near.slice(0, 5).map((row) => ({
        text: row.text,
        state: toldState(row.state, numberOf(context, row)),
        due: row.due,
      })),
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
      measures: await measuresOf(context, near),
      next: nextOf(first),
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
  measures: [],
  next: 'none',
  relapse: false,
  reopen: false,
};

function nextOf({ state, looked, year }: FoundFinding): string {
  if (state === 'accepted' && looked) return 'close';
  return NEXT[toldState(state, year === null ? '' : 'noticed')] ?? 'none';
}

/** What was noted about these beyond reminders, in order; what was taken back is not told. */
function measuresOf(context: ActContext, rows: readonly FoundFinding[]) {
  return context.tx.sql<{ step: string; on: string; note: string; ended: boolean }>(
    `select step, on_day as "on", note, bool_and(ended_at is not null) as ended from escalation
     where finding_id = any($1::uuid[]) and taken_back is null group by step, on_day, note, at order by at desc limit 3`,
    [rows.map(({ id }) => id)],
    'story-measures',
  );
}

/** The school sees that somebody has begun to look at what it handed in. */
async function openForReview(context: ActContext, rows: readonly FoundFinding[]): Promise<void> {
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

/** "逾期多久了" is asked of what is overdue, whatever else the school has had. */
function overdueAlone(context: ActContext, near: readonly FoundFinding[], words: string) {
  const today = context.today.toString();
  const late = near.filter((row) => row.due && row.due < today && arrow(row.state, 'submit') !== null);
  return /逾期|超期|overdue/iu.test(words) && late.length > 0 ? late : near;
}

function daysBetween(context: ActContext, due: string): number {
  return context.today.since(due).days;
}
