// Findings that an act is about: locked in one order, moved by the machine, said by their school and the number of their notice.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ActContext, type AuditLine, audit } from '../act.ts';
import { noticeNo } from '../notices.ts';
import { type Act, type State, step } from './machine.ts';

export interface LockedFinding {
  id: string;
  schoolId: string;
  schoolName: string;
  visitId: string;
  noticeId: string | null;
  year: number | null;
  number: number | null;
  item: string;
  text: string;
  disposition: string;
  state: string;
  round: number;
  dueOn: string | null;
  /** Who issued the notice, or filed the visit. */
  inspectorId: string;
  submittedById: string | null;
  reopened: number;
}

/** The input of an act on findings that a slot found, each with what else was shown of it. */
export const PICKED = z
  .array(z.object({ id: z.uuid() }))
  .min(1)
  .max(20);
/** The input of an act that decides anew on such findings. */
export const DECIDED_ANEW = { finding: PICKED, result: z.enum(['pass', 'fail', 'partial']) };
/** What whoever corrected a decision is told of it, whichever it was. */
export const CORRECTED = {
  say: z.string(),
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  head: z.string(),
};
export const lockPicked = (context: ActContext, picked: z.infer<typeof PICKED>): Promise<LockedFinding[]> =>
  lockFindings(
    context,
    picked.map(({ id }) => id),
  );

/**
 * Locks findings in the order of their ids (so that two acts cannot wait for each other) and reads what acts need.
 * The order of all locks is that of `lock-order.ts`.
 */
export async function lockFindings(context: ActContext, ids: readonly string[]): Promise<LockedFinding[]> {
  const rows = await context.tx.sql<LockedFinding>(
    `select f.id, f.school_id as "schoolId", s.name as "schoolName", f.visit_id as "visitId", f.notice_id as "noticeId",
            n.year, n.number, f.item, f.text, f.disposition, f.state, f.round, f.due_on as "dueOn",
            coalesce(n.issued_by, v.inspector_id) as "inspectorId", f.submitted_by as "submittedById", f.reopened
     from finding f join school s on s.id = f.school_id join visit v on v.id = f.visit_id
     left join rectification_notice n on n.id = f.notice_id
     where f.id = any($1::uuid[]) and f.office_id = $2 order by f.id for update of f`,
    [ids, context.office.id],
    'lock-findings',
  );
  if (rows.length !== new Set(ids).size) throw new AppError('act.not-found', 'never', { what: 'finding' });
  return rows;
}

/** The state that each finding goes to; when one cannot, the refusal says who did what to it last. */
export async function stepAll(
  context: ActContext,
  findings: readonly LockedFinding[],
  act: Act,
): Promise<Map<string, State>> {
  const to = new Map<string, State>();
  for (const finding of findings)
    try {
      to.set(finding.id, step(finding.state, act));
    } catch (err) {
      if (!(err instanceof AppError)) throw err;
      throw new AppError(err.code, 'never', { ...err.detail, by: await lastHand(context, finding.id) });
    }
  return to;
}

/** Who touched a finding last; nobody when it was the actor herself or the clock. */
async function lastHand(context: ActContext, findingId: string): Promise<string | undefined> {
  const [row] = await context.tx.sql<{ id: string; name: string }>(
    `select p.id, p.name from audit_entry a join person p on p.id = a.actor_id
     where a.subject_id = $1 order by a.at desc, a.id desc limit 1`,
    [findingId],
    'last-hand',
  );
  return row?.id === context.actor.personId ? undefined : row?.name;
}

/** One audit line for each finding that an act moved. */
export async function auditFindings(
  context: ActContext,
  action: string,
  findings: readonly LockedFinding[],
  after: (finding: LockedFinding) => object,
): Promise<void> {
  await audit(
    context,
    findings.map(
      (finding): AuditLine => ({
        action,
        subject: 'finding',
        subjectId: finding.id,
        schoolId: finding.schoolId,
        before: { state: finding.state, round: finding.round, due: finding.dueOn },
        after: after(finding),
      }),
    ),
  );
}

/** As it stands on the notice; '' for a finding without one. */
export const numberOf = (context: ActContext, of: { year: number | null; number: number | null }): string =>
  of.year === null || of.number === null
    ? ''
    : noticeNo(context.office.settings['rect.numberPrefix'], of.year, of.number);

/** One school and the notices' numbers to speak of, for findings that were handled together. */
export function together(context: ActContext, findings: readonly LockedFinding[]) {
  const [first] = findings;
  if (!first) throw new AppError('act.input', 'never', { missing: 'findings' });
  if (findings.some((finding) => finding.schoolId !== first.schoolId))
    throw new AppError('act.input', 'never', { missing: 'one school' });
  const numbers = new Set(findings.map((finding) => numberOf(context, finding)).filter((no) => no !== ''));
  return {
    first,
    school: first.schoolName,
    no: [...numbers].join('、'),
    findings: findings.map((finding) => finding.text),
    ids: findings.map((finding) => finding.id),
  };
}

/** A natural key for telling a person about some findings at one point of their lives, short enough for any store. */
export function tellingKey(what: string, personId: string, findings: readonly LockedFinding[]): string {
  const [first] = findings;
  const rest = findings.length > 1 ? `+${findings.length - 1}` : '';
  return `${what}-${personId}-${first?.id}.${first?.round}.${first?.reopened}${rest}`;
}
