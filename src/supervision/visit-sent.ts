// 发给学校了吗: an inspector asks whether what she filed has reached its school: the notices of a visit, or its feedback, sent and signed for or not.
import { z } from 'zod';
import { schoolsInSight } from './access.ts';
import { type ActContext, action, type Role } from './act.ts';
import { wallOf } from './notices/send.ts';
import { noticeNo } from './notices.ts';

/** Nothing that scrolls (VOICE, rule 1). */
const SHOWN = 3;
const ROLES = ['inspector', 'area-leader'] as const satisfies Role[];

/** Moments are on the office's clock. */
const moment = z.string().nullable();
/** `sent`: the platform took it for a head; `waits`: it is on its way; `failed`: it came to no head; `none`: nothing is known of a message. */
const WAYS = ['sent', 'waits', 'failed', 'none'] as const;
const paper = z.object({
  no: z.string(),
  issued: z.string(),
  way: z.enum(WAYS),
  sent: moment,
  signed: moment,
});
const visit = z.object({
  school: z.string(),
  date: z.string(),
  /** Findings that wait for the office or came back from it. */
  waits: z.number(),
  notices: z.array(paper),
  feedback: z.object({ way: z.enum(WAYS), sent: moment }),
  read: moment,
});

/** What the outbox knows of one message to the heads of a school. */
interface Told {
  sentAt: string | null;
  waits: boolean;
  any: boolean;
}

interface Row {
  school: string;
  date: string;
  waits: number;
  readAt: Date | null;
  feedback: Told;
  notices: Array<{ year: number; number: number; issuedAt: string; signedAt: string | null; told: Told }>;
}

const wayOf = ({ sentAt, waits, any }: Told): (typeof WAYS)[number] =>
  sentAt !== null ? 'sent' : waits ? 'waits' : any ? 'failed' : 'none';

/** Those of a school or of some days; without either the last that she filed. Not hers: only at schools that are in her sight. */
export const visitSent = action({
  name: 'visit.sent',
  roles: [...ROLES],
  input: z.object({
    school: z.uuid().optional(),
    period: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
  }),
  result: z.object({ visits: z.array(visit), more: z.number() }),
  async run(context, { school, period }) {
    const rows = await visitsOf(context, school ?? null, period ?? null);
    const shown = rows.slice(0, period ? SHOWN : 1);
    const { office } = context;
    const clock = (at: Date | string | null) => (at === null ? null : wallOf(office, new Date(at)));
    return {
      visits: shown.map(({ notices, readAt, feedback, ...row }) => ({
        ...row,
        read: clock(readAt),
        feedback: { way: wayOf(feedback), sent: clock(feedback.sentAt) },
        notices: notices.map((one) => ({
          no: noticeNo(office.settings['rect.numberPrefix'], one.year, one.number),
          issued: wallOf(office, new Date(one.issuedAt)),
          way: wayOf(one.told),
          sent: clock(one.told.sentAt),
          signed: clock(one.signedAt),
        })),
      })),
      more: period ? rows.length - shown.length : 0,
    };
  },
});

/** To the heads of the school, past or present; `dedup` is the notification's but for who gets it (http/outgoing, notificationKey). */
const toHeads = (dedup: string): string =>
  `(select json_build_object('sentAt', min(o.sent_at), 'any', count(*) > 0,
      'waits', coalesce(bool_or(o.state in ('pending', 'sending', 'unknown')), false))
    from assignment a join outbox o on o.office_id = v.office_id and o.key = 'notify-' || ${dedup} || '-' || a.person_id
    where a.school_id = v.school_id and a.role = 'principal')`;

async function visitsOf(
  context: ActContext,
  school: string | null,
  period: { from: string; to: string } | null,
): Promise<Row[]> {
  const { tx, office, actor } = context;
  return tx.sql<Row>(
    `select s.name as school, v.visited_on as date, v.read_at as "readAt",
       (select count(*)::int from finding f where f.visit_id = v.id and f.state in ('draft', 'sent_back')) as waits,
       ${toHeads(`'visit-' || v.id || '-feedback'`)} as feedback,
       (select coalesce(json_agg(json_build_object('year', n.year, 'number', n.number, 'issuedAt', n.issued_at,
          'signedAt', n.signed_at, 'told', ${toHeads(`'notice-' || n.id`)}) order by n.year, n.number), '[]')
        from rectification_notice n where n.visit_id = v.id and n.state <> 'withdrawn') as notices
     from visit v join school s on s.id = v.school_id
     where v.office_id = $1 and v.state <> 'voided' and ($2::uuid is null or v.school_id = $2)
       and (v.inspector_id = $3 or exists (select from visit_companion c where c.visit_id = v.id and c.person_id = $3)
            or $2 is not null and v.school_id = any($4::uuid[]))
       and ($5::date is null or v.visited_on between $5 and $6::date
            or (v.created_at at time zone $7)::date between $5 and $6::date)
     order by ${period ? 'v.visited_on' : 'v.created_at'} desc, v.id desc limit 20`,
    [
      office.id,
      school,
      actor.personId,
      school === null ? [] : await schoolsInSight(context, ROLES),
      period?.from ?? null,
      period?.to ?? null,
      office.timeZone,
    ],
    period ? 'visits-sent-within' : 'visits-sent',
  );
}
