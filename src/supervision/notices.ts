// The rectification notice: its number, who at the school hears of it, its signature (DOMAIN §3 b, "sign").

import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { lockFindingsOf } from './lock-order.ts';

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

const signResult = z.object({
  no: z.string(),
  school: z.string(),
  due: z.string(),
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
    const told = { no, school: notice.schoolName, due: notice.dueOn };
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
