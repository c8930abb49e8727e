// A school's file in order: who changed what, when, from which message, old and new. Behind `dudao audit` and 变更记录 in chat.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Tx } from '../store/store.ts';
import { requireStanding } from './access.ts';
import { action, OFFICE_ROLES } from './act.ts';
import { noticeNo } from './notices.ts';

/** What is told of a row, beside what was done; all else of it is in `--json`. */
const FIELDS = [
  'state',
  'date',
  'visitedOn',
  'session',
  'dueOn',
  'name',
  'kind',
  'reason',
  'role',
  'report',
  'returnReason',
  'text',
] as const;

export interface HistoryLine {
  at: Date;
  /** Empty for the clock and the command line. */
  by: string;
  action: string;
  /** The number of a notice, a finding's words, or who was named; empty when the action says it all. */
  about: string;
  /** `kind`: the terms that hold the words of both values; `day`: they are days; '': they are words as they stand. */
  changes: { field: string; old: string; new: string; kind: string }[];
  /** The message that asked for it. */
  said: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

interface Row extends Omit<HistoryLine, 'about' | 'changes'> {
  year: number | null;
  number: number | null;
  finding: string | null;
  named: string | null;
}

/** From the first to the last; with `latest` only so many, the newest. */
export async function schoolHistory(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; schoolId: string; numberPrefix: string; latest?: number },
): Promise<HistoryLine[]> {
  const rows = await tx.sql<Row>(
    `select e.at, coalesce(p.name, '') as by, e.action, n.year, n.number, f.text as finding, e.before, e.after,
            coalesce(i.message->>'content', '') as said,
            (select name from person w where w.office_id = e.office_id
             and w.user_id = coalesce(e.after->>'userId', e.before->>'userId')) as named
     from audit_entry e left join person p on p.id = e.actor_id left join inbox i on i.id = e.inbox_id
     left join rectification_notice n on n.id = e.subject_id left join finding f on f.id = e.subject_id
     where e.office_id = $1 and e.school_id = $2
     order by e.at desc, e.id desc limit $3`,
    [of.officeId, of.schoolId, of.latest ?? null],
    'school-history',
  );
  return rows.reverse().map(({ year, number, finding, named, ...row }) => ({
    ...row,
    about:
      number !== null && year !== null ? noticeNo(of.numberPrefix, year, number) : (finding ?? named ?? ''),
    changes: changesOf(row.action, row.before, row.after),
  }));
}

function changesOf(done: string, before: Row['before'], after: Row['after']): HistoryLine['changes'] {
  return FIELDS.flatMap((field) => {
    const [old, now] = [said(before?.[field]), said(after?.[field])];
    if (now === '' || old === now || before === null) return [];
    return [{ field, old, new: now, kind: kindOf(field, done) }];
  });
}

/** Codes among the fields, by the terms that name them; what has a state is told by its own words for it. */
const KINDS: Partial<Record<(typeof FIELDS)[number], string>> = {
  date: 'day',
  visitedOn: 'day',
  dueOn: 'day',
  session: 'session',
  kind: 'stage',
  role: 'role',
  reason: 'void-reason',
};

function kindOf(field: (typeof FIELDS)[number], done: string): string {
  const subject = done.split('.')[0] ?? '';
  if (field !== 'state') return KINDS[field] ?? '';
  return ['visit', 'notice', 'emergency'].includes(subject) ? `${subject}-state` : 'finding-state';
}

const said = (value: unknown) => {
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : '';
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? value.slice(0, 10) : value.slice(0, 60);
};

/** Nothing that scrolls; the whole file is `dudao audit`. */
const SHOWN = 6;

/** 查一中的变更记录: the latest changes of a school's file, for the office. */
export const showSchoolHistory = action({
  name: 'school.history',
  roles: OFFICE_ROLES,
  input: z.object({ school: z.uuid() }),
  result: z.object({
    name: z.string(),
    lines: z.array(
      z.object({
        day: z.string(),
        time: z.string(),
        by: z.string(),
        action: z.string(),
        about: z.string(),
        changes: z.array(z.object({ field: z.string(), old: z.string(), new: z.string(), kind: z.string() })),
      }),
    ),
  }),
  async run(context, { school: schoolId }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const { office, tx } = context;
    const [school] = await tx.sql<{ name: string }>('select name from school where id = $1', [schoolId]);
    if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
    const numberPrefix = office.settings['rect.numberPrefix'];
    const lines = await schoolHistory(tx, { officeId: office.id, schoolId, numberPrefix, latest: SHOWN });
    return {
      name: school.name,
      lines: lines.reverse().map(({ at, by, action: done, about, changes }) => {
        const [day = '', time = ''] = at.toLocaleString('sv-SE', { timeZone: office.timeZone }).split(' ');
        return { day, time: time.slice(0, 5), by, action: done, about, changes };
      }),
    };
  },
});
