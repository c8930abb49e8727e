// The rectification notice: its number, its way to the school, its signature (DOMAIN §3 b, "issue" and "sign").

import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { dayFromDb, dayToDb } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { AT_THE_VISIT } from './evidence.ts';
import { lockFindingsOf } from './lock-order.ts';

export interface IssuedNotice {
  id: string;
  no: string;
  dueOn: string;
  /** Names of those at the school who are told. */
  heads: string[];
  /** Tells the school's head, and sends its in-school inspectors a copy. */
  tell(findings: { id: string; text: string; dueOn: Date | null }[]): Promise<void>;
}

/** `区督整〔2026〕031号`; the prefix is the office's (DOMAIN §7, open point 3). */
export function noticeNo(prefix: string, year: number, number: number): string {
  return `${prefix}〔${year}〕${String(number).padStart(3, '0')}号`;
}

/**
 * The next number of a kind of paper in a year. The row's lock is held until the transaction ends, so that a number
 * that is rolled back is given again: no gaps, no doubles.
 */
export async function nextNumber(context: ActContext, paper: string, year: number): Promise<number> {
  const [row] = await context.tx.sql<{ last: number }>(
    `insert into paper_number (office_id, paper, year, last) values ($1, $2, $3, 1)
     on conflict (office_id, paper, year) do update set last = paper_number.last + 1 returning last`,
    [context.office.id, paper, year],
    'next-number',
  );
  if (!row) throw new Error('insert … returning gave no row');
  return row.last;
}

/** The people who hold a role at a school today. */
export async function peopleAt(context: Pick<ActContext, 'tx' | 'today'>, schoolId: string, role: string) {
  return context.tx.sql<{ id: string; name: string; userId: string }>(
    `select p.id, p.name, p.user_id as "userId" from assignment a join person p on p.id = a.person_id and p.active
     where a.school_id = $1 and a.role = $2 and a.since <= $3::date and (a.until is null or a.until > $3::date)
     order by p.user_key`,
    [schoolId, role, context.today.toString()],
    'people-at',
  );
}

/** The head first, then the inspectors: whoever hears of what is decided about a school. */
export async function headAndInspectors(context: ActContext, schoolId: string) {
  return [
    ...(await peopleAt(context, schoolId, 'principal')),
    ...(await peopleAt(context, schoolId, 'inspector')),
  ];
}

export async function issueNotice(
  context: ActContext,
  /** `found`: the day of the visit; a notice may be issued later, and by the office on behalf of the `inspector`. */
  of: {
    visitId: string;
    school: { id: string; name: string };
    dueOn: string;
    found: string;
    inspector?: { id: string; name: string };
    countersignedById?: string;
  },
): Promise<IssuedNotice> {
  const { office, today } = context;
  const inspector = of.inspector ?? { id: context.actor.personId, name: context.actor.name };
  const number = await nextNumber(context, 'rectification', today.year);
  const row = {
    id: newId(),
    officeId: office.id,
    schoolId: of.school.id,
    visitId: of.visitId,
    issuedById: inspector.id,
    countersignedById: of.countersignedById ?? null,
    year: today.year,
    number,
    state: 'issued',
    issuedAt: context.now,
    dueOn: dayToDb(Temporal.PlainDate.from(of.dueOn)),
  };
  const db = await context.tx.db();
  await db.rectificationNotice.create({ data: row });
  await audit(context, [
    { action: 'notice.issued', subject: 'notice', subjectId: row.id, schoolId: of.school.id, after: row },
  ]);
  const no = noticeNo(office.settings['rect.numberPrefix'], today.year, number);
  const heads = await peopleAt(context, of.school.id, 'principal');
  const copies = await peopleAt(context, of.school.id, 'school-inspector');
  return {
    id: row.id,
    no,
    dueOn: of.dueOn,
    heads: heads.map((head) => head.name),
    async tell(findings) {
      const ids = findings.map((finding) => finding.id);
      const photos = await photosAtVisit(context, ids);
      const data = {
        noticeId: row.id,
        no,
        school: of.school.name,
        due: of.dueOn,
        found: of.found,
        inspector: inspector.name,
        findings: findings.map((finding) => finding.text),
        // One notice may hold several days: its own is the first of them.
        dues: findings.map(({ dueOn }) => (dueOn ? dayFromDb(dueOn).toString() : of.dueOn)),
        ...{ ids, photos },
      };
      for (const head of heads) {
        context.notify({
          personId: head.id,
          key: 'rectification.issued',
          data,
          dedup: `notice-${row.id}-${head.id}`,
        });
        if (photos > 0)
          context.notify({
            personId: head.id,
            key: 'rectification.found-shown',
            data: { school: of.school.name, no, findings: data.findings },
            dedup: `notice-${row.id}-${head.id}-shown`,
            photosOf: ids,
          });
      }
      for (const copy of copies)
        context.notify({
          personId: copy.id,
          key: 'rectification.copied',
          data,
          dedup: `notice-${row.id}-${copy.id}`,
        });
    },
  };
}

/** How many pictures the inspector took of these. */
async function photosAtVisit(context: ActContext, findings: readonly string[]): Promise<number> {
  const [row] = await context.tx.sql<{ count: number }>(
    `select count(distinct attachment_id)::int as count from finding_evidence
     where finding_id = any($1::uuid[]) and round = ${AT_THE_VISIT}`,
    [findings],
    'photos-at-visit',
  );
  return row?.count ?? 0;
}

const signResult = z.object({
  no: z.string(),
  school: z.string(),
  due: z.string(),
  count: z.number(),
  already: z.boolean(),
});

/** 签收: the school's head, or whom she named, says that the notice has arrived. Signing twice changes nothing and says so. */
export const signNotice = action({
  name: 'notice.sign',
  roles: ['principal', 'school-inspector'] satisfies Role[],
  input: z.object({ notice: z.uuid() }),
  result: signResult,
  async run(context, { notice: noticeId }) {
    await lockFindingsOf(context, 'notice', noticeId);
    const notice = await lockNotice(context, noticeId);
    const mine = await peopleAt(context, notice.schoolId, 'principal');
    const delegated =
      notice.delegateId === context.actor.personId &&
      (await peopleAt(context, notice.schoolId, 'school-inspector')).some(
        ({ id }) => id === context.actor.personId,
      );
    if (!delegated && !mine.some((person) => person.id === context.actor.personId))
      throw new AppError('act.not-allowed');
    if (notice.state === 'withdrawn') throw new AppError('notice.withdrawn');

    const db = await context.tx.db();
    const no = noticeNo(context.office.settings['rect.numberPrefix'], notice.year, notice.number);
    const open = await db.finding.count({ where: { noticeId } });
    const told = { no, school: notice.schoolName, due: notice.dueOn, count: open };
    if (notice.signedAt !== null) return { ...told, already: true };

    const after = { state: 'acknowledged', signedAt: context.now, signedById: context.actor.personId };
    await db.rectificationNotice.update({ where: { id: noticeId }, data: after });
    await db.finding.updateMany({ where: { noticeId, state: 'issued' }, data: { state: 'acknowledged' } });
    await audit(context, [
      {
        action: 'notice.signed',
        subject: 'notice',
        subjectId: noticeId,
        schoolId: notice.schoolId,
        before: { state: notice.state },
        after,
      },
    ]);
    for (const personId of [notice.issuedById, ...(delegated ? mine.map(({ id }) => id) : [])])
      context.notify({
        personId,
        key: 'rectification.signed',
        data: { ...told, by: context.actor.name },
        dedup: `notice-${noticeId}-signed${personId === notice.issuedById ? '' : `-${personId}`}`,
      });
    return { ...told, already: false };
  },
});

export interface LockedNotice {
  schoolId: string;
  schoolName: string;
  issuedById: string;
  delegateId: string | null;
  state: string;
  year: number;
  number: number;
  dueOn: string;
  signedAt: Date | null;
}

/** Locked until the transaction ends. Throws `act.not-found` when the office has no such notice. */
export async function lockNotice(context: ActContext, noticeId: string): Promise<LockedNotice> {
  const [notice] = await context.tx.sql<LockedNotice>(
    `select n.school_id as "schoolId", s.name as "schoolName", n.issued_by as "issuedById", n.delegate_id as "delegateId", n.state, n.year, n.number,
            n.due_on as "dueOn", n.signed_at as "signedAt"
     from rectification_notice n join school s on s.id = n.school_id
     where n.id = $1 and n.office_id = $2 for update of n`,
    [noticeId, context.office.id],
    'lock-notice',
  );
  if (!notice) throw new AppError('act.not-found', 'never', { what: 'notice' });
  return notice;
}
