// What the calendar does to months without being asked: the report when a month is over, the closing on the third working day (DOMAIN §3 a).
import { Temporal } from 'temporal-polyfill';
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import { peopleWith } from './access.ts';
import { type ActOffice, type Notification, OFFICE_ROLES } from './act.ts';
import type { Calendar, Day } from './calendar.ts';
import { readMonth, reportOf } from './month-report.ts';
import type { MonthReport } from './month-report-shape.ts';
import { closeMonthIn } from './months.ts';
import { endingSoon, onTerm } from './roster/ending.ts';

/** Working days of the next month after which a month is closed. */
const CLOSES_ON_WORKDAY = 3;
/** A planner that was away reports and closes this many months, not more. */
const MONTHS_BACK = 3;
/** Terms and credentials told of in one message. */
const SHOWN = 6;

export interface MonthRun {
  tx: Pick<Tx, 'sql'>;
  office: ActOffice;
  calendar: Calendar;
  today: Day;
  /** The day planned before this one: a month that was over by then was told of by then. */
  plannedOn: Day;
  now: Date;
}

export interface ToldOfMonth {
  to: { id: string; userId: string; name: string };
  notification: Notification;
}

/** Reports the months that ended since the last run, and closes those whose time has come. */
export async function runMonths(run: MonthRun): Promise<ToldOfMonth[]> {
  const told: ToldOfMonth[] = [];
  const { today, plannedOn } = run;
  for (let back = MONTHS_BACK; back >= 1; back--) {
    const month = today.toPlainYearMonth().subtract({ months: back });
    const next = month.add({ months: 1 }).toPlainDate({ day: 1 });
    if (Temporal.PlainDate.compare(plannedOn, next) < 0) {
      told.push(...(await report(run, month.toString())));
      if (back === 1) told.push(...(await ending(run)));
    }
    const closes = closingDay(run.calendar, month);
    const due = Temporal.PlainDate.compare(today, closes) >= 0;
    if (due && Temporal.PlainDate.compare(plannedOn, closes) < 0) await close(run, month.toString());
  }
  return told;
}

/** The third working day of the month after. */
function closingDay(calendar: Calendar, month: Temporal.PlainYearMonth): Day {
  return calendar.addWorkdays(
    month.toPlainDate({ day: 1 }).add({ months: 1 }).subtract({ days: 1 }),
    CLOSES_ON_WORKDAY,
  );
}

async function report({ tx, office, today, now }: MonthRun, month: string): Promise<ToldOfMonth[]> {
  const all = await readMonth(tx, office, month, today);
  const nothing = all.wholeExempt && all.schools.every(({ visits }) => visits === 0);
  if (nothing || all.schools.length === 0) return [];
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  await tx.sql(
    `insert into office_month (office_id, month, reported_at) values ($1, $2, $3)
     on conflict (office_id, month) do update set reported_at = coalesce(office_month.reported_at, excluded.reported_at)`,
    [office.id, month, now],
    'month-reported',
  );
  await tx.sql(
    `update visit set state = 'reported'
     where office_id = $1 and state = 'confirmed' and visited_on >= $2::date and visited_on < $3::date`,
    [office.id, first.toString(), first.add({ months: 1 }).toString()],
    'month-visits-reported',
  );
  const areas = await tx.sql<{ id: string; name: string; leader: string; userId: string; person: string }>(
    `select a.id, a.name, p.id as leader, p.user_id as "userId", p.name as person
     from person p join area a on a.id = p.area_id
     where p.office_id = $1 and p.active and 'area-leader' = any(p.roles) and not p.roles && '{office,director}'
     order by p.user_key`,
    [office.id],
    'month-leaders',
  );
  const word = (data: MonthReport, personId: string): Notification => ({
    personId,
    key: 'visits.month-report',
    data: { ...data },
    dedup: `month-report-${month}-${personId}`,
  });
  const whole = reportOf(all, { scope: 'office', name: office.name, has: () => true });
  const above = await peopleWith({ tx, office }, OFFICE_ROLES);
  return [
    ...areas.map(({ id, name, leader, userId, person }) => ({
      to: { id: leader, userId, name: person },
      notification: word(
        reportOf(all, { scope: 'area', name, has: (school) => school.areaId === id }),
        leader,
      ),
    })),
    ...above.map((to) => ({ to, notification: word(whole, to.id) })),
  ];
}

/** Once a month, to the office: whose term or credential ends within 60 days; nothing when nobody's does. */
async function ending({ tx, office, today }: MonthRun): Promise<ToldOfMonth[]> {
  const soon = endingSoon(await onTerm(tx, office.id), office.settings, today);
  if (soon.length === 0) return [];
  const data = { ending: soon.slice(0, SHOWN), more: Math.max(0, soon.length - SHOWN) };
  const above = await peopleWith({ tx, office }, OFFICE_ROLES);
  return above.map((to) => ({
    to,
    notification: {
      personId: to.id,
      key: 'visits.ending',
      data,
      dedup: `terms-ending-${today.toPlainYearMonth()}-${to.id}`,
    },
  }));
}

async function close({ tx, office, now }: MonthRun, month: string): Promise<void> {
  const { closed, visits } = await closeMonthIn(tx, { officeId: office.id, month, now, byId: null });
  if (!closed) return;
  await tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, school_id, before, after)
     values ($1, $2, $3, null, null, 'month.closed', 'office', $2, null, null, $4)`,
    [newId(), office.id, now, JSON.stringify({ month, visits })],
    'month-closed-audit',
  );
}
