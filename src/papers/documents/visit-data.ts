// What the Word papers about visits say: the record of one, and a school's list of all in some days.
import type { z } from 'zod';
import { dayFromDb } from '../../store/days.ts';
import { createCalendar } from '../../supervision/calendar.ts';
import { isRectified, mustBeRectified } from '../../supervision/figures/findings.ts';
import { toldState } from '../../supervision/findings.ts';
import { UNSETTLED_STATES } from '../../supervision/ledger.ts';
import { lessonsOf } from '../../supervision/paper-rows.ts';
import { visitRows } from '../../supervision/visit-rows.ts';
import type { MakeContext } from '../make.ts';
import { photoBlocks } from './photos.ts';
import { ALL_DAYS, gone, numbered, placed, rowsOf, type Said, speaker } from './said.ts';
import type { checklist, visit } from './shapes.ts';

/** What the template of a visit record (督导记录表) may name. Throws `act.not-found` when it is gone. */
export async function visitData(context: MakeContext, visitId: string): Promise<Said<z.infer<typeof visit>>> {
  const { date, at, finding, term, terms, common } = speaker(context);
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
        ...finding(one),
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
  const { date, finding, term, terms, common } = speaker(context);
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
        ...finding(row),
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
