// The numbered notices of the demo's past: issued with a visit, signed by the head, closed with the last finding.
import { newId } from '../store/ids.ts';
import type { Day } from '../supervision/calendar.ts';
import type { LoadedPerson } from '../supervision/roster/load.ts';
import { signing } from './rectification.ts';
import { auditOf, type FindingRow, type History, type NoticeRow, type VisitRow } from './rows.ts';
import type { PlannedVisit, Setting } from './visits.ts';

/** The next number of its year, signed by the head when her day has come; `willSignAt` may lie ahead of the demo's now. */
export function addNotice(
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
  const log = auditOf(history, 'notice', notice);
  log(notice.issuedAt, notice.issuedById, 'notice.issued', null, { ...notice });
  if (willSignAt < setting.now) {
    const after = { state: 'acknowledged', signedAt: willSignAt, signedById: head.id };
    log(willSignAt, head.id, 'notice.signed', { state: 'issued' }, after);
    Object.assign(notice, after);
  }
  return { id: notice.id, row: notice, willSignAt };
}

/** A notice is closed with the last of its findings. */
export function closeNotice(
  notice: NoticeRow,
  findings: FindingRow[],
  office: LoadedPerson,
  history: History,
) {
  const closings = findings
    .filter((finding) => finding.noticeId === notice.id)
    .map((finding) => finding.closedAt);
  if (closings.some((at) => at === null)) return;
  const at = new Date(Math.max(...closings.map((closed) => closed?.getTime() ?? 0)));
  const serious = findings.some((finding) => finding.disposition === 'serious');
  const actorId = serious ? office.id : notice.issuedById;
  auditOf(history, 'notice', notice)(
    at,
    actorId,
    'notice.closed',
    { state: notice.state },
    { state: 'closed' },
  );
  notice.state = 'closed';
}
