// A digest that leaves late is reckoned anew: what was fulfilled, moved or exempted meanwhile is not mentioned, and days are counted to today.
import type { Store, Tx } from '../../store/store.ts';
import type { Day } from '../calendar.ts';
import { focusOf } from '../months.ts';
import { officeById } from '../roster/current.ts';
import { plansBetween } from '../visit-plan.ts';
import { tell } from './digest.ts';
import { reachOf, takeAgain } from './due.ts';
import { type Digest, type DigestAbout, digestFor, type PlannerDeps, planning, reckoningOf } from './plan.ts';
import { type Reckoning, reconcile } from './reconcile.ts';
import { sendAt } from './timing.ts';

export interface AgainDeps {
  store: Store;
  now(): Date;
  rules(): Pick<PlannerDeps, 'policy' | 'rules'>;
}

/** `nothing`: all of it is settled, or she is gone. `busy`: somebody else reckons this office, or its day is not planned yet. `later`: it is quiet until then. */
export type Again = Digest | 'nothing' | 'busy' | { later: Date };

/** After a long silence of the platform all digests of an office leave at once: the facts are asked so often, not for each. */
const AS_OF_MS = 60_000;

/** Words late digests; one of these a process. */
export function digestsAgain(deps: AgainDeps): (officeId: string, about: DigestAbout) => Promise<Again> {
  const reckoned = new Map<string, { at: number; done: Promise<boolean> }>();

  async function broughtUpToDate(officeId: string): Promise<boolean> {
    const at = deps.now().getTime();
    const last = reckoned.get(officeId);
    if (last && Math.abs(at - last.at) < AS_OF_MS && (await last.done)) return true;
    const done = bringUpToDate(deps, officeId);
    reckoned.set(officeId, { at, done });
    try {
      return await done;
    } catch (err) {
      reckoned.delete(officeId);
      throw err;
    }
  }

  return async (officeId, about) =>
    (await broughtUpToDate(officeId))
      ? deps.store.transaction((tx) => reckonAgain(deps, tx, officeId, about))
      : 'busy';
}

/** As the planner begins its day, and under its lock; it opens no more than the planner would. False: another has it. */
function bringUpToDate(deps: AgainDeps, officeId: string): Promise<boolean> {
  return deps.store.transaction(async (tx) => {
    const [row] = await tx.sql<{ plannedOn: string | null }>(
      `select planned_on as "plannedOn" from office where id = $1 for no key update skip locked`,
      [officeId],
      'plan-lock',
    );
    const stored = row && (await officeById(tx, officeId));
    if (!row || !stored) return false;
    await reconcile(reckoningOf({ ...deps.rules(), now: deps.now() }, tx, stored, row.plannedOn).reckoning);
    return true;
  });
}

async function reckonAgain(deps: AgainDeps, tx: Tx, officeId: string, about: DigestAbout): Promise<Again> {
  const stored = await officeById(tx, officeId);
  const [person] = await planning(tx, officeId, [about.person]);
  if (!stored || !person) return 'nothing';
  const now = deps.now();
  const { office, reckoning: of } = reckoningOf({ ...deps.rules(), now }, tx, stored, null);
  if (of.calendar.isQuiet(now)) return { later: sendAt(of.calendar.loudFrom(now), person.id, of.calendar) };
  // The plan of the day may have one for her too, and one of the two is to tell all.
  if (!(await isPlanned(tx, officeId, of.today))) return 'busy';
  const deadlines = await takeAgain(of, about, office.settings['rect.numberPrefix']);
  const reach = await reachOf(of, deadlines);
  const all = tell(deadlines, { policy: of.policy, ...reach }).filter((one) => one.person.id === person.id);
  const week = await weekLeft(tx, of, about);
  const isMonth = about.focus === of.today.toPlainYearMonth().toString();
  const { focus } = isMonth ? await focusOf(tx, officeId, about.focus ?? '') : { focus: '' };
  if (all.length === 0 && week.length === 0 && focus === '') return 'nothing';
  return { ...digestFor(of, office, person, { all, week, focus }, about.keys[0] ?? ''), sendAt: now };
}

/** Whether the planner has been at this day, which takes it a few minutes at most. */
async function isPlanned(tx: Tx, officeId: string, today: Day): Promise<boolean> {
  const rows = await tx.sql(
    'select 1 from office where id = $1 and planned_on >= $2',
    [officeId, today.toString()],
    'plan-of-day',
  );
  return rows.length > 0;
}

/** Of her plan of that week, what is still before her; a week that is over is no plan. */
async function weekLeft(tx: Tx, of: Reckoning, { person, week: since }: DigestAbout) {
  if (since === null) return [];
  const { from, to } = of.calendar.week(of.today, 0);
  if (since < from.toString() || since > to.toString()) return [];
  const plans = await plansBetween(tx, of.officeId, { from: of.today, to });
  return plans.get(person) ?? [];
}
