// A serious finding goes out with the office's countersignature (DOMAIN §3 b, "issue"): until then the school is told nothing.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { dayFromDb, dayToDb } from '../../store/days.ts';
import { peopleWith, requireStanding } from '../access.ts';
import { type ActContext, action, OFFICE_ROLES } from '../act.ts';
import { type IssuedNotice, issueNotice } from '../issue-notice.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, tellingKey, together } from './lock.ts';
import { needReason } from './objection.ts';

interface Draft {
  id: string;
  text: string;
  dueOn: Date | null;
}

/** Puts drafts before the office. Returns the names of those who may sign. */
export async function askCountersignature(
  context: ActContext,
  school: { id: string; name: string },
  drafts: readonly Draft[],
): Promise<string[]> {
  if (drafts.length === 0) return [];
  const office = await peopleWith(context, OFFICE_ROLES);
  const due = drafts.flatMap(({ dueOn }) => (dueOn ? [dayFromDb(dueOn).toString()] : [])).sort()[0] ?? '';
  for (const person of office)
    context.notify({
      personId: person.id,
      key: 'rectification.to-countersign',
      data: {
        school: school.name,
        findings: drafts.map(({ text }) => text),
        ids: drafts.map(({ id }) => id),
        due,
        by: context.actor.name,
      },
      dedup: `countersign-${person.id}-${drafts[0]?.id}-${context.now.getTime()}`,
    });
  return office.map(({ name }) => name);
}

export const countersign = action({
  name: 'notice.countersign',
  roles: OFFICE_ROLES,
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail', 'partial']),
    reason: z.string().trim().min(2).max(500).optional(),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    signed: z.boolean(),
    due: z.string(),
    head: z.string(),
    inspector: z.string(),
  }),
  async run(context, { finding: ids, result, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, findings: texts } = together(context, findings);
    await requireStanding(context, first.schoolId, OFFICE_ROLES);
    const signed = result === 'pass';
    await stepAll(context, findings, signed ? 'countersign' : 'send-back');
    const db = await context.tx.db();
    const inspector = await db.person.findUniqueOrThrow({ where: { id: first.inspectorId } });
    const base = { school, findings: texts, inspector: inspector.name };
    if (!signed) {
      const why = needReason(reason);
      await db.finding.updateMany({
        where: { id: { in: ids } },
        data: { state: 'sent_back', returnReason: why },
      });
      await auditFindings(context, 'finding.sent-back', findings, () => ({
        state: 'sent_back',
        reason: why,
      }));
      context.notify({
        personId: inspector.id,
        key: 'rectification.sent-back',
        data: { school, no: '', findings: texts, ids, reason: why, by: context.actor.name },
        dedup: `${tellingKey('sent-back', inspector.id, findings)}-${context.now.getTime()}`,
      });
      return { ...base, no: '', signed, due: '', head: '' };
    }
    const notice = await sendOut(context, findings, { inspector, countersigned: true });
    context.notify({
      personId: inspector.id,
      key: 'rectification.countersigned',
      data: { school, no: notice.no, findings: texts, by: context.actor.name, due: notice.dueOn, reason: '' },
      dedup: `countersigned-${notice.id}`,
    });
    return { ...base, no: notice.no, signed, due: notice.dueOn, head: notice.heads.join('、') };
  },
});

/** Numbers and sends one notice for findings of one school that were on file; their days count from today. */
export async function sendOut(
  context: ActContext,
  findings: readonly LockedFinding[],
  by: { inspector: { id: string; name: string }; countersigned: boolean; due?: string },
): Promise<IssuedNotice> {
  const [first] = findings as [LockedFinding, ...LockedFinding[]]; // callers went through together()
  const db = await context.tx.db();
  const visit = await db.visit.findUniqueOrThrow({ where: { id: first.visitId } });
  const found = dayFromDb(visit.visitedOn);
  const days = new Map(
    findings.map((finding) => [finding.id, by.due ?? movedDay(context, finding, visit.createdAt)]),
  );
  const notice = await issueNotice(context, {
    visitId: first.visitId,
    school: { id: first.schoolId, name: first.schoolName },
    dueOn: [...days.values()].sort()[0] as string, // there is one at least
    found: found.toString(),
    inspector: by.inspector,
    ...(by.countersigned ? { countersignedById: context.actor.personId } : {}),
  });
  const rows = findings.map((finding) => ({
    text: finding.text,
    id: finding.id,
    dueOn: dayToDb(Temporal.PlainDate.from(days.get(finding.id) as string)), // one for each of them
  }));
  for (const { id, dueOn } of rows)
    await db.finding.update({
      where: { id },
      data: { state: 'issued', noticeId: notice.id, dueOn, returnReason: null },
    });
  await auditFindings(context, 'finding.issued', findings, (finding) => ({
    state: 'issued',
    notice: notice.no,
    due: days.get(finding.id),
  }));
  await notice.tell(rows);
  return notice;
}

/** The school has the days that the inspector meant, however long the office took. */
function movedDay(context: ActContext, finding: LockedFinding, filedAt: Date): string {
  const filed = Temporal.Instant.from(filedAt.toISOString())
    .toZonedDateTimeISO(context.office.timeZone)
    .toPlainDate();
  const waited = filed.until(context.today).days;
  const due = finding.dueOn ? Temporal.PlainDate.from(finding.dueOn) : context.today.add({ days: 1 });
  return due.add({ days: Math.max(0, waited) }).toString();
}
