// 明细: exactly the rows that an answer in figures was counted from, and for each problem whether it counted as rectified.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { countedFindings, isRectified, mustBeRectified } from '../supervision/figures/findings.ts';
import {
  type CountedRows,
  countedRows,
  type Figures,
  figures as figuresShape,
} from '../supervision/figures/query.ts';
import { ledgerRows } from '../supervision/ledger.ts';
import { COVERAGE_COLUMNS, LEDGER_COLUMNS } from '../supervision/paper-words.ts';
import { visitRows } from '../supervision/visit-rows.ts';
import { ledgerColumns } from './ledger.ts';
import type { MakeContext, Maker } from './make.ts';
import { type Column, fileName, notesFor, type Sheet, workbook } from './sheet.ts';
import { visitSheet } from './visits.ts';

/** `schoolIds`: those in sight of the asker when she asked for the rows. */
const params = z.object({ figures: figuresShape, schoolIds: z.array(z.string()) });
const EVER = { from: null, to: null };

export const makeRows: Maker = async (order, context) => {
  const { figures, schoolIds } = params.parse(order.params);
  const counted = countedRows.parse(order.rows);
  const { words, office } = context;
  const title = (sheet: string) => words.text(`papers.rows.${sheet}`, { office });
  const subtitle = words.text('papers.figures.subtitle', {
    about: figures.about,
    filedBy: figures.filedBy,
    only: figures.only,
  });
  const visits = await visitRows(
    { sql: context.sql },
    { officeId: office.id, schoolIds, ...EVER, ids: counted.visits },
  );
  const visited = visitSheet(context, visits, { title: title('visits'), subtitle });
  const findings = await findingSheet(context, counted, schoolIds, figures);
  const covered = await coverageSheet(context, counted, schoolIds);
  const bytes = await workbook(
    [
      { ...visited, name: words.text('papers.visits.sheet') },
      { ...findings, title: title('findings'), subtitle },
      ...(covered.rows.length > 0 ? [{ ...covered, title: title('coverage'), subtitle }] : []),
    ],
    {
      name: words.text('papers.notes'),
      lines: [
        ...definitions(context, figures),
        ...notesFor(words, 'ledger', findings.columns.slice(0, -1), LEDGER_COLUMNS).lines,
        [words.text('papers.rows.col.counted'), words.text('papers.rows.note.counted')] as [string, string],
        ...notesFor(words, 'coverage', covered.columns, COVERAGE_COLUMNS).lines,
      ],
    },
    { at: context.now, by: office.name },
  );
  const when = words.text('papers.period', { period: figures.about.period });
  const where = figures.about.school || figures.about.area;
  return { name: fileName([words.text('papers.rows.file'), where, when], context.today, 'xlsx'), bytes };
};

function definitions({ words }: MakeContext, figures: Figures): [string, string][] {
  return (['coverage', 'rate', 'time', 'overdue'] as const).map((key) => [
    words.text(`papers.rows.define.${key}`),
    words.text(`papers.figures.note.${key}`, { figures }),
  ]);
}

interface FindingRow {
  ledger: Awaited<ReturnType<typeof ledgerRows>>[number];
  counted: string;
}

async function findingSheet(
  context: MakeContext,
  counted: CountedRows,
  schoolIds: readonly string[],
  figures: Figures,
): Promise<Omit<Sheet<FindingRow>, 'title' | 'subtitle'>> {
  const { words, office, today, sql } = context;
  const rows = await ledgerRows(
    { sql },
    { officeId: office.id, schoolIds, ...EVER, ids: counted.findings },
    { today, numberPrefix: office.settings['rect.numberPrefix'] },
  );
  const [from = '', to = ''] = figures.about.period.split('/');
  const scope = { officeId: office.id, schoolIds, from, to };
  const byId = new Map((await countedFindings({ sql }, scope)).map((one) => [one.id, one]));
  const as = (id: string) => {
    const one = byId.get(id);
    if (!one) throw new AppError('act.not-found', 'later', { what: 'finding' });
    if (!mustBeRectified(one)) return words.text('papers.rows.counted.not');
    return words.text(isRectified(one) ? 'papers.rows.counted.rectified' : 'papers.rows.counted.whole');
  };
  const columns: Column<FindingRow>[] = [
    ...ledgerColumns(context).map(
      (column): Column<FindingRow> => ({ ...column, of: (row) => column.of(row.ledger) }),
    ),
    { head: words.text('papers.rows.col.counted'), width: 18, of: (row) => row.counted },
  ];
  return {
    name: words.text('papers.ledger.sheet'),
    columns,
    rows: rows.map((ledger) => ({ ledger, counted: as(ledger.id) })),
    empty: words.text('papers.ledger.empty'),
  };
}

interface CoverageRow {
  school: string;
  area: string;
  floor: string;
  period: string;
  visits: number;
  owed: number;
}

async function coverageSheet(
  { words, sql, office }: MakeContext,
  counted: CountedRows,
  schoolIds: readonly string[],
): Promise<Omit<Sheet<CoverageRow>, 'title' | 'subtitle'>> {
  const schools = await sql<{ id: string; school: string; area: string }>(
    `select s.id, s.name as school, a.name as area from school s join area a on a.id = s.area_id
     where s.office_id = $1 and s.id = any($2::uuid[])`,
    [office.id, schoolIds],
    'rows-schools',
  );
  const byId = new Map(schools.map((school) => [school.id, school]));
  const rows = counted.coverage.flatMap((cell): CoverageRow[] => {
    const school = byId.get(cell.schoolId);
    return school ? [{ ...cell, school: school.school, area: school.area }] : [];
  });
  const of: Record<(typeof COVERAGE_COLUMNS)[number], Omit<Column<CoverageRow>, 'head'>> = {
    area: { width: 14, of: (row) => row.area },
    school: { width: 24, of: (row) => row.school },
    floor: { width: 14, of: (row) => words.text(`papers.coverage.floor.${row.floor}`) },
    period: {
      width: 30,
      of: (row) => (row.floor === 'month' ? row.period : words.text('papers.period', { period: row.period })),
    },
    visits: { width: 10, kind: 'number', of: (row) => row.visits },
    owed: { width: 10, kind: 'number', of: (row) => row.owed },
    met: { width: 10, of: (row) => words.text(row.visits >= row.owed ? 'papers.yes' : 'papers.no') },
  };
  return {
    name: words.text('papers.coverage.sheet'),
    columns: COVERAGE_COLUMNS.map((name) => ({
      head: words.text(`papers.coverage.col.${name}`),
      ...of[name],
    })),
    rows,
    empty: '',
  };
}
