// Visit records as a sheet: one row a visit.
import { z } from 'zod';
import { dayOf } from '../store/days.ts';
import { VISIT_COLUMNS } from '../supervision/paper-words.ts';
import { scopeAbout } from '../supervision/scope.ts';
import { type VisitRow, visitRows } from '../supervision/visit-rows.ts';
import type { MakeContext, Maker } from './make.ts';
import { type Column, fileName, notesFor, type Sheet, workbook } from './sheet.ts';

const params = z.object({
  officeId: z.string(),
  schoolIds: z.array(z.string()),
  from: z.string().nullable(),
  to: z.string().nullable(),
  personId: z.string().optional(),
  about: scopeAbout,
});

export const makeVisits: Maker = async (order, context) => {
  const { about, ...ask } = params.parse(order.params);
  const { words, person } = context;
  const rows = await visitRows({ sql: context.sql }, ask);
  const own = ask.personId === person.id;
  const sheet = visitSheet(context, rows, {
    title: words.text('papers.visits.title', { office: context.office, own, person }),
    subtitle: words.text('papers.visits.subtitle', { about, own, count: rows.length }),
  });
  const bytes = await workbook([sheet], notesFor(words, 'visits', sheet.columns, VISIT_COLUMNS), {
    at: context.now,
    by: context.office.name,
  });
  const where = about.school || about.area;
  const when = about.period === '' ? '' : words.text('papers.period', { period: about.period });
  const name = [words.text('papers.visits.file'), own ? person.name : where, when];
  return { name: fileName(name, context.today, 'xlsx'), bytes };
};

/** Visits as one sheet, numbered in the order in which they come. */
export function visitSheet(
  { words, office }: MakeContext,
  rows: readonly VisitRow[],
  heads: { title: string; subtitle: string },
): Sheet<VisitRow> {
  const term = (kind: string, code: string) => words.term(`${kind}.${code}`) ?? code;
  const terms = (kind: string, codes: readonly string[]) => codes.map((code) => term(kind, code)).join('、');
  const places = new Map(rows.map((row, index) => [row.id, index + 1]));
  const of: Record<(typeof VISIT_COLUMNS)[number], Omit<Column<VisitRow>, 'head'>> = {
    row: { width: 6, kind: 'number', of: (row) => places.get(row.id) ?? null },
    day: { width: 12, kind: 'date', of: (row) => row.day },
    session: { width: 8, of: (row) => (row.session ? term('session', row.session) : '') },
    school: { width: 24, of: (row) => row.school },
    area: { width: 14, of: (row) => row.area },
    stage: { width: 12, of: (row) => term('stage', row.stage) },
    inspector: { width: 10, of: (row) => row.inspector },
    companions: { width: 14, of: (row) => row.companions.join('、') },
    methods: {
      width: 22,
      of: (row) =>
        row.methods.map((one) => `${term('method', one)}${row.methodCounts[one] ?? ''}`).join('、'),
    },
    items: { width: 28, of: (row) => terms('item', row.items) },
    lessons: { width: 8, kind: 'number', of: (row) => row.lessons },
    findings: { width: 8, kind: 'number', of: (row) => row.findings },
    highlight: { width: 30, of: (row) => row.highlight },
    advice: { width: 30, of: (row) => row.advice },
    filed: { width: 12, kind: 'date', of: (row) => dayOf(row.createdAt, office.timeZone).toString() },
    backfilled: { width: 8, of: (row) => (row.backfilled ? words.text('papers.yes') : '') },
  };
  return {
    name: words.text('papers.visits.sheet'),
    ...heads,
    columns: VISIT_COLUMNS.map((name) => ({ head: words.text(`papers.visits.col.${name}`), ...of[name] })),
    rows,
    empty: words.text('papers.visits.empty'),
  };
}
