// 移交清单: what an inspector needs of a school that becomes hers: whom to speak to, what is open, what was seen there this last year.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type LedgerRow, ledgerRows } from '../supervision/ledger.ts';
import { HAND_OVER_ROWS, LEDGER_COLUMNS, VISIT_COLUMNS } from '../supervision/paper-words.ts';
import { type VisitRow, visitRows } from '../supervision/visit-rows.ts';
import { ledgerColumns } from './ledger.ts';
import type { MakeContext, Maker } from './make.ts';
import { type Column, fileName, notesFor, type Sheet, workbook } from './sheet.ts';
import { visitSheet } from './visits.ts';

const params = z.object({ schoolId: z.uuid(), from: z.array(z.string()), since: z.iso.date() });
/** Visits of so many months before are in it. */
const MONTHS = 12;
/** Of every column of the ledger those that say nothing of one school alone are left out. */
const OF_SCHOOLS = ['area', 'school', 'stage'];

interface School {
  code: string;
  name: string;
  area: string;
  stage: string;
  aliases: string[];
  heads: string[];
  inside: string[];
  learned: string[];
}

interface Line {
  what: string;
  value: string;
}

export const makeHandOver: Maker = async (order, context) => {
  const { schoolId, from, since } = params.parse(order.params);
  const { words, office, today, person } = context;
  const school = await schoolOf(context, schoolId);
  const scope = { officeId: office.id, schoolIds: [schoolId] };
  const open = await ledgerRows(
    { sql: context.sql },
    { ...scope, from: null, to: null, filter: { state: 'open' } },
    { today, numberPrefix: office.settings['rect.numberPrefix'] },
  );
  const begin = today.subtract({ months: MONTHS }).toString();
  const visits = await visitRows({ sql: context.sql }, { ...scope, from: begin, to: today.toString() });
  const title = words.text('papers.hand-over.title', { school: school.name });
  const subtitle = words.text('papers.hand-over.subtitle', { from, to: person.name, since });
  const columns = ledgerColumns(context).filter(
    (_, index) => !OF_SCHOOLS.includes(LEDGER_COLUMNS[index] ?? ''),
  );
  const findings: Sheet<LedgerRow> = {
    name: words.text('papers.hand-over.open'),
    title,
    subtitle: words.text('papers.hand-over.open-subtitle', { count: open.length }),
    columns,
    rows: open,
    empty: words.text('papers.hand-over.none-open'),
  };
  const seen: Sheet<VisitRow> = visitSheet(context, visits, {
    title,
    subtitle: words.text('papers.hand-over.visits-subtitle', { since: begin, count: visits.length }),
  });
  const bytes = await workbook(
    [overview(context, { school, from, since, open, visits, title, subtitle }), findings, seen],
    {
      name: words.text('papers.notes'),
      lines: [
        ...notesFor(
          words,
          'ledger',
          columns,
          LEDGER_COLUMNS.filter((name) => !OF_SCHOOLS.includes(name)),
        ).lines,
        ...notesFor(words, 'visits', seen.columns, VISIT_COLUMNS).lines,
      ],
    },
    { at: context.now, by: office.name },
  );
  return { name: fileName([words.text('papers.hand-over.file'), school.name], today, 'xlsx'), bytes };
};

async function schoolOf({ sql, office, person, today }: MakeContext, schoolId: string): Promise<School> {
  const held = (role: string) =>
    `array(select p.name from assignment h join person p on p.id = h.person_id and p.active
       where h.school_id = s.id and h.role = '${role}' and h.since <= $4::date and (h.until is null or h.until > $4::date)
       order by p.user_key)`;
  const [school] = await sql<School>(
    `select s.code, s.name, a.name as area, s.kind as stage, s.aliases, ${held('principal')} as heads,
       ${held('school-inspector')} as inside,
       array(select l.key from person p, jsonb_each_text(p.learned) l where p.id = $3 and l.value = s.code order by 1) as learned
     from school s join area a on a.id = s.area_id where s.office_id = $1 and s.id = $2`,
    [office.id, schoolId, person.id, today.toString()],
    'hand-over-paper',
  );
  if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
  return school;
}

/** The first sheet: what fits on one screen of a telephone. */
function overview(
  { words, person }: MakeContext,
  of: {
    school: School;
    from: readonly string[];
    since: string;
    open: readonly LedgerRow[];
    visits: readonly VisitRow[];
    title: string;
    subtitle: string;
  },
): Sheet<Line> {
  const { school, open, visits } = of;
  const last = visits.at(-1);
  const date = (day: string) => words.text('papers.date', { day });
  const names = (all: readonly string[]) => all.join('、');
  const count = (rows: readonly LedgerRow[]) => String(rows.length);
  const values: Record<(typeof HAND_OVER_ROWS)[number], string> = {
    school: school.name,
    stage: words.term(`stage.${school.stage}`) ?? school.stage,
    area: school.area,
    from: names(of.from),
    to: person.name,
    since: date(of.since),
    heads: names(school.heads),
    inside: names(school.inside),
    phone: words.text('papers.hand-over.phone', { school: school.name }),
    called: names([...new Set([...school.aliases, ...school.learned])]),
    open: count(open),
    unsigned: names([...new Set(open.filter((row) => row.no !== '' && !row.signedAt).map(({ no }) => no))]),
    overdue: count(open.filter(({ overdue }) => overdue > 0)),
    review: count(open.filter(({ state }) => state === 'submitted' || state === 'under_review')),
    extension: count(open.filter(({ state }) => state === 'extension_pending')),
    objection: count(open.filter(({ state }) => state === 'objected')),
    'look-back': count(open.filter(({ state }) => state === 'accepted')),
    visits: String(visits.length),
    last: last ? `${date(last.day)} ${last.inspector}` : '',
    highlight: last?.highlight ?? '',
    advice: last?.advice ?? '',
  };
  const columns: Column<Line>[] = [
    { head: words.text('papers.hand-over.what'), width: 18, of: ({ what }) => what },
    { head: words.text('papers.hand-over.value'), width: 64, of: ({ value }) => value },
  ];
  return {
    name: words.text('papers.hand-over.sheet'),
    title: of.title,
    subtitle: of.subtitle,
    columns,
    rows: HAND_OVER_ROWS.map((row) => ({
      what: words.text(`papers.hand-over.row.${row}`),
      value: values[row] === '' ? words.text('papers.hand-over.nothing') : values[row],
    })),
    empty: '',
  };
}
