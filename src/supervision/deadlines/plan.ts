// The planner: once a day and office, what is due is reckoned anew from the facts and written as one digest a person.
// Everything of one office is one transaction: killed anywhere, it was not begun; started twice, the second finds it done.
import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Store, Tx } from '../../store/store.ts';
import type { ActOffice, Notification } from '../act.ts';
import { createCalendar, type Day } from '../calendar.ts';
import { runMonths } from '../month-run.ts';
import { focusOf } from '../months.ts';
import { type OfficeRow, officeById } from '../roster/current.ts';
import { officeSettings, type SettingRules } from '../settings.ts';
import { plansBetween } from '../visit-plan.ts';
import { digestOf, type Reachable, type Told, tell } from './digest.ts';
import { reachOf, settle, takeDue } from './due.ts';
import { writeNudges } from './nudges.ts';
import type { Policy } from './policy.ts';
import { type Reckoning, reconcile } from './reconcile.ts';
import { planFrom, sendAt } from './timing.ts';

/** One person's message, to be put into words and into the outbox by whoever may. */
export interface Digest {
  office: ActOffice;
  to: { userId: string; name: string };
  notification: Notification;
  today: Day;
  sendAt: Date;
  /** Of a digest of reminders: what it tells of, so that it can be reckoned anew when it leaves late (again.ts). */
  about?: DigestAbout;
}

/** The text of a digest of reminders. */
export const DIGEST = 'reminders.digest';

/** Of whom, by which decisions (`nudge.told`); on which day with her plan of the week, with the key points of which month. */
export interface DigestAbout {
  person: string;
  keys: readonly string[];
  week: string | null;
  focus: string | null;
}

export interface PlannerDeps {
  store: Store;
  rules: SettingRules;
  policy: Policy;
  now: Date;
  /** One of a great many offices of this round, whose statistics are fresh. */
  many?: boolean;
  /** Writes the digests in the transaction in which they were decided. */
  deliver(tx: Tx, digests: readonly Digest[]): Promise<void>;
}

/**
 * - `planned`: this run did the day.
 * - `opened`: the office's first run; what is owed was written down, nothing was told.
 * - `held`: quiet hours, a day of rest, or the office's own minute has not come.
 * - `done`: the day was planned before.
 * - `busy`: somebody else reckons this office at this moment: another run, or a reminder that leaves late (again.ts).
 */
export type Planned = { outcome: 'planned' | 'opened' | 'held' | 'done' | 'busy'; digests: number };

/** Offices whose day may not have been planned yet; the zone of each decides. */
export async function officesToPlan({ store, now }: Pick<PlannerDeps, 'store' | 'now'>): Promise<string[]> {
  const rows = await store.query<{ id: string }>(
    `select id from office where planned_on is null or planned_on < ($1::timestamptz at time zone time_zone)::date order by id`,
    [now],
    'offices-to-plan',
  );
  return rows.map(({ id }) => id);
}

/** Plans one office for today in one transaction. Another process that is at it is left alone; a day that was planned is not planned again. */
export function planOffice(deps: PlannerDeps, officeId: string): Promise<Planned> {
  return deps.store.transaction(async (tx): Promise<Planned> => {
    // For one office PostgreSQL's own choice is the better; for many, the plan of the largest statement is made once, not each time.
    const [row] = await tx.sql<{ plannedOn: string | null }>(
      `select planned_on as "plannedOn", case when $2 and planned_on is not null then set_config('plan_cache_mode', 'force_generic_plan', true) end
       from office where id = $1 for no key update skip locked`,
      [officeId, deps.many ?? false],
      'plan-begin',
    );
    if (!row) return { outcome: 'busy', digests: 0 };
    const stored = await officeById(tx, officeId);
    if (!stored) return { outcome: 'done', digests: 0 };
    const { office, reckoning } = reckoningOf(deps, tx, stored, row.plannedOn);
    const { calendar, today, plannedOn } = reckoning;
    if (plannedOn && Temporal.PlainDate.compare(plannedOn, today) >= 0)
      return { outcome: 'done', digests: 0 };
    if (plannedOn) {
      const from = planFrom(officeId, today, calendar);
      if (!from || deps.now < from || calendar.isQuiet(deps.now)) return { outcome: 'held', digests: 0 };
    }
    await reconcile(reckoning);
    const digests = plannedOn ? await due(deps, tx, office, reckoning) : [];
    const reports = plannedOn ? await months(deps, office, { ...reckoning, tx, plannedOn }) : [];
    if (digests.length + reports.length > 0) await deps.deliver(tx, [...digests, ...reports]);
    tx.last(`update office set planned_on = $2 where id = $1`, [officeId, today.toString()], 'plan-done');
    return { outcome: plannedOn ? 'planned' : 'opened', digests: digests.length };
  });
}

/** An office at this moment, and what its deadlines are reckoned by. */
export function reckoningOf(
  { rules, policy, now }: Pick<PlannerDeps, 'rules' | 'policy' | 'now'>,
  tx: Tx,
  { id, slug, name, short, timeZone, settings: stored }: OfficeRow,
  plannedOn: string | null,
): { office: ActOffice; reckoning: Reckoning } {
  const { settings } = officeSettings(rules, stored);
  const calendar = createCalendar(timeZone, settings);
  return {
    office: { id, slug, name, short, timeZone, settings },
    reckoning: {
      ...{ tx, officeId: id, timeZone, today: calendar.today(now), settings, calendar, policy },
      plannedOn: plannedOn === null ? null : Temporal.PlainDate.from(plannedOn),
    },
  };
}

/** The months that ended: reported to those above, and closed in time. */
async function months(
  { now }: PlannerDeps,
  office: ActOffice,
  of: Reckoning & { tx: Tx; plannedOn: Day },
): Promise<Digest[]> {
  const told = await runMonths({ ...of, office, now });
  return told.map(({ to, notification }) => ({
    office,
    to: { userId: to.userId, name: to.name },
    notification,
    today: of.today,
    sendAt: sendAt(now, to.id, of.calendar),
  }));
}

/** Takes what is due, says what each person is to be told, and settles it up to today; on a week's first working day with her plan. */
async function due(deps: PlannerDeps, tx: Tx, office: ActOffice, of: Reckoning): Promise<Digest[]> {
  const week = await plansOfWeek(tx, of);
  const told = await dueToday(deps, tx, office, of);
  const { focus } = await focusOf(tx, office.id, of.today.toPlainYearMonth().toString());
  const digest = (person: Planner, key: string, all: readonly Noted[]): Digest => {
    // The month's key points are said once, with the month's first word about its visits.
    const points = all.some(opensMonth) ? focus : '';
    return {
      ...digestFor(of, office, person, { all, week: week.get(person.id) ?? [], focus: points }, key),
      sendAt: sendAt(deps.now, person.id, of.calendar),
      about: {
        person: person.id,
        keys: [...new Set(all.map((one) => one.told))],
        week: week.has(person.id) ? of.today.toString() : null,
        focus: points === '' ? null : of.today.toPlainYearMonth().toString(),
      },
    };
  };
  const people = byPerson(told);
  const owes = new Set([...people.values()].map(({ person }) => person.id));
  const planners = await planning(
    tx,
    office.id,
    [...week.keys()].filter((id) => !owes.has(id)),
  );
  return [
    ...[...people].map(([key, { person, all }]) => digest(person, key, all)),
    ...planners.map((person) => digest(person, `digest-week-${person.id}-${of.today.toString()}`, [])),
  ];
}

/** One person's digest, as of this day; when it leaves, the caller knows. */
export function digestFor(
  of: Pick<Reckoning, 'today'>,
  office: ActOffice,
  person: Planner,
  { all, week, focus }: { all: readonly Told[]; week: { school: string; date: string }[]; focus: string },
  dedup: string,
): Omit<Digest, 'sendAt'> {
  return {
    office,
    to: { userId: person.userId, name: person.name },
    notification: {
      personId: person.id,
      key: DIGEST,
      data: { ...digestOf(all, of.today), week, focus },
      dedup,
    },
    today: of.today,
  };
}

/** With the key of the message that tells it, as its nudges have it. */
type Noted = Told & { told: string };

async function dueToday(deps: PlannerDeps, tx: Tx, office: ActOffice, of: Reckoning): Promise<Noted[]> {
  const deadlines = await takeDue(of, office.settings['rect.numberPrefix']);
  if (deadlines.length === 0) return [];
  const reach = await reachOf(of, deadlines);
  const all = tell(deadlines, { policy: of.policy, ...reach });
  const told = await writeNudges(
    { tx, officeId: office.id, now: deps.now },
    [...byPerson(all)].flatMap(([key, { all: hers }]) => hers.map((one) => ({ ...one, told: key }))),
  );
  await settle(of, deadlines);
  return told;
}

type Planner = Pick<Reachable, 'id' | 'userId' | 'name'>;

/** Those of these who are still of the office. */
export async function planning(tx: Tx, officeId: string, ids: readonly string[]): Promise<Planner[]> {
  if (ids.length === 0) return [];
  return tx.sql<Planner>(
    `select id, user_id as "userId", name from person where office_id = $1 and active and id = any($2::uuid[]) order by user_key`,
    [officeId, ids],
    'plan-planners',
  );
}

/** What is left of everybody's week, once: on its first working day, or on the first after it that is planned. */
async function plansOfWeek(tx: Tx, of: Reckoning): ReturnType<typeof plansBetween> {
  const week = of.calendar.week(of.today, 0);
  const first = of.calendar.firstWorkday(week);
  const isFirst =
    first !== null &&
    Temporal.PlainDate.compare(first, of.today) <= 0 &&
    of.plannedOn !== null &&
    Temporal.PlainDate.compare(of.plannedOn, first) < 0;
  return isFirst ? plansBetween(tx, of.officeId, { from: of.today, to: week.to }) : new Map();
}

function opensMonth({ deadline, as, at }: Told): boolean {
  return deadline.kind === 'regular-visit' && as === 'owner' && at.includes('month-start');
}

function byPerson<T extends Told>(told: readonly T[]): Map<string, { person: Reachable; all: T[] }> {
  const people = new Map<string, { person: Reachable; all: T[] }>();
  for (const one of told) {
    const known = people.get(one.person.id) ?? { person: one.person, all: [] };
    known.all.push(one);
    people.set(one.person.id, known);
  }
  return new Map([...people.values()].map((one) => [keyOf(one.person, one.all), one]));
}

/** The digest's natural key: whom, and of what. */
function keyOf(person: Reachable, all: readonly Told[]): string {
  const what = all.flatMap(({ deadline: { kind, subjectId, period, dueOn }, at }) =>
    at.map((one) => `${kind} ${subjectId} ${period} ${dueOn} ${one}`),
  );
  return `digest-${person.id}-${createHash('sha256').update(what.sort().join('\n')).digest('hex').slice(0, 24)}`;
}
