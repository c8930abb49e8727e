// What people are told of findings, notices and their rectification without having asked: the key of the words, and the data that they may name.
import { z } from 'zod';

const notice = {
  noticeId: z.uuid(),
  no: z.string(),
  school: z.string(),
  due: z.string(),
  found: z.string(),
  inspector: z.string(),
  findings: z.array(z.string()),
  /** Until when each of them, in the same order. */
  dues: z.array(z.string()),
  ids: z.array(z.uuid()),
  /** Pictures that were taken at the visit. */
  photos: z.number(),
};

const consulted = z.object({
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  department: z.string(),
  answer: z.string(),
  by: z.string(),
  due: z.string(),
});

const handled = {
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  ids: z.array(z.uuid()),
};

/** What somebody decided about findings of a school. */
const answered = {
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  reason: z.string(),
  by: z.string(),
};

const decided = { ...answered, due: z.string().nullable() };

export const RECTIFICATION_TOLD = {
  'rectification.issued': z.object(notice),
  'rectification.copied': z.object(notice),
  'rectification.withdrawn': z.object({ no: z.string(), school: z.string(), reason: z.string() }),
  'rectification.signed': z.object({
    no: z.string(),
    school: z.string(),
    due: z.string(),
    by: z.string(),
  }),
  'rectification.delegated': z.object({
    noticeId: z.uuid(),
    no: z.string(),
    school: z.string(),
    due: z.string(),
    by: z.string(),
    findings: z.array(z.string()),
  }),
  'rectification.submitted': z.object({ ...handled, report: z.string(), photos: z.number(), by: z.string() }),
  'rectification.shown': z.object({ school: z.string(), no: z.string(), findings: z.array(z.string()) }),
  /** The pictures of what was found, for the school's head; and that some came after the notice. */
  'rectification.found-shown': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
  }),
  'rectification.pictured': z.object({ ...handled, by: z.string() }),
  'rectification.forwarded': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    report: z.string(),
    by: z.string(),
  }),
  'rectification.evidence-moved': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    photos: z.number(),
    by: z.string(),
  }),
  'rectification.evidence-removed': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    photos: z.number(),
    by: z.string(),
  }),
  'rectification.accepted': z.object({
    ...handled,
    passed: z.boolean(),
    reason: z.string(),
    inspector: z.string(),
    due: z.string().nullable(),
  }),
  'rectification.returned': z.object({
    ...handled,
    passed: z.boolean(),
    reason: z.string(),
    inspector: z.string(),
    due: z.string().nullable(),
  }),
  /** Returned by mistake: it counts as passed. */
  'rectification.overturned': z.object({ ...handled, inspector: z.string() }),
  'rectification.extension-asked': z.object({
    ...handled,
    asked: z.string(),
    was: z.string(),
    reason: z.string(),
    by: z.string(),
  }),
  'rectification.planned': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    measure: z.string(),
    person: z.string(),
    day: z.string(),
    by: z.string(),
  }),
  'rectification.reminded': z.object({
    school: z.string(),
    open: z.array(z.object({ no: z.string(), text: z.string(), due: z.string() })),
    by: z.string(),
  }),
  'rectification.overdue': z.object({
    by: z.string(),
    days: z.number(),
    total: z.number(),
    open: z.array(
      z.object({ no: z.string(), school: z.string(), text: z.string(), due: z.string(), late: z.number() }),
    ),
  }),
  'rectification.escalated': z.object({
    ...answered,
    reason: z.string().optional(),
    step: z.string(),
    on: z.string(),
    note: z.string(),
  }),
  'rectification.step-taken-back': z.object({ ...answered, reason: z.string(), step: z.string() }),
  'rectification.consulted': consulted,
  'rectification.consult-answered': consulted,
  'rectification.consult-partial': consulted,
  'rectification.consult-returned': consulted,
  'rectification.consult-withdrawn': z.object({
    school: z.string(),
    no: z.string(),
    department: z.string(),
    by: z.string(),
  }),
  'rectification.to-consult': z.object({
    schoolId: z.uuid(),
    school: z.string(),
    findings: z.array(z.string()),
    by: z.string(),
  }),
  'rectification.objected': z.object({
    ...handled,
    reason: z.string(),
    by: z.string(),
    due: z.string().nullable(),
  }),
  'rectification.objection-upheld': z.object({ ...decided, withdrawn: z.array(z.string()) }),
  'rectification.objection-dismissed': z.object({ ...decided, withdrawn: z.array(z.string()) }),
  'rectification.to-countersign': z.object({
    school: z.string(),
    findings: z.array(z.string()),
    ids: z.array(z.uuid()),
    due: z.string(),
    by: z.string(),
  }),
  'rectification.countersigned': z.object({ ...answered, due: z.string() }),
  'rectification.sent-back': z.object({ ...handled, reason: z.string(), by: z.string() }),
  'rectification.looked-back': z.object({ ...handled, how: z.string(), by: z.string(), note: z.string() }),
  'rectification.closed': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    by: z.string(),
  }),
  /** `slip`: what had been said before was a mistake. */
  'rectification.reopened': z.object({
    ...answered,
    due: z.string(),
    relapse: z.boolean(),
    slip: z.boolean().default(false),
  }),
  /** Opened again by mistake; `now`: closed, waiting (for the office to close it) or accepted. */
  'rectification.not-reopened': z.object({
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    by: z.string(),
    now: z.string(),
  }),
  'rectification.relapsed': z.object({
    school: z.string(),
    findings: z.array(z.string()),
    closed: z.string(),
    by: z.string(),
  }),
  'rectification.extension-granted': z.object({ ...answered, until: z.string() }),
  'rectification.extension-refused': z.object({ ...answered, until: z.string() }),
  'rectification.extension-changed': z.object({ ...answered, until: z.string(), granted: z.boolean() }),
} as const satisfies Record<string, z.ZodObject>;
