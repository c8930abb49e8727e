// Brings the table of deadlines into line with the facts: what is owed now is opened, what was fulfilled, voided, withdrawn,
// extended or exempted is marked. From the facts' own tables, so that no act has to think of a deadline. One statement an office.
import type { Tx } from '../../store/store.ts';
import type { Calendar, Day } from '../calendar.ts';
import type { Settings } from '../settings.ts';
import { DEADLINE_KINDS, type DeadlineKind, isInstant, SPECS } from './kinds.ts';
import type { Policy } from './policy.ts';
import { workedDays } from './workdays.ts';

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

/** One statement for all kinds of one clock. */
function reconcileSql(kinds: readonly DeadlineKind[], instant: boolean): string {
  const names = kinds.map((kind) => `'${kind}'`).join(', ');
  const owed = kinds
    .map((kind) => `select '${kind}'::text, '${SPECS[kind].subject}'::text, o.* from (${SPECS[kind].owed}) o`)
    .join('\n  union all\n  ');
  const ended = kinds.map((kind) => `when '${kind}' then ${SPECS[kind].ended}`).join('\n    ');
  const due = instant ? 'due_at' : 'due_on';
  // What is due at an instant has its day as well, for its nudges' keys; and an emergency is told of however late it is known.
  const [columns, values] = instant
    ? [
        'due_on, settled_on, due_at, settled_at',
        '(o.due_at at time zone $4)::date, (o.known at time zone $4)::date, o.due_at, o.known',
      ]
    : ['due_on, settled_on', 'o.due_on, greatest($3::date, o.known)'];
  return `
with day as materialized (
  select $2::date as today, $3::date as floor, $4::text as zone, $5::jsonb as settings, $6::date[] as worked),
own as materialized (
  select id from school where office_id = $1 and active),
holder as materialized (
  select distinct on (a.school_id, a.role) a.school_id, a.role, a.person_id, a.since
  from assignment a join person p on p.id = a.person_id and p.office_id = $1 and p.active
  where a.office_id = $1 and a.since <= $2::date and (a.until is null or a.until > $2::date)
  order by a.school_id, a.role, p.user_key),
owed (kind, subject_type, subject_id, period, school_id, owner_id, ${due}, known) as materialized (
  ${owed}),
known as materialized (
  select d.*, o.kind is not null as owed from deadline d
  left join owed o on o.kind = d.kind and o.subject_id = d.subject_id and o.period = d.period
  where d.office_id = $1 and d.kind in (${names}) and (d.state = 'open' or o.kind is not null)),
opened as (
  insert into deadline as d (office_id, kind, subject_type, subject_id, period, school_id, owner_id, state, ${columns})
  select $1, o.kind, o.subject_type, o.subject_id, o.period, o.school_id, o.owner_id, 'open', ${values}
  from owed o left join known k on k.kind = o.kind and k.subject_id = o.subject_id and k.period = o.period
  where o.${due} is not null
    and (k.kind is null or (k.state, k.owner_id, k.school_id, k.${due}) is distinct from ('open', o.owner_id, o.school_id, o.${due}))
  on conflict (office_id, kind, subject_id, period) do update
    set state = 'open', owner_id = excluded.owner_id, school_id = excluded.school_id, due_on = excluded.due_on, due_at = excluded.due_at)
update deadline d set state = e.state
from (
  select d.kind, d.subject_id, d.period, case d.kind
    ${ended} end as state
  from known d, day where not d.owed) e
where d.office_id = $1 and d.kind = e.kind and d.subject_id = e.subject_id and d.period = e.period and e.state is not null`;
}

const DAYS = reconcileSql(
  DEADLINE_KINDS.filter((kind) => !isInstant(kind)),
  false,
);
const INSTANTS = reconcileSql(DEADLINE_KINDS.filter(isInstant), true);

/** Makes the office's deadlines agree with what it owes: new ones open, moved ones move, what is done or gone is settled. In one statement. */
export async function reconcile(of: Reckoning, clock: 'day' | 'instant' = 'day'): Promise<void> {
  await of.tx.sql(
    clock === 'day' ? DAYS : INSTANTS,
    [
      of.officeId,
      of.today.toString(),
      (of.plannedOn ?? of.today).toString(),
      of.timeZone,
      JSON.stringify(of.settings),
      workedDays(of.today, of.calendar),
    ],
    `deadline-reconcile-${clock}`,
  );
}
