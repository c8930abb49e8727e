// 回避 (Regulations, article 10): who may not inspect which school, checked in a file and against what stands.
import { AppError } from '../../errors.ts';
import type { Tx } from '../../store/store.ts';
import type { CurrentRoster } from './current.ts';
import { type Roster, type RosterPerson, type RosterRecusal, schoolsByRole, userKey } from './file.ts';
import type { RosterNote } from './note.ts';
import { sayRoster } from './words.ts';

/** Faults of one recusal by itself: it names nobody, or no school. */
export function recusalFaults(
  { person, school }: RosterRecusal,
  place: string,
  known: { people: ReadonlySet<string>; schools: ReadonlySet<string> },
): RosterNote[] {
  const faults: RosterNote[] = [];
  if (!known.people.has(userKey(person)))
    faults.push({ place: `${place}.person`, code: 'no-person', data: { code: person } });
  if (!known.schools.has(school))
    faults.push({ place: `${place}.school`, code: 'no-school', data: { code: school } });
  return faults;
}

/** Everybody who is named inspector of a school that she has to keep away from. */
export function recusedInspectors(
  people: readonly RosterPerson[],
  recusals: readonly RosterRecusal[],
): RosterNote[] {
  const reasons = new Map(recusals.map((one) => [`${userKey(one.person)} ${one.school}`, one.reason]));
  return people.flatMap((person, i) => {
    const listed = Array.isArray(person.schools);
    return (schoolsByRole(person).get('inspector') ?? []).flatMap((code, at) => {
      const reason = reasons.get(`${userKey(person.userid)} ${code}`);
      if (reason === undefined) return [];
      const place = `people[${i}].schools${listed ? '' : '.inspector'}[${at}]`;
      return [{ place, code: 'recused', data: { name: person.name, code, reason } }];
    });
  });
}

/** A file that names no recusals is held to those that stand. Throws `roster.faulty` with every fault. */
export function refuseRecused(roster: Roster, current: CurrentRoster, locale = 'zh-CN'): void {
  if (roster.recusals) return; // seen by the check of the file
  const userIds = new Map(current.people.map((person) => [person.id, person.userId]));
  const codes = new Map(current.schools.map((school) => [school.id, school.code]));
  const standing = current.recusals.map(({ personId, schoolId, reason }) => ({
    person: userIds.get(personId) ?? '',
    school: codes.get(schoolId) ?? '',
    reason,
  }));
  const faults = recusedInspectors(roster.people, standing);
  if (faults.length === 0) return;
  const message = faults.map((fault) => sayRoster(fault, locale)).join('\n');
  throw new AppError('roster.faulty', 'never', { faults }, { message });
}

/** Why a person must keep away from a school today; null when she need not. Her own school counts too. */
export async function recusalReason(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; personId: string; schoolId: string; today: string },
): Promise<string | null> {
  const [row] = await tx.sql<{ reason: string }>(
    `select reason from recusal where office_id = $1 and person_id = $2 and school_id = $3
       and since <= $4::date and (until is null or until > $4::date)
     union all
     select '' from assignment where office_id = $1 and person_id = $2 and school_id = $3
       and role in ('principal', 'school-inspector') and since <= $4::date and (until is null or until > $4::date)
     limit 1`,
    [of.officeId, of.personId, of.schoolId, of.today],
    'recusal-reason',
  );
  return row ? row.reason : null;
}
