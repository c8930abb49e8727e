// 回头看 (DOMAIN §3 b, "look back", "close", "reopen"): the inspector looks again, on the spot, by papers or by phone, and says how.
// Good: a general one is struck off, a serious one goes to the office to be closed. Not good: it is opened again.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { dayToDb } from '../../store/days.ts';
import { peopleWith, requireStanding } from '../access.ts';
import { type ActContext, action, isOfOffice, OFFICE_ROLES, type Role } from '../act.ts';
import { atLookBack, refuseOthersPhotos } from '../evidence.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, tellingKey, together } from './lock.ts';
import { needReason, settleNotices } from './objection.ts';
import { requireInspector } from './review.ts';

/** On the spot, by papers, by phone. */
export const WAYS = ['site', 'papers', 'phone'] as const;

const told = z.object({
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  how: z.string(),
  head: z.string(),
  due: z.string(),
  /** closed, waiting (for the office) or reopened. */
  say: z.string(),
});
const SAYS = ['closed', 'waiting', 'reopened'];

export const lookBack = action({
  name: 'rectification.look-back',
  roles: ['inspector', 'area-leader'] satisfies Role[],
  says: SAYS,
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail', 'partial']),
    how: z.enum(WAYS),
    reason: z.string().trim().min(2).max(500).optional(),
    photos: z.array(z.uuid()).max(9).default([]),
  }),
  result: told,
  async run(context, { finding: ids, result, how, reason, photos }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireInspector(context, findings);
    await showSeen(context, findings, photos);
    const base = { school, no, findings: texts, how };
    if (result !== 'pass') {
      const due = await reopenAll(context, findings, needReason(reason), { how });
      return { ...base, due, head: await headsOf(context, first.schoolId), say: 'reopened' };
    }
    await stepAll(context, findings, 'look-back');
    const seen = {
      lookedBackHow: how,
      lookedBackAt: context.now,
      lookedBackById: context.actor.personId,
      lookBackNote: reason ?? '',
    };
    const db = await context.tx.db();
    await db.finding.updateMany({ where: { id: { in: ids } }, data: seen });
    await auditFindings(context, 'finding.looked-back', findings, () => seen);
    const serious = findings.filter((finding) => finding.disposition === 'serious');
    const others = findings.filter((finding) => finding.disposition !== 'serious');
    if (others.length > 0) await closeAll(context, others);
    if (serious.length > 0) await askToClose(context, serious, { how, note: reason ?? '' });
    const head = await headsOf(context, first.schoolId);
    return { ...base, due: '', head, say: serious.length > 0 ? 'waiting' : 'closed' };
  },
});

/** Whoever may close serious ones is told that they were looked at and are well; each time that they were. */
export async function askToClose(
  context: ActContext,
  serious: readonly LockedFinding[],
  { how, note }: { how: string; note: string },
): Promise<void> {
  for (const person of await peopleWith(context, OFFICE_ROLES))
    context.notify({
      personId: person.id,
      key: 'rectification.looked-back',
      data: { ...together(context, serious), first: undefined, how, by: context.actor.name, note },
      dedup: `${tellingKey('looked-back', person.id, serious)}-${context.now.getTime()}`,
    });
}

/** Pictures of what she saw stand with each of the findings she looked at. */
async function showSeen(
  context: ActContext,
  findings: readonly LockedFinding[],
  photos: readonly string[],
): Promise<void> {
  if (photos.length === 0) return;
  await refuseOthersPhotos(context, photos);
  const db = await context.tx.db();
  await db.findingEvidence.createMany({
    data: findings.flatMap(({ id: findingId, round }) =>
      photos.map((attachmentId) => ({ findingId, attachmentId, round: atLookBack(round) })),
    ),
    skipDuplicates: true,
  });
}

/** 销号: the office closes a serious one that was looked back at, or opens it again with the reason. */
export const closeFinding = action({
  name: 'rectification.close',
  roles: OFFICE_ROLES,
  says: SAYS,
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail', 'partial']),
    reason: z.string().trim().min(2).max(500).optional(),
  }),
  result: told,
  async run(context, { finding: ids, result, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireStanding(context, first.schoolId, OFFICE_ROLES);
    const base = { school, no, findings: texts, how: '', head: await headsOf(context, first.schoolId) };
    if (result === 'pass') {
      await closeAll(context, findings);
      return { ...base, due: '', say: 'closed' };
    }
    const due = await reopenAll(context, findings, needReason(reason), { how: null });
    return { ...base, due, say: 'reopened' };
  },
});

/** 反弹: an inspector or the office opens again what was accepted or closed, with the reason. */
export const reopenFinding = action({
  name: 'rectification.reopen',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({ finding: z.array(z.uuid()).min(1).max(20), reason: z.string().trim().min(2).max(500) }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    head: z.string(),
    due: z.string(),
  }),
  async run(context, { finding: ids, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireReopener(context, findings);
    const due = await reopenAll(context, findings, reason, { how: null });
    return { school, no, findings: texts, head: await headsOf(context, first.schoolId), due };
  },
});

/** The office, or the school's inspector. Throws `act.not-allowed`. */
export async function requireReopener(
  context: ActContext,
  findings: readonly LockedFinding[],
): Promise<void> {
  if (!isOfOffice(context.actor)) await requireInspector(context, findings);
}

/** The names of a school's heads, for the words that tell who was told. */
export async function headsOf(context: ActContext, schoolId: string): Promise<string> {
  return (await peopleAt(context, schoolId, 'principal')).map(({ name }) => name).join('、');
}

async function closeAll(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const { first, school, no, findings: texts } = together(context, findings);
  await strikeOff(context, findings);
  for (const head of await peopleAt(context, first.schoolId, 'principal'))
    context.notify({
      personId: head.id,
      key: 'rectification.closed',
      data: { school, no, findings: texts, by: context.actor.name },
      dedup: tellingKey('closed', head.id, findings),
    });
}

/** 销号 in the ledger; whom it concerns is told by the caller. */
export async function strikeOff(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  await stepAll(context, findings, 'close');
  const after = { state: 'closed', closedAt: context.now, closedById: context.actor.personId };
  const db = await context.tx.db();
  await db.finding.updateMany({ where: { id: { in: findings.map(({ id }) => id) } }, data: after });
  await auditFindings(context, 'finding.closed', findings, () => after);
  await settleNotices(context, findings, 'closed');
}

/**
 * Opens findings again, with the office's ordinary days from today, and tells the school and the office. What had been closed
 * no longer than `rect.relapseWithinMonths` ago is a relapse, and said to be one; closed by a slip of the hand, it is none.
 * Returns the new day.
 */
export async function reopenAll(
  context: ActContext,
  findings: readonly LockedFinding[],
  reason: string,
  { how, slip = false }: { how: string | null; slip?: boolean },
): Promise<string> {
  await stepAll(context, findings, 'reopen');
  const { first, school, no, findings: texts } = together(context, findings);
  const ids = findings.map(({ id }) => id);
  const due = context.today.add({ days: context.office.settings['rect.generalDays'] }).toString();
  const [closed] = await context.tx.sql<{ relapse: boolean }>(
    `select coalesce(bool_or(closed_at >= $2::timestamptz - make_interval(months => $3)), false) as relapse
     from finding where id = any($1::uuid[])`,
    [ids, context.now, context.office.settings['rect.relapseWithinMonths']],
    'closed-lately',
  );
  const relapse = !slip && (closed?.relapse ?? false);
  const after = {
    state: 'reopened',
    dueOn: dayToDb(Temporal.PlainDate.from(due)),
    returnReason: reason,
    // Whoever is to act on it now is decided anew.
    responsibleUnit: '',
    closedAt: null,
    closedById: null,
    ...(how === null
      ? {}
      : {
          lookedBackHow: how,
          lookedBackAt: context.now,
          lookedBackById: context.actor.personId,
          lookBackNote: reason,
        }),
  };
  const db = await context.tx.db();
  await db.finding.updateMany({ where: { id: { in: ids } }, data: { ...after, reopened: { increment: 1 } } });
  await context.tx.sql(
    `update rectification_notice set state = case when signed_at is null then 'issued' else 'acknowledged' end
     where id = any($1::uuid[]) and state = 'closed'`,
    [findings.flatMap(({ noticeId }) => noticeId ?? [])],
    'reopen-notices',
  );
  await auditFindings(context, 'finding.reopened', findings, () => ({ ...after, relapse }));
  const heads = await peopleAt(context, first.schoolId, 'principal');
  const office = (await peopleWith(context, OFFICE_ROLES)).filter(({ id }) => id !== context.actor.personId);
  for (const person of [...heads, ...office])
    context.notify({
      personId: person.id,
      key: 'rectification.reopened',
      data: { school, no, findings: texts, reason, by: context.actor.name, due, relapse, slip },
      dedup: `${tellingKey('reopened', person.id, findings)}-${context.now.getTime()}`,
    });
  return due;
}
