// What the school does about a finding, and what the inspector says to that (DOMAIN §3 b: evidence, review).
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { refuseOthersPhotos } from './evidence.ts';
import { noticeNo, peopleAt } from './notices.ts';

interface LockedFinding {
  id: string;
  schoolId: string;
  schoolName: string;
  noticeId: string | null;
  year: number | null;
  number: number | null;
  text: string;
  state: string;
  round: number;
  dueOn: string | null;
  inspectorId: string;
  submittedById: string | null;
}

/** Locks findings in the order of their ids (so that two acts cannot wait for each other) and reads what acts need. */
async function lockFindings(context: ActContext, ids: string[]): Promise<LockedFinding[]> {
  const rows = await context.tx.sql<LockedFinding>(
    `select f.id, f.school_id as "schoolId", s.name as "schoolName", f.notice_id as "noticeId", n.year, n.number,
            f.text, f.state, f.round, f.due_on as "dueOn", coalesce(n.issued_by, v.inspector_id) as "inspectorId",
            f.submitted_by as "submittedById"
     from finding f join school s on s.id = f.school_id join visit v on v.id = f.visit_id
     left join rectification_notice n on n.id = f.notice_id
     where f.id = any($1::uuid[]) and f.office_id = $2 order by f.id for update of f`,
    [ids, context.office.id],
    'lock-findings',
  );
  if (rows.length !== new Set(ids).size) throw new AppError('act.not-found', 'never', { what: 'finding' });
  return rows;
}

/** One school and one notice's number to speak of, for findings that were handled together. */
function together(context: ActContext, findings: LockedFinding[]) {
  const [first] = findings;
  if (!first) throw new AppError('act.input', 'never', { missing: 'findings' });
  const numbers = new Set(
    findings
      .filter((finding) => finding.number !== null)
      .map((finding) =>
        noticeNo(
          context.office.settings['rect.numberPrefix'],
          finding.year as number,
          finding.number as number,
        ),
      ),
  );
  return {
    first,
    school: first.schoolName,
    no: [...numbers].join('、'),
    findings: findings.map((finding) => finding.text),
  };
}

/** 提交整改: the school says what was done. The inspector is told in the same transaction. */
export const submitRectification = action({
  name: 'rectification.submit',
  roles: ['principal'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    report: z.string().trim().min(1).max(2000),
    photos: z.array(z.uuid()).max(9).default([]),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    photos: z.number(),
    inspector: z.string(),
    reviewDays: z.number(),
  }),
  async run(context, { finding: ids, report, photos }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    const mine = await peopleAt(context, first.schoolId, 'principal');
    const allMine = findings.every((finding) => finding.schoolId === first.schoolId);
    if (!allMine || !mine.some((person) => person.id === context.actor.personId))
      throw new AppError('act.not-allowed');
    if (
      findings.some((finding) =>
        ['accepted', 'closed', 'withdrawn', 'voided', 'fixed'].includes(finding.state),
      )
    )
      throw new AppError('rectification.closed');

    const db = await context.tx.db();
    await refuseOthersPhotos(context, photos);
    const after = {
      state: 'submitted',
      report,
      submittedAt: context.now,
      submittedById: context.actor.personId,
      returnReason: null,
    };
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { ...after, round: { increment: 1 } } });
    await db.findingEvidence.createMany({
      data: findings.flatMap((finding) =>
        photos.map((attachmentId) => ({ findingId: finding.id, attachmentId, round: finding.round + 1 })),
      ),
      skipDuplicates: true,
    });
    await audit(
      context,
      findings.map((finding) => ({
        action: 'finding.submitted',
        subject: 'finding' as const,
        subjectId: finding.id,
        schoolId: finding.schoolId,
        before: { state: finding.state, round: finding.round },
        after: { ...after, round: finding.round + 1, photos },
      })),
    );
    const inspector = await db.person.findUniqueOrThrow({ where: { id: first.inspectorId } });
    context.notify({
      personId: first.inspectorId,
      key: 'rectification.submitted',
      data: { school, no, findings: texts, report, photos: photos.length, by: context.actor.name, ids },
      dedup: `submitted-${findings.map((finding) => `${finding.id}.${finding.round + 1}`).join('-')}`.slice(
        0,
        200,
      ),
    });
    const reviewDays = context.office.settings['rect.reviewWithinDays'];
    return { school, no, findings: texts, photos: photos.length, inspector: inspector.name, reviewDays };
  },
});

/** 复核: the inspector passes what was handed in, or returns it with a reason (DOMAIN §3 b, "review"). */
export const reviewRectification = action({
  name: 'rectification.review',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail', 'partial']),
    reason: z.string().trim().min(1).max(500).optional(),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    passed: z.boolean(),
    reason: z.string(),
    head: z.string(),
  }),
  async run(context, { finding: ids, result, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    for (const finding of findings) {
      const responsible = await peopleAt(context, finding.schoolId, 'inspector');
      const may =
        finding.inspectorId === context.actor.personId ||
        responsible.some((person) => person.id === context.actor.personId);
      if (!may) throw new AppError('act.not-allowed');
      if (finding.state === 'accepted' || finding.state === 'closed')
        throw new AppError('rectification.closed');
      if (finding.state !== 'submitted' && finding.state !== 'under_review')
        throw new AppError('rectification.not-submitted');
    }
    const passed = result === 'pass';
    if (!passed && !reason) throw new AppError('act.input', 'never', { missing: 'reason' });

    const db = await context.tx.db();
    const after = {
      state: passed ? 'accepted' : 'returned',
      reviewedAt: context.now,
      reviewedById: context.actor.personId,
      returnReason: passed ? null : (reason ?? null),
    };
    await db.finding.updateMany({ where: { id: { in: ids } }, data: after });
    await audit(
      context,
      findings.map((finding) => ({
        action: passed ? 'finding.accepted' : 'finding.returned',
        subject: 'finding' as const,
        subjectId: finding.id,
        schoolId: finding.schoolId,
        before: { state: finding.state },
        after,
      })),
    );
    const heads = await peopleAt(context, first.schoolId, 'principal');
    const told = { school, no, findings: texts, passed, reason: reason ?? '' };
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: passed ? 'rectification.accepted' : 'rectification.returned',
        data: { ...told, inspector: context.actor.name, due: first.dueOn, ids },
        dedup:
          `reviewed-${head.id}-${findings.map((finding) => `${finding.id}.${finding.round}`).join('-')}`.slice(
            0,
            250,
          ),
      });
    return { ...told, head: heads.map((head) => head.name).join('、') };
  },
});

/** Photos that came after the words: added to what was handed in last, as long as nobody has judged it. */
export const attachEvidence = action({
  name: 'rectification.attach',
  roles: ['principal'] satisfies Role[],
  input: z.object({ finding: z.array(z.uuid()).min(1).max(20), photos: z.array(z.uuid()).min(1).max(9) }),
  result: z.object({ no: z.string(), school: z.string(), photos: z.number() }),
  async run(context, { finding: ids, photos }) {
    const findings = await lockFindings(context, ids);
    const { no, school } = together(context, findings);
    for (const { schoolId, submittedById } of findings) {
      const heads = await peopleAt(context, schoolId, 'principal'); // who moved to another school hands in no more here
      if (submittedById !== context.actor.personId || !heads.some(({ id }) => id === submittedById))
        throw new AppError('act.not-allowed');
    }
    if (findings.some((finding) => finding.state !== 'submitted')) throw new AppError('rectification.closed');
    const db = await context.tx.db();
    await refuseOthersPhotos(context, photos);
    await db.findingEvidence.createMany({
      data: findings.flatMap((finding) =>
        photos.map((attachmentId) => ({ findingId: finding.id, attachmentId, round: finding.round })),
      ),
      skipDuplicates: true,
    });
    await audit(
      context,
      findings.map((finding) => ({
        action: 'finding.evidence-added',
        subject: 'finding' as const,
        subjectId: finding.id,
        schoolId: finding.schoolId,
        after: { photos },
      })),
    );
    return { no, school, photos: photos.length };
  },
});
