// What was found at visits, as it may be told: what the office has yet to sign out is not for the school, and what was voided is for nobody.
import { z } from 'zod';
import { type ActContext, isOfOffice } from './act.ts';
import { toldState } from './findings.ts';

export const toldFinding = z.object({ text: z.string(), state: z.string() });
export type ToldFinding = z.infer<typeof toldFinding>;

/** By visit, in the order in which they were found. */
export async function findingsOfVisits(
  { tx, actor }: Pick<ActContext, 'tx' | 'actor'>,
  visits: readonly { id: string }[],
): Promise<Map<string, ToldFinding[]>> {
  const files =
    isOfOffice(actor) || actor.roles.some((role) => role === 'inspector' || role === 'area-leader');
  const rows = await tx.sql<ToldFinding & { visitId: string; noticed: boolean }>(
    `select f.visit_id as "visitId", f.text, f.state, f.notice_id is not null as noticed from finding f
     where f.visit_id = any($1::uuid[]) and f.state <> 'voided' and ($2::boolean or f.state <> all($3::text[]))
     order by f.visit_id, f.ordinal, f.id`,
    [visits.map(({ id }) => id), files, ['draft', 'sent_back']],
    'findings-of-visits',
  );
  const found = new Map<string, ToldFinding[]>();
  for (const { visitId, text, state, noticed } of rows)
    found.set(visitId, [
      ...(found.get(visitId) ?? []),
      { text, state: toldState(state, noticed ? visitId : '') },
    ]);
  return found;
}
