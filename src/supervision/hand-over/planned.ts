// 交接安排: hand-overs that take effect on a day to come. Written down and told at once; until that day everything stays as it is, and
// it may be called off. The clock carries it out (on-day.ts).
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { requireStanding } from '../access.ts';
import { type ActContext, action, audit, type Notification, OFFICE_ROLES } from '../act.ts';
import { peopleAt } from '../notices.ts';
import { type Person, taker } from './move.ts';

/** Nothing that scrolls. */
const SHOWN = 8;

interface Planned {
  id: string;
  schoolId: string;
  school: string;
  toId: string;
  to: string;
  since: string;
}

async function plannedFor({ tx, office }: ActContext, schoolId: string): Promise<Planned | undefined> {
  const [row] = await tx.sql<Planned>(
    `select h.id, s.id as "schoolId", s.name as school, p.id as "toId", p.name as to, h.from_on as since
     from hand_over h join school s on s.id = h.school_id join person p on p.id = h.to_id
     where h.office_id = $1 and h.school_id = $2 and h.state = 'planned' for update of h`,
    [office.id, schoolId],
    'hand-over-planned',
  );
  return row;
}

/** A hand-over that was written down, and what is to be told of it. */
export interface Arranged {
  id: string;
  schoolId: string;
  school: string;
  to: Person;
  from: Person[];
  since: string;
}

/** One school, and everybody told. Throws as `writeDown`. */
export async function arrange(context: ActContext, of: { schoolId: string; userId: string; date: string }) {
  const arranged = await writeDown(context, of);
  await tellArranged(context, [arranged]);
  const { to, from, school } = arranged;
  const { open, schools } = await countsOf(context, arranged);
  return {
    school,
    from: from.map(({ name }) => name),
    to: to.name,
    open,
    schools,
    max: context.office.settings['assign.schoolsPerInspectorMax'],
  };
}

/** Who takes a school over and when; nobody is told yet. Throws as `taker`, and `assign.planned` while another day is arranged. */
export async function writeDown(
  context: ActContext,
  of: { schoolId: string; userId: string; date: string },
): Promise<Arranged> {
  const { tx, office, actor, now } = context;
  // The school's row is locked here: of two who arrange at once the second sees what the first did.
  const { school, to, before } = await taker(context, of);
  const standing = await plannedFor(context, of.schoolId);
  if (standing) throw new AppError('assign.planned', 'never', { by: standing.to, was: standing.since });
  const row = { id: newId(), since: of.date, to: to.name, userId: of.userId };
  await tx.sql(
    `insert into hand_over (id, office_id, school_id, to_id, from_on, by_id, at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, office.id, of.schoolId, to.id, of.date, actor.personId, now],
    'hand-over-arrange',
  );
  const from = before.filter(({ id }) => id !== to.id);
  await audit(context, [
    {
      action: 'assignment.planned',
      subject: 'school',
      subjectId: of.schoolId,
      schoolId: of.schoolId,
      before: { inspectors: before.map(({ name }) => name) },
      after: row,
    },
  ]);
  return { id: row.id, schoolId: of.schoolId, school: school.name, to, from, since: of.date };
}

/** What is open at the school, and how many schools she will have. */
async function countsOf(
  { tx }: ActContext,
  { schoolId, to }: Pick<Arranged, 'schoolId' | 'to'>,
): Promise<{ open: number; schools: number }> {
  const [counted] = await tx.sql<{ open: number; schools: number }>(
    `select (select count(*)::int from finding where school_id = $1
               and state not in ('closed', 'withdrawn', 'voided', 'fixed', 'sent_back')) as open,
            (select count(*)::int + 1 from assignment where person_id = $2 and role = 'inspector' and until is null
               and school_id <> $1) as schools`,
    [schoolId, to.id],
    'hand-over-counts',
  );
  return counted ?? { open: 0, schools: 0 };
}

/** All of them pass to one person on one day: she and whoever leaves hear once, each head of her own school. */
export async function tellArranged(context: ActContext, all: readonly Arranged[]): Promise<void> {
  const [first] = all;
  if (!first) return;
  const { to, since } = first;
  const word = (id: string, as: 'to' | 'from' | 'head', of: readonly Arranged[]) => {
    if (id === context.actor.personId) return;
    const from = [...new Set(of.flatMap((one) => one.from.map(({ name }) => name)))];
    context.notify({
      personId: id,
      key: 'hand-over.planned',
      data: { schools: of.map(({ school }) => school), to: to.name, from, since, as },
      dedup: `hand-over-${of[0]?.id}-planned-${id}`,
    });
  };
  word(to.id, 'to', all);
  for (const id of new Set(all.flatMap(({ from }) => from.map((one) => one.id))))
    word(
      id,
      'from',
      all.filter(({ from }) => from.some((one) => one.id === id)),
    );
  for (const one of all)
    for (const head of await peopleAt(context, one.schoolId, 'principal')) word(head.id, 'head', [one]);
}

/** Whoever takes over, whoever leaves, and the head: each once, but not who did it. */
async function tellAll(
  context: ActContext,
  of: { schoolId: string; to: Person; from: readonly Person[] },
  word: (as: 'to' | 'from' | 'head') => Omit<Notification, 'personId'>,
): Promise<void> {
  const heads = await peopleAt(context, of.schoolId, 'principal');
  const all = [
    { id: of.to.id, as: 'to' as const },
    ...of.from.map(({ id }) => ({ id, as: 'from' as const })),
    ...heads.map(({ id }) => ({ id, as: 'head' as const })),
  ];
  for (const { id, as } of all) {
    if (id === context.actor.personId) continue;
    const said = word(as);
    context.notify({ ...said, personId: id, dedup: `${said.dedup}-${id}` });
  }
}

/** 交接安排: what is arranged, the nearest day first. */
export const plannedHandOvers = action({
  name: 'assign.planned',
  roles: OFFICE_ROLES,
  says: ['list', 'none'],
  input: z.object({}),
  result: z.object({
    say: z.string(),
    planned: z.array(
      z.object({
        schoolId: z.string(),
        school: z.string(),
        to: z.string(),
        from: z.array(z.string()),
        since: z.string(),
        by: z.string(),
      }),
    ),
    more: z.number(),
  }),
  async run({ tx, office, today }) {
    const planned = await tx.sql<Planned & { from: string[]; by: string }>(
      `select s.id as "schoolId", s.name as school, p.name as to, h.from_on as since, b.name as by,
         array(select i.name from assignment a join person i on i.id = a.person_id
               where a.school_id = s.id and a.role = 'inspector' and a.since <= $2::date and (a.until is null or a.until > $2::date)
                 and i.id <> p.id order by i.user_key) as from
       from hand_over h join school s on s.id = h.school_id join person p on p.id = h.to_id join person b on b.id = h.by_id
       where h.office_id = $1 and h.state = 'planned' order by h.from_on, s.code`,
      [office.id, today.toString()],
      'hand-overs-planned',
    );
    const shown = planned.slice(0, SHOWN);
    return { say: shown.length > 0 ? 'list' : 'none', planned: shown, more: planned.length - shown.length };
  },
});

/** 取消东关小学的交接, before its day has come. Whoever was told of it hears this. Throws `assign.not-planned`. */
export const cancelHandOver = action({
  name: 'assign.cancel-plan',
  roles: OFFICE_ROLES,
  input: z.object({ school: z.uuid() }),
  result: z.object({ school: z.string(), to: z.string(), from: z.array(z.string()), since: z.string() }),
  async run(context, { school: schoolId }) {
    await requireStanding(context, schoolId, OFFICE_ROLES);
    const planned = await plannedFor(context, schoolId);
    if (!planned) throw new AppError('assign.not-planned');
    const { id, school, to, toId, since } = planned;
    await context.tx.sql(
      `update hand_over set state = 'cancelled', ended_at = $2, ended_by = $3 where id = $1`,
      [id, context.now, context.actor.personId],
      'hand-over-cancel',
    );
    await audit(context, [
      {
        action: 'assignment.plan-cancelled',
        subject: 'school',
        subjectId: schoolId,
        schoolId,
        before: { id, to, since },
      },
    ]);
    const stay = (await peopleAt(context, schoolId, 'inspector')).filter((person) => person.id !== toId);
    const from = stay.map(({ name }) => name);
    await tellAll(context, { schoolId, to: { id: toId, name: to }, from: stay }, (as) => ({
      key: 'hand-over.cancelled',
      data: { school, to, from, since, as },
      dedup: `hand-over-${id}-cancelled`,
    }));
    return { school, to, from, since };
  },
});
