// The entry of a visit: a new one, or more words to the one that is there for that school and day (DOMAIN §6.3, line 3).
import type { Temporal } from 'temporal-polyfill';
import { AppError } from '../errors.ts';
import { dayToDb } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import { type ActContext, audit, isOfOffice } from './act.ts';
import type { CompleteFinding } from './findings.ts';
import { focusOf } from './months.ts';
import { tellBackfilled } from './visit-people.ts';
import { METHODS, type SaidVisit } from './visit-said.ts';

interface ToEnter {
  school: { id: string; name: string };
  inspectorId: string;
  day: Temporal.PlainDate;
  said: SaidVisit;
  findings: readonly CompleteFinding[];
  /** Filed after the end of its month. */
  backfilled: boolean;
  late: boolean;
}

type Earlier = NonNullable<Awaited<ReturnType<typeof earlierEntry>>>;

/** What was told, laid over what is there: the same for a new entry and for one that grows. */
function toldOf({ said, findings }: ToEnter, earlier: Earlier | null) {
  const lessons =
    said.lessons ??
    (said.observations.length > 0 ? (earlier?.lessons ?? 0) + said.observations.length : undefined);
  const heard = lessons ? (['lesson'] as const) : [];
  const counted = METHODS.filter((one) => said.methodCounts[one]);
  return {
    lessons,
    methods: [...new Set([...said.methods, ...counted, ...heard])],
    items: [...new Set([...said.items, ...findings.map((finding) => finding.item)])],
  };
}
type Told = ReturnType<typeof toldOf>;

/**
 * Enters it. `earlier` is the entry that it was added to; `joined`: that is another inspector's, with whom this one came along.
 * Throws `visit.archived` when that entry's month is closed and the actor is not of the office.
 */
export async function enterVisit(
  context: ActContext,
  entry: ToEnter,
): Promise<{ id: string; earlier: Earlier | null; joined: boolean }> {
  const earlier = await earlierEntry(context, entry);
  const told = toldOf(entry, earlier);
  const { closed } = await focusOf(context.tx, context.office.id, entry.day.toPlainYearMonth().toString());
  if (earlier?.state === 'archived' && !isOfOffice(context.actor)) throw new AppError('visit.archived');
  const id = earlier
    ? await extend(context, entry, told, earlier)
    : await create(context, entry, told, closed);
  return { id, earlier, joined: earlier !== null && earlier.inspectorId !== entry.inspectorId };
}

/** Her own of that day, else any: two inspectors at one school on one day are one record, and who files second came along (DOMAIN §3 a). */
async function earlierEntry({ tx }: ActContext, { school, inspectorId, day, said }: ToEnter) {
  // The lock makes two words about one day, from two devices, wait for one another.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`visit:${school.id}:${said.date}`]);
  const db = await tx.db();
  const there = await db.visit.findMany({
    where: { schoolId: school.id, visitedOn: dayToDb(day), state: { not: 'voided' } },
    include: { findings: true, inspector: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  return there.find((visit) => visit.inspectorId === inspectorId) ?? there[0] ?? null;
}

async function extend(
  context: ActContext,
  { school, said, findings }: ToEnter,
  { methods, items, lessons }: Told,
  earlier: Earlier,
): Promise<string> {
  const after = {
    methods: [...new Set([...earlier.methods, ...methods])],
    methodCounts: { ...(earlier.methodCounts as object), ...said.methodCounts },
    place: said.place ?? earlier.place,
    items: [...new Set([...earlier.items, ...items])],
    session: earlier.session ?? said.session ?? null,
    lessons: lessons ?? earlier.lessons,
    highlight: said.highlight ?? earlier.highlight,
    advice: [earlier.advice, said.advice ?? ''].filter(Boolean).join(';'),
    noFindings: earlier.findings.length + findings.length === 0,
  };
  const db = await context.tx.db();
  await db.visit.update({ where: { id: earlier.id }, data: after });
  await audit(context, [
    {
      action: 'visit.extended',
      subject: 'visit',
      subjectId: earlier.id,
      schoolId: school.id,
      before: {
        methods: earlier.methods,
        items: earlier.items,
        lessons: earlier.lessons,
        noFindings: earlier.noFindings,
      },
      after,
    },
  ]);
  return earlier.id;
}

async function create(
  context: ActContext,
  { school, inspectorId, day, said, findings, backfilled, late }: ToEnter,
  { methods, items, lessons }: Told,
  closed: boolean,
): Promise<string> {
  const row = {
    id: newId(),
    officeId: context.office.id,
    schoolId: school.id,
    inspectorId,
    visitedOn: dayToDb(day),
    session: said.session ?? null,
    methods,
    methodCounts: said.methodCounts,
    place: said.place ?? '',
    items,
    lessons: lessons ?? null,
    capacity: said.capacity,
    highlight: said.highlight ?? '',
    noFindings: findings.length === 0,
    backfilled,
    late,
    advice: said.advice ?? '',
    state: closed ? 'archived' : 'confirmed',
    createdAt: context.now,
  };
  const db = await context.tx.db();
  await db.visit.create({ data: row });
  if (closed) await tellBackfilled(context, { id: row.id, school: school.name, date: said.date });
  await audit(context, [
    {
      action: inspectorId === context.actor.personId ? 'visit.recorded' : 'visit.recorded-for',
      subject: 'visit',
      subjectId: row.id,
      schoolId: school.id,
      after: row,
    },
  ]);
  return row.id;
}
