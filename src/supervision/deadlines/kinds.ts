// Every kind of deadline there is, as data: what it is about, the SQL that says what is owed, and how its end is called. A new kind
// is one entry here, its ladder in bot-scripts/rules/deadlines.yaml, and its words in texts/*/reminders.yaml.
import { OPEN_STATES } from '../findings.ts';
import { EMERGENCY_KINDS } from './emergency-kinds.ts';
import { workdayAfter } from './workdays.ts';

/** What a deadline is about; `about.ts` finds the words for each. */
export type SubjectType = 'school' | 'finding' | 'notice' | 'emergency';

export interface DeadlineSpec {
  subject: SubjectType;
  /**
   * `instant`: due by the minute and told of at any hour, by the planner of instants; its offsets are minutes and hours, and in
   * `owed` due and known are a timestamptz each. Left out: due on a day, told of in the day's digest.
   */
  clock?: 'instant';
  /**
   * SQL of all that is owed today, and nothing else, as `subject_id, period, school_id, owner_id, due_on, known_on`:
   * `period` is what may recur about one subject, else ''; of the days up to and with `known_on` nothing is ever said.
   * Within reach are `$1` (the office: as a parameter, so that its indexes are used however many offices there are), `day`
   * (one row: today, floor = the day planned last, zone, settings jsonb, worked date[]), `own` (id: the office's active
   * schools) and `holder` (school_id, role, person_id, since: who holds a role at a school today, one each).
   */
  owed: string;
  /** SQL expression: what became of deadline `d` that is owed no more, 'met' or 'cancelled'; null leaves it as it is. `day` is within reach. */
  ended: string;
  /** Deadlines of one day that share a line: all of them, or those of one notice (left out). */
  gather?: 'day';
  /** What a rule's `when` may ask. */
  conditions?: readonly Condition[];
}

/** `none-visited`: while none of the owner's schools was visited in the deadline's month. */
export const CONDITIONS = ['none-visited'] as const;
export type Condition = (typeof CONDITIONS)[number];

const setting = (key: string) => `(day.settings ->> '${key}')::int`;
const held = (role: 'inspector' | 'principal', school: string) =>
  `left join holder h on h.school_id = ${school} and h.role = '${role}'`;
const states = (all: readonly string[]) => all.map((state) => `'${state}'`).join(', ');
/** The office or the area leader said that the school owes no visit in that month. */
const exempt = (school: string, month: string) =>
  `exists (select from visit_exemption e where e.school_id = ${school} and e.month = ${month} and e.undone_at is null)`;
const OPEN = states(OPEN_STATES);
/** States of a finding that wait for the inspector. */
const HANDED_IN = states(['submitted', 'under_review']);
/** Met, but for a finding that was taken back. */
const MET_UNLESS_GONE = `(select case when f.state in ('withdrawn', 'voided') then 'cancelled' else 'met' end
      from finding f where f.id = d.subject_id)`;
/** Later than that nobody enters a visit any more without the office, and the month stays as it was. */
const VISIT_DAYS = 62;

const KINDS = {
  /**
   * One a school and month (2013 and 2019 Measures), from the month planned last to this one; met by anybody's visits. A month that was
   * over before its inspector came is not hers.
   */
  'regular-visit': {
    subject: 'school',
    gather: 'day',
    conditions: ['none-visited'],
    owed: `
      select s.id, m.period, s.id, case when h.since <= m.last then h.person_id end, m.last, greatest(m.first - 1, h.since)
      from day
      cross join lateral (
        select g::date as first, (g + interval '1 month')::date - 1 as last, to_char(g, 'YYYY-MM') as period
        from generate_series(date_trunc('month', least(day.today - ${VISIT_DAYS}, day.floor)::timestamp), day.today::timestamp, '1 month') g) m
      cross join own s
      ${held('inspector', 's.id')}
      left join lateral (
        select count(*) as visits from visit v
        where v.school_id = s.id and v.visited_on between m.first and m.last and v.state <> 'voided') v on true
      where v.visits < ${setting('visit.minPerMonth')}
        and not day.settings -> 'visit.exemptMonths' @> to_jsonb(extract(month from m.first)::int)
        and not ${exempt('s.id', 'm.period')}
        and (m.last >= day.floor or exists (select from deadline d where d.office_id = $1
          and d.kind = 'regular-visit' and d.subject_id = s.id and d.period = m.period))`,
    ended: `case
      when d.due_on < least(day.today - ${VISIT_DAYS}, day.floor) then null
      when ${setting('visit.minPerMonth')} = 0
        or day.settings -> 'visit.exemptMonths' @> to_jsonb(extract(month from d.due_on)::int)
        or ${exempt('d.subject_id', 'd.period')}
        or not (select s.active from school s where s.id = d.subject_id) then 'cancelled'
      else 'met' end`,
  },
  /** One a finding that the school has a day for; an extension moves the day, a return opens it again. */
  rectification: {
    subject: 'finding',
    owed: `
      select f.id, '', f.school_id, h.person_id, f.due_on, (coalesce(n.issued_at, v.created_at) at time zone day.zone)::date
      from day
      join finding f on f.office_id = $1 and f.state in (${OPEN}) and f.due_on is not null
        and f.responsible_unit = ''
      join visit v on v.id = f.visit_id
      left join rectification_notice n on n.id = f.notice_id
      ${held('principal', 'f.school_id')}`,
    ended: `(select case when f.state in ('withdrawn', 'voided') or f.due_on is null or f.responsible_unit <> '' then 'cancelled' else 'met' end
      from finding f where f.id = d.subject_id)`,
  },
  /** A notice wants its signature (`rect.signWithinWorkdays`). */
  signature: {
    subject: 'notice',
    owed: `
      select n.id, '', n.school_id, h.person_id, ${workdayAfter('n.day', setting('rect.signWithinWorkdays'))}, n.day
      from day
      join lateral (select id, school_id, (issued_at at time zone day.zone)::date as day from rectification_notice
        where office_id = $1 and state = 'issued' and signed_at is null) n on true
      ${held('principal', 'n.school_id')}`,
    ended: `(select case when n.state = 'withdrawn' then 'cancelled' else 'met' end
      from rectification_notice n where n.id = d.subject_id)`,
  },
  /** What was handed in waits for the school's inspector (`rect.reviewWithinDays`, working days), round by round. */
  review: {
    subject: 'finding',
    owed: `
      select f.id, f.round::text, f.school_id, h.person_id, ${workdayAfter('f.day', setting('rect.reviewWithinDays'))}, f.day
      from day
      join lateral (select id, school_id, round, (submitted_at at time zone day.zone)::date as day from finding
        where office_id = $1 and state in (${HANDED_IN}) and submitted_at is not null) f on true
      ${held('inspector', 'f.school_id')}`,
    ended: `(select case when f.state in ('withdrawn', 'voided') then 'cancelled' else 'met' end
      from finding f where f.id = d.subject_id)`,
  },
  /** It goes on to the office (`rect.forwardToOfficeWithinDays`), forwarded or with the inspector's verdict, round by round. */
  forward: {
    subject: 'finding',
    owed: `
      select f.id, f.round::text, f.school_id, h.person_id, f.day + ${setting('rect.forwardToOfficeWithinDays')}, f.day
      from day
      join lateral (select id, school_id, round, (submitted_at at time zone day.zone)::date as day from finding
        where office_id = $1 and state in (${HANDED_IN}) and submitted_at is not null and forwarded_at is null) f on true
      ${held('inspector', 'f.school_id')}`,
    ended: MET_UNLESS_GONE,
  },
  /** A request for more time wants its answer (`rect.extensionAnswerWorkdays`): the inspector's; of a serious one the office's. */
  'extension-answer': {
    subject: 'finding',
    owed: `
      select f.id, e.id::text, f.school_id, case when f.disposition = 'serious' then null else h.person_id end,
             ${workdayAfter('e.day', setting('rect.extensionAnswerWorkdays'))}, e.day
      from day
      join finding f on f.office_id = $1 and f.state = 'extension_pending'
      join lateral (select id, (asked_at at time zone day.zone)::date as day from extension
        where finding_id = f.id and state = 'asked') e on true
      ${held('inspector', 'f.school_id')}`,
    ended: MET_UNLESS_GONE,
  },
  /** 协商意见书: a letter wants the answer of its department; the office that sent it sees to that, not the school. */
  consultation: {
    subject: 'finding',
    owed: `
      select f.id, c.id::text, f.school_id, c.asked_by, c.due_on, (c.asked_at at time zone day.zone)::date
      from day
      join consultation c on c.office_id = $1 and c.state = 'asked'
      join finding f on f.id = c.finding_id and f.state in (${OPEN})`,
    ended: `(select case when c.state = 'answered' then 'met' else 'cancelled' end from consultation c where c.id = d.period::uuid)`,
  },
  /** A serious finding wants the school's plan (`rect.planWithinDays` after its notice). */
  plan: {
    subject: 'finding',
    owed: `
      select f.id, '', f.school_id, h.person_id, n.day + ${setting('rect.planWithinDays')}, n.day
      from day
      join finding f on f.office_id = $1 and f.disposition = 'serious' and f.planned_at is null
        and f.state in (${OPEN})
      join lateral (select (issued_at at time zone day.zone)::date as day from rectification_notice
        where id = f.notice_id) n on n.day + ${setting('rect.planWithinDays')} < f.due_on
      ${held('principal', 'f.school_id')}`,
    ended: MET_UNLESS_GONE,
  },
  /** What passed review is looked back at (`rect.lookBackWithinDays` after the notice, or after the answer to a letter), each time that it passed. */
  'look-back': {
    subject: 'finding',
    owed: `
      select f.id, f.reopened::text, f.school_id, h.person_id,
             case when n.day is null then f.day + ${setting('rect.lookBackWithinDays')}
               else greatest(n.day + ${setting('rect.lookBackWithinDays')}, f.day + 1) end, f.day
      from day
      join lateral (select id, school_id, notice_id, reopened, (reviewed_at at time zone day.zone)::date as day from finding
        where office_id = $1 and state = 'accepted' and looked_back_at is null and reviewed_at is not null) f on true
      left join lateral (select (issued_at at time zone day.zone)::date as day from rectification_notice
        where id = f.notice_id) n on true
      ${held('inspector', 'f.school_id')}`,
    ended: MET_UNLESS_GONE,
  },
  ...EMERGENCY_KINDS,
} as const satisfies Record<string, DeadlineSpec>;

export type DeadlineKind = keyof typeof KINDS;
/** The same by name, for whoever asks about any of them. */
export const SPECS: Readonly<Record<DeadlineKind, DeadlineSpec>> = KINDS;
export const DEADLINE_KINDS = Object.keys(KINDS).filter((kind): kind is DeadlineKind => kind in KINDS);
/** Due at an instant, by the minute; all others are due on a day. */
export const isInstant = (kind: DeadlineKind): boolean => SPECS[kind].clock === 'instant';
