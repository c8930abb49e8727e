// The one order in which rows of a rectification are locked: findings by id, then their notice, then their visit. An act that begins with
// a notice or a visit takes its findings first by this, so that two acts never wait for each other in a ring.
import type { ActContext } from './act.ts';

/** Locks all findings of a notice or of a visit, of this office, in the order of their ids. Nothing there: nothing is locked. */
export async function lockFindingsOf(context: ActContext, of: 'notice' | 'visit', id: string): Promise<void> {
  await context.tx.sql(
    `select 1 from finding where ${of === 'notice' ? 'notice_id' : 'visit_id'} = $1 and office_id = $2 order by id for update`,
    [id, context.office.id],
    `lock-findings-of-${of}`,
  );
}
