// One visit becomes a record: its own, or part of the one that is there for that school and day (DOMAIN §3 a).
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../errors.ts';
import { dayToDb } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import { type ActContext, audit, isOfOffice } from './act.ts';
import { complete } from './findings.ts';
import { focusOf } from './months.ts';
import { askForConsultation } from './rectification/consult.ts';
import { askCountersignature } from './rectification/countersign.ts';
import { tieRelapses } from './rectification/relapse.ts';
import { fileFindings } from './visit-findings.ts';
import { addCompanions, addLessons, sendFeedback, tellBackfilled, tellResponsible } from './visit-people.ts';
import { showPhotos } from './visit-photos.ts';
import { METHODS, type SaidVisit } from './visit-said.ts';

/** A record that is voided because this one says it better: what is known of it holds on. */
export interface Replaced {
  late: boolean;
  backfilled: boolean;
  photos: readonly string[];
}

/** `inspector`: whose record it is, when the office files it for her. */
export async function recordOne(
  context: ActContext,
  said: SaidVisit,
  inspector: { id: string; name: string } = { id: context.actor.personId, name: context.actor.name },
  replaced?: Replaced,
) {
  const { tx, office, today } = context;
  const inspectorId = inspector.id;
  const day = Temporal.PlainDate.from(said.date);
  const backfilled =
    replaced?.backfilled ??
    Temporal.PlainYearMonth.compare(day.toPlainYearMonth(), today.toPlainYearMonth()) < 0;
  const late = replaced?.late ?? day.until(today).days > office.settings['visit.recordWithinDays'];
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
  const heard = lessons ? (['lesson'] as const) : [];
  const methods = [
    ...new Set([...said.methods, ...METHODS.filter((one) => said.methodCounts[one]), ...heard]),
  ];
  const items = [...new Set([...said.items, ...findings.map((finding) => finding.item)])];
  const visitId = earlier?.id ?? newId();
  const { closed } = await focusOf(tx, office.id, day.toPlainYearMonth().toString());
  if (earlier?.state === 'archived' && !isOfOffice(context.actor)) throw new AppError('visit.archived');
  if (earlier) {
    const after = {
      methods: [...new Set([...earlier.methods, ...methods])],
      methodCounts: { ...(earlier.methodCounts as object), ...said.methodCounts },
      place: said.place ?? earlier.place,
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
      methods,
      methodCounts: said.methodCounts,
      place: said.place ?? '',
      items,
      lessons: lessons ?? null,
      capacity: said.capacity,
      highlight: said.highlight ?? '',
      noFindings: findings.length === 0,
      backfilled,
      late,
      advice: said.advice ?? '',
      state: closed ? 'archived' : 'confirmed',
      createdAt: context.now,
    };
    await db.visit.create({ data: row });
    if (closed) await tellBackfilled(context, { id: visitId, school: school.name, date: said.date });
    await audit(context, [
      {
        action: inspectorId === context.actor.personId ? 'visit.recorded' : 'visit.recorded-for',
        subject: 'visit',
        subjectId: visitId,
        schoolId: school.id,
        after: row,
      },
    ]);
  }

  const { rows, notice } = await fileFindings(context, {
    visitId,
    school,
    date: said.date,
    findings,
    inspector,
    after: earlier?.findings.length ?? 0,
  });
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
  const shown = rows.map(({ id }, index) => ({ id, photos: said.findings[index]?.photos }));
  await showPhotos(context, { id: visitId, schoolId: school.id }, shown, said.photos, replaced?.photos);
  if (notice) await notice.tell(rows.filter((row) => row.noticeId !== null));
  const drafts = rows.filter((row) => row.state === 'draft');
  const signers = await askCountersignature(context, school, drafts);
  const complex = rows.filter((row) => row.disposition === 'complex');
  await askForConsultation(context, school, complex);
  if (!notice && drafts.length === 0 && !backfilled && (earlier === null || rows.length > 0))
    await sendFeedback(context, visited, {
      findings,
      highlight: said.highlight ?? '',
      advice: said.advice ?? '',
      inspector: inspector.name,
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
      late,
      joined: joined ? earlier.inspector.name : '',
      responsible,
    },
    drafts: { count: drafts.length, signers },
    complex: complex.length,
    notice: notice && {
      no: notice.no,
      school: school.name,
      count: rows.filter((row) => row.noticeId !== null).length,
      due: notice.dueOn,
      mixed: new Set(rows.flatMap((row) => (row.noticeId === null ? [] : [row.dueOn?.getTime()]))).size > 1,
      head: notice.heads.join('、'),
    },
  };
}
