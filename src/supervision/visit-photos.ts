// Pictures that an inspector took at a visit: optional, hers alone, and shown with the findings they belong to.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Tx } from '../store/store.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { AT_THE_VISIT, refuseOthersPhotos } from './evidence.ts';
import { OPEN_STATES } from './findings.ts';
import { noticeNo, peopleAt } from './notices.ts';

/**
 * Binds pictures to the findings of a visit: to those that name them as theirs, or to all when none does. Those of a visit
 * without findings stand in its history alone.
 */
export async function showPhotos(
  context: ActContext,
  visit: { id: string; schoolId: string },
  findings: readonly { id: string; photos?: readonly string[] | undefined }[],
  photos: readonly string[],
  /** Pictures that stood on the record in whose place this one comes, whoever took them. */
  stood: readonly string[] = [],
): Promise<void> {
  if (photos.length === 0) return;
  const db = await context.tx.db();
  await refuseOthersPhotos(
    context,
    photos.filter((one) => !stood.includes(one)),
  );
  const showing = (photo: string) => {
    const named = findings.filter((one) => one.photos?.includes(photo));
    return named.length > 0 ? named : findings;
  };
  await db.findingEvidence.createMany({
    data: photos.flatMap((attachmentId) =>
      showing(attachmentId).map(({ id: findingId }) => ({ findingId, attachmentId, round: AT_THE_VISIT })),
    ),
    skipDuplicates: true,
  });
  await audit(context, [
    {
      action: 'visit.photos-added',
      subject: 'visit',
      subjectId: visit.id,
      schoolId: visit.schoolId,
      after: { photos },
    },
  ]);
}

/** The pictures of a visit in the order they came, whether a finding shows them or none was there to: its history knows them all. */
export async function photosOfVisit(db: Pick<Tx, 'sql'>, visitId: string): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `with told as (
       select distinct on (photo) photo::uuid as id, e.action
       from audit_entry e, jsonb_array_elements_text(e.after->'photos') photo
       where e.subject_id = $1 and e.action in ('visit.photos-added', 'visit.photos-removed')
       order by photo, e.at desc, e.id desc)
     select a.id from told join attachment a using (id) where told.action = 'visit.photos-added' order by a.created_at, a.id`,
    [visitId],
    'photos-of-visit',
  );
  return rows.map(({ id }) => id);
}

/** A school that has its notice hears once that there is something to look at; what follows is seen by asking. */
async function tellHeads(
  context: ActContext,
  visit: { schoolId: string; school: { name: string } },
  findings: readonly string[],
): Promise<void> {
  const noticed = await context.tx.sql<{
    noticeId: string;
    year: number;
    number: number;
    ids: string[];
    texts: string[];
  }>(
    `select n.id as "noticeId", n.year, n.number, array_agg(f.id::text order by f.ordinal) as ids,
            array_agg(f.text order by f.ordinal) as texts
     from finding f join rectification_notice n on n.id = f.notice_id and n.state <> 'withdrawn'
     where f.id = any($1::uuid[]) and f.state = any($2::text[]) group by n.id, n.year, n.number`,
    [findings, OPEN_STATES],
    'pictured-notices',
  );
  if (noticed.length === 0) return;
  const heads = await peopleAt(context, visit.schoolId, 'principal');
  for (const { noticeId, year, number, ids, texts } of noticed)
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: 'rectification.pictured',
        data: {
          school: visit.school.name,
          no: noticeNo(context.office.settings['rect.numberPrefix'], year, number),
          ...{ findings: texts, ids, by: context.actor.name },
        },
        dedup: `pictured-${noticeId}-${head.id}`,
      });
}

/** Pictures that came after the words: added to the record that was just filed. */
export const attachToVisit = action({
  name: 'visit.attach',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  /** `ordinal`: pictures of this visit were just put to that finding, and these go with them. */
  input: z.object({
    visit: z.uuid(),
    photos: z.array(z.uuid()).min(1).max(9),
    ordinal: z.int().min(1).optional(),
  }),
  result: z.object({ no: z.string(), school: z.string(), photos: z.number() }),
  async run(context, { visit: visitId, photos, ordinal }) {
    const db = await context.tx.db();
    const visit = await db.visit.findFirst({
      where: { id: visitId, officeId: context.office.id },
      include: { findings: { select: { id: true, ordinal: true } }, school: { select: { name: true } } },
    });
    if (!visit) throw new AppError('act.not-found', 'never', { what: 'visit' });
    const came = await db.visitCompanion.count({ where: { visitId, personId: context.actor.personId } });
    if (visit.inspectorId !== context.actor.personId && came === 0) throw new AppError('act.not-allowed');
    if (visit.state === 'voided') throw new AppError('visit.voided');
    const findings = visit.findings.filter((one) => ordinal === undefined || one.ordinal === ordinal);
    await showPhotos(context, visit, findings, photos);
    await tellHeads(
      context,
      visit,
      findings.map(({ id }) => id),
    );
    return { no: '', school: visit.school.name, photos: photos.length };
  },
});
