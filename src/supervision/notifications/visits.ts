// What people are told of visits, reminders and the roster: the key of the words, and the data that they may name.
import { z } from 'zod';
import {
  contactsReport,
  manyLeft,
  memberBack,
  memberClash,
  memberLeft,
  memberRenamed,
} from '../contacts/shapes.ts';
import { monthReport } from '../month-report-shape.ts';
import { endingShape } from '../roster/ending.ts';

const line = z.object({
  kind: z.string(),
  schools: z.array(z.string()),
  no: z.string(),
  texts: z.array(z.string()),
  due: z.string(),
  late: z.number(),
});

/** A hand-over of a day to come; `as` is what it means to whoever is told. */
const arranged = {
  to: z.string(),
  from: z.array(z.string()),
  since: z.string(),
  as: z.enum(['to', 'from', 'head']),
};

export const VISITS_TOLD = {
  'reminders.digest': z.object({
    /** What she owes herself, what her schools owe, and for those above counts without names. */
    mine: z.array(line),
    below: z.array(line),
    /** Her own plan, on the first working day of a week; else empty. */
    week: z.array(z.object({ school: z.string(), date: z.string() })),
    /** The month's key points, on its first working day; else empty. */
    focus: z.string(),
    counts: z.array(
      z.object({
        kind: z.string(),
        due: z.string(),
        late: z.number(),
        count: z.number(),
        schools: z.array(z.string()),
        /** Where what is overdue has come to the directors. */
        talk: z.array(z.string()),
      }),
    ),
  }),
  'visits.exempted': z.object({ school: z.string(), month: z.string(), reason: z.string(), by: z.string() }),
  'visits.exemption-undone': z.object({ school: z.string(), month: z.string(), by: z.string() }),
  'visits.changed-by-office': z.object({
    school: z.string(),
    date: z.string(),
    what: z.array(z.enum(['voided', 'school', 'date', 'session', 'contents'])),
    by: z.string(),
  }),
  'visits.filed-for': z.object({
    school: z.string(),
    date: z.string(),
    by: z.string(),
    /** By the leader of her area; else by the office. */
    byLeader: z.boolean(),
    findings: z.number(),
  }),
  'visits.companion': z.object({ school: z.string(), date: z.string(), by: z.string() }),
  'visits.by-other': z.object({
    school: z.string(),
    date: z.string(),
    by: z.string(),
    capacity: z.string(),
    joined: z.boolean(),
    findings: z.number(),
  }),
  'visits.feedback': z.object({
    visitId: z.uuid(),
    school: z.string(),
    date: z.string(),
    inspector: z.string(),
    findings: z.array(z.string()),
    highlight: z.string(),
    advice: z.string(),
  }),
  'visits.feedback-gone': z.object({ school: z.string(), date: z.string(), reason: z.string() }),
  'visits.backfilled': z.object({ school: z.string(), date: z.string(), by: z.string() }),
  'visits.month-report': monthReport,
  'visits.ending': z.object({ ending: z.array(endingShape), more: z.number() }),
  'hand-over.received': z.object({
    schoolId: z.string(),
    school: z.string(),
    since: z.string(),
    from: z.array(z.string()),
    heads: z.array(z.string()),
    last: z.object({ date: z.string(), by: z.string() }).nullable(),
    open: z.array(
      z.object({ no: z.string(), text: z.string(), due: z.string().nullable(), state: z.string() }),
    ),
    more: z.number(),
  }),
  /** Several at once: each with whom to speak to and how much is open; the rest stands in the pack. */
  'hand-over.received-all': z.object({
    since: z.string(),
    from: z.array(z.string()),
    schools: z.array(
      z.object({
        schoolId: z.string(),
        school: z.string(),
        heads: z.array(z.string()),
        open: z.number(),
      }),
    ),
    open: z.number(),
  }),
  'hand-over.left': z.object({
    schools: z.array(z.string()),
    to: z.string(),
    since: z.string(),
    open: z.number(),
  }),
  'hand-over.school': z.object({ school: z.string(), to: z.string(), since: z.string() }),
  'hand-over.planned': z.object({ ...arranged, schools: z.array(z.string()) }),
  'hand-over.cancelled': z.object({ ...arranged, school: z.string() }),
  'hand-over.failed': z.object({ school: z.string(), to: z.string(), since: z.string(), why: z.string() }),
  'contacts.left': memberLeft,
  'contacts.left-many': manyLeft,
  'contacts.returned': memberBack,
  'contacts.renamed': memberRenamed,
  'contacts.clash': memberClash,
  'contacts.report': contactsReport,
} as const satisfies Record<string, z.ZodObject>;
