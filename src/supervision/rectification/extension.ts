// More time (DOMAIN §3 b, "extension"): a school asks before the day is over, with a reason; the inspector, of a serious finding the
// office, answers. Silence is no consent: until it is answered, the old day holds.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { peopleWith, requireStanding } from '../access.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, tellingKey, together } from './lock.ts';
import { requireInspector } from './review.ts';

/** A day, or so many days more than there are now. */
const newDay = z.union([z.iso.date(), z.int().min(1).max(365)]);

const dayFor = (due: string, said: string | number): string =>
  typeof said === 'string' ? said : Temporal.PlainDate.from(due).add({ days: said }).toString();

export const requestExtension = action({
  name: 'rectification.extend-request',
  roles: ['principal'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    due: newDay,
    reason: z.string().trim().min(2).max(300),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    asked: z.string(),
    was: z.string(),
    decider: z.string(),
    answerDays: z.number(),
  }),
  async run(context, { finding: ids, due, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireStanding(context, first.schoolId, ['principal']);
    if (findings.some((finding) => finding.state === 'extension_pending'))
      throw new AppError('rectification.extension-asked');
    await stepAll(context, findings, 'extend-ask');
    const asked = new Map(findings.map((finding) => [finding.id, askedDay(context, finding, due)]));
    await refuseTooMany(context, ids);

    const db = await context.tx.db();
    await db.extension.createMany({
      data: findings.map((finding) => ({
        id: newId(),
        findingId: finding.id,
        reason,
        fromOn: dayToDb(Temporal.PlainDate.from(finding.dueOn as string)), // askedDay refused those without a day
        askedOn: dayToDb(Temporal.PlainDate.from(asked.get(finding.id) as string)), // one for each of them
        askedById: context.actor.personId,
        askedAt: context.now,
      })),
    });
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { state: 'extension_pending' } });
    await auditFindings(context, 'finding.extension-asked', findings, (finding) => ({
      state: 'extension_pending',
      asked: asked.get(finding.id),
      reason,
    }));
    const latest = [...asked.values()].sort().at(-1) as string; // there is one at least
    const was = findings.map((finding) => finding.dueOn as string).sort()[0] as string; // likewise
    const deciders = await decidersOf(context, findings);
    for (const decider of deciders)
      context.notify({
        personId: decider.id,
        key: 'rectification.extension-asked',
        data: { school, no, findings: texts, ids, asked: latest, was, reason, by: context.actor.name },
        dedup: `${tellingKey('extension-asked', decider.id, findings)}-${latest}-${context.now.getTime()}`,
      });
    return {
      school,
      no,
      findings: texts,
      asked: latest,
      was,
      decider: deciders.map((decider) => decider.name).join('、'),
      answerDays: context.office.settings['rect.extensionAnswerWorkdays'],
    };
  },
});

/** The day that one finding would have; refused when it is over, is no later, or is too late. */
function askedDay(context: ActContext, finding: LockedFinding, said: string | number): string {
  const was = finding.dueOn;
  if (was === null) throw new AppError('rectification.state', 'never', { state: finding.state });
  if (was < context.today.toString()) throw new AppError('rectification.past-due', 'never', { was });
  const day = dayFor(was, said);
  const most = context.office.settings['rect.extensionDaysMax'];
  const latest = Temporal.PlainDate.from(was).add({ days: most }).toString();
  if (day <= was) throw new AppError('rectification.extension-too-short', 'never', { was, latest });
  if (day > latest) throw new AppError('rectification.extension-too-long', 'never', { was, latest, most });
  return day;
}

/** `rect.maxExtensions` of one finding are granted at most. */
async function refuseTooMany(context: ActContext, ids: readonly string[]): Promise<void> {
  const most = context.office.settings['rect.maxExtensions'];
  const rows = await context.tx.sql(
    `select finding_id from extension where finding_id = any($1::uuid[]) and state = 'granted'
     group by finding_id having count(*) >= $2`,
    [ids, most],
    'extensions-granted',
  );
  if (most === 0 || rows.length > 0) throw new AppError('rectification.extended-enough', 'never', { most });
}

/** Who answers: the school's inspector; as soon as one finding is serious, the office. */
export async function decidersOf(
  context: ActContext,
  findings: readonly LockedFinding[],
): Promise<{ id: string; name: string }[]> {
  const [first] = findings;
  if (!first) return [];
  if (findings.some((finding) => finding.disposition === 'serious'))
    return peopleWith(context, ['office', 'director']);
  const inspectors = await peopleAt(context, first.schoolId, 'inspector');
  if (inspectors.length > 0) return inspectors;
  const db = await context.tx.db();
  return [await db.person.findUniqueOrThrow({ where: { id: first.inspectorId } })];
}

/** Serious ones are the office's to decide, all others the inspector's, in whose place the office may act. */
export async function requireDecider(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const office = context.actor.roles.some((role) => role === 'office' || role === 'director');
  if (office) return;
  if (findings.some((finding) => finding.disposition === 'serious')) throw new AppError('act.not-allowed');
  await requireInspector(context, findings);
}

export const decideExtension = action({
  name: 'rectification.extend-decide',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({
    finding: z.array(z.uuid()).min(1).max(20),
    result: z.enum(['pass', 'fail']),
    due: newDay.optional(),
    reason: z.string().trim().min(2).max(300).optional(),
  }),
  result: z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    granted: z.boolean(),
    until: z.string(),
    head: z.string(),
    reason: z.string(),
  }),
  async run(context, { finding: ids, result, due, reason }) {
    const findings = await lockFindings(context, ids);
    const { first, school, no, findings: texts } = together(context, findings);
    await requireDecider(context, findings);
    const granted = result === 'pass';
    const to = await stepAll(context, findings, granted ? 'extend-grant' : 'extend-refuse');
    if (!granted && !reason) throw new AppError('act.input', 'never', { missing: 'reason' });

    const open = await context.tx.sql<{ id: string; findingId: string; was: string; asked: string }>(
      `select id, finding_id as "findingId", from_on as was, asked_on as asked from extension
       where finding_id = any($1::uuid[]) and state = 'asked'`,
      [ids],
      'open-extensions',
    );
    const db = await context.tx.db();
    let until = '';
    for (const request of open) {
      const day = granted ? grantedDay(context, request, due) : request.was;
      if (day > until) until = day;
      await db.extension.update({
        where: { id: request.id },
        data: {
          state: granted ? 'granted' : 'refused',
          grantedOn: granted ? dayToDb(Temporal.PlainDate.from(day)) : null,
          decidedById: context.actor.personId,
          decidedAt: context.now,
          answer: reason ?? '',
        },
      });
      await db.finding.update({
        where: { id: request.findingId },
        data: { state: to.get(request.findingId) ?? 'planned', dueOn: dayToDb(Temporal.PlainDate.from(day)) },
      });
    }
    if (granted) await moveNotices(context, findings);
    await auditFindings(
      context,
      granted ? 'finding.extension-granted' : 'finding.extension-refused',
      findings,
      (finding) => ({ state: to.get(finding.id), due: until, reason: reason ?? '' }),
    );
    const heads = await peopleAt(context, first.schoolId, 'principal');
    for (const head of heads)
      context.notify({
        personId: head.id,
        key: granted ? 'rectification.extension-granted' : 'rectification.extension-refused',
        data: { school, no, findings: texts, until, reason: reason ?? '', by: context.actor.name },
        dedup: `extension-decided-${head.id}-${open.map((request) => request.id).join('-')}`.slice(0, 250),
      });
    return {
      school,
      no,
      findings: texts,
      granted,
      until,
      head: heads.map((head) => head.name).join('、'),
      reason: reason ?? '',
    };
  },
});

/** What was asked for, or another day that the inspector named, within what the office allows. */
function grantedDay(
  context: ActContext,
  request: { was: string; asked: string },
  said: string | number | undefined,
): string {
  const day = said === undefined ? request.asked : dayFor(request.was, said);
  const most = context.office.settings['rect.extensionDaysMax'];
  const latest = Temporal.PlainDate.from(request.was).add({ days: most }).toString();
  if (day <= request.was)
    throw new AppError('rectification.extension-too-short', 'never', { was: request.was, latest });
  if (day > latest)
    throw new AppError('rectification.extension-too-long', 'never', { was: request.was, latest, most });
  return day;
}

/** A notice's day is that of its nearest finding that is still owed. */
async function moveNotices(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const ids = [...new Set(findings.flatMap((finding) => finding.noticeId ?? []))].sort();
  await context.tx.sql(
    `update rectification_notice n set due_on = m.due
     from (select f.notice_id as id, min(f.due_on) as due from finding f
           where f.notice_id = any($1::uuid[]) and f.state not in ('withdrawn', 'voided', 'closed', 'accepted')
           group by f.notice_id) m
     where n.id = m.id and n.due_on <> m.due`,
    [ids],
    'move-notices',
  );
}

/** A result that was handed in, or an end of the finding, leaves nothing to answer. */
export async function lapse(context: ActContext, findings: readonly LockedFinding[]): Promise<void> {
  const pending = findings.filter((finding) => finding.state === 'extension_pending').map(({ id }) => id);
  if (pending.length === 0) return;
  const db = await context.tx.db();
  await db.extension.updateMany({
    where: { findingId: { in: pending }, state: 'asked' },
    data: { state: 'lapsed', decidedAt: context.now },
  });
}
