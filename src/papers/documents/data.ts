// What each Word paper says, put together from the rows: codes become words, instants become the office's days.
import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayFromDb, dayOf } from '../../store/days.ts';
import { createCalendar } from '../../supervision/calendar.ts';
import { isRectified, mustBeRectified } from '../../supervision/figures/findings.ts';
import { toldState } from '../../supervision/findings.ts';
import { type LedgerAsk, type LedgerRow, ledgerRows, UNSETTLED_STATES } from '../../supervision/ledger.ts';
import { noticeNo } from '../../supervision/notices.ts';
import { lessonsOf, noticeById } from '../../supervision/paper-rows.ts';
import { visitRows } from '../../supervision/visit-rows.ts';
import type { MakeContext } from '../make.ts';
import { photoBlocks } from './photos.ts';
import type { Drawn } from './pictures.ts';
import type { checklist, lookBack, notice, visit } from './shapes.ts';

/** The small words of a paper, in the reader's language. */
function speaker({ words, office, today }: MakeContext) {
  const date = (iso: string | null) => (iso === null ? '' : words.text('papers.date', { day: iso }));
  return {
    date,
    at: (instant: Date | null) => (instant === null ? '' : date(dayOf(instant, office.timeZone).toString())),
    /** In a table, where a day written out would take two lines. */
    short: (instant: Date | null) => (instant === null ? '' : dayOf(instant, office.timeZone).toString()),
    term: (kind: string, code: string) => words.term(`${kind}.${code}`) ?? code,
    terms: (kind: string, codes: readonly string[]) =>
      codes.map((code) => words.term(`${kind}.${code}`) ?? code).join('、'),
    common: { office: office.name, today: date(today.toString()) },
  };
}

const numbered = <R extends object>(rows: readonly R[]) =>
  rows.map((row, index) => ({ n: index + 1, ...row }));

/** Findings by their place in the paper's table. */
const placed = (rows: readonly LedgerRow[]) =>
  rows.map(({ id, text }, index) => ({ id, text, n: index + 1 }));

function rowsOf(context: MakeContext, ask: Omit<LedgerAsk, 'officeId'>): Promise<LedgerRow[]> {
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

const ALL_DAYS = { from: null, to: null };
const gone = (what: string) => new AppError('act.not-found', 'never', { what });

/** What the template of a rectification notice (整改通知书) may name. Throws `act.not-found` when it is gone. */
export async function noticeData(
  context: MakeContext,
  noticeId: string,
): Promise<Said<z.infer<typeof notice>>> {
  const { date, at, term, common } = speaker(context);
  const head = await noticeById({ sql: context.sql }, context.office.id, noticeId);
  if (!head) throw gone('notice');
  const rows = await rowsOf(context, { schoolIds: [head.schoolId], ...ALL_DAYS, noticeId });
  const said = {
    ...common,
    no: noticeNo(context.office.settings['rect.numberPrefix'], head.year, head.number),
    school: head.school,
    inspector: head.inspector,
    found: date(head.foundOn),
    issued: at(head.issuedAt),
    due: date(head.dueOn),
    count: rows.length,
    withdrawn: head.state === 'withdrawn',
    signed: head.signedAt !== null,
    signedBy: head.signedBy,
    signedOn: at(head.signedAt),
    findings: numbered(
      rows.map((row) => ({
        text: row.text,
        item: term('item', row.item),
        disposition: term('disposition', row.disposition),
        due: row.dueOn ?? '',
      })),
    ),
  };
  return { said, files: [] };
}

/** What the template of a visit record (督导记录表) may name. Throws `act.not-found` when it is gone. */
export async function visitData(context: MakeContext, visitId: string): Promise<Said<z.infer<typeof visit>>> {
  const { date, at, term, terms, common } = speaker(context);
  const { sql, office, words } = context;
  const [row] = await visitRows(
    { sql },
    { officeId: office.id, schoolIds: [], ...ALL_DAYS, visitIds: [visitId] },
  );
  if (!row) throw gone('visit');
  const findings = await rowsOf(context, { schoolIds: [row.schoolId], ...ALL_DAYS, visitId });
  const { blocks, files } = await photoBlocks(context, {
    findings: placed(findings),
    when: ['visit'],
    visitId,
  });
  const lessons = await lessonsOf({ sql }, visitId);
  const { schoolYear, term: half } = createCalendar(office.timeZone, office.settings).semester(
    dayFromDb(row.day),
  );
  const said = {
    ...common,
    semester: words.text('papers.semester', { first: schoolYear, second: schoolYear + 1, half }),
    school: row.school,
    stage: term('stage', row.stage),
    area: row.area,
    day: date(row.day),
    session: row.session ? term('session', row.session) : '',
    inspector: row.inspector,
    companions: row.companions.join('、'),
    methods: row.methods.map((one) => `${term('method', one)}${row.methodCounts[one] ?? ''}`).join('、'),
    items: terms('item', row.items),
    highlight: row.highlight,
    advice: row.advice,
    narrative: row.narrative,
    filed: at(row.createdAt),
    read: row.readAt !== null,
    readOn: at(row.readAt),
    hasLessons: lessons.length > 0,
    lessons: numbered(lessons),
    hasFindings: findings.length > 0,
    findings: numbered(
      findings.map((one) => ({
        text: one.text,
        item: term('item', one.item),
        disposition: term('disposition', one.disposition),
        due: one.dueOn ?? '',
        no: one.no,
        state: term('finding-state', toldState(one.state, one.no)),
      })),
    ),
    hasPhotos: blocks.length > 0,
    photos: numbered(blocks),
  };
  return { said, files };
}

/** What the template of one school's list (一校一清单) may name; days are inclusive, as YYYY-MM-DD. */
export async function checklistData(
  context: MakeContext,
  of: { schoolId: string; from: string; to: string },
): Promise<Said<z.infer<typeof checklist>>> {
  const { date, term, terms, common } = speaker(context);
  const { sql, office, words } = context;
  const [school] = await sql<{ name: string; area: string; kind: string }>(
    `select s.name, a.name as area, s.kind from school s join area a on a.id = s.area_id where s.office_id = $1 and s.id = $2`,
    [office.id, of.schoolId],
    'paper-school',
  );
  if (!school) throw gone('school');
  const days = { schoolIds: [of.schoolId], from: of.from, to: of.to };
  const visits = await visitRows({ sql }, { officeId: office.id, ...days });
  const all = await rowsOf(context, { ...days, olderOpen: true });
  const rows = all.filter((row) => row.state !== 'withdrawn');
  const must = rows.filter(mustBeRectified);
  const unsettled: readonly string[] = UNSETTLED_STATES.filter((state) => state !== 'accepted');
  const overdue = rows.filter((row) => row.overdue > 0).length;
  const highlights = visits.flatMap((one) =>
    one.highlight === '' ? [] : [{ text: one.highlight, day: date(one.day) }],
  );
  const said = {
    ...common,
    school: school.name,
    stage: term('stage', school.kind),
    area: school.area,
    period: words.text('papers.period', { period: `${of.from}/${of.to}` }),
    visitCount: visits.length,
    total: rows.length,
    fixed: rows.length - must.length,
    mustCount: must.length,
    rectified: must.filter(isRectified).length,
    open: must.filter((row) => unsettled.includes(row.state)).length,
    hasOverdue: overdue > 0,
    overdue,
    hasVisits: visits.length > 0,
    visits: numbered(
      visits.map((one) => ({
        day: one.day,
        inspector: [one.inspector, ...one.companions].join('、'),
        items: terms('item', one.items),
        findings: one.findings,
      })),
    ),
    hasFindings: rows.length > 0,
    findings: numbered(
      rows.map((row) => ({
        day: row.visitedOn,
        text: row.text,
        item: term('item', row.item),
        disposition: term('disposition', row.disposition),
        due: row.dueOn ?? '',
        report: row.report,
        state: term('finding-state', toldState(row.state, row.no)),
        no: row.no,
        responsible: row.responsible,
      })),
    ),
    hasHighlights: highlights.length > 0,
    highlights: numbered(highlights),
  };
  return { said, files: [] };
}

/** What the template of a look back (回头看记录) may name. Throws `act.not-found` when its notice is gone. */
export async function lookBackData(
  context: MakeContext,
  noticeId: string,
): Promise<Said<z.infer<typeof lookBack>>> {
  const { date, short, term, common } = speaker(context);
  const head = await noticeById({ sql: context.sql }, context.office.id, noticeId);
  if (!head) throw gone('notice');
  const rows = await rowsOf(context, { schoolIds: [head.schoolId], ...ALL_DAYS, noticeId });
  const done = rows.filter((row) => row.lookedBackAt !== null).length;
  const { blocks, files } = await photoBlocks(context, {
    findings: placed(rows),
    when: ['rectified', 'looked-back'],
  });
  const said = {
    ...common,
    school: head.school,
    area: head.area,
    inspector: head.inspector,
    found: date(head.foundOn),
    hasNo: true,
    no: noticeNo(context.office.settings['rect.numberPrefix'], head.year, head.number),
    count: rows.length,
    done,
    none: done === 0,
    findings: numbered(
      rows.map((row) => ({
        text: row.text,
        item: term('item', row.item),
        report: row.report,
        reviewed: short(row.reviewedAt),
        lookedBack: short(row.lookedBackAt),
        how: row.lookedBackHow ? term('looked-back', row.lookedBackHow) : '',
        note: [row.lookedBackHow ? term('looked-back', row.lookedBackHow) : '', row.lookBackNote]
          .filter((part) => part !== '')
          .join(' '),
        state: term('finding-state', toldState(row.state, row.no)),
      })),
    ),
    hasPhotos: blocks.length > 0,
    photos: numbered(blocks),
  };
  return { said, files };
}
