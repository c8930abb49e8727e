// Every kind of paper with the function that makes it; the kinds stand in supervision/papers.ts.
import type { PaperKind } from '../supervision/papers.ts';
import { makeChecklist, makeLookBack, makeNotice, makeVisit } from './documents/makers.ts';
import { makeFigures } from './figures.ts';
import { makeHandOver } from './hand-over.ts';
import { makeLedger } from './ledger.ts';
import type { Maker } from './make.ts';
import { makeReceipts } from './receipts.ts';
import { makeRows } from './rows.ts';
import { makeVisits } from './visits.ts';

const BY_KIND: Readonly<Record<PaperKind, Maker>> = {
  ledger: makeLedger,
  receipts: makeReceipts,
  visits: makeVisits,
  figures: makeFigures,
  rows: makeRows,
  notice: makeNotice,
  visit: makeVisit,
  checklist: makeChecklist,
  'look-back': makeLookBack,
  'hand-over': makeHandOver,
};

export const MAKERS: ReadonlyMap<string, Maker> = new Map(Object.entries(BY_KIND));
