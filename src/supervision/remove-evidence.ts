// A photo that should not be there is taken off again: off what a school handed in, until it is judged; off the record of a visit.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { requireStanding } from './access.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { AT_THE_VISIT, picked, type ShownPhoto, unjudged, WHICH } from './evidence.ts';
import { peopleAt } from './notices.ts';
import { auditFindings, lockFindings, tellingKey, together } from './rectification/lock.ts';
import { photosOfVisit } from './visit-photos.ts';

/** Her own photos at these findings, in what nobody has judged yet, the newest first. */
async function hers(context: ActContext, schoolId: string, ids: readonly string[]): Promise<ShownPhoto[]> {
  const shown = await unjudged(context, schoolId, true);
  return shown.filter(({ findings }) => findings.some((id) => ids.includes(id)));
}

export const removeEvidence = action({
  name: 'rectification.remove-evidence',
  roles: ['principal'] satisfies Role[],
  input: z.object({ finding: z.array(z.uuid()).min(1).max(20), ...WHICH }),
  result: z.object({ no: z.string(), photos: z.number(), left: z.number() }),
  async run(context, { finding: ids, ...which }) {
    const { first, school, no, findings } = together(context, await lockFindings(context, ids));
    await requireStanding(context, first.schoolId, ['principal']);
    const before = picked(await hers(context, first.schoolId, ids), which);
    // A photo may lie with others too: they are locked in one order, and all is read again.
    const all = await lockFindings(context, [...new Set([...ids, ...before.flatMap((one) => one.findings)])]);
    const shown = await hers(context, first.schoolId, ids);
    const photos = picked(shown, which).filter((one) =>
      one.findings.every((id) => all.some((finding) => finding.id === id)),
    );
    if (photos.length === 0) throw new AppError('rectification.no-photos');

    const gone = photos.map((photo) => photo.attachmentId);
    const held = all.filter(({ id }) => photos.some((photo) => photo.findings.includes(id)));
    const db = await context.tx.db();
    for (const { id, round } of held)
      await db.findingEvidence.deleteMany({
        where: { findingId: id, round, attachmentId: { in: gone } },
      });
    await auditFindings(context, 'finding.evidence-removed', held, () => ({ photos: gone }));
    for (const person of await peopleAt(context, first.schoolId, 'inspector'))
      context.notify({
        personId: person.id,
        key: 'rectification.evidence-removed',
        data: { school, no, findings, photos: gone.length, by: context.actor.name },
        dedup: `${tellingKey('evidence-removed', person.id, held)}-${context.inboxId}`,
      });
    return { no, photos: gone.length, left: shown.length - gone.length };
  },
});

export const removePhotosOfVisit = action({
  name: 'visit.remove-photos',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  input: z.object({ visit: z.uuid(), ...WHICH }),
  result: z.object({ school: z.string(), photos: z.number(), left: z.number() }),
  async run(context, { visit: id, ...which }) {
    const db = await context.tx.db();
    const visit = await db.visit.findFirst({
      where: { id, officeId: context.office.id },
      include: { findings: { select: { id: true } }, school: { select: { name: true } } },
    });
    if (!visit) throw new AppError('act.not-found', 'never', { what: 'visit' });
    if (visit.inspectorId !== context.actor.personId) throw new AppError('act.not-allowed');
    if (visit.state === 'voided') throw new AppError('visit.voided');
    const findings = visit.findings.map((one) => one.id);
    await lockFindings(context, findings);
    const shown = await photosOfVisit(context.tx, id);
    const gone = picked(shown.toReversed(), which);
    if (gone.length === 0) throw new AppError('rectification.no-photos');
    await db.findingEvidence.deleteMany({
      where: { findingId: { in: findings }, round: AT_THE_VISIT, attachmentId: { in: gone } },
    });
    await audit(context, [
      {
        action: 'visit.photos-removed',
        subject: 'visit',
        subjectId: visit.id,
        schoolId: visit.schoolId,
        before: { photos: shown },
        after: { photos: gone },
      },
    ]);
    return { school: visit.school.name, photos: gone.length, left: shown.length - gone.length };
  },
});
