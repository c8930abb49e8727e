// The planner of what is due by the minute: an emergency that nobody answers, its first report, its word of the day. It runs every
// few seconds, at any hour, and takes only offices where something is going on; the day's planner may take as long as it likes.
import { createHash } from 'node:crypto';
import type { Store, Tx } from '../../store/store.ts';
import type { ActOffice } from '../act.ts';
import { createCalendar } from '../calendar.ts';
import { auditNumbers, type Concerned, concerned, numbers, toCall } from '../emergencies/people.ts';
import type { NotificationKey } from '../notifications.ts';
import { officeById } from '../roster/current.ts';
import { officeSettings } from '../settings.ts';
import { type DueDeadline, type Told, tell } from './digest.ts';
import { reachOf } from './due.ts';
import { DEADLINE_KINDS, type DeadlineKind, isInstant } from './kinds.ts';
import { writeNudges } from './nudges.ts';
import type { Digest, PlannerDeps } from './plan.ts';
import { minutesOf } from './policy.ts';
import { type Reckoning, reconcile } from './reconcile.ts';

export interface InstantDeps extends PlannerDeps {
  openPhone(sealed: string): string;
}

interface DueInstant extends DueDeadline {
  dueAt: Date;
  raisedAt: Date;
  by: string;
}

/** Offices where an emergency is not over, or that have not been told so yet. */
export async function officesAtRisk({ store }: { store: Pick<Store, 'query'> }): Promise<string[]> {
  const rows = await store.query<{ id: string }>(
    `select office_id as id from emergency where state in ('raised', 'acknowledged', 'on_scene', 'contained') group by 1
     union select office_id from deadline where state = 'open' and due_at is not null group by 1`,
    [],
    'instants-offices',
  );
  return rows.map(({ id }) => id);
}

/** One round for one office, in one transaction; what another process has in hand is left to it. Returns how many messages there were. */
export function planInstants(deps: InstantDeps, officeId: string): Promise<number> {
  return deps.store.transaction(async (tx) => {
    const stored = await officeById(tx, officeId);
    if (!stored) return 0;
    const { settings } = officeSettings(deps.rules, stored.settings);
    const { id, slug, name, short, timeZone } = stored;
    const office: ActOffice = { id, slug, name, short, timeZone, settings };
    const calendar = createCalendar(timeZone, settings);
    const today = calendar.today(deps.now);
    const of: Reckoning = {
      ...{ tx, officeId, timeZone, today, settings, calendar },
      plannedOn: null,
      policy: deps.policy,
    };
    await reconcile(of, 'instant');
    const due = await takeInstants(of, deps.now);
    if (due.length === 0) return 0;
    const reach = await reachOf(of, due);
    const all = tell(due, { policy: deps.policy, ...reach });
    const keyOf = ({ deadline, person, at }: Told<DueInstant>) => dedupOf(deadline, person.id, at);
    const told = await writeNudges(
      { tx, officeId, now: deps.now },
      all.map((one) => ({ ...one, told: keyOf(one) })),
    );
    await settle(tx, officeId, due, deps.now);
    const messages: Digest[] = [];
    for (const one of told) {
      const call = await callsOf(deps, of, one);
      await auditNumbers(
        { tx, officeId, actorId: null, inboxId: null, now: deps.now },
        { id: one.deadline.subjectId, schoolId: one.deadline.schoolId },
        call.map((shown) => ({ id: shown.id, to: [one.person.id] })),
      );
      messages.push({
        office,
        to: { userId: one.person.userId, name: one.person.name },
        notification: {
          personId: one.person.id,
          ...wordsOf(one, call, deps.now, timeZone),
          dedup: keyOf(one),
          urgent: true,
        },
        today,
        sendAt: deps.now,
      });
    }
    if (messages.length > 0) await deps.deliver(tx, messages);
    return messages.length;
  });
}

/** Due rows, locked: two processes that look at once share them, they don't both tell. */
async function takeInstants(of: Reckoning, now: Date): Promise<DueInstant[]> {
  const rules = DEADLINE_KINDS.filter(isInstant).flatMap((kind) =>
    of.policy[kind].nudges.map(({ at }, place) => ({ kind, place, minutes: minutesOf(at) })),
  );
  const rows = await of.tx.sql<Omit<DueInstant, 'no'>>(
    `with rule (kind, place, minutes) as (select * from unnest($3::text[], $4::int[], $5::int[]))
     select d.kind, d.subject_id as "subjectId", d.period, d.school_id as "schoolId", coalesce(s.name, '') as school,
            e.area_id as "areaId", d.owner_id as "ownerId", d.due_on as "dueOn", d.due_at as "dueAt", r.rules, e.text,
            e.raised_at as "raisedAt", p.name as by
     from deadline d join emergency e on e.id = d.subject_id join person p on p.id = e.raised_by
     left join school s on s.id = e.school_id
     cross join lateral (
       select array_agg(r.place order by r.place) as rules from rule r
       where r.kind = d.kind and d.due_at + r.minutes * interval '1 minute' > d.settled_at
         and d.due_at + r.minutes * interval '1 minute' <= $2) r
     where d.office_id = $1 and d.state = 'open' and d.subject_type = 'emergency' and d.due_at is not null and r.rules is not null
     order by d.due_at for update of d skip locked`,
    [
      of.officeId,
      now,
      rules.map(({ kind }) => kind),
      rules.map(({ place }) => place),
      rules.map(({ minutes }) => minutes),
    ],
    'instants-take',
  );
  return rows.map((row) => ({ ...row, no: '' }));
}

async function settle(tx: Tx, officeId: string, due: readonly DueInstant[], now: Date): Promise<void> {
  await tx.sql(
    `update deadline d set settled_at = $2
     from unnest($3::text[], $4::uuid[], $5::text[]) as t(kind, subject_id, period)
     where d.office_id = $1 and d.kind = t.kind and d.subject_id = t.subject_id and d.period = t.period`,
    [
      officeId,
      now,
      due.map(({ kind }) => kind),
      due.map(({ subjectId }) => subjectId),
      due.map(({ period }) => period),
    ],
    'instants-settle',
  );
}

function dedupOf({ kind, subjectId, period }: DueInstant, person: string, at: readonly string[]): string {
  const what = createHash('sha256')
    .update(`${kind} ${subjectId} ${period} ${at.join(' ')}`)
    .digest('hex');
  return `instant-${person}-${what.slice(0, 24)}`;
}

/** Whose numbers this message shows: only while nobody answers does it show any. */
async function callsOf(
  deps: InstantDeps,
  of: Reckoning,
  { deadline, person, as }: Told<DueInstant>,
): Promise<Concerned[]> {
  const kind: DeadlineKind = deadline.kind;
  if (kind !== 'emergency-answer') return [];
  const { tx, officeId, today } = of;
  const { openPhone } = deps;
  const people = await concerned({ tx, officeId, today: today.toString(), openPhone }, deadline);
  return toCall(people, person.id, as === 'owner' ? 4 : 3);
}

const MINUTE_MS = 60_000;

function wordsOf(
  { deadline, as }: Told<DueInstant>,
  call: readonly Concerned[],
  now: Date,
  timeZone: string,
): { key: NotificationKey; data: Record<string, unknown> } {
  const { school, text, by, dueAt, raisedAt, subjectId } = deadline;
  const kind: DeadlineKind = deadline.kind;
  if (kind === 'emergency-answer')
    return {
      key: as === 'owner' ? 'emergency.call-now' : 'emergency.unanswered',
      data: {
        emergencyId: subjectId,
        ...{ school, text, by },
        minutes: Math.floor((now.getTime() - raisedAt.getTime()) / MINUTE_MS),
        numbers: numbers(call),
      },
    };
  const due = dueAt.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return {
    key: kind === 'emergency-report' ? 'emergency.report-due' : 'emergency.follow-up-due',
    data: { school, text, due, late: now > dueAt },
  };
}
