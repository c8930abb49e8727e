// The comparison of one office, at night or after the platform told of a change: when it is due, who has it in hand, what it does, and what it tells whom.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newId } from '../../store/ids.ts';
import type { Store, Tx } from '../../store/store.ts';
import { peopleWith } from '../access.ts';
import { type ActOffice, type Notification, OFFICE_ROLES } from '../act.ts';
import { createCalendar } from '../calendar.ts';
import { currentRoster, officeById } from '../roster/current.ts';
import { officeSettings, type SettingRules } from '../settings.ts';
import { compare, type Difference, type Listing, withAreas } from './compare.ts';
import { type Followed, followMember } from './member.ts';
import { type ContactsReport, contactsReport, NAMED, some } from './shapes.ts';
import { together } from './together.ts';

/** The night's hours in which an office has its minute; whoever was down through them waits for the next night. */
const FROM_HOUR = 1;
const TO_HOUR = 6;
/** A listing that failed is tried again, so often and so much later. */
const ATTEMPTS = 3;
const AGAIN_MS = 20 * 60_000;
/** Whoever has a check in hand for longer is gone. */
const LEASE_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

/** As it is kept: with the ids of those who wait for the office's word. */
const keptReport = contactsReport.extend({
  waiting: z.array(z.object({ userId: z.string(), name: z.string(), why: z.enum(['left', 'disabled']) })),
});

export interface Claimed {
  id: string;
  officeId: string;
  askedById: string | null;
}

/** At an odd minute of the night that is the office's own: not all offices at once, and never with everybody's timers. */
function nightMinute(officeId: string): number {
  const spread = createHash('sha256').update(`contacts-${officeId}`).digest().readUInt32BE(0);
  return FROM_HOUR * 60 + (spread % ((TO_HOUR - 1 - FROM_HOUR) * 30)) * 2 + 7;
}

/** Writes down the checks whose minute has come, and takes in hand one that waits; null when there is none. */
export async function claimCheck(store: Store, now: Date): Promise<Claimed | null> {
  return store.transaction(async (tx) => {
    await planNight(tx, now);
    const [row] = await tx.sql<Claimed>(
      `update contact_check set state = 'running', attempts = attempts + 1, at = $1 where id = (
         select id from contact_check where state = 'wanted' and at <= $1
           or state = 'running' and at < $1::timestamptz - make_interval(secs => $2)
         order by at limit 1 for update skip locked)
       returning id, office_id as "officeId", asked_by as "askedById"`,
      [now, LEASE_MS / 1000],
      'contacts-claim',
    );
    return row ?? null;
  });
}

async function planNight(tx: Tx, now: Date): Promise<void> {
  const offices = await tx.sql<{ id: string; day: string; minute: number }>(
    `select o.id, t.local::date::text as day, (extract(hour from t.local) * 60 + extract(minute from t.local))::int as minute
     from office o, lateral (select $1::timestamptz at time zone o.time_zone as local) t
     where extract(hour from t.local) between $2::int and $3::int - 1 and not exists (
       select 1 from contact_check c where c.office_id = o.id and c.name = 'night-' || t.local::date)`,
    [now, FROM_HOUR, TO_HOUR],
    'contacts-night',
  );
  for (const { id, day, minute } of offices) {
    if (minute < nightMinute(id)) continue;
    await tx.sql(
      `insert into contact_check (id, office_id, name, state, at) values ($1, $2, $3, 'wanted', $4)
       on conflict (office_id, name) do nothing`,
      [newId(), id, `night-${day}`, now],
    );
  }
}

/** Changes come in storms, one event for each department of a tree that is moved: they are compared together, so much later. */
const SETTLE_MS = 2 * MINUTE_MS;
/** A corp whose departments are kept by another system changes all day: it is read whole no more often than that. */
const APART_MS = 10 * MINUTE_MS;

/** The platform's departments, tags or members changed: to be compared soon, once, whatever else is told until then. */
export async function wantCheck(tx: Pick<Tx, 'sql'>, officeId: string, now: Date): Promise<void> {
  await tx.sql(
    `insert into contact_check (id, office_id, name, state, at)
     select $1::uuid, $2::uuid, 'change-' || $1, 'wanted', greatest($3::timestamptz, (
       select max(at) from contact_check where office_id = $2 and name like 'change-%') + make_interval(secs => $4))
     where not exists (select 1 from contact_check where office_id = $2 and asked_by is null and state = 'wanted'
       and (name like 'change-%' or at <= $3))`,
    [newId(), officeId, new Date(now.getTime() + SETTLE_MS), APART_MS / 1000],
    'contacts-want',
  );
}

export interface CheckDeps {
  store: Store;
  rules: SettingRules;
  now: Date;
  /** Writes what is to be told into the outbox, in the same transaction. */
  deliver(tx: Tx, office: ActOffice, told: readonly Notification[]): Promise<void>;
}

export interface Checked {
  report: ContactsReport;
  /** Who lost access. */
  ended: number;
  /** Nobody of the office is left to be told. */
  alone: boolean;
}

/** Nothing could be read at all: tried again later in the night, and then given up until the next. */
export async function failCheck(store: Store, { id }: Claimed, now: Date): Promise<void> {
  await store.query(
    `update contact_check set state = case when attempts < $2 then 'wanted' else 'failed' end, at = $3 where id = $1`,
    [id, ATTEMPTS, new Date(now.getTime() + AGAIN_MS)],
  );
}

/** Compares, ends and gives back access by sure signs, and tells who has to know: all in one transaction. */
export function finishCheck(deps: CheckDeps, claimed: Claimed, listing: Listing): Promise<Checked | null> {
  const { store, now } = deps;
  return store.transaction(async (tx) => {
    const stored = await officeById(tx, claimed.officeId);
    if (!stored) return null;
    const { settings } = officeSettings(deps.rules, stored.settings);
    const { id, slug, name, short, timeZone } = stored;
    const office: ActOffice = { id, slug, name, short, timeZone, settings };
    const told: Notification[] = [];
    const people = withAreas(await currentRoster(tx, id));
    const found = compare(people, listing);
    const context = {
      ...{ tx, now, office, inboxId: null, actor: null },
      notify: (notification: Notification) => void told.push(notification),
    };
    const done: Followed[] = [];
    if (found.held === null) {
      const { at } = listing;
      for (const { userId, why } of found.gone)
        done.push(await followMember(context, { userId, at, what: 'gone', why }));
      for (const { userId } of found.back)
        done.push(await followMember(context, { userId, at, what: 'back' }));
    }
    const report = reportOf(found, listing, people.filter(({ active }) => active).length);
    const digest = digestOf(report, found);
    const [last] = await tx.sql<{ digest: string | null }>(
      `select digest from contact_check where office_id = $1 and state = 'done' and asked_by is null order by at desc limit 1`,
      [id],
    );
    const waiting =
      found.held === null ? [] : found.gone.map(({ userId, name, why }) => ({ userId, name, why }));
    await tx.sql(`update contact_check set state = 'done', at = $2, report = $3, digest = $4 where id = $1`, [
      claimed.id,
      now,
      JSON.stringify({ ...report, waiting }),
      digest,
    ]);
    const { askedById } = claimed;
    const unasked = askedById === null;
    const news = unasked && !report.fine && digest !== last?.digest;
    // What a night or a weekend kept waiting is not told in an older state.
    if (unasked && (news || report.fine)) await dropWaiting(tx, id);
    const to = unasked
      ? (await peopleWith(context, news ? OFFICE_ROLES : [])).map((one) => one.id)
      : [askedById];
    const kind = unasked ? 'night' : 'asked';
    for (const personId of to)
      told.push({
        ...{ personId, key: 'contacts.report', data: report },
        dedup: `contacts-${kind}-${claimed.id}-${personId}`,
      });
    await deps.deliver(tx, office, together(told));
    return {
      report,
      ended: done.filter((one) => one !== 'nobody').length,
      alone: done.includes('alone') || found.held === 'office',
    };
  });
}

async function dropWaiting(tx: Tx, officeId: string): Promise<void> {
  await tx.sql(
    `update outbox set state = 'refused', why = 'quiet.superseded'
     where office_id = $1 and key like 'notify-contacts-night-%' and state = 'pending' and attempts = 0`,
    [officeId],
    'contacts-superseded',
  );
}

function reportOf(found: Difference, listing: Listing, people: number): ContactsReport {
  const count =
    found.gone.length +
    found.back.length +
    found.unreachable.length +
    found.inactive.length +
    found.unknown.length +
    found.names.length +
    found.areas.length;
  return {
    fine: count === 0 && listing.faults.length === 0,
    people,
    left: some(found.gone.map(({ name }) => name)),
    held: found.held,
    back: some(found.back.map(({ name }) => name)),
    unreachable: some(found.unreachable),
    inactive: some(found.inactive),
    unknown: some(found.unknown),
    names: found.names.slice(0, NAMED),
    namesCount: found.names.length,
    areas: found.areas.slice(0, NAMED),
    areasCount: found.areas.length,
    faults: [...listing.faults],
    rangeOnly: listing.members === null && listing.faults.every((fault) => !fault.startsWith('members')),
  };
}

/** What stays as it is until somebody mends it; who left was told of by herself. */
function digestOf(
  report: ContactsReport,
  { gone, held, unreachable, inactive, unknown, names, areas }: Difference,
) {
  const stands = [held && gone, unreachable, inactive, unknown, names, areas, report.faults];
  return report.fine ? '' : createHash('sha256').update(JSON.stringify(stands)).digest('hex').slice(0, 32);
}

/** The newest comparison whose leavers wait for the office's word; null when there is none. */
export async function waitingCheck(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  since: Date,
): Promise<{ id: string; at: Date; waiting: z.infer<typeof keptReport>['waiting'] } | null> {
  const [row] = await tx.sql<{ id: string; at: Date; report: unknown; confirmed: boolean }>(
    `select id, at, report, confirmed_at is not null as confirmed from contact_check
     where office_id = $1 and state = 'done' and at >= $2 order by at desc limit 1 for update`,
    [officeId, since],
  );
  if (!row || row.confirmed) return null;
  const { waiting } = keptReport.parse(row.report);
  return waiting.length === 0 ? null : { id: row.id, at: row.at, waiting };
}

/** When a message about it may leave: not at night, and not on the full minute of everybody's. */
export const loudFrom = (office: Pick<ActOffice, 'timeZone' | 'settings'>, now: Date): Date => {
  const loud = createCalendar(office.timeZone, office.settings).loudFrom(now);
  return loud > now ? new Date(loud.getTime() + MINUTE_MS * 2) : now;
};
