// Which months an office has closed, when and by whom, as the talk of its people knows them.
import { z } from 'zod';

/** Older ones are hardly spoken of; the act itself refuses them. */
const LATEST = 24;

/** An SQL expression over `$2` (the office). No name: it closed by itself. */
export const CLOSED_SQL = `(select coalesce(json_agg(w order by w.month desc), '[]') from (
    select m.month, m.closed_at as at, coalesce(p.name, '') as by
    from office_month m left join person p on p.id = m.closed_by
    where m.office_id = $2 and m.closed_at is not null order by m.month desc limit ${LATEST}) w)`;

export const closedMonth = z.object({ month: z.string(), at: z.string(), by: z.string() });
export type ClosedMonth = z.infer<typeof closedMonth>;
