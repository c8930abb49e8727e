// How a Word paper says what lies in the rows: codes become words, instants become the office's days, findings get their numbers.
import { AppError } from '../../errors.ts';
import { dayOf } from '../../store/days.ts';
import { type LedgerAsk, type LedgerRow, ledgerRows } from '../../supervision/ledger.ts';
import type { MakeContext } from '../make.ts';
import type { Drawn } from './pictures.ts';

type Finding = Pick<LedgerRow, 'text' | 'item' | 'disposition' | 'dueOn'>;

/** The small words of a paper, in the reader's language. */
export function speaker({ words, office, today }: MakeContext) {
  const date = (iso: string | null) => (iso === null ? '' : words.text('papers.date', { day: iso }));
  const term = (kind: string, code: string) => words.term(`${kind}.${code}`) ?? code;
  return {
    date,
    at: (instant: Date | null) => (instant === null ? '' : date(dayOf(instant, office.timeZone).toString())),
    /** In a table, where a day written out would take two lines. */
    short: (instant: Date | null) => (instant === null ? '' : dayOf(instant, office.timeZone).toString()),
    term,
    terms: (kind: string, codes: readonly string[]) => codes.map((code) => term(kind, code)).join('、'),
    /** What each paper says of a finding. */
    finding: ({ text, item, disposition, dueOn }: Finding) => ({
      text,
      item: term('item', item),
      disposition: term('disposition', disposition),
      due: dueOn ?? '',
    }),
    common: { office: office.name, today: date(today.toString()) },
  };
}

/** With the number of its line in the paper's table, from 1. */
export const numbered = <R extends object>(rows: readonly R[]) =>
  rows.map((row, index) => ({ n: index + 1, ...row }));

/** Findings by their place in the paper's table. */
export const placed = (rows: readonly LedgerRow[]) =>
  rows.map(({ id, text }, index) => ({ id, text, n: index + 1 }));

/** Findings as the ledger has them, of the paper's office and day. */
export function rowsOf(context: MakeContext, ask: Omit<LedgerAsk, 'officeId'>): Promise<LedgerRow[]> {
  const { sql, office, today } = context;
  return ledgerRows(
    { sql },
    { officeId: office.id, ...ask },
    { today, numberPrefix: office.settings['rect.numberPrefix'] },
  );
}

/** What a template is filled with, and the files of the photos that it shows. */
export interface Said<D> {
  said: D;
  files: Drawn['files'];
}

export const ALL_DAYS = { from: null, to: null };
/** The record that a paper is about is not there (any more). */
export const gone = (what: string) => new AppError('act.not-found', 'never', { what });
