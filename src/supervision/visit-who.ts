// Who may record a visit to which school, and in whose place (DOMAIN §3 a, §6.4).
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../errors.ts';
import { requireStanding, standing } from './access.ts';
import type { ActContext, Role } from './act.ts';
import { CAPACITIES, type Capacity } from './visit-people.ts';
import type { SaidVisit } from './visit-said.ts';

type Where = Pick<SaidVisit, 'school' | 'date'>;

/**
 * An inspector records her own schools (or those that were hers on the day of the visit), and any other school of her office
 * as companion or in its inspector's place. An area leader records the schools of her area. Throws `act.not-allowed`.
 */
export async function requireRecorder(
  context: ActContext,
  visit: Where & Pick<SaidVisit, 'capacity'>,
): Promise<void> {
  if (visit.capacity !== 'own' && context.actor.roles.includes('inspector')) return;
  const held = await standingOn(context, visit);
  if (!held.includes('inspector') && !held.includes('area-leader')) throw new AppError('act.not-allowed');
}

/**
 * The inspector for whom the office, or the leader of the school's area, files a visit: hers today, or on the day itself. Throws
 * `act.not-allowed` for whoever is neither, `visit.not-hers` when the school was never hers.
 */
export async function filedFor(
  context: ActContext,
  visit: Where & { inspector: string },
): Promise<{ id: string; name: string }> {
  await requireStanding(context, visit.school, ['office', 'director', 'area-leader']);
  const db = await context.tx.db();
  const person = await db.person.findFirst({
    where: { id: visit.inspector, officeId: context.office.id, active: true },
    select: { id: true, name: true, userId: true, areaId: true },
  });
  if (!person) throw new AppError('act.not-found', 'never', { what: 'person' });
  const actor = { personId: person.id, userId: person.userId, name: person.name, areaId: person.areaId };
  const held = await standingOn({ ...context, actor: { ...actor, roles: ['inspector'] } }, visit);
  if (!held.includes('inspector')) throw new AppError('visit.not-hers');
  return { id: person.id, name: person.name };
}

/** In which capacity a filed visit moves to another school: as before at her own, beside its inspector at another's. */
export async function capacityAt(
  context: ActContext,
  filed: { inspectorId: string; capacity: string },
  to: Where,
): Promise<Capacity> {
  const before = CAPACITIES.find((capacity) => capacity === filed.capacity) ?? 'own';
  // The office that puts it right knows whose it was; the record stays the inspector's.
  if (filed.inspectorId !== context.actor.personId) return before;
  const held = await standingOn(context, to);
  if (held.includes('inspector') || held.includes('area-leader')) return 'own';
  const capacity = before === 'own' ? 'companion' : before;
  await requireRecorder(context, { ...to, capacity });
  return capacity;
}

/** How the actor stands to the school today, or stood on the day itself: the school may have gone to another since. */
async function standingOn(context: ActContext, { school, date }: Where): Promise<Role[]> {
  const now = await standing(context, school);
  return now.length > 0 ? now : standing({ ...context, today: Temporal.PlainDate.from(date) }, school);
}
