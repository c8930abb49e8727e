// 协商意见书, the letters themselves (DOMAIN §3 b): which are open, which one is meant, how they are numbered, told of and ended.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { dayToDb } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import { peopleWith } from '../access.ts';
import { type ActContext, OFFICE_ROLES } from '../act.ts';
import { headAndInspectors, nextNumber, noticeNo } from '../notices.ts';
import { auditFindings, type LockedFinding, lockFindings, together } from './lock.ts';

/** What every act about letters comes to, for its words. */
export const letterResult = z.object({
  school: z.string(),
  no: z.string(),
  findings: z.array(z.string()),
  department: z.string(),
  due: z.string(),
  told: z.array(z.string()),
});

/** In which a complex finding may be handed to somebody. */
export const MAY_CONSULT = ['issued', 'acknowledged', 'planned', 'returned', 'reopened'] as const;

export interface Letter {
  id: string;
  findingId: string;
  department: string;
  year: number;
  number: number;
  answer: string;
}

/** A school's complex findings that wait for somebody, locked. */
export async function complexOf(context: ActContext, schoolId: string): Promise<LockedFinding[]> {
  const rows = await context.tx.sql<{ id: string }>(
    `select id from finding where school_id = $1 and disposition = 'complex' and state = any($2::text[]) order by id limit 20`,
    [schoolId, MAY_CONSULT],
    'complex-findings',
  );
  return lockFindings(
    context,
    rows.map(({ id }) => id),
  );
}

/** Letters about these findings that no department has answered yet. */
export function openLetters(context: ActContext, findings: readonly { id: string }[]): Promise<Letter[]> {
  return context.tx.sql<Letter>(
    `select id, finding_id as "findingId", department, year, number, answer from consultation
     where finding_id = any($1::uuid[]) and state = 'asked' order by year, number`,
    [findings.map(({ id }) => id)],
    'open-letters',
  );
}

/**
 * The open letters at a school that the words mean: those to the unit that they name, or all when there is one unit only. Throws
 * `rectification.none` when no answer is awaited, `rectification.consult-which` with the units when it is not clear.
 */
export async function meantLetters(
  context: ActContext,
  schoolId: string,
  words: string,
): Promise<{ findings: LockedFinding[]; letters: Letter[]; department: string }> {
  const complex = await complexOf(context, schoolId);
  const open = await openLetters(context, complex);
  if (open.length === 0) throw new AppError('rectification.none');
  const named = open.filter(({ department }) => words.includes(department));
  const letters = named.length > 0 ? named : open;
  const units = [...new Set(letters.map(({ department }) => department))];
  if (named.length === 0 && units.length > 1)
    throw new AppError('rectification.consult-which', 'never', { by: units.join('、') });
  const findings = complex.filter(({ id }) => letters.some(({ findingId }) => findingId === id));
  return { findings, letters, department: units.join('、') };
}

/** As it stands on the letter: the office's prefix, year and number. */
export const letterNo = (context: ActContext, of: { year: number; number: number }): string =>
  noticeNo(context.office.settings['consult.numberPrefix'], of.year, of.number);

/** One numbered letter for each finding; the unit answers for it from now on. Returns the numbers and the day of the answer. */
export async function sendLetters(
  context: ActContext,
  findings: readonly LockedFinding[],
  department: string,
): Promise<{ no: string; due: string }> {
  const due = context.today.add({ days: context.office.settings['consult.answerDays'] });
  const db = await context.tx.db();
  const ids = findings.map(({ id }) => id);
  const numbers: string[] = [];
  for (const findingId of ids) {
    const { year } = context.today;
    const number = await nextNumber(context, 'consultation', year);
    const asked = { askedById: context.actor.personId, askedAt: context.now, dueOn: dayToDb(due) };
    await db.consultation.create({
      data: { id: newId(), officeId: context.office.id, findingId, year, number, department, ...asked },
    });
    numbers.push(letterNo(context, { year, number }));
  }
  await db.finding.updateMany({ where: { id: { in: ids } }, data: { responsibleUnit: department } });
  return { no: numbers.join('、'), due: due.toString() };
}

/** Ends letters that are open: `answered`, `redirected` to another unit, `returned` by theirs, `withdrawn` with their finding. */
export async function endLetters(
  context: ActContext,
  letters: readonly Letter[],
  state: 'answered' | 'redirected' | 'returned' | 'withdrawn',
  words: string,
): Promise<void> {
  await context.tx.sql(
    `update consultation set state = $2, answer = concat_ws(';', nullif(answer, ''), nullif($3, '')), answered_at = $4
     where id = any($1::uuid[])`,
    [letters.map(({ id }) => id), state, words, context.now],
    'end-letters',
  );
}

/** The finding needs nobody's answer any more: its letters are withdrawn, and whoever sent them hears of it. */
export async function withdrawLetters(
  context: ActContext,
  findings: readonly { id: string; schoolId: string }[],
  reason: string,
): Promise<void> {
  const letters = await openLetters(context, findings);
  if (letters.length === 0) return;
  await endLetters(context, letters, 'withdrawn', reason);
  const asked = await lockFindings(
    context,
    letters.map(({ findingId }) => findingId),
  );
  const no = letters.map((letter) => letterNo(context, letter)).join('、');
  const department = [...new Set(letters.map((letter) => letter.department))].join('、');
  await auditFindings(context, 'finding.consult-withdrawn', asked, () => ({ letter: no, reason }));
  for (const person of await peopleWith(context, OFFICE_ROLES))
    if (person.id !== context.actor.personId)
      context.notify({
        personId: person.id,
        key: 'rectification.consult-withdrawn',
        data: { school: asked[0]?.schoolName ?? '', no, department, by: context.actor.name },
        dedup: `consult-withdrawn-${person.id}-${letters[0]?.id}`,
      });
}

type Step = 'consulted' | 'consult-answered' | 'consult-partial' | 'consult-returned';

/** The head and the inspector hear of it. Returns their names. */
export async function tellOfLetter(
  context: ActContext,
  findings: readonly LockedFinding[],
  step: Step,
  of: { no: string; department: string; answer: string; due?: string },
): Promise<string[]> {
  const { first, school, findings: texts } = together(context, findings);
  const people = await headAndInspectors(context, first.schoolId);
  for (const person of people)
    context.notify({
      personId: person.id,
      key: `rectification.${step}`,
      data: { school, findings: texts, by: context.actor.name, due: '', ...of },
      dedup: `${step}-${person.id}-${first.id}-${context.now.getTime()}`,
    });
  return people.map(({ name }) => name);
}
