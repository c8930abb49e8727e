// Everything a person may be told without having asked: the key of its words, and the data that the words may name.
import { z } from 'zod';
import {
  contactsReport,
  manyLeft,
  memberBack,
  memberClash,
  memberLeft,
  memberRenamed,
} from './contacts/shapes.ts';
import { monthReport } from './month-report-shape.ts';
import { endingShape } from './roster/ending.ts';

const notice = {
  noticeId: z.uuid(),
  no: z.string(),
  school: z.string(),
  due: z.string(),
  found: z.string(),
  inspector: z.string(),
  findings: z.array(z.string()),
  ids: z.array(z.uuid()),
};
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

const consulted = z.object({
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  department: z.string(),
  answer: z.string(),
  by: z.string(),
  due: z.string(),
});

const decided = { ...answered, due: z.string().nullable() };

const line = z.object({
  kind: z.string(),
  schools: z.array(z.string()),
  no: z.string(),
  texts: z.array(z.string()),
  due: z.string(),
  late: z.number(),
});

const emergencyStep = {
  step: z.string(),
  school: z.string(),
  text: z.string(),
  by: z.string(),
  /** In which role, '' for none that has to do with it. */
  as: z.string(),
  time: z.string(),
};
const unanswered = {
  emergencyId: z.uuid(),
  school: z.string(),
  text: z.string(),
  by: z.string(),
  /** Since it was raised. */
  minutes: z.number(),
  numbers: z.array(z.object({ name: z.string(), as: z.string(), phone: z.string() })),
};
const emergencyDue = {
  school: z.string(),
  text: z.string(),
  /** The time of day at which it is due, and whether that is past. */
  due: z.string(),
  late: z.boolean(),
};

const robotTold = z.object({ name: z.string(), errcode: z.number().nullable() });
const groupTold = z.object({ name: z.string(), names: z.array(z.string()), errcode: z.number().nullable() });

export const NOTIFICATIONS = {
  'rectification.issued': z.object(notice),
  'rectification.copied': z.object(notice),
  'rectification.withdrawn': z.object({ no: z.string(), school: z.string(), reason: z.string() }),
  'rectification.signed': z.object({
    no: z.string(),
    school: z.string(),
    due: z.string(),
    count: z.number(),
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
  'rectification.reopened': z.object({ ...answered, due: z.string(), relapse: z.boolean() }),
  'rectification.relapsed': z.object({
    school: z.string(),
    findings: z.array(z.string()),
    closed: z.string(),
    by: z.string(),
  }),
  'rectification.extension-granted': z.object({ ...answered, until: z.string() }),
  'rectification.extension-refused': z.object({ ...answered, until: z.string() }),
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
      }),
    ),
  }),
  'notice.received': z.object({
    noticeId: z.uuid(),
    content: z.string(),
    /** On the office's clock; null: none was set. */
    due: z.string().nullable(),
    /** It takes the place of one that was sent before. */
    corrects: z.boolean(),
  }),
  'notice.reminder': z.object({ noticeId: z.uuid(), content: z.string(), due: z.string().nullable() }),
  'notice.withdrawn': z.object({ title: z.string() }),
  'notice.attachment': z.object({ n: z.number() }),
  'notice.settled': z.object({
    title: z.string(),
    sent: z.number(),
    failures: z.number(),
    failed: z.array(z.object({ name: z.string(), why: z.string() })),
    /** How long it took; 0: not worth a word. */
    minutes: z.number(),
    /** Groups in which it did not arrive. */
    places: z.array(
      z.object({ name: z.string(), state: z.string(), why: z.string(), errcode: z.number().nullable() }),
    ),
  }),
  /** Of the platform, when all that waited for it has arrived. */
  'notice.trouble-over': z.object({
    kind: z.enum(['away', 'limited', 'refused']),
    from: z.string(),
    to: z.string(),
    late: z.number(),
    lost: z.number(),
  }),
  'notice.silent': z.object({
    title: z.string(),
    confirmed: z.number(),
    silent: z.array(z.object({ area: z.string(), names: z.array(z.string()), count: z.number() })),
    silentCount: z.number(),
  }),
  /** A notice in a group, and later how many have confirmed it: never who. */
  'group.notice': z.object({
    content: z.string(),
    corrects: z.boolean(),
    receipt: z.boolean(),
    due: z.string().nullable(),
  }),
  'group.confirmed': z.object({ title: z.string(), confirmed: z.number() }),
  /** A group robot's own words, and what whoever registered it hears. */
  'robot.test': z.object({ name: z.string() }),
  'robot.works': robotTold,
  'robot.unsure': robotTold,
  'robot.out': robotTold,
  'robot.limited': robotTold,
  /** Said in a group: when it is new, and when it ends (with its new name). */
  'group.first': z.object({ name: z.string(), ends: z.string().nullable() }),
  'group.last': z.object({ name: z.string(), ends: z.string().nullable(), words: z.string() }),
  'group.ended-name': z.object({ name: z.string(), ends: z.string().nullable() }),
  /** To its owner. */
  'group.failed': groupTold,
  'group.due': groupTold,
  'group.few': groupTold,
  'group.gone': groupTold,
  'group.left-out': groupTold,
  'notice.told': z.object({ content: z.string(), corrects: z.boolean() }),
  'visits.exempted': z.object({ school: z.string(), month: z.string(), reason: z.string(), by: z.string() }),
  'visits.exemption-undone': z.object({ school: z.string(), month: z.string(), by: z.string() }),
  'visits.changed-by-office': z.object({
    school: z.string(),
    date: z.string(),
    what: z.array(z.enum(['voided', 'school', 'date', 'session'])),
    by: z.string(),
  }),
  'visits.filed-for': z.object({
    school: z.string(),
    date: z.string(),
    by: z.string(),
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
    from: z.array(z.string()),
    heads: z.array(z.string()),
    last: z.object({ date: z.string(), by: z.string() }).nullable(),
    open: z.array(
      z.object({ no: z.string(), text: z.string(), due: z.string().nullable(), state: z.string() }),
    ),
    more: z.number(),
  }),
  'hand-over.left': z.object({ school: z.string(), to: z.string(), open: z.number() }),
  'hand-over.school': z.object({ school: z.string(), to: z.string() }),
  'emergency.raised': z.object({
    emergencyId: z.uuid(),
    school: z.string(),
    text: z.string(),
    by: z.string(),
    time: z.string(),
    /** Of whoever raised it. */
    phone: z.string(),
    /** Whether this person must go there (a kindergarten's inspector), should, or neither. */
    go: z.enum(['must', 'should', '']),
  }),
  /** What became of it since: ack, more, on_scene, contained, report, closed, called_off. */
  'emergency.step': z.object(emergencyStep),
  'emergency.to-review': z.object({ ...emergencyStep, emergencyId: z.uuid() }),
  /** Nobody answered: to those who should have, and to whoever raised it. */
  'emergency.unanswered': z.object(unanswered),
  'emergency.call-now': z.object(unanswered),
  'emergency.report-due': z.object(emergencyDue),
  'emergency.follow-up-due': z.object(emergencyDue),
  'contacts.left': memberLeft,
  'contacts.left-many': manyLeft,
  'contacts.returned': memberBack,
  'contacts.renamed': memberRenamed,
  'contacts.clash': memberClash,
  'contacts.report': contactsReport,
} as const satisfies Record<string, z.ZodObject>;

export type NotificationKey = keyof typeof NOTIFICATIONS;
