// Brings the table of deadlines into line with the facts: what is owed now is opened, what was fulfilled, voided, withdrawn,
// extended or exempted is marked. From the facts' own tables, so that no act has to think of a deadline.
import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../store/store.ts';
import type { Calendar, Day } from '../calendar.ts';
import { OPEN_STATES } from '../findings.ts';
import type { Settings } from '../settings.ts';
import { type DeadlineKind, nudgeDay, type Policy } from './policy.ts';

export interface Reckoning {
  tx: Pick<Tx, 'sql'>;
  officeId: string;
  timeZone: string;
  today: Day;
  /** The day planned last; null for the first time: then nothing that lies before today, or today, is ever told. */
  plannedOn: Day | null;
  settings: Settings;
  calendar: Calendar;
  policy: Policy;
}

/** Who holds a role at each school on `$2`, one each. */
const HOLDER = (role: 'inspector' | 'principal', alias: string) => `
  left join lateral (
    select p.id, a.since from assignment a join person p on p.id = a.person_id and p.active
    where a.school_id = s.id and a.role = '${role}' and a.since <= $2::date and (a.until is null or a.until > $2::date)
    order by p.user_key limit 1) ${alias} on true`;

/** States of a finding that wait for the inspector. */
const HANDED_IN = ['submitted', 'under_review'];

export async function reconcile(of: Reckoning): Promise<void> {
  await visits(of);
  await rectifications(of);
  await signatures(of);
  await reviews(of);
  await nextNudges(of);
}

/** One a school and month (2013 and 2019 Measures), from the month planned last to this one; met by anybody's visits. */
async function visits({ tx, officeId, today, plannedOn, settings, calendar }: Reckoning): Promise<void> {
  const { from: thisMonth } = calendar.month(today);
  const first = plannedOn ? calendar.month(plannedOn).from : thisMonth;
  const months: string[] = [];
  for (let month = first; Temporal.PlainDate.compare(month, thisMonth) <= 0; month = month.add({ months: 1 }))
    if (!calendar.isExempt(month)) months.push(month.toString());
  const least = settings['visit.minPerMonth'];
  const floor = (plannedOn ?? today).toString();
  await tx.sql(
    `insert into deadline (office_id, kind, subject_type, subject_id, period, school_id, owner_id, due_on, settled_on)
     select $1, 'regular-visit', 'school', s.id, to_char(m.day, 'YYYY-MM'), s.id, i.id,
            (m.day + interval '1 month')::date - 1, greatest($4::date, m.day - 1, i.since)
     from school s cross join unnest($3::date[]) as m(day) ${HOLDER('inspector', 'i')}
     where s.office_id = $1 and s.active and $5 > 0
     on conflict do nothing`,
    [officeId, today.toString(), months, floor, least],
    'deadline-open-visits',
  );
  // Two months back: later than that nobody enters a visit any more without the office.
  await tx.sql(
    `update deadline d set state = n.state, owner_id = n.owner_id
     from (
       select d.subject_id, d.period, i.id as owner_id,
              case when not s.active or $3 = 0 or extract(month from d.due_on)::int = any($4::int[]) then 'cancelled'
                   when (select count(*) from visit v where v.school_id = s.id and v.state <> 'voided'
                           and v.visited_on between date_trunc('month', d.due_on)::date and d.due_on) >= $3 then 'met'
                   else 'open' end as state
       from deadline d join school s on s.id = d.subject_id ${HOLDER('inspector', 'i')}
       where d.office_id = $1 and d.kind = 'regular-visit' and d.due_on >= $2::date - 62) n
     where d.office_id = $1 and d.kind = 'regular-visit' and d.subject_id = n.subject_id and d.period = n.period
       and (d.state, d.owner_id) is distinct from (n.state, n.owner_id)`,
    [officeId, today.toString(), least, settings['visit.exemptMonths']],
    'deadline-visits',
  );
}

/** One a finding that the school has a day for; an extension moves the day, a return opens it again. */
async function rectifications({ tx, officeId, timeZone, today, plannedOn }: Reckoning): Promise<void> {
  await tx.sql(
    `insert into deadline (office_id, kind, subject_type, subject_id, school_id, owner_id, due_on, settled_on)
     select $1, 'rectification', 'finding', f.id, s.id, h.id, f.due_on,
            greatest($3::date, (coalesce(n.issued_at, v.created_at) at time zone $4)::date)
     from school s join finding f on f.school_id = s.id and f.state = any($5::text[]) and f.due_on is not null
     join visit v on v.id = f.visit_id left join rectification_notice n on n.id = f.notice_id
     ${HOLDER('principal', 'h')}
     where s.office_id = $1 and not exists (select from deadline d where d.office_id = $1
       and d.kind = 'rectification' and d.subject_id = f.id)
     on conflict do nothing`,
    [officeId, today.toString(), (plannedOn ?? today).toString(), timeZone, OPEN_STATES],
    'deadline-open-rectifications',
  );
  await tx.sql(
    `update deadline d set state = n.state, owner_id = n.owner_id, due_on = n.due_on
     from (
       select d.subject_id, h.id as owner_id, coalesce(f.due_on, d.due_on) as due_on,
              case when f.state = any($3::text[]) and f.due_on is not null then 'open'
                   when f.state in ('withdrawn', 'voided') or f.due_on is null then 'cancelled' else 'met' end as state
       from deadline d join finding f on f.id = d.subject_id join school s on s.id = d.school_id
       ${HOLDER('principal', 'h')}
       where d.office_id = $1 and d.kind = 'rectification' and (d.state = 'open' or f.state = any($3::text[]))) n
     where d.office_id = $1 and d.kind = 'rectification' and d.subject_id = n.subject_id
       and (d.state, d.owner_id, d.due_on) is distinct from (n.state, n.owner_id, n.due_on)`,
    [officeId, today.toString(), OPEN_STATES],
    'deadline-rectifications',
  );
}

/** Working days are the calendar's business: each day on which something began, and the day it is due. */
function dueDays(
  { calendar }: Reckoning,
  rows: readonly { day: string }[],
  workdays: number,
): [string[], string[]] {
  const due = ({ day }: { day: string }) => calendar.addWorkdays(Temporal.PlainDate.from(day), workdays);
  return [rows.map(({ day }) => day), rows.map((row) => due(row).toString())];
}

/** A notice wants its signature (`rect.signWithinWorkdays`). */
async function signatures(of: Reckoning): Promise<void> {
  const { tx, officeId, timeZone, today, plannedOn, settings } = of;
  const rows = await tx.sql<{ day: string }>(
    `select distinct (n.issued_at at time zone $2)::date as day from rectification_notice n
     where n.office_id = $1 and n.state = 'issued' and n.signed_at is null`,
    [officeId, timeZone],
    'deadline-issued-days',
  );
  const [days, due] = dueDays(of, rows, settings['rect.signWithinWorkdays']);
  await tx.sql(
    `insert into deadline (office_id, kind, subject_type, subject_id, school_id, owner_id, due_on, settled_on)
     select $1, 'signature', 'notice', n.id, s.id, h.id, m.due, greatest($3::date, m.day)
     from school s join rectification_notice n on n.school_id = s.id and n.state = 'issued' and n.signed_at is null
     join unnest($5::date[], $6::date[]) as m(day, due) on m.day = (n.issued_at at time zone $4)::date
     ${HOLDER('principal', 'h')}
     where s.office_id = $1
     on conflict do nothing`,
    [officeId, today.toString(), (plannedOn ?? today).toString(), timeZone, days, due],
    'deadline-open-signatures',
  );
  await tx.sql(
    `update deadline d set state = n.state, owner_id = n.owner_id
     from (
       select d.subject_id, h.id as owner_id,
              case when t.state = 'withdrawn' then 'cancelled'
                   when t.signed_at is not null or t.state <> 'issued' then 'met' else 'open' end as state
       from deadline d join rectification_notice t on t.id = d.subject_id join school s on s.id = d.school_id
       ${HOLDER('principal', 'h')}
       where d.office_id = $1 and d.kind = 'signature' and d.state = 'open') n
     where d.office_id = $1 and d.kind = 'signature' and d.subject_id = n.subject_id
       and (d.state, d.owner_id) is distinct from (n.state, n.owner_id)`,
    [officeId, today.toString()],
    'deadline-signatures',
  );
}

/** What was handed in waits for the school's inspector (`rect.reviewWithinDays`, working days), round by round. */
async function reviews(of: Reckoning): Promise<void> {
  const { tx, officeId, timeZone, today, plannedOn, settings } = of;
  const rows = await tx.sql<{ day: string }>(
    `select distinct (f.submitted_at at time zone $2)::date as day
     from school s join finding f on f.school_id = s.id and f.state = any($3::text[]) and f.submitted_at is not null
     where s.office_id = $1`,
    [officeId, timeZone, HANDED_IN],
    'deadline-handed-in-days',
  );
  const [days, due] = dueDays(of, rows, settings['rect.reviewWithinDays']);
  await tx.sql(
    `insert into deadline (office_id, kind, subject_type, subject_id, period, school_id, owner_id, due_on, settled_on)
     select $1, 'review', 'finding', f.id, f.round::text, s.id, i.id, m.due, greatest($3::date, m.day)
     from school s join finding f on f.school_id = s.id and f.state = any($7::text[])
     join unnest($5::date[], $6::date[]) as m(day, due) on m.day = (f.submitted_at at time zone $4)::date
     ${HOLDER('inspector', 'i')}
     where s.office_id = $1
     on conflict do nothing`,
    [officeId, today.toString(), (plannedOn ?? today).toString(), timeZone, days, due, HANDED_IN],
    'deadline-open-reviews',
  );
  await tx.sql(
    `update deadline d set state = n.state, owner_id = n.owner_id
     from (
       select d.subject_id, d.period, i.id as owner_id,
              case when f.state in ('withdrawn', 'voided') then 'cancelled'
                   when f.state = any($3::text[]) and f.round::text = d.period then 'open' else 'met' end as state
       from deadline d join finding f on f.id = d.subject_id join school s on s.id = d.school_id
       ${HOLDER('inspector', 'i')}
       where d.office_id = $1 and d.kind = 'review' and d.state = 'open') n
     where d.office_id = $1 and d.kind = 'review' and d.subject_id = n.subject_id and d.period = n.period
       and (d.state, d.owner_id) is distinct from (n.state, n.owner_id)`,
    [officeId, today.toString(), HANDED_IN],
    'deadline-reviews',
  );
}

/** When each open deadline is next spoken of, by today's policy: a changed one counts from here on. */
export async function nextNudges({ tx, officeId, calendar, policy }: Reckoning): Promise<void> {
  const dues = await tx.sql<{ kind: DeadlineKind; due: string }>(
    `select distinct kind, due_on as due from deadline where office_id = $1 and state = 'open'`,
    [officeId],
    'deadline-dues',
  );
  const days = dues.flatMap(({ kind, due }) =>
    policy[kind].nudges.flatMap(({ at }) => {
      const day = nudgeDay(at, Temporal.PlainDate.from(due), calendar);
      return day ? [{ kind, due, day: day.toString() }] : [];
    }),
  );
  await tx.sql(
    `update deadline d set next_nudge_on = n.day
     from (
       select d.kind, d.subject_id, d.period,
              (select min(m.day) from unnest($2::text[], $3::date[], $4::date[]) as m(kind, due, day)
               where m.kind = d.kind and m.due = d.due_on and m.day > d.settled_on) as day
       from deadline d where d.office_id = $1 and d.state = 'open') n
     where d.office_id = $1 and d.kind = n.kind and d.subject_id = n.subject_id and d.period = n.period
       and d.next_nudge_on is distinct from n.day`,
    [officeId, days.map(({ kind }) => kind), days.map(({ due }) => due), days.map(({ day }) => day)],
    'deadline-next',
  );
}
