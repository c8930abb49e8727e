// The rows of the demo's past as their tables hold them, and how a step of one of them is written down.
import type { FindingState } from './rectification.ts';

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

/** Writes down a step of one row: who did what when (null: the clock did it), and what it was before and is after. */
export type LogStep = (
  at: Date,
  actorId: string | null,
  action: string,
  before: object | null,
  after: object,
) => void;

/** The audit of one row; ids are given when all entries are there and in order. */
export function auditOf(
  history: History,
  subject: AuditRow['subject'],
  { id: subjectId, schoolId }: { id: string; schoolId: string },
): LogStep {
  return (at, actorId, action, before, after) =>
    void history.audit.push({
      ...{ id: '', at, actorId, action },
      ...{ subject, subjectId, schoolId, before, after },
    });
}
