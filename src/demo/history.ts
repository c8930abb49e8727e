// Turns planned visits into the rows of three months: visits, findings, numbered notices, and the audit of each step.
import { newId } from '../store/ids.ts';
import { needsNotice } from '../supervision/findings.ts';
import type { LoadedPerson } from '../supervision/roster/load.ts';
import { addNotice, closeNotice } from './notices.ts';
import { atIssue, course, dueDay, earliest } from './rectification.ts';
import { auditOf, type FindingRow, type History, type VisitRow } from './rows.ts';
import { type PlannedVisit, planVisits, type Setting } from './visits.ts';

/** Everything that happened before `setting.now`; the same for the same day and roster, but for the ids. */
export function makeHistory(setting: Setting): History {
  const history: History = { visits: [], notices: [], findings: [], audit: [], lastNumbers: [] };
  const planned = planVisits(setting);
  const recordedAt = new Map<string, Date[]>();
  for (const { school, recordedAt: at } of planned)
    recordedAt.set(school.id, [...(recordedAt.get(school.id) ?? []), at]);
  const office = setting.roster.people.find((person) => person.roles.includes('office'));
  if (!office) throw new Error('the demo roster has no office staff');
  const numbers = new Map<number, number>();

  for (const visit of planned) {
    const row = visitRow(setting, visit, history);
    const later = (recordedAt.get(visit.school.id) ?? []).filter((at) => at > visit.recordedAt);
    addFindings(setting, { visit, row, office, later, numbers }, history);
  }
  history.audit.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const entry of history.audit) entry.id = newId(); // ids sort as the entries do
  history.lastNumbers = [...numbers].map(([year, last]) => ({ year, last }));
  return history;
}

function visitRow(setting: Setting, visit: PlannedVisit, history: History): VisitRow {
  const { calendar, now } = setting;
  const row: VisitRow = {
    id: newId(),
    schoolId: visit.school.id,
    inspectorId: visit.inspector.id,
    visitedOn: visit.visitedOn.toString(),
    session: visit.session,
    methods: visit.methods,
    items: visit.items,
    lessons: visit.lessons,
    narrative: visit.narrative,
    highlight: visit.highlight,
    noFindings: visit.found.length === 0,
    backfilled: visit.backfilled,
    state: 'confirmed',
    voidReason: null,
    createdAt: visit.recordedAt,
  };
  history.visits.push(row);
  const log = auditOf(history, 'visit', row);
  log(row.createdAt, row.inspectorId, 'visit.recorded', null, { ...row });

  if (visit.voidReason !== null) {
    const at = new Date(row.createdAt.getTime() + 9 * 60_000);
    log(
      at,
      row.inspectorId,
      'visit.voided',
      { state: row.state },
      { state: 'voided', voidReason: visit.voidReason },
    );
    Object.assign(row, { state: 'voided', voidReason: visit.voidReason });
    return row;
  }
  // Into the month's report at its end, to the archive on the third working day of the next (DOMAIN §3 a).
  const month = calendar.month(visit.visitedOn);
  const archiveDay = calendar.addWorkdays(month.to, 3);
  const steps = [
    { day: month.to, time: '18:05', state: 'reported' },
    { day: archiveDay, time: '16:20', state: 'archived' },
  ];
  for (const { day, time, state } of steps) {
    const planned = calendar.instant(day, time);
    const at = planned > row.createdAt ? planned : new Date(row.createdAt.getTime() + 5 * 60_000);
    if (at >= now) break;
    log(at, null, `visit.${state}`, { state: row.state }, { state });
    row.state = state;
  }
  return row;
}

function addFindings(
  setting: Setting,
  of: {
    visit: PlannedVisit;
    row: VisitRow;
    office: LoadedPerson;
    later: Date[];
    numbers: Map<number, number>;
  },
  history: History,
) {
  const { calendar, now, roster } = setting;
  const { visit, row } = of;
  const [head] = roster.holders(visit.school.id, 'principal');
  if (visit.found.length === 0 || !head) return;
  const recordedOn = calendar.dayOf(visit.recordedAt);
  const things = visit.found.map((thing) => ({ thing, dueOn: dueDay(setting, thing, recordedOn) }));
  const dues = things.flatMap(({ thing, dueOn }) => (dueOn && needsNotice(thing.grade) ? [dueOn] : []));
  const notice =
    dues.length === 0 ? null : addNotice(setting, { ...of, head, dueOn: earliest(dues) }, history);

  const rows = things.map(({ thing, dueOn }, i): FindingRow => {
    const onNotice = notice !== null && needsNotice(thing.grade);
    const finding: FindingRow = {
      ...atIssue,
      id: newId(),
      visitId: row.id,
      schoolId: row.schoolId,
      noticeId: onNotice ? notice.id : null,
      ordinal: i + 1,
      item: thing.item,
      text: thing.text,
      disposition: thing.grade,
      state: dueOn ? 'issued' : 'fixed',
      dueOn: dueOn?.toString() ?? null,
    };
    const log = auditOf(history, 'finding', finding);
    log(row.createdAt, row.inspectorId, 'finding.issued', null, { ...finding });
    if (!dueOn) return finding;
    const signedAt = onNotice ? notice.willSignAt : null;
    const events = course(setting, {
      visit,
      thing,
      dueOn,
      signedAt,
      head,
      officeId: of.office.id,
      nextVisits: of.later,
    });
    for (const { at, actorId, action, change } of events) {
      if (at >= now) break;
      // The signature is the notice's own step; the finding only follows it.
      if (action !== 'finding.acknowledged')
        log(at, actorId, action, { state: finding.state, round: finding.round }, change);
      Object.assign(finding, change);
    }
    return finding;
  });
  history.findings.push(...rows);
  if (notice) closeNotice(notice.row, rows, of.office, history);
}
