// 代签 (DOMAIN §3 b, "principal or delegate"): a head names who of her school signs a notice for her. She may still sign it herself.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { action, audit, type Role } from '../act.ts';
import { lockFindingsOf } from '../lock-order.ts';
import { lockNotice, noticeNo, peopleAt } from '../notices.ts';

export const delegateSigning = action({
  name: 'notice.delegate',
  roles: ['principal'] satisfies Role[],
  /** `signer`: an in-school inspector of hers. */
  input: z.object({ notice: z.uuid(), signer: z.uuid() }),
  result: z.object({ no: z.string(), school: z.string(), name: z.string() }),
  async run(context, { notice: id, signer }) {
    await lockFindingsOf(context, 'notice', id);
    const notice = await lockNotice(context, id);
    const heads = await peopleAt(context, notice.schoolId, 'principal');
    if (!heads.some((person) => person.id === context.actor.personId)) throw new AppError('act.not-allowed');
    if (notice.state === 'withdrawn') throw new AppError('notice.withdrawn');
    if (notice.signedAt !== null) throw new AppError('notice.signed-already');
    const staff = await peopleAt(context, notice.schoolId, 'school-inspector');
    const named = staff.find((person) => person.id === signer);
    if (!named) throw new AppError('act.not-found', 'never', { what: 'signer' });
    const db = await context.tx.db();
    await db.rectificationNotice.update({ where: { id }, data: { delegateId: named.id } });
    await audit(context, [
      {
        action: 'notice.delegated',
        subject: 'notice',
        subjectId: id,
        schoolId: notice.schoolId,
        before: { delegateId: notice.delegateId },
        after: { delegateId: named.id },
      },
    ]);
    const no = noticeNo(context.office.settings['rect.numberPrefix'], notice.year, notice.number);
    const findings = await context.tx.sql<{ text: string }>(
      `select text from finding where notice_id = $1 and state not in ('withdrawn', 'voided') order by ordinal`,
      [id],
      'notice-texts',
    );
    context.notify({
      personId: named.id,
      key: 'rectification.delegated',
      data: {
        noticeId: id,
        no,
        school: notice.schoolName,
        due: notice.dueOn,
        by: context.actor.name,
        findings: findings.map(({ text }) => text),
      },
      dedup: `notice-${id}-delegated-${named.id}`,
    });
    return { no, school: notice.schoolName, name: named.name };
  },
});
