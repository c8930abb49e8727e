// The one order in which receipts of notices are locked: by notice, then by person. Whoever changes several of them at once (who marks what
// arrived, reminds, recalls, moves a member) takes them first by this. In the order of its own plan, each statement meets rows that
// taps have just moved, and two of them wait for each other in a ring (40P01).

/**
 * A common table expression `locked`: the receipts `r` for which the condition holds, each locked in that order and before
 * any is changed. It stands after `with`; the update of `notice_receipt r` then is `from locked where` and `IS_LOCKED`.
 */
export const lockedReceipts = (condition: string): string => `locked as materialized (
  select r.notice_id, r.person_id from notice_receipt r where ${condition} order by r.notice_id, r.person_id for update of r)`;

export const IS_LOCKED = 'r.notice_id = locked.notice_id and r.person_id = locked.person_id';
