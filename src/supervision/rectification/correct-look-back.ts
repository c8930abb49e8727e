// 更正回头看、销号: what was closed by mistake is opened again; what was opened again by mistake, and the school has not answered,
// stands as it did; a way of looking that was noted wrongly is noted anew (DOMAIN §3 b).
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { dayToDb } from '../../store/days.ts';
import { peopleWith } from '../access.ts';
import { type ActContext, action, isOfOffice, OFFICE_ROLES, type Role } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { endEscalation } from './escalate.ts';
import { withdrawLetters } from './letters.ts';
import {
  auditFindings,
  CORRECTED,
  DECIDED_ANEW,
  type LockedFinding,
  lockPicked,
  stepAll,
  together,
} from './lock.ts';
import { askToClose, headsOf, reopenAll, requireReopener, strikeOff, WAYS } from './look-back.ts';
import { needReason } from './objection.ts';

/** Where a finding goes that was opened again by mistake. */
export type Ends = 'closed' | 'waiting' | 'accepted';

interface Looked {
  id: string;
  how: string | null;
  lookedBy: string | null;
  serious: boolean;
  /** What the last opening of it found and wrote: null when it was never opened again. */
  before: { state: string; due: string | null } | null;
  seen: boolean;
  closedAt: Date | null;
  closedBy: string | null;
}

export const correctLookBack = action({
  name: 'rectification.correct-look-back',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  says: ['reopened', 'closed', 'waiting', 'accepted', 'noted'],
  input: z.object({
    ...DECIDED_ANEW,
    how: z.enum(WAYS).optional(),
    reason: z.string().trim().min(2).max(500).optional(),
  }),
  result: z.object({
    ...CORRECTED,
    due: z.string(),
    how: z.string(),
  }),
  async run(context, { finding, result, how, reason }) {
    const findings = await lockPicked(context, finding);
    const { first, school, no, findings: texts, ids } = together(context, findings);
    await requireReopener(context, findings);
    const looked = await lookedAt(context, ids);
    const [of] = looked;
    const seen = how ?? of?.how ?? null;
    const told = {
      ...{ school, no, findings: texts, due: '', how: seen ?? '' },
      head: await headsOf(context, first.schoolId),
    };
    if (result !== 'pass') {
      // Who looked stays who looked: the office that closed it too soon did not.
      const own = of?.lookedBy === context.actor.personId ? seen : null;
      const due = await reopenAll(context, findings, needReason(reason), { how: own, slip: true });
      return { ...told, due, say: 'reopened' };
    }
    if (how !== undefined && first.state !== 'reopened') {
      await noteWay(context, findings, how);
      return { ...told, say: 'noted' };
    }
    return { ...told, say: await takeBack(context, findings, looked, seen) };
  },
});

/** How each was looked at, and what the last opening of it was. */
export function lookedAt(context: ActContext, ids: readonly string[]): Promise<Looked[]> {
  return context.tx.sql<Looked>(
    `select f.id, f.looked_back_how as how, f.looked_back_by as "lookedBy", f.disposition = 'serious' as serious, r.before,
            r.after ->> 'lookedBackHow' is not null as seen, c.at as "closedAt", c.actor_id as "closedBy"
     from finding f
     left join lateral (select before, after from audit_entry where subject_id = f.id and action = 'finding.reopened'
       order by at desc, id desc limit 1) r on true
     left join lateral (select at, actor_id from audit_entry where subject_id = f.id and action = 'finding.closed'
       order by at desc, id desc limit 1) c on true
     where f.id = any($1::uuid[]) and f.office_id = $2 order by f.id`,
    [ids, context.office.id],
    'looked-at',
  );
}

/** A general one that is well is struck off; a serious one waits for the office, unless it was the office that opened it again. */
export function endsAs(context: ActContext, { before, seen, serious, how }: Looked): Ends {
  if (before?.state === 'closed') return 'closed';
  if (seen) return serious ? 'waiting' : 'closed';
  const closes = isOfOffice(context.actor);
  return closes && serious && how !== null ? 'closed' : 'accepted';
}

/** It was looked at in another way; what came of that stays. Whoever is still to close it sees the right one. */
async function noteWay(context: ActContext, findings: readonly LockedFinding[], how: string): Promise<void> {
  await stepAll(context, findings, 'note-way');
  const db = await context.tx.db();
  await db.finding.updateMany({
    where: { id: { in: findings.map(({ id }) => id) } },
    data: { lookedBackHow: how },
  });
  await auditFindings(context, 'finding.look-back-corrected', findings, () => ({ lookedBackHow: how }));
  const waiting = findings.filter(
    ({ state, disposition }) => state === 'accepted' && disposition === 'serious',
  );
  if (waiting.length > 0) await askToClose(context, waiting, { how, note: '' });
}

/** As if it had not been opened again: its day, its place in the ledger, and the school and the office know. */
async function takeBack(
  context: ActContext,
  findings: readonly LockedFinding[],
  looked: readonly Looked[],
  how: string | null,
): Promise<Ends> {
  await stepAll(context, findings, 'undo-reopen');
  await withdrawLetters(context, findings, '');
  await endEscalation(context, findings);
  const db = await context.tx.db();
  for (const { id, before, seen } of looked)
    await db.finding.update({
      where: { id },
      data: {
        state: 'accepted',
        reopened: { decrement: 1 },
        returnReason: null,
        lookBackNote: '',
        ...(before?.due ? { dueOn: dayToDb(Temporal.PlainDate.from(before.due)) } : {}),
        ...(seen ? { lookedBackHow: how } : {}),
      },
    });
  await auditFindings(context, 'finding.look-back-corrected', findings, () => ({ state: 'accepted' }));
  const accepted = findings.map((finding) => ({ ...finding, state: 'accepted' }));
  const of = (ends: Ends) =>
    accepted.filter(({ id }) => looked.some((one) => one.id === id && endsAs(context, one) === ends));
  const [closed, waiting] = [of('closed'), of('waiting')];
  if (closed.length > 0) await strikeOff(context, closed);
  // Struck off long ago, it stays struck off since then.
  for (const { id, before, closedAt, closedBy: closedById } of looked)
    if (before?.state === 'closed' && closedAt)
      await db.finding.update({ where: { id }, data: { closedAt, closedById } });
  const now = waiting.length > 0 ? 'waiting' : closed.length > 0 ? 'closed' : 'accepted';
  await tellAll(context, findings, now);
  if (waiting.length > 0 && how !== null) await askToClose(context, waiting, { how, note: '' });
  return now;
}

async function tellAll(context: ActContext, findings: readonly LockedFinding[], now: Ends): Promise<void> {
  const { first, school, no, findings: texts } = together(context, findings);
  const office = now === 'waiting' ? [] : await peopleWith(context, OFFICE_ROLES);
  const others = office.filter(({ id }) => id !== context.actor.personId);
  for (const person of [...(await peopleAt(context, first.schoolId, 'principal')), ...others])
    context.notify({
      personId: person.id,
      key: 'rectification.not-reopened',
      data: { school, no, findings: texts, by: context.actor.name, now },
      dedup: `not-reopened-${person.id}-${first.id}-${context.now.getTime()}`,
    });
}
