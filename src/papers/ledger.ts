// The problem ledger as a sheet: one row a finding, and what each column means beside it.
import { z } from 'zod';
import { dayOf } from '../store/days.ts';
import { toldState } from '../supervision/findings.ts';
import { type LedgerAsk, type LedgerRow, ledgerFilter, ledgerRows } from '../supervision/ledger.ts';
import { LEDGER_COLUMNS } from '../supervision/paper-words.ts';
import { scopeAbout } from '../supervision/scope.ts';
import type { MakeContext, Maker } from './make.ts';
import { type Column, fileName, notesFor, type Sheet, workbook } from './sheet.ts';

const params = z.object({
  officeId: z.string(),
  schoolIds: z.array(z.string()),
  from: z.string().nullable(),
  to: z.string().nullable(),
  olderOpen: z.boolean().optional(),
  filter: ledgerFilter.optional(),
  about: scopeAbout,
});

export const makeLedger: Maker = async (order, context) => {
  const { about, ...asked } = params.parse(order.params);
  const ask: LedgerAsk = asked;
  const rows = await ledgerRows({ sql: context.sql }, ask, {
    today: context.today,
    numberPrefix: context.office.settings['rect.numberPrefix'],
  });
  const { words } = context;
  const title = words.text('papers.ledger.title', { office: context.office });
  const filter = asked.filter ?? {};
  const sheet: Sheet<LedgerRow> = {
    name: words.text('papers.ledger.sheet'),
    title,
    subtitle: words.text('papers.ledger.subtitle', {
      about,
      filter,
      count: rows.length,
      older: asked.olderOpen,
    }),
    columns: ledgerColumns(context),
    rows,
    empty: words.text('papers.ledger.empty'),
  };
  const bytes = await workbook(
    [sheet],
    {
      name: words.text('papers.notes'),
      lines: [
        [words.text('papers.ledger.notes.head'), words.text('papers.ledger.notes.scope')],
        ...notesFor(words, 'ledger', sheet.columns, LEDGER_COLUMNS).lines,
      ],
    },
    {
      at: context.now,
      by: context.office.name,
    },
  );
  const kind = words.text('papers.ledger.file', { filter });
  const { school, area, stage, period } = about;
  const where = school || area || (stage ? (words.term(`stage.${stage}`) ?? '') : '');
  const when = period === '' ? '' : words.text('papers.period', { period });
  return { name: fileName([kind, where, when], context.today, 'xlsx'), bytes };
};

/** The notes say of each what it means: `papers.ledger.col.<name>` and `papers.ledger.note.<name>`. */
type Name = (typeof LEDGER_COLUMNS)[number];

/** The columns of the problem ledger (问题台账), in their order; each finding has the place in which it is first met. */
export function ledgerColumns({ words, office }: MakeContext): Column<LedgerRow>[] {
  const day = (at: Date | null) => (at === null ? null : dayOf(at, office.timeZone).toString());
  const term = (kind: string, code: string) => words.term(`${kind}.${code}`) ?? code;
  const places = new Map<string, number>();
  const placeOf = (row: LedgerRow) => places.get(row.id) ?? places.set(row.id, places.size + 1).size;
  const of: Record<Name, Omit<Column<LedgerRow>, 'head'>> = {
    row: { width: 6, kind: 'number', of: placeOf },
    no: { width: 24, of: (row) => row.no },
    area: { width: 14, of: (row) => row.area },
    school: { width: 24, of: (row) => row.school },
    stage: { width: 12, of: (row) => term('stage', row.stage) },
    visited: { width: 12, kind: 'date', of: (row) => row.visitedOn },
    inspector: { width: 10, of: (row) => row.inspector },
    item: { width: 18, of: (row) => term('item', row.item) },
    text: { width: 40, of: (row) => row.text },
    disposition: { width: 10, of: (row) => term('disposition', row.disposition) },
    state: { width: 12, of: (row) => term('finding-state', toldState(row.state, row.no)) },
    due: { width: 12, kind: 'date', of: (row) => row.dueOn },
    overdue: { width: 8, kind: 'number', of: (row) => (row.overdue > 0 ? row.overdue : null) },
    signed: { width: 12, kind: 'date', of: (row) => day(row.signedAt) },
    submitted: { width: 12, kind: 'date', of: (row) => day(row.submittedAt) },
    round: { width: 8, kind: 'number', of: (row) => (row.round > 0 ? row.round : null) },
    report: { width: 36, of: (row) => row.report },
    reviewed: { width: 12, kind: 'date', of: (row) => day(row.reviewedAt) },
    'return-reason': { width: 24, of: (row) => row.returnReason },
    extensions: { width: 8, kind: 'number', of: (row) => (row.extensions > 0 ? row.extensions : null) },
    'looked-back': { width: 12, kind: 'date', of: (row) => day(row.lookedBackAt) },
    'look-how': { width: 10, of: (row) => (row.lookedBackHow ? term('looked-back', row.lookedBackHow) : '') },
    'look-note': { width: 24, of: (row) => row.lookBackNote },
    closed: { width: 12, kind: 'date', of: (row) => day(row.closedAt) },
    relapse: { width: 8, of: (row) => (row.relapse ? words.text('papers.yes') : '') },
    responsible: { width: 16, of: (row) => row.responsible },
    escalation: { width: 10, of: (row) => (row.escalation ? term('measure', row.escalation) : '') },
  };
  return LEDGER_COLUMNS.map((column) => ({
    head: words.text(`papers.ledger.col.${column}`),
    ...of[column],
  }));
}
