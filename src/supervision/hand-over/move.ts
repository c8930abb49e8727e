// The hand-over itself, whether somebody is at it now or the clock carries out what was arranged: history kept, what is open and known
// goes along, and everybody concerned hears of it (tell.ts).
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { type ActContext, audit } from '../act.ts';
import { toldState } from '../findings.ts';
import { noticeNo } from '../notices.ts';
import { recusalReason } from '../roster/recusals.ts';
import { tell } from './tell.ts';

/** What no longer waits for anybody. */
const SETTLED = ['closed', 'withdrawn', 'voided', 'fixed', 'sent_back'];

/** Nobody's name stands beside what the clock did. `paperAt`: when the pack's file may be made, at the earliest. */
export interface Moving
  extends Pick<ActContext, 'tx' | 'office' | 'today' | 'now' | 'inboxId' | 'notify' | 'wanted'> {
  actor: { personId: string } | null;
  paperAt?(personId: string): Date;
}

export interface Person {
  id: string;
  name: string;
}

export interface Open {
  no: string;
  text: string;
  due: string | null;
  state: string;
}

/** Who may take a school over. Throws `act.not-found`, `assign.not-inspector`, `assign.recused`, `assign.same`. */
export async function taker(
  context: Pick<Moving, 'tx' | 'office' | 'today'>,
  of: { schoolId: string; userId: string },
): Promise<{ school: { name: string; code: string }; to: Person; before: Person[] }> {
  const { tx, office, today } = context;
  const [school] = await tx.sql<{ name: string; code: string }>(
    'select name, code from school where id = $1 and office_id = $2 and active for update',
    [of.schoolId, office.id],
    'hand-over-school',
  );
  const [to] = await tx.sql<Person & { roles: string[] }>(
    `select id, name, roles from person where office_id = $1 and user_key = lower($2) and active`,
    [office.id, of.userId],
    'hand-over-taker',
  );
  if (!school || !to) throw new AppError('act.not-found', 'never', { what: school ? 'person' : 'school' });
  if (!to.roles.includes('inspector')) throw new AppError('assign.not-inspector');
  const where = { officeId: office.id, personId: to.id, schoolId: of.schoolId, today: today.toString() };
  if ((await recusalReason(tx, where)) !== null) throw new AppError('assign.recused');
  const before = await inspectorsOf(context, of.schoolId);
  if (before.length === 1 && before[0]?.id === to.id) throw new AppError('assign.same');
  return { school, to, before };
}

/** A school that was handed over, and what is to be told of it. */
export interface Moved {
  schoolId: string;
  school: string;
  to: Person;
  leaving: Person[];
  open: Open[];
}

/** One school, from today on, and everybody told. Throws as `taker`. */
export async function handOver(context: Moving, of: { schoolId: string; userId: string }) {
  const moved = await carryOut(context, of);
  await tell(context, [moved]);
  const [held] = await context.tx.sql<{ n: number }>(
    `select count(*)::int as n from assignment where person_id = $1 and role = 'inspector' and until is null`,
    [moved.to.id],
  );
  return {
    school: moved.school,
    from: moved.leaving.map(({ name }) => name),
    to: moved.to.name,
    open: moved.open.length,
    schools: held?.n ?? 0,
    max: context.office.settings['assign.schoolsPerInspectorMax'],
  };
}

/** From today on; nobody is told yet. Throws as `taker`, before anything is written. */
export async function carryOut(context: Moving, of: { schoolId: string; userId: string }): Promise<Moved> {
  const { schoolId } = of;
  const { school, to, before } = await taker(context, of);
  const leaving = before.filter(({ id }) => id !== to.id);
  const ids = leaving.map(({ id }) => id);
  await move(context, schoolId, { leaving: ids, to: to.id, there: before.length > leaving.length });
  await handOnNames(context, school.code, ids, to.id);
  await audit(context, [
    {
      action: 'assignment.changed',
      subject: 'school',
      subjectId: schoolId,
      schoolId,
      before: { inspectors: before.map(({ name }) => name) },
      after: { inspectors: [to.name], userId: of.userId, since: context.today.toString() },
    },
  ]);
  return { schoolId, school: school.name, to, leaving, open: await openAt(context, schoolId) };
}

/** Also who left WeCom or is off the roster: her assignment ends here like anybody's. */
function inspectorsOf({ tx, today }: Pick<Moving, 'tx' | 'today'>, schoolId: string): Promise<Person[]> {
  return tx.sql(
    `select p.id, p.name from assignment a join person p on p.id = a.person_id
     where a.school_id = $1 and a.role = 'inspector' and a.since <= $2::date and (a.until is null or a.until > $2::date)
     order by p.user_key`,
    [schoolId, today.toString()],
    'inspectors-of',
  );
}

/** Assignments end and begin; what waits for the one who leaves waits for the one who comes. */
async function move(
  { tx, office, today }: Moving,
  schoolId: string,
  { leaving, to, there }: { leaving: string[]; to: string; there: boolean },
): Promise<void> {
  const day = today.toString();
  await tx.sql(
    `update assignment set until = greatest(since, $3::date)
     where school_id = $1 and role = 'inspector' and until is null and person_id = any($2::uuid[])`,
    [schoolId, leaving, day],
  );
  if (!there)
    await tx.sql(
      `insert into assignment (id, office_id, person_id, school_id, role, since) values ($1, $2, $3, $4, 'inspector', $5)`,
      [newId(), office.id, to, schoolId, day],
    );
  await tx.sql(
    `update deadline set owner_id = $3 where office_id = $1 and school_id = $2 and state = 'open' and owner_id = any($4::uuid[])`,
    [office.id, schoolId, to, leaving],
  );
  // Caches of the roster see that they are old.
  await tx.sql('update office set roster_version = roster_version + 1 where id = $1', [office.id]);
}

/** What the one who leaves calls the school is understood from the one who comes too. */
async function handOnNames({ tx }: Moving, code: string, leaving: string[], to: string): Promise<void> {
  await tx.sql(
    `update person set learned = coalesce((select jsonb_object_agg(l.key, l.value) from person p, jsonb_each(p.learned) l
       where p.id = any($1::uuid[]) and l.value = to_jsonb($2::text)), '{}') || learned where id = $3`,
    [leaving, code, to],
  );
}

async function openAt({ tx, office }: Moving, schoolId: string): Promise<Open[]> {
  const rows = await tx.sql<Omit<Open, 'no'> & { year: number | null; number: number | null }>(
    `select n.year, n.number, f.text, f.due_on as due, f.state from finding f left join rectification_notice n on n.id = f.notice_id
     where f.school_id = $1 and f.state <> all($2::text[]) order by f.due_on nulls last, f.id`,
    [schoolId, SETTLED],
  );
  return rows.map(({ year, number, ...row }) => {
    const no =
      year === null || number === null ? '' : noticeNo(office.settings['rect.numberPrefix'], year, number);
    return { ...row, no, state: toldState(row.state, no) };
  });
}
