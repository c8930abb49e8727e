// What an emergency owes (DOMAIN §3 f): an answer within minutes, a first report in writing, a word a day until it is contained,
// a closing report within a week, and the office's look at it.
import type { DeadlineSpec } from './kinds.ts';
import { workdayAfter } from './workdays.ts';

/** Who writes: the school's head, else its inspector, else whoever raised it. */
const WRITER = `coalesce(
  (select h.person_id from holder h where h.school_id = e.school_id and h.role = 'principal'),
  (select h.person_id from holder h where h.school_id = e.school_id and h.role = 'inspector'), e.raised_by)`;
/** At which local time a day's word is asked for; not on the hour, there everybody pushes. */
const DAILY_AT = '09:05';
const CLOSING_DAYS = 7;
/** The office's own look, in working days after the closing report. */
const REVIEW_WORKDAYS = '3';

const open = `from day join emergency e on e.office_id = $1`;
const ended = `(select case when e.state = 'called_off' then 'cancelled' else 'met' end from emergency e where e.id = d.subject_id)`;

export const EMERGENCY_KINDS = {
  /** Owed by all who were told, to whoever raised it: she is the `owner`, who hears that nobody answered. */
  'emergency-answer': {
    subject: 'emergency',
    clock: 'instant',
    owed: `select e.id, '', e.school_id, e.raised_by, e.raised_at, e.raised_at ${open} and e.state = 'raised'`,
    ended,
  },
  'emergency-report': {
    subject: 'emergency',
    clock: 'instant',
    owed: `
      select e.id, '', e.school_id, ${WRITER},
             e.raised_at + (day.settings ->> 'emergency.writtenReportHours')::int * interval '1 hour', e.raised_at
      ${open} and e.reported_at is null and e.state not in ('closed', 'reviewed', 'called_off')`,
    ended,
  },
  /** The morning after each day on which something was last said. */
  'emergency-follow-up': {
    subject: 'emergency',
    clock: 'instant',
    owed: `
      select e.id, to_char(n.morning, 'YYYY-MM-DD'), e.school_id, ${WRITER}, n.morning at time zone day.zone, e.last_note_at
      ${open} and e.contained_at is null and e.state not in ('closed', 'reviewed', 'called_off')
      cross join lateral (
        select (e.last_note_at at time zone day.zone)::date + 1 + time '${DAILY_AT}' as morning) n`,
    ended,
  },
  'emergency-closing': {
    subject: 'emergency',
    owed: `
      select e.id, '', e.school_id, ${WRITER}, (e.raised_at at time zone day.zone)::date + ${CLOSING_DAYS},
             (e.raised_at at time zone day.zone)::date
      ${open} and e.state not in ('closed', 'reviewed', 'called_off')`,
    ended,
  },
  'emergency-review': {
    subject: 'emergency',
    owed: `
      select e.id, '', e.school_id, null::uuid, ${workdayAfter('(e.closed_at at time zone day.zone)::date', REVIEW_WORKDAYS)},
             (e.closed_at at time zone day.zone)::date
      ${open} and e.state = 'closed'`,
    ended,
  },
} as const satisfies Record<string, DeadlineSpec>;
