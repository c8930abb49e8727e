// 转科室 · 另转 (DOMAIN §3 b): what a school cannot solve alone goes to a department or the township, which answers for it from then on;
// the office is told of each as it is filed.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { peopleWith, requireStanding } from '../access.ts';
import { type ActContext, action, OFFICE_ROLES } from '../act.ts';
import {
  complexOf,
  endLetters,
  letterNo,
  letterResult,
  meantLetters,
  openLetters,
  sendLetters,
  tellOfLetter,
} from './letters.ts';
import { auditFindings, together } from './lock.ts';

/** 转科室: numbers one letter for each complex finding of a school that is at no department yet. */
export const consult = action({
  name: 'rectification.consult',
  roles: OFFICE_ROLES,
  input: z.object({ school: z.uuid(), department: z.string().trim().min(2).max(40) }),
  result: letterResult,
  async run(context, { school: schoolId, department }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const findings = await complexOf(context, schoolId);
    const open = await openLetters(context, findings);
    const fresh = findings.filter(({ id }) => !open.some(({ findingId }) => findingId === id));
    if (fresh.length === 0) throw new AppError('rectification.none');
    const { school, findings: texts } = together(context, fresh);
    const { no, due } = await sendLetters(context, fresh, department);
    await auditFindings(context, 'finding.consulted', fresh, () => ({ unit: department, letter: no }));
    const told = await tellOfLetter(context, fresh, 'consulted', { no, department, answer: '' });
    return { school, no, findings: texts, department, due, told };
  },
});

/** Between the unit that has it and the one that gets it: "基建科转住建局". */
const ONWARD = /→|改转|转给|转到|改为|转/u;

/** 另转: the letter goes to another unit, under a number and a day of its own. */
export const redirectLetter = action({
  name: 'rectification.consult-redirect',
  roles: OFFICE_ROLES,
  input: z.object({ school: z.uuid(), department: z.string().trim().min(2).max(60) }),
  result: letterResult.extend({ from: z.string() }),
  async run(context, { school: schoolId, department: said }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const { findings, letters, department: from } = await meantLetters(context, schoolId, said);
    const department = said.includes(from) ? (said.split(ONWARD).at(-1)?.trim() ?? '') : said;
    if (department.length < 2 || department === from)
      throw new AppError('rectification.consult-which', 'never', { by: from });
    const { school, findings: texts } = together(context, findings);
    const old = letters.map((letter) => letterNo(context, letter)).join('、');
    await endLetters(context, letters, 'redirected', department);
    const { no, due } = await sendLetters(context, findings, department);
    await auditFindings(context, 'finding.consult-redirected', findings, () => ({
      unit: department,
      letter: no,
      instead: old,
    }));
    const told = await tellOfLetter(context, findings, 'consulted', { no, department, answer: '' });
    return { school, no, findings: texts, department, due, told, from };
  },
});

/** A card to the office for complex findings as they are filed. Returns whom it went to. */
export async function askForConsultation(
  context: ActContext,
  school: { id: string; name: string },
  complex: readonly { id: string; text: string }[],
): Promise<string[]> {
  if (complex.length === 0) return [];
  const people = (await peopleWith(context, OFFICE_ROLES)).filter(({ id }) => id !== context.actor.personId);
  for (const person of people)
    context.notify({
      personId: person.id,
      key: 'rectification.to-consult',
      data: {
        schoolId: school.id,
        school: school.name,
        findings: complex.map(({ text }) => text),
        by: context.actor.name,
      },
      dedup: `to-consult-${person.id}-${complex[0]?.id}`,
    });
  return people.map(({ name }) => name);
}
