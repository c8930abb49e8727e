// Turns planned visits into the rows of three months: visits, findings, numbered notices, and the audit of each step.
import { newId } from '../store/ids.ts';
import type { Day } from '../supervision/calendar.ts';
import { needsNotice } from '../supervision/findings.ts';
import type { LoadedPerson } from '../supervision/roster/load.ts';
import { atIssue, course, dueDay, earliest, type FindingState, signing } from './rectification.ts';
import { type PlannedVisit, planVisits, type Setting } from './visits.ts';

export interface VisitRow {
  id: string;
  schoolId: string;
  inspectorId: string;
  visitedOn: string;
  session: string;
  methods: string[];
  items: string[];
  lessons: number | null;
  narrative: string;
  highlight: string;
  noFindings: boolean;
  backfilled: boolean;
  state: string;
  voidReason: string | null;
  createdAt: Date;
}
export interface NoticeRow {
  id: string;
  schoolId: string;
  visitId: string;
  issuedById: string;
  year: number;
  number: number;
  state: string;
  issuedAt: Date;
  dueOn: string;
  signedAt: Date | null;
  signedById: string | null;
}
export interface FindingRow extends FindingState {
  id: string;
  visitId: string;
  schoolId: string;
  noticeId: string | null;
  ordinal: number;
  item: string;
  text: string;
  disposition: string;
  dueOn: string | null;
}
export interface AuditRow {
  id: string;
  at: Date;
  actorId: string | null;
  action: string;
  subject: 'visit' | 'finding' | 'notice';
  subjectId: string;
  schoolId: string;
  before: object | null;
  after: object | null;
}
export interface History {
  visits: VisitRow[];
  notices: NoticeRow[];
  findings: FindingRow[];
  audit: AuditRow[];
  /** The last number given out, per year. */
  lastNumbers: { year: number; last: number }[];
}

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
  const log = (at: Date, actorId: string | null, action: string, before: object | null, after: object) =>
    history.audit.push({
      id: '',
      at,
      actorId,
      action,
      subject: 'visit',
      subjectId: row.id,
      schoolId: row.schoolId,
      before,
      after,
    });
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
    const log = (at: Date, actorId: string | null, action: string, before: object | null, after: object) =>
      history.audit.push({
        id: '',
        at,
        actorId,
        action,
        subject: 'finding',
        subjectId: finding.id,
        schoolId: row.schoolId,
        before,
        after,
      });
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

function addNotice(
  setting: Setting,
  of: { visit: PlannedVisit; row: VisitRow; numbers: Map<number, number>; head: LoadedPerson; dueOn: Day },
  history: History,
) {
  const { row, head, numbers } = of;
  const year = setting.calendar.dayOf(row.createdAt).year;
  const number = (numbers.get(year) ?? 0) + 1;
  numbers.set(year, number);
  const willSignAt = signing(setting, row.createdAt);
  const notice: NoticeRow = {
    id: newId(),
    schoolId: row.schoolId,
    visitId: row.id,
    issuedById: row.inspectorId,
    year,
    number,
    state: 'issued',
    issuedAt: row.createdAt,
    dueOn: of.dueOn.toString(),
    signedAt: null,
    signedById: null,
  };
  history.notices.push(notice);
  const log = (at: Date, actorId: string, action: string, before: object | null, after: object) =>
    history.audit.push({
      id: '',
      at,
      actorId,
      action,
      subject: 'notice',
      subjectId: notice.id,
      schoolId: notice.schoolId,
      before,
      after,
    });
  log(notice.issuedAt, notice.issuedById, 'notice.issued', null, { ...notice });
  if (willSignAt < setting.now) {
    const after = { state: 'acknowledged', signedAt: willSignAt, signedById: head.id };
    log(willSignAt, head.id, 'notice.signed', { state: 'issued' }, after);
    Object.assign(notice, after);
  }
  return { id: notice.id, row: notice, willSignAt };
}

/** A notice is closed with the last of its findings. */
function closeNotice(notice: NoticeRow, findings: FindingRow[], office: LoadedPerson, history: History) {
  const closings = findings
    .filter((finding) => finding.noticeId === notice.id)
    .map((finding) => finding.closedAt);
  if (closings.some((at) => at === null)) return;
  const at = new Date(Math.max(...closings.map((closed) => closed?.getTime() ?? 0)));
  const serious = findings.some((finding) => finding.disposition === 'serious');
  history.audit.push({
    id: '',
    at,
    actorId: serious ? office.id : notice.issuedById,
    action: 'notice.closed',
    subject: 'notice',
    subjectId: notice.id,
    schoolId: notice.schoolId,
    before: { state: notice.state },
    after: { state: 'closed' },
  });
  notice.state = 'closed';
}
