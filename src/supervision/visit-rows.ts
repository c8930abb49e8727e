// Visits as rows of a sheet or a form: everything that was filed about each, with its companions and what it found.
import type { Tx } from '../store/store.ts';

export interface VisitRow {
  id: string;
  schoolId: string;
  school: string;
  area: string;
  stage: string;
  day: string;
  session: string | null;
  inspector: string;
  companions: string[];
  methods: string[];
  /** How often each was used, by code, as far as it was said. */
  methodCounts: Record<string, number>;
  items: string[];
  lessons: number | null;
  findings: number;
  highlight: string;
  advice: string;
  narrative: string;
  backfilled: boolean;
  createdAt: Date;
  readAt: Date | null;
}

export interface VisitAsk {
  officeId: string;
  schoolIds: readonly string[];
  from: string | null;
  to: string | null;
  /** Filed by her, or made in her company. */
  personId?: string | undefined;
  /** Of these only those in sight. */
  ids?: readonly string[] | undefined;
  /** Exactly these, wherever they were. */
  visitIds?: readonly string[] | undefined;
}

/** By day, newest last. Voided visits are not part of it. */
export function visitRows(tx: Pick<Tx, 'sql'>, ask: VisitAsk): Promise<VisitRow[]> {
  return tx.sql<VisitRow>(
    `select v.id, s.id as "schoolId", s.name as school, a.name as area, s.kind as stage, v.visited_on as day, v.session,
       p.name as inspector,
       array(select c.name from visit_companion vc join person c on c.id = vc.person_id where vc.visit_id = v.id order by c.name)
         as companions,
       v.methods, v.method_counts as "methodCounts", v.items, v.lessons,
       (select count(*)::int from finding f where f.visit_id = v.id and f.state not in ('voided', 'withdrawn')) as findings,
       v.highlight, v.advice, v.narrative, v.backfilled, v.created_at as "createdAt", v.read_at as "readAt"
     from visit v join school s on s.id = v.school_id join area a on a.id = s.area_id join person p on p.id = v.inspector_id
     ${WANTED}
     order by v.visited_on, s.code, v.id`,
    valuesOf(ask),
    'visit-rows',
  );
}

/** Whether there is any: a sheet without a row is not made. */
export async function anyVisit(tx: Pick<Tx, 'sql'>, ask: VisitAsk): Promise<boolean> {
  const rows = await tx.sql(
    `select 1 from visit v join school s on s.id = v.school_id ${WANTED} limit 1`,
    valuesOf(ask),
    'visit-any',
  );
  return rows.length > 0;
}

const WANTED = `where v.office_id = $1 and v.state <> 'voided'
       and ($6::uuid[] is null or v.id = any($6::uuid[]))
       and (s.id = any($2::uuid[]) or $5::uuid is not null or $7::uuid[] is not null)
       and ($7::uuid[] is null or v.id = any($7::uuid[]))
       and ($3::date is null or v.visited_on between $3 and $4::date)
       and ($5::uuid is null or v.inspector_id = $5
         or exists (select 1 from visit_companion vc where vc.visit_id = v.id and vc.person_id = $5))`;

const valuesOf = (ask: VisitAsk) => [
  ask.officeId,
  ask.schoolIds,
  ask.from,
  ask.to,
  ask.personId ?? null,
  ask.ids ?? null,
  ask.visitIds ?? null,
];
