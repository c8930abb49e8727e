// 协商意见书 (DOMAIN §3 b): what a school cannot solve alone goes to a department or the township, which answers for it from then on.
// The office sends the letter and records the answer; the finding is looked back at and closed like any other after that.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { requireStanding } from '../access.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { nextNumber, noticeNo, peopleAt } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, stepAll, together } from './lock.ts';

const OFFICE = ['office', 'director'] satisfies Role[];
const told = z.object({
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  department: z.string(),
  due: z.string(),
  told: z.array(z.string()),
});

/** 转科室: numbers one letter for each complex finding of a school that is at no department yet. */
export const consult = action({
  name: 'rectification.consult',
  roles: OFFICE,
  input: z.object({ school: z.uuid(), department: z.string().trim().min(2).max(40) }),
  result: told,
  async run(context, { school: schoolId, department }) {
    await requireStanding(context, schoolId, OFFICE);
    const findings = await complexOf(context, schoolId);
    const open = await openLetters(context, findings);
    const fresh = findings.filter(({ id }) => !open.some(({ findingId }) => findingId === id));
    if (fresh.length === 0) throw new AppError('rectification.none');
    const { school, findings: texts, ids } = together(context, fresh);
    const due = context.today.add({ days: context.office.settings['opinion.jointDays'] });
    const db = await context.tx.db();
    const letters: string[] = [];
    for (const findingId of ids) {
      const number = await nextNumber(context, 'consultation', context.today.year);
      await db.consultation.create({
        data: {
          id: newId(),
          officeId: context.office.id,
          findingId,
          year: context.today.year,
          number,
          department,
          dueOn: dayToDb(due),
          askedById: context.actor.personId,
          askedAt: context.now,
        },
      });
      letters.push(noticeNo(PREFIX, context.today.year, number));
    }
    await db.finding.updateMany({ where: { id: { in: ids } }, data: { responsibleUnit: department } });
    const no = letters.join('、');
    await auditFindings(context, 'finding.consulted', fresh, () => ({ unit: department, letter: no }));
    const people = await tell(context, fresh, 'rectification.consulted', { no, department, answer: '' });
    return { school, no, findings: texts, department, due: due.toString(), told: people };
  },
});

/** 科室答复: the department has said what it does; the finding waits for the look back. */
export const answerConsultation = action({
  name: 'rectification.consult-answer',
  roles: OFFICE,
  input: z.object({ school: z.uuid(), answer: z.string().trim().min(2).max(500) }),
  result: told,
  async run(context, { school: schoolId, answer }) {
    await requireStanding(context, schoolId, OFFICE);
    const findings = await complexOf(context, schoolId);
    const letters = await openLetters(context, findings);
    const asked = findings.filter(({ id }) => letters.some(({ findingId }) => findingId === id));
    if (asked.length === 0) throw new AppError('rectification.none');
    const { school, findings: texts, ids } = together(context, asked);
    const to = await stepAll(context, asked, 'consult-settle');
    const db = await context.tx.db();
    await db.consultation.updateMany({
      where: { findingId: { in: ids }, state: 'asked' },
      data: { state: 'answered', answer, answeredAt: context.now },
    });
    await db.finding.updateMany({
      where: { id: { in: ids } },
      data: { state: 'accepted', reviewedAt: context.now, reviewedById: context.actor.personId },
    });
    await auditFindings(context, 'finding.consult-answered', asked, ({ id }) => ({
      state: to.get(id),
      answer,
    }));
    const no = letters.map(({ year, number }) => noticeNo(PREFIX, year, number)).join('、');
    const department = [...new Set(letters.map((letter) => letter.department))].join('、');
    const people = await tell(context, asked, 'rectification.consult-answered', { no, department, answer });
    return { school, no, findings: texts, department, due: '', told: people };
  },
});

/** The kind of paper before its number; letters are counted apart from notices. */
const PREFIX = '协商';

/** A school's complex findings that wait for somebody, locked. */
async function complexOf(context: ActContext, schoolId: string): Promise<LockedFinding[]> {
  const rows = await context.tx.sql<{ id: string }>(
    `select id from finding where school_id = $1 and disposition = 'complex'
       and state in ('issued', 'acknowledged', 'planned') order by id limit 20`,
    [schoolId],
    'complex-findings',
  );
  return lockFindings(
    context,
    rows.map(({ id }) => id),
  );
}

function openLetters(context: ActContext, findings: readonly LockedFinding[]) {
  return context.tx.sql<{ findingId: string; department: string; year: number; number: number }>(
    `select finding_id as "findingId", department, year, number from consultation
     where finding_id = any($1::uuid[]) and state = 'asked' order by year, number`,
    [findings.map(({ id }) => id)],
    'open-letters',
  );
}

/** The head and the inspector hear of it. Returns their names. */
async function tell(
  context: ActContext,
  findings: readonly LockedFinding[],
  key: 'rectification.consulted' | 'rectification.consult-answered',
  of: { no: string; department: string; answer: string },
): Promise<string[]> {
  const { first, school, findings: texts } = together(context, findings);
  const people = [
    ...(await peopleAt(context, first.schoolId, 'principal')),
    ...(await peopleAt(context, first.schoolId, 'inspector')),
  ];
  for (const person of people)
    context.notify({
      personId: person.id,
      key,
      data: { school, findings: texts, by: context.actor.name, ...of },
      dedup: `${key}-${person.id}-${first.id}-${context.now.getTime()}`,
    });
  return people.map(({ name }) => name);
}
