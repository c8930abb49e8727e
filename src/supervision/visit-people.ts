// Who else is part of a visit: those who came along, the inspector whose school it is, the head who reads what was seen.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { newId } from '../store/ids.ts';
import { peopleWith, requireStanding } from './access.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import type { CompleteFinding } from './findings.ts';
import { peopleAt } from './notices.ts';

/** In whose place a visit is made: at one's own school, beside its inspector (随行), or instead of her (代访). */
export const CAPACITIES = ['own', 'companion', 'stand-in'] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const saidLesson = z.object({
  class: z.string().max(40).default(''),
  subject: z.string().max(20).default(''),
  teacher: z.string().max(20).default(''),
  comment: z.string().max(300).default(''),
});

interface Visited {
  id: string;
  schoolId: string;
  school: string;
  date: string;
}

/** Credits those who came along, and tells each once. Names that are no inspector's of the office are left in nobody's name. */
export async function addCompanions(
  context: ActContext,
  visit: Visited & { inspectorId: string },
  names: readonly string[],
  ids: readonly string[] = [],
): Promise<string[]> {
  if (names.length + ids.length === 0) return [];
  const { tx, office, actor } = context;
  const people = await tx.sql<{ id: string; name: string }>(
    `select id, name from person where office_id = $1 and active and (name = any($2::text[]) or id = any($3::uuid[]))
       and roles && '{inspector,area-leader,office,director}' and id <> $4 order by user_key`,
    [office.id, names, ids, visit.inspectorId],
    'companions',
  );
  const added = await tx.sql<{ personId: string }>(
    `insert into visit_companion (visit_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing
     returning person_id as "personId"`,
    [visit.id, people.map(({ id }) => id)],
    'add-companions',
  );
  const fresh = new Set(added.map(({ personId }) => personId));
  await audit(context, [
    {
      action: 'visit.companions-added',
      subject: 'visit',
      subjectId: visit.id,
      schoolId: visit.schoolId,
      after: { companions: people.map(({ name }) => name) },
    },
  ]);
  for (const person of people)
    if (fresh.has(person.id) && person.id !== actor.personId)
      context.notify({
        personId: person.id,
        key: 'visits.companion',
        data: { school: visit.school, date: visit.date, by: actor.name },
        dedup: `visit-${visit.id}-companion-${person.id}`,
      });
  return people.map(({ name }) => name);
}

/** A visit by somebody else is never silent: the school's own inspectors hear of it (DOMAIN §6.4). */
export async function tellResponsible(
  context: ActContext,
  visit: Visited,
  of: { capacity: Capacity; joined: boolean; findings: number },
  /** Told already, as having come along. */
  told: readonly string[],
): Promise<string[]> {
  const mine = await peopleAt(context, visit.schoolId, 'inspector');
  if (mine.some(({ id }) => id === context.actor.personId)) return [];
  for (const person of mine.filter(({ name }) => !told.includes(name)))
    context.notify({
      personId: person.id,
      key: 'visits.by-other',
      data: { school: visit.school, date: visit.date, by: context.actor.name, ...of },
      dedup: `visit-${visit.id}-by-${context.actor.personId}-${person.id}-${of.findings}`,
    });
  return mine.map(({ name }) => name);
}

/** What was seen, in short, to the school's head; only when no notice brings it, and the office wants it so. */
export async function sendFeedback(
  context: ActContext,
  visit: Visited,
  seen: { findings: readonly CompleteFinding[]; highlight: string; advice: string; inspector: string },
): Promise<void> {
  if (!context.office.settings['visit.feedbackToSchool']) return;
  for (const head of await peopleAt(context, visit.schoolId, 'principal'))
    context.notify({
      personId: head.id,
      key: 'visits.feedback',
      data: {
        visitId: visit.id,
        school: visit.school,
        date: visit.date,
        inspector: seen.inspector,
        findings: seen.findings.map(({ text }) => text),
        highlight: seen.highlight,
        advice: seen.advice,
      },
      dedup: `visit-${visit.id}-feedback-${head.id}`,
    });
}

/** Lessons heard, as children of the visit, after those that stand there. */
export async function addLessons(
  context: ActContext,
  visitId: string,
  lessons: readonly z.infer<typeof saidLesson>[],
): Promise<void> {
  const db = await context.tx.db();
  const had = await db.lessonObservation.count({ where: { visitId } });
  if (lessons.length > 0)
    await db.lessonObservation.createMany({
      data: lessons.map((lesson, index) => ({ id: newId(), visitId, ordinal: had + index + 1, ...lesson })),
    });
}

/** 收到: the head has read the feedback. Reading twice changes nothing. */
export const readFeedback = action({
  name: 'visit.read',
  roles: ['principal', 'school-inspector'] satisfies Role[],
  input: z.object({ visit: z.uuid() }),
  result: z.object({ school: z.string(), already: z.boolean() }),
  async run(context, { visit: visitId }) {
    const [visit] = await context.tx.sql<{
      schoolId: string;
      school: string;
      state: string;
      readAt: Date | null;
    }>(
      `select v.school_id as "schoolId", s.name as school, v.state, v.read_at as "readAt"
       from visit v join school s on s.id = v.school_id where v.id = $1 and v.office_id = $2 for update of v`,
      [visitId, context.office.id],
      'lock-feedback',
    );
    if (!visit) throw new AppError('act.not-found', 'never', { what: 'visit' });
    await requireStanding(context, visit.schoolId, ['principal', 'school-inspector']);
    if (visit.state === 'voided') throw new AppError('visit.voided');
    if (visit.readAt) return { school: visit.school, already: true };
    await context.tx.sql(
      `update visit set read_at = $2, read_by = $3 where id = $1`,
      [visitId, context.now, context.actor.personId],
      'feedback-read',
    );
    await audit(context, [
      { action: 'visit.feedback-read', subject: 'visit', subjectId: visitId, schoolId: visit.schoolId },
    ]);
    return { school: visit.school, already: false };
  },
});

/** A late entry into a month that is closed: the office, whose figures change, is told. */
export async function tellBackfilled(
  context: ActContext,
  { id, school, date }: { id: string; school: string; date: string },
): Promise<void> {
  for (const person of await peopleWith(context, ['office']))
    if (person.id !== context.actor.personId)
      context.notify({
        personId: person.id,
        key: 'visits.backfilled',
        data: { school, date, by: context.actor.name },
        dedup: `visit-${id}-backfilled-${person.id}`,
      });
}
