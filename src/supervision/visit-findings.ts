// What a visit found becomes findings: each in its first state, with the notice that brings those due to the school (DOMAIN §3 b).
import { Temporal } from 'temporal-polyfill';
import { dayToDb } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import { type ActContext, audit } from './act.ts';
import { type CompleteFinding, hasDeadline, needsCountersignature, needsNotice } from './findings.ts';
import { type IssuedNotice, issueNotice } from './issue-notice.ts';

interface Filed {
  visitId: string;
  school: { id: string; name: string };
  /** The day of the visit. */
  date: string;
  findings: readonly CompleteFinding[];
  inspector: { id: string; name: string };
  /** How many findings the visit had before. */
  after: number;
}

/** Files them and issues one notice for those that need one at once; the caller sends it (`notice.tell`), with its pictures. */
export async function fileFindings(
  context: ActContext,
  { visitId, school, date, findings, inspector, after }: Filed,
) {
  const { office } = context;
  const db = await context.tx.db();
  const atOnce = ({ disposition }: CompleteFinding) =>
    needsNotice(disposition) && !needsCountersignature(disposition);
  const noticed = findings.filter(atOnce);
  let notice: IssuedNotice | null = null;
  if (noticed.length > 0) {
    const dueOn = noticed.map((finding) => finding.dueOn as string).sort()[0] as string; // complete() gave each a day
    notice = await issueNotice(context, { visitId, school, dueOn, found: date, inspector });
  }
  const rows = findings.map((finding, index) => ({
    id: newId(),
    officeId: office.id,
    visitId,
    schoolId: school.id,
    noticeId: atOnce(finding) ? (notice?.id ?? null) : null,
    ordinal: after + index + 1,
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
  return { rows, notice };
}
