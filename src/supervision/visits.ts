// Regular visits: recording them with their findings, and who is left this month (DOMAIN §3 a).
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { dayToDb } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { schoolsLeft } from './coverage.ts';
import { complete, hasDeadline, needsCountersignature, needsNotice, saidFinding } from './findings.ts';
import { focusOf } from './months.ts';
import { type IssuedNotice, issueNotice } from './notices.ts';
import { askCountersignature } from './rectification/countersign.ts';
import { tieRelapses } from './rectification/relapse.ts';
import {
  addCompanions,
  addLessons,
  CAPACITIES,
  saidLesson,
  sendFeedback,
  tellBackfilled,
  tellResponsible,
} from './visit-people.ts';
import { showPhotos } from './visit-photos.ts';

export const METHODS = ['tour', 'lesson', 'docs', 'meeting', 'interview', 'survey', 'undercover'] as const;
export const SESSIONS = ['am', 'pm', 'day', 'half_day'] as const;

export const saidVisit = z.object({
  school: z.uuid(),
  date: z.iso.date(),
  session: z.enum(SESSIONS).optional(),
  methods: z.array(z.enum(METHODS)).default([]),
  items: z.array(z.string()).default([]),
  lessons: z.number().int().min(0).max(20).optional(),
  /** Lessons heard, each with what was said of it. */
  observations: z.array(saidLesson).max(10).default([]),
  /** Names of those who came along. */
  companions: z.array(z.string().max(40)).max(6).default([]),
  capacity: z.enum(CAPACITIES).default('own'),
  highlight: z.string().max(500).optional(),
  /** What was advised on the spot, without a deadline. */
  advice: z.string().max(500).optional(),
  findings: z.array(saidFinding).max(20).default([]),
  /** Pictures of what was found; they belong to this visit's findings (round 0). */
  photos: z.array(z.uuid()).max(9).default([]),
});

const result = z.object({
  visits: z.array(
    z.object({
      id: z.string(),
      school: z.string(),
      date: z.string(),
      findings: z.number(),
      photos: z.number(),
      added: z.boolean(),
      backfilled: z.boolean(),
      late: z.boolean(),
      /** Whose record of that day this became part of; empty: its own. */
      joined: z.string(),
      responsible: z.array(z.string()),
    }),
  ),
  notices: z.array(
    z.object({ no: z.string(), school: z.string(), count: z.number(), due: z.string(), head: z.string() }),
  ),
  /** Serious ones that wait for the office's countersignature, and who may give it. */
  drafts: z.number(),
  signers: z.array(z.string()),
  month: z.string(),
  left: z.array(z.string()),
});

/** Records one visit per row of the draft, with findings, notices and the word to each school. */
export const recordVisits = action({
  name: 'visit.record',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  input: z.object({ rows: z.array(saidVisit).min(1).max(10) }),
  result,
  async run(context, { rows }) {
    const visits: z.infer<typeof result>['visits'] = [];
    const notices: z.infer<typeof result>['notices'] = [];
    let drafts = 0;
    let signers: string[] = [];
    for (const row of rows) {
      const recorded = await recordOne(context, row);
      visits.push(recorded.visit);
      if (recorded.notice) notices.push(recorded.notice);
      drafts += recorded.drafts.count;
      if (recorded.drafts.count > 0) signers = recorded.drafts.signers;
    }
    const month = context.today.toPlainYearMonth();
    const left = await schoolsLeft(context.tx, {
      officeId: context.office.id,
      personId: context.actor.personId,
      month,
      settings: context.office.settings,
    });
    return {
      visits,
      notices,
      drafts,
      signers,
      month: month.toString(),
      left: left.map((school) => school.name),
    };
  },
});

/** `inspectorId`: whose record it is, when the office files it anew for her. */
export async function recordOne(
  context: ActContext,
  said: z.infer<typeof saidVisit>,
  inspectorId: string = context.actor.personId,
) {
  const { tx, office, today } = context;
  const day = Temporal.PlainDate.from(said.date);
  if (Temporal.PlainDate.compare(day, today) > 0) throw new AppError('visit.in-future');

  const db = await tx.db();
  const school = await db.school.findFirst({ where: { id: said.school, officeId: office.id, active: true } });
  if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
  const kindergarten = school.kind === 'kindergarten';
  const findings = said.findings.map((finding) => {
    const { finding: whole, missing } = complete(finding, { today, settings: office.settings, kindergarten });
    if (missing) throw new AppError('act.input', 'never', { missing });
    return whole;
  });

  // A second word about the same day at the same school belongs to the record that is there (DOMAIN §6.3, line 3).
  // The lock makes two such words, from two devices, wait for one another.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`visit:${school.id}:${said.date}`]);
  // Two inspectors at one school on one day are one record too: who files second came along (DOMAIN §3 a).
  const there = await db.visit.findMany({
    where: { schoolId: school.id, visitedOn: dayToDb(day), state: { not: 'voided' } },
    include: { findings: true, inspector: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  const earlier = there.find((visit) => visit.inspectorId === inspectorId) ?? there[0] ?? null;
  const joined = earlier !== null && earlier.inspectorId !== inspectorId;
  const lessons =
    said.lessons ??
    (said.observations.length > 0 ? (earlier?.lessons ?? 0) + said.observations.length : undefined);
  const items = [...new Set([...said.items, ...findings.map((finding) => finding.item)])];
  const visitId = earlier?.id ?? newId();
  const { closed } = await focusOf(tx, office.id, day.toPlainYearMonth().toString());
  if (earlier?.state === 'archived' && !isOffice(context)) throw new AppError('visit.archived');
  if (earlier) {
    const after = {
      methods: [...new Set([...earlier.methods, ...said.methods])],
      items: [...new Set([...earlier.items, ...items])],
      session: earlier.session ?? said.session ?? null,
      lessons: lessons ?? earlier.lessons,
      highlight: said.highlight ?? earlier.highlight,
      advice: [earlier.advice, said.advice ?? ''].filter(Boolean).join(';'),
      noFindings: earlier.findings.length + findings.length === 0,
    };
    await db.visit.update({ where: { id: visitId }, data: after });
    await audit(context, [
      {
        action: 'visit.extended',
        subject: 'visit',
        subjectId: visitId,
        schoolId: school.id,
        before: {
          methods: earlier.methods,
          items: earlier.items,
          lessons: earlier.lessons,
          noFindings: earlier.noFindings,
        },
        after,
      },
    ]);
  } else {
    const row = {
      id: visitId,
      officeId: office.id,
      schoolId: school.id,
      inspectorId,
      visitedOn: dayToDb(day),
      session: said.session ?? null,
      methods: said.methods,
      items,
      lessons: lessons ?? null,
      capacity: said.capacity,
      highlight: said.highlight ?? '',
      noFindings: findings.length === 0,
      backfilled: Temporal.PlainYearMonth.compare(day.toPlainYearMonth(), today.toPlainYearMonth()) < 0,
      late: day.until(today).days > office.settings['visit.recordWithinDays'],
      advice: said.advice ?? '',
      state: closed ? 'archived' : 'confirmed',
      createdAt: context.now,
    };
    await db.visit.create({ data: row });
    if (closed) await tellBackfilled(context, { id: visitId, school: school.name, date: said.date });
    await audit(context, [
      { action: 'visit.recorded', subject: 'visit', subjectId: visitId, schoolId: school.id, after: row },
    ]);
  }

  const atOnce = ({ disposition }: { disposition: (typeof findings)[number]['disposition'] }) =>
    needsNotice(disposition) && !needsCountersignature(disposition);
  const noticed = findings.filter(atOnce);
  const first = (earlier?.findings.length ?? 0) + 1;
  let notice: IssuedNotice | null = null;
  if (noticed.length > 0) {
    const dueOn = noticed.map((finding) => finding.dueOn as string).sort()[0] as string; // complete() gave each a day
    notice = await issueNotice(context, { visitId, school, dueOn, found: said.date });
  }
  const rows = findings.map((finding, index) => ({
    id: newId(),
    officeId: office.id,
    visitId,
    schoolId: school.id,
    noticeId: atOnce(finding) ? (notice?.id ?? null) : null,
    ordinal: first + index,
    item: finding.item,
    text: finding.text,
    disposition: finding.disposition,
    state: needsCountersignature(finding.disposition)
      ? 'draft'
      : hasDeadline(finding.disposition)
        ? 'issued'
        : 'fixed',
    dueOn: finding.dueOn === null ? null : dayToDb(Temporal.PlainDate.from(finding.dueOn)),
  }));
  if (rows.length > 0) await db.finding.createMany({ data: rows });
  await audit(
    context,
    rows.map((row) => ({
      action: row.state === 'draft' ? 'finding.drafted' : 'finding.issued',
      subject: 'finding' as const,
      subjectId: row.id,
      schoolId: school.id,
      after: row,
    })),
  );
  const visited = { id: visitId, schoolId: school.id, school: school.name, date: said.date };
  await addLessons(context, visitId, said.observations);
  const came = await addCompanions(
    context,
    { ...visited, inspectorId: earlier?.inspectorId ?? inspectorId },
    said.companions,
    joined ? [inspectorId] : [],
  );
  const responsible =
    joined || said.capacity !== 'own'
      ? await tellResponsible(
          context,
          visited,
          { capacity: said.capacity, joined, findings: rows.length },
          came,
        )
      : [];
  const backfilled = Temporal.PlainYearMonth.compare(day.toPlainYearMonth(), today.toPlainYearMonth()) < 0;
  await showPhotos(context, { id: visitId, schoolId: school.id }, rows, said.photos);
  if (notice) await notice.tell(rows.filter((row) => row.noticeId !== null));
  const drafts = rows.filter((row) => row.state === 'draft');
  const signers = await askCountersignature(context, school, drafts);
  if (!notice && drafts.length === 0 && !backfilled && (earlier === null || rows.length > 0))
    await sendFeedback(context, visited, {
      findings,
      highlight: said.highlight ?? '',
      advice: said.advice ?? '',
    });
  await tieRelapses(context, school, rows);
  return {
    visit: {
      id: visitId,
      school: school.name,
      date: said.date,
      findings: rows.length,
      photos: said.photos.length,
      added: earlier !== null,
      backfilled,
      late: day.until(today).days > office.settings['visit.recordWithinDays'],
      joined: joined ? earlier.inspector.name : '',
      responsible,
    },
    drafts: { count: drafts.length, signers },
    notice: notice && {
      no: notice.no,
      school: school.name,
      count: noticed.length,
      due: notice.dueOn,
      head: notice.heads.join('、'),
    },
  };
}

function isOffice({ actor }: ActContext): boolean {
  return actor.roles.some((role) => role === 'office' || role === 'director');
}
