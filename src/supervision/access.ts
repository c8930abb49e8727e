// Who stands how to which school: the one place that decides what a person may see and where she may act (issue "who may what").
import { AppError } from '../errors.ts';
import type { Tx } from '../store/store.ts';
import { type ActContext, OFFICE_ROLES, type Role } from './act.ts';

/** What the question needs to know; every act's context has it. */
export interface Standpoint extends Pick<ActContext, 'tx' | 'today'> {
  office: Pick<ActContext['office'], 'id'>;
  actor: Pick<ActContext['actor'], 'personId' | 'roles' | 'areaId'>;
}

/** Roles that are held towards a school by an assignment, and end with it. */
const ASSIGNED: readonly Role[] = ['inspector', 'school-inspector', 'principal'];

/**
 * In which of her roles the actor stands to a school of her own office today; empty when it is none of her business.
 * An inspector by her assignment, an area leader by the school's area, a head or in-school inspector by hers, the office
 * and its director by theirs. Whoever accompanied a visit stands to that visit (supervision/visits), not to its school.
 */
export async function standing(context: Standpoint, schoolId: string): Promise<Role[]> {
  const [school] = await context.tx.sql<{ areaId: string; assigned: Role[] }>(
    `select s.area_id as "areaId",
            array(select distinct a.role from assignment a where a.school_id = s.id and a.person_id = $3
                  and a.since <= $4::date and (a.until is null or a.until > $4::date)) as assigned
     from school s where s.id = $1 and s.office_id = $2`,
    [schoolId, context.office.id, context.actor.personId, context.today.toString()],
    'standing',
  );
  if (!school) return [];
  const { roles, areaId } = context.actor;
  return roles.filter(
    (role) =>
      OFFICE_ROLES.includes(role) ||
      (role === 'area-leader' && areaId !== null && areaId === school.areaId) ||
      (ASSIGNED.includes(role) && school.assigned.includes(role)),
  );
}

/** As `standing`, among `roles` only. Throws `act.not-allowed` when the actor stands to the school in none of them. */
export async function requireStanding(
  context: Standpoint,
  schoolId: string,
  roles: readonly Role[],
): Promise<Role[]> {
  const held = (await standing(context, schoolId)).filter((role) => roles.includes(role));
  if (held.length === 0) throw new AppError('act.not-allowed');
  return held;
}

/** Ids of the active schools that the actor may see in one of `roles` (all of hers unless named), in the order of their codes. */
export async function schoolsInSight(context: Standpoint, roles?: readonly Role[]): Promise<string[]> {
  const { actor, office, today } = context;
  const held = actor.roles.filter((role) => roles === undefined || roles.includes(role));
  const rows = await context.tx.sql<{ id: string }>(
    `select s.id from school s where s.office_id = $1 and s.active and (
       $2::boolean or s.area_id = $3::uuid
       or exists (select 1 from assignment a where a.school_id = s.id and a.person_id = $4 and a.role = any($5::text[])
                  and a.since <= $6::date and (a.until is null or a.until > $6::date)))
     order by s.code`,
    [
      office.id,
      held.some((role) => OFFICE_ROLES.includes(role)),
      held.includes('area-leader') ? actor.areaId : null,
      actor.personId,
      held.filter((role) => ASSIGNED.includes(role)),
      today.toString(),
    ],
    'schools-in-sight',
  );
  return rows.map(({ id }) => id);
}

/** The active people of the office who hold one of these roles; area leaders only those of `areaId`, when it is given. */
export function peopleWith(
  of: { tx: Pick<Tx, 'sql'>; office: { id: string } },
  roles: readonly Role[],
  areaId?: string,
): Promise<{ id: string; name: string; userId: string }[]> {
  return of.tx.sql(
    `select id, name, user_id as "userId" from person
     where office_id = $1 and active
       and (roles && $2::text[] or ($3::boolean and 'area-leader' = any(roles) and ($4::uuid is null or area_id = $4)))
     order by user_key`,
    [
      of.office.id,
      roles.filter((role) => role !== 'area-leader'),
      roles.includes('area-leader'),
      areaId ?? null,
    ],
    'people-with',
  );
}
