// Changing what is filed: never silent, always with its reason and its audit row; a wrong school voids the record and files it anew.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { dayFromDb, dayToDb } from '../store/days.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import type { Disposition } from './findings.ts';
import { ITEMS } from './findings.ts';
import { lockFindingsOf } from './lock-order.ts';
import { noticeNo, peopleAt } from './notices.ts';
import { withdrawLetters } from './rectification/letters.ts';
import { recordOne } from './visit-record.ts';
import { METHODS, SESSIONS, saidVisit } from './visit-said.ts';
import { capacityAt } from './visit-who.ts';

/** Once a school has answered, its answer stands on the record: the office has to decide. */
const ANSWERED = ['submitted', 'under_review', 'accepted', 'closed', 'returned', 'reopened'];

async function lockOwn(context: ActContext, visitId: string) {
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
  const office = context.actor.roles.some((role) => role === 'office' || role === 'director');
  if (visit.inspectorId !== context.actor.personId && !office) throw new AppError('act.not-allowed');
  if (visit.state === 'voided') throw new AppError('visit.voided');
  // Once a month is closed its records are the office's to change (DOMAIN §3 a, archived).
  if (visit.state === 'archived' && !office) throw new AppError('visit.archived');
  return visit;
}

type OwnVisit = Awaited<ReturnType<typeof lockOwn>>;

/** Voids the record with its findings, withdraws its notices, and tells the school. Returns the withdrawn numbers. */
async function voidOne(context: ActContext, visit: OwnVisit, reason: string): Promise<string[]> {
  if (visit.findings.some((finding) => ANSWERED.includes(finding.state)))
    throw new AppError('rectification.state');
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
function tellOwner(
  context: ActContext,
  visit: OwnVisit,
  what: ('voided' | 'school' | 'date' | 'session')[],
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

/** 作废: a record that should not be there, with the reason. */
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

const change = z.object({ field: z.enum(['school', 'date', 'session']), to: z.string(), label: z.string() });

/** 更正: another day or half-day in place; another school by voiding and filing anew. Several at once are one act. */
export const correctVisit = action({
  name: 'visit.correct',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({
    visit: z.uuid(),
    change: z.object({ changes: z.array(change).min(1).max(3) }),
  }),
  result: z.object({
    school: z.string(),
    date: z.string(),
    withdrawn: z.array(z.string()),
    notices: z.array(z.string()),
  }),
  async run(context, { visit: visitId, change: { changes } }) {
    const visit = await lockOwn(context, visitId);
    const to = (field: (typeof changes)[number]['field']) => changes.find((one) => one.field === field)?.to;
    const day =
      to('date') === undefined ? undefined : await freeDay(context, visit, to('date') ?? '', to('school'));
    const session = z.enum(SESSIONS).optional().parse(to('session'));
    tellOwner(context, visit, [...new Set(changes.map(({ field }) => field))]);
    const school = to('school');
    if (school !== undefined) return moveToSchool(context, visit, { to: school, day, session });

    const db = await context.tx.db();
    await db.visit.update({
      where: { id: visit.id },
      data: { ...(day ? { visitedOn: dayToDb(day) } : {}), ...(session ? { session } : {}) },
    });
    const date = dayFromDb(visit.visitedOn).toString();
    await audit(context, [
      {
        action: 'visit.corrected',
        subject: 'visit',
        subjectId: visit.id,
        schoolId: visit.schoolId,
        before: { date, session: visit.session },
        after: { ...(day ? { date: day.toString() } : {}), ...(session ? { session } : {}) },
      },
    ]);
    return { school: visit.school.name, date: day?.toString() ?? date, withdrawn: [], notices: [] };
  },
});

/** The day that a record is to have: not ahead, and not one on which she has a record of this school. */
async function freeDay(
  context: ActContext,
  visit: OwnVisit,
  iso: string,
  schoolId = visit.schoolId,
): Promise<Temporal.PlainDate> {
  const day = Temporal.PlainDate.from(iso);
  if (Temporal.PlainDate.compare(day, context.today) > 0) throw new AppError('visit.in-future');
  const db = await context.tx.db();
  const there = await db.visit.findFirst({
    where: {
      schoolId,
      inspectorId: visit.inspectorId,
      visitedOn: dayToDb(day),
      state: { not: 'voided' },
    },
  });
  if (there && there.id !== visit.id) throw new AppError('visit.recorded-already');
  return day;
}

/** A reason in code; its words are `void-reason.wrong-school` of terms.yaml. */
const WRONG_SCHOOL = 'wrong-school';

interface Move {
  to: string;
  day?: Temporal.PlainDate | undefined;
  session?: (typeof SESSIONS)[number] | undefined;
}

async function moveToSchool(context: ActContext, visit: OwnVisit, move: Move) {
  const date = (move.day ?? dayFromDb(visit.visitedOn)).toString();
  const withdrawn = await voidOne(context, visit, WRONG_SCHOOL);
  const recorded = await recordOne(
    context,
    {
      school: move.to,
      inspector: null,
      date,
      session: z
        .enum(SESSIONS)
        .optional()
        .parse(move.session ?? visit.session ?? undefined),
      methods: z.array(z.enum(METHODS)).parse(visit.methods),
      methodCounts: saidVisit.shape.methodCounts.parse(visit.methodCounts),
      place: visit.place || undefined,
      items: [],
      photos: [],
      observations: [],
      companions: [],
      // Another's school is never taken in silence: its inspector hears of it (DOMAIN §6.4).
      capacity: await capacityAt(context, visit, { school: move.to, date }),
      lessons: visit.lessons ?? undefined,
      highlight: visit.highlight || undefined,
      advice: visit.advice || undefined,
      findings: visit.findings.map((finding) => ({
        item: z.enum(ITEMS).parse(finding.item),
        text: finding.text,
        disposition: finding.disposition as Disposition, // filed by recordOne, which checked it
        ...(finding.dueOn ? { dueOn: dayFromDb(finding.dueOn).toString() } : {}),
      })),
    },
    visit.inspector,
  );
  return {
    school: recorded.visit.school,
    date,
    withdrawn,
    notices: recorded.notice ? [recorded.notice.no] : [],
  };
}
