// What stands in a filed visit, as it would be said anew: the ground of every correction that files it once more.
import { z } from 'zod';
import { dayFromDb } from '../store/days.ts';
import { type ActContext, action, type Role } from './act.ts';
import { AT_THE_VISIT } from './evidence.ts';
import { type Disposition, ITEMS } from './findings.ts';
import { noticeNo } from './notices.ts';
import { CAPACITIES } from './visit-people.ts';
import { photosOfVisit } from './visit-photos.ts';
import { METHODS, type SaidVisit, SESSIONS, saidVisit } from './visit-said.ts';
import { lockOwn, type OwnVisit, refuseAnswered } from './visit-void.ts';

/** All of it: what is corrected may be one word, and the rest must not be lost by it. */
export async function contentsOf(context: ActContext, visit: OwnVisit): Promise<SaidVisit> {
  const db = await context.tx.db();
  const observations = await db.lessonObservation.findMany({
    where: { visitId: visit.id },
    orderBy: { ordinal: 'asc' },
  });
  const companions = await db.visitCompanion.findMany({
    where: { visitId: visit.id },
    include: { person: { select: { name: true } } },
  });
  const photos = await photosOfVisit(context.tx, visit.id);
  const shown = await db.findingEvidence.findMany({
    where: { findingId: { in: visit.findings.map(({ id }) => id) }, round: AT_THE_VISIT },
  });
  // Pictures that every finding shows were of none in particular.
  const ofOne = (findingId: string) =>
    photos.filter((photo) => {
      const by = shown.filter(({ attachmentId }) => attachmentId === photo).map((one) => one.findingId);
      return by.includes(findingId) && by.length < visit.findings.length;
    });
  const found = new Set(visit.findings.map(({ item }) => item));
  return {
    school: visit.schoolId,
    inspector: null,
    date: dayFromDb(visit.visitedOn).toString(),
    session: z
      .enum(SESSIONS)
      .optional()
      .parse(visit.session ?? undefined),
    methods: z.array(z.enum(METHODS)).parse(visit.methods),
    methodCounts: saidVisit.shape.methodCounts.parse(visit.methodCounts),
    items: visit.items.filter((item) => !found.has(item)),
    lessons: visit.lessons ?? undefined,
    observations: observations.map((one) => ({
      ...{ class: one.class, subject: one.subject },
      ...{ teacher: one.teacher, comment: one.comment },
    })),
    companions: companions.map(({ person }) => person.name),
    capacity: z.enum(CAPACITIES).parse(visit.capacity),
    highlight: visit.highlight || undefined,
    advice: visit.advice || undefined,
    place: visit.place || undefined,
    findings: visit.findings
      .filter(({ state }) => state !== 'voided' && state !== 'withdrawn')
      .map((finding) => ({
        item: z.enum(ITEMS).parse(finding.item),
        text: finding.text,
        disposition: finding.disposition as Disposition, // filed by recordOne, which checked it
        ...(finding.dueOn ? { dueOn: dayFromDb(finding.dueOn).toString() } : {}),
        ...(ofOne(finding.id).length > 0 ? { photos: ofOne(finding.id) } : {}),
      })),
    photos,
  };
}

/** What of a visit cannot be put right in place: the school has it on paper, or it is rows of its own. As long as it stays, no notice is touched. */
export function fixedOf(said: SaidVisit): string {
  const findings = said.findings.map(({ item, text, disposition, days, dueOn, photos = [] }) =>
    [item, text, disposition, days, dueOn, photos].map((one) => one ?? null),
  );
  const { school, date, companions, photos, highlight, advice } = said;
  // As lists: a draft comes back from its store with the keys of its objects in another order.
  const observations = (said.observations ?? []).map((one) =>
    [one.class, one.subject, one.teacher, one.comment].map((part) => part ?? null),
  );
  // Without findings the school was sent what was praised and advised.
  const sent = findings.length === 0 ? [highlight ?? '', advice ?? ''] : [];
  return JSON.stringify([school, date, findings, observations, companions, photos, sent]);
}

/** Reads a record that may be corrected, to be changed as a draft is; nothing is done yet. */
export const reopenVisit = action({
  name: 'visit.reopen',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({ visit: z.uuid() }),
  result: z.object({
    reopened: saidVisit,
    replaces: z.object({ id: z.string(), notices: z.array(z.string()), fixed: z.string() }),
  }),
  async run(context, { visit: visitId }) {
    const visit = await lockOwn(context, visitId);
    refuseAnswered(visit);
    const contents = await contentsOf(context, visit);
    const prefix = context.office.settings['rect.numberPrefix'];
    const stand = visit.notices.filter(({ state }) => state !== 'withdrawn');
    const inspector = visit.inspectorId === context.actor.personId ? null : visit.inspectorId;
    return {
      reopened: { ...contents, inspector },
      replaces: {
        id: visit.id,
        notices: stand.map(({ year, number }) => noticeNo(prefix, year, number)),
        fixed: fixedOf(contents),
      },
    };
  },
});
