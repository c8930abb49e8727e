// 作废: a record that should not be there is voided with its reason, its notices are withdrawn, and whoever was told of them hears it.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { dayFromDb } from '../store/days.ts';
import { type ActContext, action, audit, isOfOffice, type Role } from './act.ts';
import { lockFindingsOf } from './lock-order.ts';
import { noticeNo, peopleAt } from './notices.ts';
import { withdrawLetters } from './rectification/letters.ts';

/** Once a school has answered, its answer stands on the record: the office has to decide. */
const ANSWERED = ['submitted', 'under_review', 'accepted', 'closed', 'returned', 'reopened'];

/** A visit of the actor's own, or any for the office, locked with its findings. Throws `act.not-found`, `act.not-allowed`, `visit.voided`, `visit.archived`. */
export async function lockOwn(context: ActContext, visitId: string) {
  await lockFindingsOf(context, 'visit', visitId);
  await context.tx.sql('select 1 from visit where id = $1 for update', [visitId]);
  const db = await context.tx.db();
  const visit = await db.visit.findFirst({
    where: { id: visitId, officeId: context.office.id },
    include: {
      school: true,
      inspector: { select: { id: true, name: true } },
      findings: { orderBy: { ordinal: 'asc' } },
      notices: true,
    },
  });
  if (!visit) throw new AppError('act.not-found', 'never', { what: 'visit' });
  const office = isOfOffice(context.actor);
  if (visit.inspectorId !== context.actor.personId && !office) throw new AppError('act.not-allowed');
  if (visit.state === 'voided') throw new AppError('visit.voided');
  // Once a month is closed its records are the office's to change (DOMAIN §3 a, archived).
  if (visit.state === 'archived' && !office) throw new AppError('visit.archived');
  return visit;
}

export type OwnVisit = Awaited<ReturnType<typeof lockOwn>>;

/** Throws `rectification.state` once the school has answered. */
export function refuseAnswered({ findings }: OwnVisit): void {
  if (findings.some(({ state }) => ANSWERED.includes(state))) throw new AppError('rectification.state');
}

/** Voids the record with its findings, withdraws its notices, and tells the school. Returns the withdrawn numbers. Throws `rectification.state` once the school has answered. */
export async function voidOne(context: ActContext, visit: OwnVisit, reason: string): Promise<string[]> {
  refuseAnswered(visit);
  await withdrawLetters(context, visit.findings, reason);
  const db = await context.tx.db();
  await db.visit.update({ where: { id: visit.id }, data: { state: 'voided', voidReason: reason } });
  await db.finding.updateMany({ where: { visitId: visit.id }, data: { state: 'voided' } });
  await db.rectificationNotice.updateMany({ where: { visitId: visit.id }, data: { state: 'withdrawn' } });
  await audit(context, [
    {
      action: 'visit.voided',
      subject: 'visit',
      subjectId: visit.id,
      schoolId: visit.schoolId,
      before: { state: visit.state },
      after: { state: 'voided', reason },
    },
    ...visit.notices.map((notice) => ({
      action: 'notice.withdrawn',
      subject: 'notice' as const,
      subjectId: notice.id,
      schoolId: visit.schoolId,
      before: { state: notice.state },
      after: { state: 'withdrawn', reason },
    })),
  ]);
  const told = [
    ...(await peopleAt(context, visit.schoolId, 'principal')),
    ...(await peopleAt(context, visit.schoolId, 'school-inspector')),
  ];
  const numbers = visit.notices
    .filter((notice) => notice.state !== 'withdrawn')
    .map((notice) => ({
      id: notice.id,
      no: noticeNo(context.office.settings['rect.numberPrefix'], notice.year, notice.number),
    }));
  if (numbers.length === 0) await tellFeedbackGone(context, visit, reason);
  for (const { id, no } of numbers)
    for (const person of told)
      context.notify({
        personId: person.id,
        key: 'rectification.withdrawn',
        data: { no, school: visit.school.name, reason },
        dedup: `notice-${id}-withdrawn-${person.id}`,
      });
  return numbers.map(({ no }) => no);
}

/** No notice went out, but the head was told what was seen: that it no longer stands is for her to know too. */
async function tellFeedbackGone(context: ActContext, visit: OwnVisit, reason: string): Promise<void> {
  const waited = visit.findings.some(({ state }) => state === 'draft' || state === 'sent_back');
  if (!context.office.settings['visit.feedbackToSchool'] || visit.backfilled || waited) return;
  for (const head of await peopleAt(context, visit.schoolId, 'principal'))
    context.notify({
      personId: head.id,
      key: 'visits.feedback-gone',
      data: { school: visit.school.name, date: dayFromDb(visit.visitedOn).toString(), reason },
      dedup: `visit-${visit.id}-feedback-gone-${head.id}`,
    });
}

/** Whose record the office changed hears of it; her own changes she knows of. */
export function tellOwner(
  context: ActContext,
  visit: OwnVisit,
  what: ('voided' | 'school' | 'date' | 'session' | 'contents')[],
): void {
  if (visit.inspectorId === context.actor.personId) return;
  context.notify({
    personId: visit.inspectorId,
    key: 'visits.changed-by-office',
    data: {
      school: visit.school.name,
      date: dayFromDb(visit.visitedOn).toString(),
      what,
      by: context.actor.name,
    },
    dedup: `visit-${visit.id}-changed-${context.now.toISOString()}`,
  });
}

export const voidVisit = action({
  name: 'visit.void',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({ visit: z.uuid(), reason: z.string().trim().min(1).max(300) }),
  result: z.object({ school: z.string(), date: z.string(), withdrawn: z.array(z.string()) }),
  async run(context, { visit: visitId, reason }) {
    const visit = await lockOwn(context, visitId);
    const withdrawn = await voidOne(context, visit, reason);
    tellOwner(context, visit, ['voided']);
    return { school: visit.school.name, date: dayFromDb(visit.visitedOn).toString(), withdrawn };
  },
});
