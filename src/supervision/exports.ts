// 导出: which paper is wanted, of what; it is written down for a job, and said. Nothing here reads what the asker may not see.
import { z } from 'zod';
import { schoolsInSight } from './access.ts';
import { type ActContext, action, ROLES } from './act.ts';
import { askedLedger, orderLedger } from './ledger.ts';
import { noticeNo } from './notices.ts';
import { findNotice, findVisits } from './paper-rows.ts';
import { orderPaper } from './papers.ts';
import { scopeAbout, scopeOf, semesterDays } from './scope.ts';
import { anyVisit } from './visit-rows.ts';

const asked = z.object({
  scope: askedLedger.default({}),
  paper: z.string().optional(),
  /** `031`, or as it stands on the paper. */
  number: z.string().optional(),
});
type Asked = z.infer<typeof asked>;

const result = z.object({
  /** What is being made; empty when nothing is. */
  making: z.string(),
  /** Why nothing is made: `school`, `number`, `notice`, `visit`, `no-visits`, `unknown`, or empty. */
  need: z.string(),
  about: scopeAbout,
  number: z.string(),
});
type Result = z.infer<typeof result>;

const NOTHING = { area: '', school: '', stage: '', period: '', mine: false, schools: 0 };

export const exportPaper = action({
  name: 'paper.export',
  roles: ROLES,
  input: asked,
  result,
  run: (context, input) => exported(context, input),
});

function exported(context: ActContext, input: Asked): Promise<Result> {
  switch (input.paper ?? 'ledger') {
    case 'ledger':
      return ledger(context, input);
    case 'visits':
      return visits(context, input);
    case 'notice':
    case 'look-back':
      return ofNotice(context, input, input.paper === 'notice' ? 'notice' : 'look-back');
    case 'visit':
      return ofVisit(context, input);
    case 'checklist':
      return checklist(context, input);
    default:
      return Promise.resolve(nothing('unknown'));
  }
}

const nothing = (need: string, number = ''): Result => ({ making: '', need, about: NOTHING, number });

async function ledger(context: ActContext, { scope }: Asked): Promise<Result> {
  return { making: 'ledger', need: '', about: (await orderLedger(context, scope)).about, number: '' };
}

/** An inspector's own, those in her company too; for others the visits to the schools in sight. This semester unless said. */
async function visits(context: ActContext, { scope: said }: Asked): Promise<Result> {
  const scope = await scopeOf(context, said, semesterDays(context));
  const { from, to } = scope;
  const own = said.mine ? { personId: context.actor.personId } : {};
  const ask = { officeId: context.office.id, schoolIds: scope.schoolIds, from, to, ...own };
  if (!(await anyVisit(context.tx, ask))) return { ...nothing('no-visits'), about: scope.about };
  await orderPaper(context, { kind: 'visits', params: { ...ask, about: scope.about } });
  return { making: 'visits', need: '', about: scope.about, number: '' };
}

/** Of the number that was said, or the newest of the school that was named (or that is the only one in sight). */
async function ofNotice(
  context: ActContext,
  { scope: said, number }: Asked,
  kind: 'notice' | 'look-back',
): Promise<Result> {
  const scope = await scopeOf(context, said);
  const wanted = number === undefined ? undefined : Number(/(\d+)\D*$/.exec(number)?.[1]);
  if (wanted === undefined && !said.school && scope.schoolIds.length !== 1) return nothing('number');
  const head = await findNotice(context.tx, {
    officeId: context.office.id,
    schoolIds: scope.schoolIds,
    number: wanted,
  });
  if (!head) return nothing('notice', number ?? '');
  await orderPaper(context, { kind, params: { noticeId: head.id } });
  const no = noticeNo(context.office.settings['rect.numberPrefix'], head.year, head.number);
  return { making: kind, need: '', about: { ...NOTHING, school: head.school }, number: no };
}

async function ofVisit(context: ActContext, { scope: said }: Asked): Promise<Result> {
  const scope = await scopeOf(context, said);
  const any = said.school !== undefined || said.mine || scope.schoolIds.length === 1;
  if (!any && said.period === undefined) return nothing('school');
  const [found, ...more] = await findVisits(context.tx, { officeId: context.office.id, ...scope });
  if (!found) return nothing('visit');
  // of a day with several visits it is asked which
  if (!any && more.length > 0) return nothing('school');
  await orderPaper(context, { kind: 'visit', params: { visitId: found.id } });
  const about = { ...NOTHING, school: found.school, period: `${found.day}/${found.day}` };
  return { making: 'visit', need: '', about, number: '' };
}

async function checklist(context: ActContext, { scope: said }: Asked): Promise<Result> {
  const only = said.school ? [said.school] : await schoolsInSight(context);
  const [school] = only;
  if (only.length !== 1 || school === undefined) return nothing('school');
  const days = semesterDays(context);
  const scope = await scopeOf(context, { ...said, school }, days);
  const from = scope.from ?? days.from.toString();
  const to = scope.to ?? days.to.toString();
  await orderPaper(context, { kind: 'checklist', params: { schoolId: school, from, to } });
  return { making: 'checklist', need: '', about: scope.about, number: '' };
}
