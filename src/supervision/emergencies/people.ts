// Who must hear of an emergency, in which capacity, and under which number: the office on duty first, for somebody will call.
import { newId } from '../../store/ids.ts';
import type { Tx } from '../../store/store.ts';
import type { Role } from '../act.ts';

/** Someone to tell. `as` is the nearest capacity in which she hears of it. */
export interface Concerned {
  id: string;
  name: string;
  as: Role;
  /** In clear text: an emergency shows numbers whole to whoever must call. Empty when there is none. */
  phone: string;
}

export interface Asking {
  tx: Pick<Tx, 'sql'>;
  officeId: string;
  /** Today on the office's calendar, ISO. */
  today: string;
  openPhone(sealed: string): string;
}

/**
 * The office (its staff are the duty), its director, the area's leader, the school's inspectors, and its head and in-school
 * inspector; in this order, which is that in which they are called.
 */
export async function concerned(
  of: Asking,
  where: { schoolId: string | null; areaId: string | null },
): Promise<Concerned[]> {
  const rows = await of.tx.sql<{ id: string; name: string; as: Role; sealed: string | null }>(
    `select p.id, p.name, w.as, p.phone_sealed as sealed
     from person p
     cross join lateral (
       select r.as, r.place from (values ('office', 1), ('director', 2)) r("as", place) where r.as = any(p.roles)
       union all select 'area-leader', 3 where 'area-leader' = any(p.roles) and p.area_id = $2
       union all select a.role, case a.role when 'inspector' then 4 when 'principal' then 5 else 6 end
         from assignment a where a.person_id = p.id and a.school_id = $3
           and a.since <= $4::date and (a.until is null or a.until > $4::date)
       order by place limit 1) w
     where p.office_id = $1 and p.active
     order by w.place, p.user_key`,
    [of.officeId, where.areaId, where.schoolId, of.today],
    'emergency-concerned',
  );
  return rows.map(({ sealed, ...one }) => ({ ...one, phone: sealed === null ? '' : of.openPhone(sealed) }));
}

/** `as`: '' when she has nothing to do with it but to have told of it. */
export type Called = Omit<Concerned, 'as'> & { as: Role | '' };
export type Number = Omit<Called, 'id'>;

/** Those to call, the duty first; whoever is to call needs no number of her own. */
export function toCall(people: readonly Concerned[], caller: string, most = 3): Concerned[] {
  return people.filter(({ id, phone }) => id !== caller && phone !== '').slice(0, most);
}

/** Their numbers as texts name them. */
export const numbers = (people: readonly Called[]): Number[] =>
  people.map(({ name, as, phone }) => ({ name, as, phone }));

/** Whose number an emergency showed, and to whom: one line for each number, also when the clock showed it. */
export async function auditNumbers(
  of: { tx: Pick<Tx, 'sql'>; officeId: string; actorId: string | null; inboxId: string | null; now: Date },
  emergency: { id: string; schoolId: string | null },
  shown: readonly { id: string; to: readonly string[] }[],
): Promise<void> {
  const rows = shown.filter(({ to }) => to.length > 0);
  if (rows.length === 0) return;
  await of.tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, school_id, after)
     select r.id, $1, $2, $3, $4, 'person.phone-shown', 'person', r.person, $5,
            jsonb_build_object('emergencyId', $6::text, 'to', r."to")
     from jsonb_to_recordset($7::jsonb) as r(id uuid, person uuid, "to" jsonb)`,
    [
      of.officeId,
      of.now,
      of.actorId,
      of.inboxId,
      emergency.schoolId,
      emergency.id,
      JSON.stringify(rows.map(({ id, to }) => ({ id: newId(), person: id, to }))),
    ],
    'audit-numbers',
  );
}
