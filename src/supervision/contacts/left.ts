// What somebody who left leaves behind: the schools and the area that nobody answers for now, told to the office.
import { peopleWith } from '../access.ts';
import { OFFICE_ROLES } from '../act.ts';
import { SCHOOL_ROLES, type SchoolRole } from '../roster/file.ts';
import type { Followed, MemberContext, Row, Why } from './member.ts';
import { type MemberLeft, some } from './shapes.ts';

export interface HeldSchool {
  id: string;
  name: string;
  role: SchoolRole;
  /** Somebody else holds the same there. */
  shared: boolean;
}

/** What she holds at which schools today. */
export function schoolsOf({ tx, office }: MemberContext, personId: string): Promise<HeldSchool[]> {
  return tx.sql<HeldSchool>(
    `select s.id, s.name, a.role, exists (
       select 1 from assignment b join person q on q.id = b.person_id
       where b.school_id = a.school_id and b.role = a.role and b.until is null and b.person_id <> a.person_id and q.active) as shared
     from assignment a join school s on s.id = a.school_id
     where a.office_id = $1 and a.person_id = $2 and a.until is null and s.active and a.role = any($3::text[]) order by s.code`,
    [office.id, personId, SCHOOL_ROLES],
    'member-schools',
  );
}

/** The office hears who left, and what nobody answers for now. */
export async function tellLeft(
  context: MemberContext,
  row: Row,
  { why, at, schools }: { why: Why; at: Date; schools: readonly HeldSchool[] },
): Promise<Followed> {
  const lost = (role: SchoolRole) => {
    return some(schools.filter((one) => one.role === role && !one.shared).map(({ name }) => name));
  };
  const told = await peopleWith(context, OFFICE_ROLES);
  const clerks = await peopleWith(context, ['office']);
  const last = clerks.length === 0 && row.roles.includes('office');
  const area = row.roles.includes('area-leader') && row.areaId !== null ? await ledBy(context, row) : null;
  const data: MemberLeft = {
    ...{ name: row.name, why },
    inspector: lost('inspector'),
    principal: lost('principal'),
    area,
    last,
  };
  for (const { id } of told)
    context.notify({
      personId: id,
      key: 'contacts.left',
      data,
      dedup: `member-left-${row.id}-${at.getTime()}-${id}`,
      urgent: last,
    });
  return told.length === 0 || last ? 'alone' : 'done';
}

/** The area that has no leader any more; null while another leads it. */
async function ledBy(context: MemberContext, { areaId }: Row): Promise<string | null> {
  const [area] = await context.tx.sql<{ name: string }>(
    `select a.name from area a where a.id = $1 and not exists (
       select 1 from person p where p.area_id = a.id and p.active and 'area-leader' = any(p.roles))`,
    [areaId],
  );
  return area?.name ?? null;
}
