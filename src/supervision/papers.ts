// Files that take longer than a turn may last: an act writes down what is wanted and for whom, a job makes and hands it over.
import { newId } from '../store/ids.ts';
import type { ActContext } from './act.ts';

/** What can be asked for; each has its maker in src/papers/makers.ts. */
export type PaperKind =
  | 'ledger'
  | 'receipts'
  | 'visits'
  | 'figures'
  | 'rows'
  | 'notice'
  | 'visit'
  | 'checklist'
  | 'look-back'
  | 'hand-over';

export interface PaperOrder {
  kind: PaperKind;
  /** What its maker needs: what was asked, and which schools the asker may see. Decided now, in this transaction. */
  params: object;
  /** Which rows a figure was counted from, so that she can be given exactly these later. */
  rows?: object;
  /** Nothing is made of it: only what it would have been made of is remembered. */
  kept?: boolean;
  /** Whom it is for; who asked, when left out. */
  to?: string;
}

type Ordering = Pick<ActContext, 'tx' | 'office' | 'now' | 'wanted'>;

/** Written in the turn's transaction: it is made if and only if the turn was. Gives its id. */
export function orderPaper(context: ActContext, order: PaperOrder): Promise<string>;
/** Asked for by nobody, and not before `now`: it says whom it is for. */
export function orderPaper(context: Ordering, order: PaperOrder & { to: string }): Promise<string>;
export async function orderPaper(
  context: Ordering & Partial<Pick<ActContext, 'actor'>>,
  { kind, params, rows, kept = false, to = context.actor?.personId }: PaperOrder,
): Promise<string> {
  const id = newId();
  await context.tx.sql(
    `insert into paper (id, office_id, person_id, kind, params, rows, asked_at, state) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      context.office.id,
      to,
      kind,
      JSON.stringify(params),
      rows === undefined ? null : JSON.stringify(rows),
      context.now,
      kept ? 'kept' : 'wanted',
    ],
    'paper-wanted',
  );
  if (!kept) context.wanted(id);
  return id;
}
