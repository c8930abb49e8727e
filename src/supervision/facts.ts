// What waits for a person, read in the first statement of her turn: findings to act on or to review, notices to sign, her latest records.
import { z } from 'zod';
import { EMERGENCIES_SQL, openEmergencies } from './emergencies/facts.ts';
import { GROUPS_SQL, knownGroup } from './groups/list.ts';
import { OFFICE_SQL, officeFacts, RECEIVED_SQL, receivedNotice } from './notices/list.ts';
import { knownRobot, ROBOTS_SQL } from './robots/list.ts';

/** At most so many are told to the conversation; a person with more has a list of her own. */
const MOST = 50;
/** How far back a record can be named for a correction in chat. */
const VISITS = 12;
/** An office's clerk may name any of a month's. */
const OFFICE_VISITS = 200;

/** What a school asks about a finding: a new day, or that it be taken back. */
const ASKS = `case f.state
             when 'extension_pending' then (select json_build_object('due', e.asked_on, 'reason', e.reason)
               from extension e where e.finding_id = f.id and e.state = 'asked' limit 1)
             when 'objected' then json_build_object('due', null, 'reason', f.objection) end as asks`;

/** Its place on the paper of its notice, as the school sees it. */
const NTH = `(select count(*)::int from finding p where p.notice_id = f.notice_id and p.ordinal <= f.ordinal) as nth`;

/** The school has handed something in, whose photos may belong to what it still owes. */
const HANDED_IN = `exists (select 1 from finding h where h.school_id = f.school_id and h.state in ('submitted', 'under_review'))`;

/** Findings that wait for the school or for its inspector, by the assignments of `who`. */
const OF_HER_SCHOOLS = `
    select f.id, f.school_id as "schoolId", f.notice_id as "noticeId", n.year, n.number,
           f.item, f.text, f.state, f.due_on as due, a.role = 'principal' as "mineToFix", false as "forOffice",
           f.disposition, ${NTH}, ${ASKS}
    from assignment a
    join finding f on f.school_id = a.school_id
      and f.state = any(case a.role when 'principal'
        then array['issued', 'acknowledged', 'planned', 'returned', 'reopened', 'submitted', 'under_review',
                   'extension_pending', 'objected']
        else array['submitted', 'under_review', 'accepted', 'extension_pending', 'objected', 'sent_back', 'issued',
                   'acknowledged', 'planned', 'returned', 'reopened'] end)
      -- What is at a department is not the school's to settle.
      and not (a.role = 'principal' and f.responsible_unit <> '')
      and not (a.role = 'inspector' and (
        f.state in ('issued', 'acknowledged', 'planned', 'returned', 'reopened')
          and (f.state <> 'issued' or f.notice_id is not null or f.disposition = 'complex') and not ${HANDED_IN}
        or f.state = 'accepted' and f.looked_back_at is not null
        or f.state in ('extension_pending', 'objected') and f.disposition = 'serious'))
    left join rectification_notice n on n.id = f.notice_id
    where a.person_id = who.id and a.role in ('principal', 'inspector')
      and a.since <= $9::date and (a.until is null or a.until > $9::date)`;

/** Findings that wait for the office. */
const FOR_OFFICE = `
    select f.id, f.school_id as "schoolId", f.notice_id as "noticeId", n.year, n.number,
           f.item, f.text, f.state, f.due_on as due, false as "mineToFix", true as "forOffice",
           f.disposition, ${NTH}, ${ASKS}
    from finding f
    left join rectification_notice n on n.id = f.notice_id
    where who.roles && array['office', 'director'] and f.office_id = $2
      and (f.state = 'draft' or f.disposition = 'serious' and (f.state in ('extension_pending', 'objected')
           or f.state = 'accepted' and f.looked_back_at is not null))`;

const UNSIGNED = `
    select n.id, n.year, n.number, n.school_id as "schoolId", n.due_on as due
    from assignment a
    join rectification_notice n on n.school_id = a.school_id and n.state = 'issued'
    where a.person_id = who.id and a.role = 'principal'
      and a.since <= $9::date and (a.until is null or a.until > $9::date)
    limit ${MOST}`;

/** Those that her school's head left to her. */
const DELEGATED = `
    select n.id, n.year, n.number, n.school_id as "schoolId", n.due_on as due
    from rectification_notice n where n.delegate_id = who.id and n.state = 'issued' limit ${MOST}`;

const HER_VISITS = `(select v.id, v.school_id, v.visited_on from visit v
      where v.inspector_id = who.id and v.state <> 'voided' order by v.visited_on desc, v.id desc limit ${VISITS})`;
/** The office corrects anybody's, and in a closed month nobody else does. */
const OTHERS_VISITS = `(select o.id, o.school_id, o.visited_on from visit o
      where who.roles && array['office', 'director'] and o.office_id = $2 and o.inspector_id <> who.id
        and o.state <> 'voided' order by o.visited_on desc, o.id desc limit ${OFFICE_VISITS})`;

const visitsFrom = (visits: readonly string[]) => `
    select v.id, v.school_id as "schoolId", v.visited_on as date,
           coalesce(json_agg(json_build_object('year', n.year, 'number', n.number)) filter (where n.id is not null), '[]') as notices
    from (${visits.join(' union all ')}) v
    left join rectification_notice n on n.visit_id = v.id and n.state <> 'withdrawn'
    group by v.id, v.school_id, v.visited_on`;

/** What with numbered lines was sent her of late: the last reminder, with what each of her own lines is of (with none of her
 * own: of her schools' lines, or of the counts), and the last card with findings on it. */
const NUMBERED = `(select json_build_object('remindedAt', r.sent_at, 'lines', coalesce(r.lines, '[]'), 'cardAt', n.sent_at)
  from (select 'user:' || lower(who.user_id) as me) m
  left join lateral (
    select o.sent_at, (select json_agg(json_build_object('kind', l ->> 'kind', 'own', d.mine <> '[]',
        'no', coalesce(l ->> 'no', ''), 'school', l #>> '{schools,0}'))
      from (select o.payload #> '{told,data,mine}' as mine,
          (o.payload #> '{told,data,below}') || (o.payload #> '{told,data,counts}') as below) d,
        jsonb_array_elements(case when d.mine = '[]' then d.below else d.mine end) l) as lines
    from outbox o where o.office_id = $2 and o.recipient = m.me and o.sent_at > $8::timestamptz - interval '3 days' and o.call = 'digest'
    order by o.sent_at desc limit 1) r on true
  left join lateral (
    select max(o.sent_at) as sent_at from outbox o
    where o.office_id = $2 and o.recipient = m.me and o.sent_at > $8::timestamptz - interval '3 days'
      and o.key like any(array['notify-notice-' || repeat('_', 36) || '-' || who.id, 'notify-submitted-' || who.id || '-%',
        'notify-extension-asked-' || who.id || '-%', 'notify-objected-' || who.id || '-%'])) n on true)`;

const NOTHING = `'[]'::json`;
const listed = (sql: string, order: string) =>
  `(select coalesce(json_agg(w order by ${order}), '[]') from (${sql}) w)`;

export interface WaitingSql {
  /** One text per name: a prepared statement. */
  name: string;
  sql: string;
}

const known = new Map<string, WaitingSql>();

/**
 * An SQL expression over `who`, `$2` (the office), `$8` (the moment) and `$9` (today): the JSON that `waitingFacts` reads. It asks only what can
 * wait for someone with these roles, because it is a part of each message's first statement and its size alone costs time;
 * schools are ids in it, for their names stand in the roster that every process holds. `numbered`: a bare number was said, which
 * may be a line of a reminder or of a notice; nothing else asks for those.
 */
export function waitingSql(roles: readonly string[], { numbered }: { numbered: boolean }): WaitingSql {
  const some = (...wanted: string[]) => wanted.some((role) => roles.includes(role));
  const office = some('office', 'director');
  const assigned = some('inspector', 'principal');
  const signs = some('principal') ? UNSIGNED : some('school-inspector') ? DELEGATED : null;
  const files = office || some('inspector', 'area-leader');
  const groups = office || some('area-leader');
  const name = `waiting-${[assigned, signs === UNSIGNED, signs === DELEGATED, files, office, groups, numbered].map(Number).join('')}`;
  const ready = known.get(name);
  if (ready) return ready;
  const findings = [...(assigned ? [OF_HER_SCHOOLS] : []), ...(office ? [FOR_OFFICE] : [])];
  const visits = office ? [HER_VISITS, OTHERS_VISITS] : [HER_VISITS];
  const sql = `json_build_object(
  'findings', ${findings.length === 0 ? NOTHING : listed(`${findings.join(' union all ')} limit ${MOST}`, 'w.due nulls last, w.id')},
  'notices', ${signs ? listed(signs, 'w.number') : NOTHING},
  'visits', ${files ? listed(visitsFrom(visits), 'w.date desc, w.id desc') : NOTHING},
  'emergencies', ${EMERGENCIES_SQL},
  'received', ${RECEIVED_SQL},
  'numbered', ${numbered ? NUMBERED : 'null'},
  'ofOffice', ${office ? OFFICE_SQL : 'null'},
  'groups', ${groups ? GROUPS_SQL : NOTHING},
  'robots', ${office ? ROBOTS_SQL : NOTHING})`;
  const made = { name, sql };
  known.set(name, made);
  return made;
}

export const waitingFacts = z.object({
  findings: z.array(
    z.object({
      id: z.string(),
      schoolId: z.string(),
      noticeId: z.string().nullable(),
      year: z.number().nullable(),
      number: z.number().nullable(),
      nth: z.number(),
      item: z.string(),
      text: z.string(),
      state: z.string(),
      due: z.string().nullable(),
      mineToFix: z.boolean(),
      forOffice: z.boolean(),
      disposition: z.string(),
      asks: z.object({ due: z.string().nullable(), reason: z.string() }).nullable(),
    }),
  ),
  notices: z.array(
    z.object({ id: z.string(), year: z.number(), number: z.number(), schoolId: z.string(), due: z.string() }),
  ),
  visits: z.array(
    z.object({
      id: z.string(),
      schoolId: z.string(),
      date: z.string(),
      notices: z.array(z.object({ year: z.number(), number: z.number() })),
    }),
  ),
  emergencies: openEmergencies,
  received: z.array(receivedNotice),
  numbered: z
    .object({
      remindedAt: z.string().nullable(),
      lines: z.array(
        z.object({ kind: z.string(), own: z.boolean(), no: z.string(), school: z.string().nullable() }),
      ),
      cardAt: z.string().nullable(),
    })
    .nullable(),
  ofOffice: officeFacts,
  groups: z.array(knownGroup),
  robots: z.array(knownRobot),
});
export type WaitingFacts = z.infer<typeof waitingFacts>;
