// What a school hands in about a finding, with photos if they help (DOMAIN §3 b, "evidence"). Its inspector is told, and forwards or reviews it.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { requireStanding } from '../access.ts';
import { action, type Notification, type Role } from '../act.ts';
import { OWED, refuseOthersPhotos, UNJUDGED } from '../evidence.ts';
import { peopleAt } from '../notices.ts';
import { lapse } from './extension.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, tellingKey, together } from './lock.ts';

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
    await requireStanding(context, first.schoolId, ['principal']);
    await stepAll(context, findings, 'submit');

    const db = await context.tx.db();
    await refuseOthersPhotos(context, photos);
    const after = {
      state: 'submitted',
      report,
      submittedAt: context.now,
      submittedById: context.actor.personId,
      // Of this round nobody has told the office yet (forward.ts).
      forwardedAt: null,
      returnReason: null,
    };
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { ...after, round: { increment: 1 } } });
    await db.findingEvidence.createMany({
      data: findings.flatMap((finding) =>
        photos.map((attachmentId) => ({ findingId: finding.id, attachmentId, round: finding.round + 1 })),
      ),
      skipDuplicates: true,
    });
    // Some may have been put here before, from where they did not belong.
    const shown = await db.findingEvidence.findMany({
      where: { OR: findings.map(({ id, round }) => ({ findingId: id, round: round + 1 })) },
      select: { attachmentId: true },
      distinct: ['attachmentId'],
    });
    await lapse(context, findings);
    await auditFindings(context, 'finding.submitted', findings, (finding) => ({
      ...after,
      round: finding.round + 1,
      photos,
    }));
    const inspector = await reviewer(context, first);
    context.notify({
      personId: inspector.id,
      key: 'rectification.submitted',
      data: { school, no, findings: texts, report, photos: shown.length, by: context.actor.name, ids },
      dedup: `${tellingKey('submitted', inspector.id, findings)}.${first.round + 1}`,
    });
    if (shown.length > 0)
      context.notify(shownTo(inspector.id, { school, no, texts, findings }, first.round + 1));
    const reviewDays = context.office.settings['rect.reviewWithinDays'];
    return { school, no, findings: texts, photos: shown.length, inspector: inspector.name, reviewDays };
  },
});

/** A card with the photos of this round for whoever judges it: one, however many photos follow. */
function shownTo(
  personId: string,
  { school, no, texts, findings }: { school: string; no: string; texts: string[]; findings: LockedFinding[] },
  round: number,
): Notification {
  return {
    personId,
    key: 'rectification.shown',
    data: { school, no, findings: texts },
    dedup: `${tellingKey('shown', personId, findings)}.${round}`,
    photosOf: findings.map(({ id }) => id),
  };
}

/** Who is to look at it: the school's inspector of today, or whoever issued it while the school has none. */
async function reviewer(
  context: Parameters<typeof peopleAt>[0],
  finding: { schoolId: string; inspectorId: string },
) {
  const now = await peopleAt(context, finding.schoolId, 'inspector');
  const known = now.find((person) => person.id === finding.inspectorId) ?? now[0];
  if (known) return known;
  const db = await context.tx.db();
  return db.person.findUniqueOrThrow({ where: { id: finding.inspectorId } });
}

/** Photos that came after the words: added to what was handed in last, or to where photos were moved, as long as nobody has judged it. */
export const attachEvidence = action({
  name: 'rectification.attach',
  roles: ['principal'] satisfies Role[],
  input: z.object({ finding: z.array(z.uuid()).min(1).max(20), photos: z.array(z.uuid()).min(1).max(9) }),
  result: z.object({ no: z.string(), school: z.string(), photos: z.number() }),
  async run(context, { finding: ids, photos }) {
    const findings = await lockFindings(context, ids);
    const { first, no, school, findings: texts } = together(context, findings);
    await requireStanding(context, first.schoolId, ['principal']); // who moved to another school hands in no more here
    const handedIn = findings.filter((finding) => UNJUDGED.includes(finding.state));
    if (handedIn.some((finding) => finding.submittedById !== context.actor.personId))
      throw new AppError('act.not-allowed');
    if (findings.some((finding) => !handedIn.includes(finding) && !OWED.includes(finding.state)))
      throw new AppError('rectification.closed', 'never', { state: findings[0]?.state });
    const db = await context.tx.db();
    await refuseOthersPhotos(context, photos);
    await db.findingEvidence.createMany({
      data: findings.flatMap((finding) =>
        photos.map((attachmentId) => ({
          findingId: finding.id,
          attachmentId,
          // Where nothing is handed in yet they wait for what will be.
          round: handedIn.includes(finding) ? finding.round : finding.round + 1,
        })),
      ),
      skipDuplicates: true,
    });
    await auditFindings(context, 'finding.evidence-added', findings, () => ({ photos }));
    if (handedIn.length === findings.length) {
      const inspector = await reviewer(context, first);
      context.notify(shownTo(inspector.id, { school, no, texts, findings }, first.round));
    }
    return { no, school, photos: photos.length };
  },
});
