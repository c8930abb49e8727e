// The emergencies that a conversation knows of: those that concern its person and are not over.
import { z } from 'zod';

const MOST = 10;

/** An SQL expression over `who` and `$2` (the office): the JSON that `openEmergencies` reads. */
export const EMERGENCIES_SQL = `(select coalesce(json_agg(w order by w.at desc), '[]') from (
    select e.id, e.school_id as "schoolId", coalesce(s.name, '') as school, e.text, e.state, e.raised_at as at,
           e.raised_by = who.id as mine, t.ack_at is not null as heard
    from emergency e
    left join school s on s.id = e.school_id
    left join emergency_person t on t.emergency_id = e.id and t.person_id = who.id
    where e.office_id = $2 and e.state not in ('reviewed', 'called_off')
      and (t.person_id is not null or e.raised_by = who.id or who.roles && '{office,director}')
    order by e.raised_at desc limit ${MOST}) w)`;

export const openEmergencies = z.array(
  z.object({
    id: z.string(),
    schoolId: z.string().nullable(),
    school: z.string(),
    text: z.string(),
    state: z.string(),
    at: z.string(),
    mine: z.boolean(),
    heard: z.boolean(),
  }),
);
