// What waits for a person, read in the first statement of her turn: findings to act on or to review, notices to sign, her latest records.
import { z } from 'zod';
import { OFFICE_SQL, officeFacts, UNCONFIRMED_SQL, unconfirmedNotice } from './notices/list.ts';

/** At most so many are told to the conversation; a person with more has a list of her own. */
const MOST = 50;
/** How far back a record can be named for a correction in chat. */
const VISITS = 12;

/** An SQL expression over `who.id` and `$9` (today): the JSON that `waitingFacts` reads. */
export const WAITING_SQL = `jsonb_build_object(
  'findings', (select coalesce(jsonb_agg(w order by w.due nulls last, w.id), '[]') from (
    select f.id, f.school_id as "schoolId", s.name as school, f.notice_id as "noticeId", n.year, n.number,
           f.item, f.text, f.state, f.due_on as due, a.role = 'principal' as "mineToFix"
    from assignment a
    join finding f on f.school_id = a.school_id
      and f.state = any(case a.role when 'principal'
        then array['issued', 'acknowledged', 'planned', 'returned', 'reopened', 'submitted', 'under_review']
        else array['submitted', 'under_review'] end)
    join school s on s.id = f.school_id
    left join rectification_notice n on n.id = f.notice_id
    where a.person_id = who.id and a.role in ('principal', 'inspector')
      and a.since <= $9::date and (a.until is null or a.until > $9::date)
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
    from visit v join school s on s.id = v.school_id
    where v.inspector_id = who.id and v.state <> 'voided'
    order by v.visited_on desc, v.id desc limit ${VISITS}) w),
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
  unconfirmed: z.array(unconfirmedNotice),
  ofOffice: officeFacts,
});
export type WaitingFacts = z.infer<typeof waitingFacts>;
