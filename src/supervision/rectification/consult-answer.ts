// What comes back on a consultation letter (DOMAIN §3 b): the answer, a part of it, or the letter itself because it is not theirs.
import { z } from 'zod';
import { dayToDb } from '../../store/days.ts';
import { requireStanding } from '../access.ts';
import { action, OFFICE_ROLES } from '../act.ts';
import { endEscalation } from './escalate.ts';
import { endLetters, letterNo, letterResult, meantLetters, tellOfLetter } from './letters.ts';
import { auditFindings, stepAll, together } from './lock.ts';

const answered = z.object({ school: z.uuid(), answer: z.string().trim().min(2).max(500) });

/** 科室答复: the department has said what it does; the finding waits for the look back. */
export const answerConsultation = action({
  name: 'rectification.consult-answer',
  roles: OFFICE_ROLES,
  input: answered,
  result: letterResult,
  async run(context, { school: schoolId, answer }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const { findings, letters, department } = await meantLetters(context, schoolId, answer);
    const { school, findings: texts, ids } = together(context, findings);
    const to = await stepAll(context, findings, 'consult-settle');
    await endLetters(context, letters, 'answered', answer);
    await endEscalation(context, findings);
    const db = await context.tx.db();
    await db.finding.updateMany({
      where: { id: { in: ids } },
      data: {
        ...{ state: 'accepted', reviewedAt: context.now, reviewedById: context.actor.personId },
        ...{ lookedBackAt: null, lookedBackHow: null },
      },
    });
    await auditFindings(context, 'finding.consult-answered', findings, ({ id }) => ({
      state: to.get(id),
      answer,
    }));
    const no = letters.map((letter) => letterNo(context, letter)).join('、');
    const told = await tellOfLetter(context, findings, 'consult-answered', { no, department, answer });
    return { school, no, findings: texts, department, due: '', told };
  },
});

/** 部分答复: something was said, the rest is still awaited; letter and day stand. */
export const partialAnswer = action({
  name: 'rectification.consult-partial',
  roles: OFFICE_ROLES,
  input: answered,
  result: letterResult,
  async run(context, { school: schoolId, answer }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const { findings, letters, department } = await meantLetters(context, schoolId, answer);
    const { school, findings: texts } = together(context, findings);
    const [row] = await context.tx.sql<{ due: string }>(
      `with said as (update consultation set answer = concat_ws(';', nullif(answer, ''), $2::text) where id = any($1::uuid[]) returning due_on)
       select min(due_on)::text as due from said`,
      [letters.map(({ id }) => id), answer],
      'partial-answer',
    );
    await auditFindings(context, 'finding.consult-partial', findings, () => ({ answer }));
    const no = letters.map((letter) => letterNo(context, letter)).join('、');
    const due = row?.due ?? '';
    const told = await tellOfLetter(context, findings, 'consult-partial', { no, department, answer, due });
    return { school, no, findings: texts, department, due, told };
  },
});

/** 科室退回: it is not theirs. The finding waits for the office again, and the school has its ordinary days anew. */
export const returnLetter = action({
  name: 'rectification.consult-return',
  roles: OFFICE_ROLES,
  input: z.object({ school: z.uuid(), reason: z.string().trim().min(2).max(500) }),
  result: letterResult,
  async run(context, { school: schoolId, reason }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const { findings, letters, department } = await meantLetters(context, schoolId, reason);
    const { school, findings: texts, ids } = together(context, findings);
    await endLetters(context, letters, 'returned', reason);
    const day = context.today.add({ days: context.office.settings['rect.generalDays'] });
    const db = await context.tx.db();
    await db.finding.updateMany({
      where: { id: { in: ids } },
      data: { responsibleUnit: '', dueOn: dayToDb(day) },
    });
    const due = day.toString();
    await auditFindings(context, 'finding.consult-returned', findings, () => ({ unit: '', reason, due }));
    const no = letters.map((letter) => letterNo(context, letter)).join('、');
    const told = await tellOfLetter(context, findings, 'consult-returned', {
      no,
      department,
      answer: reason,
      due,
    });
    return { school, no, findings: texts, department, due, told };
  },
});
