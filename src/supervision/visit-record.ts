// One visit becomes a record: its own, or part of the one that is there for that school and day (DOMAIN §3 a).
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../errors.ts';
import type { ActContext } from './act.ts';
import { type CompleteFinding, complete, type SaidFinding } from './findings.ts';
import type { IssuedNotice } from './issue-notice.ts';
import { askForConsultation } from './rectification/consult.ts';
import { askCountersignature } from './rectification/countersign.ts';
import { tieRelapses } from './rectification/relapse.ts';
import { enterVisit } from './visit-entry.ts';
import { fileFindings } from './visit-findings.ts';
import { addCompanions, addLessons, sendFeedback, tellResponsible } from './visit-people.ts';
import { showPhotos } from './visit-photos.ts';
import type { SaidVisit } from './visit-said.ts';

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
  const { office, today } = context;
  const day = Temporal.PlainDate.from(said.date);
  const backfilled =
    replaced?.backfilled ??
    Temporal.PlainYearMonth.compare(day.toPlainYearMonth(), today.toPlainYearMonth()) < 0;
  const late = replaced?.late ?? day.until(today).days > office.settings['visit.recordWithinDays'];
  if (Temporal.PlainDate.compare(day, today) > 0) throw new AppError('visit.in-future');

  const school = await schoolOf(context, said.school);
  const findings = completed(context, said.findings, school.kind === 'kindergarten');
  const entry = { school, inspectorId: inspector.id, day, said, findings, backfilled, late };
  const { id: visitId, earlier, joined } = await enterVisit(context, entry);
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
    { ...visited, inspectorId: earlier?.inspectorId ?? inspector.id },
    said.companions,
    joined ? [inspector.id] : [],
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
      joined: joined ? (earlier?.inspector.name ?? '') : '',
      responsible,
    },
    drafts: { count: drafts.length, signers },
    complex: complex.length,
    notice: notice && issuedWith(notice, school, rows),
  };
}

async function schoolOf({ tx, office }: ActContext, id: string) {
  const db = await tx.db();
  const school = await db.school.findFirst({ where: { id, officeId: office.id, active: true } });
  if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
  return school;
}

/** Each with all that a finding needs. Throws `act.input` where something is missing. */
function completed(
  { today, office }: ActContext,
  said: readonly SaidFinding[],
  kindergarten: boolean,
): CompleteFinding[] {
  return said.map((one) => {
    const { finding, missing } = complete(one, { today, settings: office.settings, kindergarten });
    if (missing) throw new AppError('act.input', 'never', { missing });
    return finding;
  });
}

/** The notice as whoever filed the visit hears of it. */
function issuedWith(
  { no, dueOn, heads }: IssuedNotice,
  school: { name: string },
  rows: Awaited<ReturnType<typeof fileFindings>>['rows'],
) {
  const noticed = rows.filter((row) => row.noticeId !== null);
  return {
    no,
    school: school.name,
    count: noticed.length,
    due: dueOn,
    mixed: new Set(noticed.map((row) => row.dueOn?.getTime())).size > 1,
    head: heads.join('、'),
  };
}
