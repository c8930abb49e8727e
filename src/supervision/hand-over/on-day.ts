// The day of a hand-over has come: it is carried out at that day's first minute, and told of in the morning. What cannot be any more
// (the school closed, the taker left or has to keep away) is not done, and the office is told why.
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import type { Store, Tx } from '../../store/store.ts';
import { peopleWith } from '../access.ts';
import { type ActOffice, type Notification, OFFICE_ROLES } from '../act.ts';
import { createCalendar } from '../calendar.ts';
import type { Digest } from '../deadlines/plan.ts';
import { sendAt } from '../deadlines/timing.ts';
import { officeById } from '../roster/current.ts';
import { officeSettings, type SettingRules } from '../settings.ts';
import { carryOut, type Moved } from './move.ts';
import { tell } from './tell.ts';

interface Due {
  id: string;
  officeId: string;
  schoolId: string;
  school: string;
  userId: string;
  to: string;
  since: string;
}

export interface Done {
  /** Of the schools handed over, and of those that could not be. */
  done: string[];
  failed: string[];
  /** To be made at once; those that wait for the morning the sweep finds then. */
  papers: { paperId: string }[];
}

/** Writes what is to be said in the transaction in which it was done. */
export type DeliverHandOver = (tx: Tx, told: readonly Digest[]) => Promise<void>;

/**
 * Carries out what is due for the next person who takes over, all her schools in one transaction, so that she hears of them once;
 * what another process has in hand is left to it. Null: there is none.
 */
export function handOverNext(
  store: Store,
  rules: SettingRules,
  now: Date,
  deliver: DeliverHandOver,
): Promise<Done | null> {
  return store.transaction(async (tx) => {
    const all = await tx.sql<Due>(
      `with next as (
         select h.office_id, h.to_id, h.from_on from hand_over h join office o on o.id = h.office_id
         where h.state = 'planned' and h.from_on <= ($1::timestamptz at time zone o.time_zone)::date
         order by h.from_on, h.id limit 1 for update of h skip locked)
       select h.id, h.office_id as "officeId", h.school_id as "schoolId", s.name as school, p.user_id as "userId", p.name as to,
         h.from_on as since
       from next n join hand_over h on (h.office_id, h.to_id, h.from_on) = (n.office_id, n.to_id, n.from_on) and h.state = 'planned'
       join school s on s.id = h.school_id join person p on p.id = h.to_id
       order by s.code for update of h skip locked`,
      [now],
      'hand-over-due',
    );
    const [due] = all;
    const stored = due && (await officeById(tx, due.officeId));
    if (!stored) return null;
    const { id, slug, name, short, timeZone } = stored;
    const { settings } = officeSettings(rules, stored.settings);
    const office: ActOffice = { id, slug, name, short, timeZone, settings };
    const calendar = createCalendar(timeZone, settings);
    const told: Notification[] = [];
    const papers: Done['papers'] = [];
    // A few messages only: by day they leave at once, of a night they wait for the morning like the reminders.
    const tellAt = (personId: string) => (calendar.isQuiet(now) ? sendAt(now, personId, calendar) : now);
    const context = {
      ...{ tx, office, now, today: calendar.today(now), actor: null, inboxId: null },
      notify: (notification: Notification) => told.push(notification),
      wanted: (paperId: string) => papers.push({ paperId }),
      paperAt: tellAt,
    };
    const moved: Moved[] = [];
    const failed: string[] = [];
    for (const one of all) {
      const why = await carryOut(context, one).then(
        (done) => {
          moved.push(done);
          return null;
        },
        (err: unknown) => {
          if (err instanceof AppError) return err.code;
          throw err;
        },
      );
      await tx.sql(
        `update hand_over set state = $2, ended_at = $3, why = $4 where id = $1`,
        [one.id, why === null ? 'done' : 'failed', now, why],
        'hand-over-done',
      );
      if (why === null) continue;
      failed.push(one.id);
      told.push(...(await tellFailed(tx, one, why, { office, now })));
    }
    await tell(context, moved);
    const people = await tx.sql<{ id: string; userId: string; name: string }>(
      `select id, user_id as "userId", name from person where id = any($1::uuid[]) and active`,
      [told.map(({ personId }) => personId)],
      'hand-over-people',
    );
    await deliver(
      tx,
      told.flatMap((notification): Digest[] => {
        const to = people.find((person) => person.id === notification.personId);
        const at = tellAt(notification.personId);
        return to ? [{ office, to, notification, today: calendar.dayOf(at), sendAt: at }] : [];
      }),
    );
    const done = all.flatMap(({ id: one }) => (failed.includes(one) ? [] : [one]));
    return { done, failed, papers: calendar.isQuiet(now) ? [] : papers };
  });
}

/** It stays on record that it was meant, and why it was not done. */
async function tellFailed(
  tx: Tx,
  due: Due,
  why: string,
  { office, now }: { office: ActOffice; now: Date },
): Promise<Notification[]> {
  const data = { school: due.school, to: due.to, since: due.since, why };
  await tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, school_id, before, after)
     values ($1, $2, $3, null, null, 'assignment.plan-failed', 'school', $4, $4, $5, $6)`,
    [
      newId(),
      office.id,
      now,
      due.schoolId,
      JSON.stringify({ to: due.to, since: due.since }),
      JSON.stringify({ why }),
    ],
    'hand-over-failed',
  );
  const above = await peopleWith({ tx, office }, OFFICE_ROLES);
  return above.map(({ id }) => ({
    personId: id,
    key: 'hand-over.failed',
    data,
    dedup: `hand-over-${due.id}-failed-${id}`,
  }));
}
