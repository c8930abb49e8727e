// What waits for a person, read in the first statement of her turn: findings to act on or to review, notices to sign, her latest records.
import { z } from 'zod';
import { EMERGENCIES_SQL, openEmergencies } from './emergencies/facts.ts';
import { OFFICE_SQL, officeFacts, UNCONFIRMED_SQL, unconfirmedNotice } from './notices/list.ts';

/** At most so many are told to the conversation; a person with more has a list of her own. */
const MOST = 50;
/** How far back a record can be named for a correction in chat. */
const VISITS = 12;
/** An office's clerk may name any of a month's. */
const OFFICE_VISITS = 200;

/** What a school asks about a finding: a new day, or that it be taken back. */
const ASKS = `case f.state
             when 'extension_pending' then (select jsonb_build_object('due', e.asked_on, 'reason', e.reason)
               from extension e where e.finding_id = f.id and e.state = 'asked' limit 1)
             when 'objected' then jsonb_build_object('due', null, 'reason', f.objection) end as asks`;

/** An SQL expression over `who`, `$2` (the office) and `$9` (today): the JSON that `waitingFacts` reads. */
export const WAITING_SQL = `jsonb_build_object(
  'findings', (select coalesce(jsonb_agg(w order by w.due nulls last, w.id), '[]') from (
    select f.id, f.school_id as "schoolId", s.name as school, f.notice_id as "noticeId", n.year, n.number,
           f.item, f.text, f.state, f.due_on as due, a.role = 'principal' as "mineToFix", false as "forOffice",
           f.disposition, ${ASKS}
    from assignment a
    join finding f on f.school_id = a.school_id
      and f.state = any(case a.role when 'principal'
        then array['issued', 'acknowledged', 'planned', 'returned', 'reopened', 'submitted', 'under_review',
                   'extension_pending', 'objected']
        else array['submitted', 'under_review', 'accepted', 'extension_pending', 'objected', 'sent_back', 'issued'] end)
      and not (a.role = 'inspector' and (f.state = 'issued' and (f.notice_id is not null or f.disposition = 'complex')
        or f.state = 'accepted' and f.looked_back_at is not null
        or f.state in ('extension_pending', 'objected') and f.disposition = 'serious'))
    join school s on s.id = f.school_id
    left join rectification_notice n on n.id = f.notice_id
    where a.person_id = who.id and a.role in ('principal', 'inspector')
      and a.since <= $9::date and (a.until is null or a.until > $9::date)
    union all
    select f.id, f.school_id, s.name, f.notice_id, n.year, n.number, f.item, f.text, f.state, f.due_on, false, true,
           f.disposition, ${ASKS}
    from finding f join school s on s.id = f.school_id
    left join rectification_notice n on n.id = f.notice_id
    where who.roles && array['office', 'director'] and f.office_id = $2
      and (f.state = 'draft' or f.disposition = 'serious' and (f.state in ('extension_pending', 'objected')
           or f.state = 'accepted' and f.looked_back_at is not null))
    limit ${MOST}) w),
  'notices', (select coalesce(jsonb_agg(w order by w.number), '[]') from (
    select n.id, n.year, n.number, s.name as school, n.due_on as due
    from assignment a
    join rectification_notice n on n.school_id = a.school_id and n.state = 'issued'
    join school s on s.id = n.school_id
    where a.person_id = who.id and a.role = 'principal'
      and a.since <= $9::date and (a.until is null or a.until > $9::date)
    limit ${MOST}) w),
  'visits', (select coalesce(jsonb_agg(w order by w.date desc, w.id desc), '[]') from (
    select v.id, v.school_id as "schoolId", s.name as school, v.visited_on as date,
           (select coalesce(jsonb_agg(jsonb_build_object('year', n.year, 'number', n.number)), '[]')
            from rectification_notice n where n.visit_id = v.id and n.state <> 'withdrawn') as notices
    from (
      (select * from visit where inspector_id = who.id and state <> 'voided' order by visited_on desc, id desc limit ${VISITS})
      union all
      -- The office corrects anybody's, and in a closed month nobody else does.
      (select o.* from visit o where who.roles && array['office', 'director'] and o.office_id = $2 and o.inspector_id <> who.id
         and o.state <> 'voided' order by o.visited_on desc, o.id desc limit ${OFFICE_VISITS})) v
    join school s on s.id = v.school_id
    order by v.visited_on desc, v.id desc) w),
  'emergencies', ${EMERGENCIES_SQL},
  'unconfirmed', ${UNCONFIRMED_SQL},
  'ofOffice', ${OFFICE_SQL})`;

export const waitingFacts = z.object({
  findings: z.array(
    z.object({
      id: z.string(),
      schoolId: z.string(),
      school: z.string(),
      noticeId: z.string().nullable(),
      year: z.number().nullable(),
      number: z.number().nullable(),
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
    z.object({ id: z.string(), year: z.number(), number: z.number(), school: z.string(), due: z.string() }),
  ),
  visits: z.array(
    z.object({
      id: z.string(),
      schoolId: z.string(),
      school: z.string(),
      date: z.string(),
      notices: z.array(z.object({ year: z.number(), number: z.number() })),
    }),
  ),
  emergencies: openEmergencies,
  unconfirmed: z.array(unconfirmedNotice),
  ofOffice: officeFacts,
});
export type WaitingFacts = z.infer<typeof waitingFacts>;
