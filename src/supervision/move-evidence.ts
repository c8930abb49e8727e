// A photo that was handed in under the wrong finding is put to the right one, as long as nobody has judged the round it lies in.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { requireStanding } from './access.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import {
  AT_THE_VISIT,
  OWED,
  picked,
  type ShownPhoto,
  UNJUDGED,
  unjudged,
  WHICH,
  type Which,
} from './evidence.ts';
import { peopleAt } from './notices.ts';
import {
  auditFindings,
  type LockedFinding,
  lockFindings,
  tellingKey,
  together,
} from './rectification/lock.ts';
import { photosOfVisit } from './visit-photos.ts';

/** The newest photos that lie elsewhere than at `to`: all that were handed in with the newest one, or those that were named. */
function meant(shown: readonly ShownPhoto[], to: readonly string[], which: Which): ShownPhoto[] {
  const elsewhere = shown.filter(
    ({ findings }) => findings.some((id) => !to.includes(id)) || !to.some((id) => findings.includes(id)),
  );
  const [newest] = elsewhere;
  if (!newest) return [];
  const same = elsewhere.filter(({ findings }) => findings.join() === newest.findings.join());
  return picked(same, which);
}

export const moveEvidence = action({
  name: 'rectification.move-evidence',
  roles: ['principal', 'inspector', 'area-leader'] satisfies Role[],
  input: z.object({ to: z.array(z.uuid()).min(1).max(20), ...WHICH }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    photos: z.number(),
    /** Nothing was handed in yet for where they lie now. */
    owed: z.boolean(),
  }),
  async run(context, { to, ...which }) {
    const aim = together(context, await lockFindings(context, to));
    const held = await requireStanding(context, aim.first.schoolId, [
      'principal',
      'inspector',
      'area-leader',
    ]);
    const own = held.every((role) => role === 'principal');
    const before = meant(await unjudged(context, aim.first.schoolId, own), to, which);
    // what others hold of it is locked too, in one order, and read again: a verdict may have come between
    const all = await lockFindings(context, [...new Set([...to, ...before.flatMap((one) => one.findings)])]);
    const photos = meant(await unjudged(context, aim.first.schoolId, own), to, which).filter((one) =>
      one.findings.every((id) => all.some((finding) => finding.id === id)),
    );
    const targets = all.filter((finding) => to.includes(finding.id));
    if (targets.some(({ state }) => !UNJUDGED.includes(state) && !OWED.includes(state)))
      throw new AppError('rectification.closed');
    if (photos.length === 0) throw new AppError('rectification.no-photos');

    await rebind(context, targets, photos);
    const ids = photos.map((photo) => photo.attachmentId);
    const left = all.filter(
      (finding) => !to.includes(finding.id) && photos.some((photo) => photo.findings.includes(finding.id)),
    );
    await auditFindings(context, 'finding.evidence-moved', [...left, ...targets], (finding) => ({
      photos: ids,
      moved: to.includes(finding.id) ? 'here' : 'away',
    }));
    const { school, no, findings } = aim;
    await tell(context, targets, { school, no, findings, photos: ids.length });
    return {
      school,
      no,
      findings,
      photos: ids.length,
      owed: targets.every((one) => OWED.includes(one.state)),
    };
  },
});

/** What is handed in already keeps its round; where nothing is handed in yet, they wait for the next one. */
async function rebind(
  context: ActContext,
  targets: LockedFinding[],
  photos: readonly ShownPhoto[],
): Promise<void> {
  const db = await context.tx.db();
  const to = targets.map((finding) => finding.id);
  const rounds = await context.tx.sql<{ id: string; round: number }>(
    'select id, round from finding where id = any($1::uuid[])',
    [photos.flatMap((photo) => photo.findings)],
    'evidence-rounds',
  );
  for (const photo of photos)
    for (const findingId of photo.findings) {
      const round = rounds.find(({ id }) => id === findingId)?.round;
      if (round === undefined || to.includes(findingId)) continue;
      await db.findingEvidence.deleteMany({ where: { findingId, attachmentId: photo.attachmentId, round } });
    }
  await db.findingEvidence.createMany({
    data: targets.flatMap((finding) =>
      photos.map(({ attachmentId }) => ({
        findingId: finding.id,
        attachmentId,
        round: UNJUDGED.includes(finding.state) ? finding.round : finding.round + 1,
      })),
    ),
    skipDuplicates: true,
  });
}

/** Whoever looks at it, or handed it in, hears that it lies elsewhere now; never the one who moved it. */
async function tell(
  context: ActContext,
  targets: LockedFinding[],
  data: { school: string; no: string; findings: string[]; photos: number },
): Promise<void> {
  const [first] = targets;
  if (!first) return;
  const people = [
    ...(await peopleAt(context, first.schoolId, 'inspector')),
    ...(await peopleAt(context, first.schoolId, 'principal')),
  ];
  for (const person of people)
    if (person.id !== context.actor.personId)
      context.notify({
        personId: person.id,
        key: 'rectification.evidence-moved',
        data: { ...data, by: context.actor.name },
        dedup: `${tellingKey('evidence-moved', person.id, targets)}-${context.inboxId}`,
      });
}

/** Pictures that an inspector took at a visit show with all its findings; this puts them to the one they belong to. */
export const movePhotosOfVisit = action({
  name: 'visit.move-photos',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  input: z.object({ visit: z.uuid(), ordinal: z.int().min(1), ...WHICH }),
  result: z.object({ school: z.string(), no: z.string(), findings: z.array(z.string()), photos: z.number() }),
  async run(context, { visit: id, ordinal, ...which }) {
    const db = await context.tx.db();
    const visit = await db.visit.findFirst({
      where: { id, officeId: context.office.id },
      include: {
        findings: { select: { id: true, ordinal: true, text: true } },
        school: { select: { name: true } },
      },
    });
    if (!visit) throw new AppError('act.not-found', 'never', { what: 'visit' });
    if (visit.inspectorId !== context.actor.personId) throw new AppError('act.not-allowed');
    if (visit.state === 'voided') throw new AppError('visit.voided');
    const finding = visit.findings.find((one) => one.ordinal === ordinal);
    if (!finding) throw new AppError('act.not-found', 'never', { what: 'finding' });
    const findings = visit.findings.map((one) => one.id);
    await lockFindings(context, findings);
    const photos = picked((await photosOfVisit(context.tx, id)).toReversed(), which);
    if (photos.length === 0) throw new AppError('rectification.no-photos');
    await db.findingEvidence.deleteMany({
      where: { findingId: { in: findings }, round: AT_THE_VISIT, attachmentId: { in: photos } },
    });
    await db.findingEvidence.createMany({
      data: photos.map((attachmentId) => ({ findingId: finding.id, attachmentId, round: AT_THE_VISIT })),
    });
    await audit(context, [
      {
        action: 'visit.photos-moved',
        subject: 'visit',
        subjectId: visit.id,
        schoolId: visit.schoolId,
        before: { findings },
        after: { finding: finding.id, photos },
      },
    ]);
    return { school: visit.school.name, no: '', findings: [finding.text], photos: photos.length };
  },
});
