// More time (DOMAIN §3 b, "extension"): a school asks before the day is over, with a reason, and somebody answers (extension-decide.ts).
// Silence is no consent: until it is answered, the old day holds.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { peopleWith, requireStanding } from '../access.ts';
import { type ActContext, action, OFFICE_ROLES, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, tellingKey, together } from './lock.ts';

/** A day, or so many days more than there are now. */
export const newDay = z.union([z.iso.date(), z.int().min(1).max(365)]);

/** The day that was said, counted from the one that holds when it was said as a number. */
export const dayFor = (due: string, said: string | number): string =>
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
  return allowedDay(context, was, dayFor(was, said));
}

/** The day itself, when it is later than the one that holds and within what the office allows. Throws `rectification.extension-too-…`. */
export function allowedDay(context: ActContext, was: string, day: string): string {
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
  if (findings.some((finding) => finding.disposition === 'serious')) return peopleWith(context, OFFICE_ROLES);
  const inspectors = await peopleAt(context, first.schoolId, 'inspector');
  if (inspectors.length > 0) return inspectors;
  const db = await context.tx.db();
  return [await db.person.findUniqueOrThrow({ where: { id: first.inspectorId } })];
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
