// The groups that are in use, as a person may see them: the office all of its own, an area leader her area's.
import { z } from 'zod';
import { type ActContext, action, type Role } from '../act.ts';
import { groupRule, PURPOSES } from './members.ts';

/** Who may make, list and end groups; which of them, `mayHandle` says. */
export const GROUP_ROLES = ['area-leader', 'office', 'director'] as const satisfies readonly Role[];

/** States in which a group is there, or will be in a moment. */
export const IN_USE = ['planned', 'making', 'open'] as const;
const IN_USE_SQL = IN_USE.map((one) => `'${one}'`).join(', ');

export const knownGroup = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(PURPOSES),
  areaId: z.string().nullable(),
  endsOn: z.string().nullable(),
  size: z.number(),
  rule: groupRule,
});
export type KnownGroup = z.infer<typeof knownGroup>;

const COLUMNS = `g.id, g.name, g.purpose, g.area_id as "areaId", g.ends_on as "endsOn", g.size, g.rule`;

/** What a talk knows of groups; over `who` and `$2` (the office), as the other facts. */
export const GROUPS_SQL = `(select coalesce(jsonb_agg(w order by w.id), '[]') from (
    select ${COLUMNS} from app_group g
    where g.office_id = $2 and g.state in (${IN_USE_SQL})
      and (who.roles && array['office', 'director'] or g.purpose = 'area' and g.area_id = who.area_id)
    order by g.id limit 100) w)`;

/** The office handles every group, an area leader that of her own area. */
export function mayHandle(
  { roles, areaId }: Pick<ActContext['actor'], 'roles' | 'areaId'>,
  group: { purpose: string; areaId: string | null },
): boolean {
  if (roles.includes('office') || roles.includes('director')) return true;
  return (
    roles.includes('area-leader') && group.purpose === 'area' && areaId !== null && group.areaId === areaId
  );
}

/** 有哪些群 */
export const listGroups = action({
  name: 'group.list',
  roles: [...GROUP_ROLES],
  input: z.object({}),
  result: z.object({
    groups: z.array(
      z.object({ name: z.string(), purpose: z.string(), size: z.number(), ends: z.string().nullable() }),
    ),
  }),
  async run({ tx, office, actor }) {
    const rows = await tx.sql<KnownGroup>(
      `select ${COLUMNS} from app_group g where g.office_id = $1 and g.state in (${IN_USE_SQL}) order by g.id`,
      [office.id],
      'groups-in-use',
    );
    return {
      groups: rows
        .filter((group) => mayHandle(actor, group))
        .map(({ name, purpose, size, endsOn }) => ({ name, purpose, size, ends: endsOn })),
    };
  },
});
