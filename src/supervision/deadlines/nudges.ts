// Writes down who is told of what, and leaves out what she was told before, whatever the clock did since: the table's key decides.
import type { Tx } from '../../store/store.ts';
import type { DueDeadline, Told } from './digest.ts';

type Named = Pick<DueDeadline, 'kind' | 'subjectId' | 'period' | 'dueOn'>;

/** Those that are new. `told` is the key of the message that tells it. */
export async function writeNudges<T extends Told<Named> & { told: string }>(
  of: { tx: Pick<Tx, 'sql'>; officeId: string; now: Date },
  all: readonly T[],
): Promise<T[]> {
  if (all.length === 0) return [];
  const rows = all.flatMap(({ deadline: { kind, subjectId, period, dueOn }, at, person, told }) =>
    at.map((one) => [kind, subjectId, period, dueOn, one, person.id, told] as const),
  );
  const column = (n: 0 | 1 | 2 | 3 | 4 | 5 | 6) => rows.map((row) => row[n]);
  const fresh = await of.tx.sql<{ subjectId: string; period: string; kind: string; personId: string }>(
    `insert into nudge (office_id, kind, subject_id, period, due_on, at, person_id, planned_at, told)
     select $1, r.kind, r.subject_id, r.period, r.due_on, r.at, r.person_id, $2, r.told
     from unnest($3::text[], $4::uuid[], $5::text[], $6::date[], $7::text[], $8::uuid[], $9::text[])
       as r(kind, subject_id, period, due_on, at, person_id, told)
     on conflict do nothing
     returning kind, subject_id as "subjectId", period, person_id as "personId"`,
    [of.officeId, of.now, column(0), column(1), column(2), column(3), column(4), column(5), column(6)],
    'plan-nudges',
  );
  const name = (kind: string, subject: string, period: string, person: string) =>
    `${kind} ${subject} ${period} ${person}`;
  const isNew = new Set(fresh.map((one) => name(one.kind, one.subjectId, one.period, one.personId)));
  return all.filter(({ deadline: { kind, subjectId, period }, person }) =>
    isNew.has(name(kind, subjectId, period, person.id)),
  );
}
