// 移交清单: what an inspector needs of the schools that become hers: whom to speak to, what is open, what was seen there this last year.
// One file for all that she takes at once.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type LedgerRow, ledgerRows } from '../supervision/ledger.ts';
import { HAND_OVER_ROWS, LEDGER_COLUMNS, VISIT_COLUMNS } from '../supervision/paper-words.ts';
import { type VisitRow, visitRows } from '../supervision/visit-rows.ts';
import { ledgerColumns } from './ledger.ts';
import type { MakeContext, Maker } from './make.ts';
import { type Column, fileName, notesFor, type Sheet, workbook } from './sheet.ts';
import { visitSheet } from './visits.ts';

const params = z.object({
  schoolIds: z.array(z.uuid()).min(1),
  from: z.array(z.string()),
  since: z.iso.date(),
});
/** Visits of so many months before are in it. */
const MONTHS = 12;
/** Columns of the ledger that the overview says already; of one school alone its name as well. */
const OF_SCHOOLS = ['area', 'stage'];

interface School {
  id: string;
  code: string;
  name: string;
  area: string;
  stage: string;
  aliases: string[];
  heads: string[];
  inside: string[];
  learned: string[];
}

/** One thing, and what is to be said of it school by school. */
interface Line {
  what: string;
  values: string[];
}

/** A school, and the rows of the pack that are its own. */
interface Part {
  school: School;
  open: LedgerRow[];
  visits: VisitRow[];
}

export const makeHandOver: Maker = async (order, context) => {
  const { schoolIds, from, since } = params.parse(order.params);
  const { words, office, today, person } = context;
  const schools = await schoolsOf(context, schoolIds);
  const scope = { officeId: office.id, schoolIds };
  const open = await ledgerRows(
    { sql: context.sql },
    { ...scope, from: null, to: null, filter: { state: 'open' } },
    { today, numberPrefix: office.settings['rect.numberPrefix'] },
  );
  const begin = today.subtract({ months: MONTHS }).toString();
  const visits = await visitRows({ sql: context.sql }, { ...scope, from: begin, to: today.toString() });
  const names = schools.map(({ name }) => name);
  const title = words.text('papers.hand-over.title', { schools: names });
  const subtitle = words.text('papers.hand-over.subtitle', { from, to: person.name, since });
  const left = schools.length === 1 ? [...OF_SCHOOLS, 'school'] : OF_SCHOOLS;
  const columns = ledgerColumns(context).filter((_, index) => !left.includes(LEDGER_COLUMNS[index] ?? ''));
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
  const parts = schools.map((school) => ({
    school,
    open: open.filter((row) => row.school === school.name),
    visits: visits.filter((row) => row.school === school.name),
  }));
  const bytes = await workbook(
    [overview(context, { parts, from, since, title, subtitle }), findings, seen],
    {
      name: words.text('papers.notes'),
      lines: [
        ...notesFor(
          words,
          'ledger',
          columns,
          LEDGER_COLUMNS.filter((name) => !left.includes(name)),
        ).lines,
        ...notesFor(words, 'visits', seen.columns, VISIT_COLUMNS).lines,
      ],
    },
    { at: context.now, by: office.name },
  );
  const of = words.text('papers.hand-over.of', { schools: names, from });
  return { name: fileName([words.text('papers.hand-over.file'), of], today, 'xlsx'), bytes };
};

/** In the order of their codes. Throws `act.not-found` when one of them is gone. */
async function schoolsOf(
  { sql, office, person, today }: MakeContext,
  schoolIds: readonly string[],
): Promise<School[]> {
  const held = (role: string) =>
    `array(select p.name from assignment h join person p on p.id = h.person_id and p.active
       where h.school_id = s.id and h.role = '${role}' and h.since <= $4::date and (h.until is null or h.until > $4::date)
       order by p.user_key)`;
  const schools = await sql<School>(
    `select s.id, s.code, s.name, a.name as area, s.kind as stage, s.aliases, ${held('principal')} as heads,
       ${held('school-inspector')} as inside,
       array(select l.key from person p, jsonb_each_text(p.learned) l where p.id = $3 and l.value = s.code order by 1) as learned
     from school s join area a on a.id = s.area_id where s.office_id = $1 and s.id = any($2::uuid[]) order by s.code`,
    [office.id, schoolIds, person.id, today.toString()],
    'hand-over-paper',
  );
  if (schools.length < schoolIds.length) throw new AppError('act.not-found', 'never', { what: 'school' });
  return schools;
}

/** The first sheet: what fits on one screen of a telephone; of several schools each has its column. */
function overview(
  context: MakeContext,
  of: { parts: readonly Part[]; from: readonly string[]; since: string; title: string; subtitle: string },
): Sheet<Line> {
  const { words } = context;
  const values = of.parts.map((part) => valuesOf(context, part, of));
  const alone = of.parts.length === 1;
  const columns: Column<Line>[] = [
    { head: words.text('papers.hand-over.what'), width: 18, of: ({ what }) => what },
    ...of.parts.map(
      ({ school }, at): Column<Line> => ({
        head: alone ? words.text('papers.hand-over.value') : school.name,
        width: alone ? 64 : 42,
        of: (line) => line.values[at] ?? '',
      }),
    ),
  ];
  return {
    name: words.text('papers.hand-over.sheet'),
    title: of.title,
    subtitle: of.subtitle,
    columns,
    rows: HAND_OVER_ROWS.map((row) => ({
      what: words.text(`papers.hand-over.row.${row}`),
      values: values.map((one) => (one[row] === '' ? words.text('papers.hand-over.nothing') : one[row])),
    })),
    empty: '',
  };
}

function valuesOf(
  { words, person }: MakeContext,
  { school, open, visits }: Part,
  of: { from: readonly string[]; since: string },
): Record<(typeof HAND_OVER_ROWS)[number], string> {
  const last = visits.at(-1);
  const date = (day: string) => words.text('papers.date', { day });
  const names = (all: readonly string[]) => all.join('、');
  const count = (rows: readonly LedgerRow[]) => String(rows.length);
  return {
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
}
