// What an office decides about a month: its key points, schools that owe no visit in it, and that it is closed (DOMAIN §3 a).
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import { requireStanding } from './access.ts';
import { type ActContext, action, audit, isOfOffice, OFFICE_ROLES, ROLES, type Role } from './act.ts';
import { peopleAt } from './notices.ts';

/** `YYYY-MM` */
export const monthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const EXEMPTS = ['area-leader', 'office', 'director'] as const satisfies Role[];

/** Throws `act.input` for a month that is none. */
export function monthOf(context: Pick<ActContext, 'today'>, said: string | undefined): string {
  return said ?? context.today.toPlainYearMonth().toString();
}

/** The key points of a month; empty when the office set none. */
export async function focusOf(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  month: string,
): Promise<{ focus: string; closed: boolean }> {
  const [row] = await tx.sql<{ focus: string; closed: boolean }>(
    `select focus, closed_at is not null as closed from office_month where office_id = $1 and month = $2`,
    [officeId, month],
    'month-focus',
  );
  return row ?? { focus: '', closed: false };
}

/** The office's row of a month, locked, so that two who decide about it follow one another. */
async function lockMonth(context: ActContext, month: string) {
  await context.tx.sql(
    `insert into office_month (office_id, month) values ($1, $2) on conflict do nothing`,
    [context.office.id, month],
    'month-open',
  );
  const [row] = await context.tx.sql<{ focus: string; closedAt: Date | null }>(
    `select focus, closed_at as "closedAt" from office_month where office_id = $1 and month = $2 for update`,
    [context.office.id, month],
    'month-lock',
  );
  if (!row) throw new Error('the month was just written');
  return row;
}

/** 本月重点: shown to everybody; set by the office, for this month or a coming one. */
export const monthFocus = action({
  name: 'month.focus',
  roles: ROLES,
  input: z.object({ month: monthText.optional(), focus: z.string().trim().max(200).optional() }),
  result: z.object({ month: z.string(), focus: z.string(), before: z.string(), set: z.boolean() }),
  async run(context, { month: said, focus }) {
    const month = monthOf(context, said);
    if (!focus) {
      const known = await focusOf(context.tx, context.office.id, month);
      return { month, focus: known.focus, before: '', set: false };
    }
    if (!isOfOffice(context.actor)) throw new AppError('act.not-allowed');
    const before = await lockMonth(context, month);
    if (before.closedAt) throw new AppError('month.closed');
    await context.tx.sql(
      `update office_month set focus = $3 where office_id = $1 and month = $2`,
      [context.office.id, month, focus],
      'month-set-focus',
    );
    await audit(context, [
      {
        action: 'month.focus-set',
        subject: 'office',
        subjectId: context.office.id,
        before: { month, focus: before.focus },
        after: { month, focus },
      },
    ]);
    return { month, focus, before: before.focus, set: true };
  },
});

/** 免督导: one school owes no visit in one month, with the reason; its inspector is told. */
export const exemptSchool = action({
  name: 'visit.exempt',
  roles: EXEMPTS,
  input: z.object({
    school: z.uuid(),
    month: monthText.optional(),
    reason: z.string().trim().min(1).max(200),
  }),
  result: z.object({ name: z.string(), month: z.string(), told: z.array(z.string()) }),
  async run(context, { school: schoolId, month: said, reason }) {
    await requireStanding(context, schoolId, EXEMPTS);
    const month = monthOf(context, said);
    if ((await lockMonth(context, month)).closedAt) throw new AppError('month.closed');
    if (await standingExemption(context, schoolId, month)) throw new AppError('visit.exempt-already');
    const name = await nameOf(context, schoolId);
    const row = { id: newId(), month, reason };
    await context.tx.sql(
      `insert into visit_exemption (id, office_id, school_id, month, reason, by_id, at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, context.office.id, schoolId, month, reason, context.actor.personId, context.now],
      'exempt',
    );
    await audit(context, [
      { action: 'visit.exempted', subject: 'school', subjectId: schoolId, schoolId, after: row },
    ]);
    const told = await tellInspectors(context, schoolId, {
      key: 'visits.exempted',
      data: { school: name, month, reason, by: context.actor.name },
      dedup: `exempt-${row.id}`,
    });
    return { name, month, told };
  },
});

/** 取消免督导: the school owes its visit again. */
export const undoExemption = action({
  name: 'visit.exempt-undo',
  roles: EXEMPTS,
  input: z.object({ school: z.uuid(), month: monthText.optional() }),
  result: z.object({ name: z.string(), month: z.string(), told: z.array(z.string()) }),
  async run(context, { school: schoolId, month: said }) {
    await requireStanding(context, schoolId, EXEMPTS);
    const month = monthOf(context, said);
    if ((await lockMonth(context, month)).closedAt) throw new AppError('month.closed');
    const known = await standingExemption(context, schoolId, month);
    if (!known) throw new AppError('visit.not-exempt');
    const name = await nameOf(context, schoolId);
    await context.tx.sql(
      `update visit_exemption set undone_at = $2, undone_by = $3 where id = $1`,
      [known.id, context.now, context.actor.personId],
      'exempt-undo',
    );
    await audit(context, [
      { action: 'visit.exemption-undone', subject: 'school', subjectId: schoolId, schoolId, before: known },
    ]);
    const told = await tellInspectors(context, schoolId, {
      key: 'visits.exemption-undone',
      data: { school: name, month, by: context.actor.name },
      dedup: `exempt-${known.id}-undone`,
    });
    return { name, month, told };
  },
});

async function standingExemption({ tx }: ActContext, schoolId: string, month: string) {
  const [row] = await tx.sql<{ id: string; month: string; reason: string }>(
    `select id, month, reason from visit_exemption where school_id = $1 and month = $2 and undone_at is null for update`,
    [schoolId, month],
    'exemption',
  );
  return row ?? null;
}

async function nameOf({ tx, office }: ActContext, schoolId: string): Promise<string> {
  const [school] = await tx.sql<{ name: string }>(
    `select name from school where id = $1 and office_id = $2`,
    [schoolId, office.id],
    'school-name',
  );
  if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
  return school.name;
}

async function tellInspectors(
  context: ActContext,
  schoolId: string,
  word:
    | { key: 'visits.exempted'; data: Record<string, unknown>; dedup: string }
    | { key: 'visits.exemption-undone'; data: Record<string, unknown>; dedup: string },
): Promise<string[]> {
  const people = (await peopleAt(context, schoolId, 'inspector')).filter(
    ({ id }) => id !== context.actor.personId,
  );
  for (const person of people)
    context.notify({ ...word, personId: person.id, dedup: `${word.dedup}-${person.id}` });
  return people.map(({ name }) => name);
}

/** Which of these schools owe no visit in a month, by the office's word. */
export async function exemptIn(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  month: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.sql<{ schoolId: string; reason: string }>(
    `select school_id as "schoolId", reason from visit_exemption
     where office_id = $1 and month = $2 and undone_at is null`,
    [officeId, month],
    'exempt-in',
  );
  return new Map(rows.map(({ schoolId, reason }) => [schoolId, reason]));
}

/** Marks a month closed and its visits archived. False when it was closed before. */
export async function closeMonthIn(
  tx: Pick<Tx, 'sql'>,
  of: { officeId: string; month: string; now: Date; byId: string | null },
): Promise<{ closed: boolean; visits: number }> {
  const [row] = await tx.sql(
    `insert into office_month (office_id, month, closed_at, closed_by) values ($1, $2, $3, $4)
     on conflict (office_id, month) do update set closed_at = excluded.closed_at, closed_by = excluded.closed_by
       where office_month.closed_at is null
     returning 1 as done`,
    [of.officeId, of.month, of.now, of.byId],
    'month-close',
  );
  if (!row) return { closed: false, visits: 0 };
  const first = Temporal.PlainYearMonth.from(of.month).toPlainDate({ day: 1 });
  const rows = await tx.sql<{ id: string; before: string }>(
    `with old as (select id, state from visit where office_id = $1 and state in ('confirmed', 'reported')
       and visited_on >= $2::date and visited_on < $3::date for update)
     update visit v set state = 'archived' from old where v.id = old.id returning v.id, old.state as before`,
    [of.officeId, first.toString(), first.add({ months: 1 }).toString()],
    'month-archive',
  );
  return { closed: true, visits: rows.length };
}

/** 关闭三月: the office closes a month that is over; from then on only the office corrects its records. */
export const closeMonth = action({
  name: 'month.close',
  roles: OFFICE_ROLES,
  input: z.object({ month: monthText }),
  result: z.object({ month: z.string(), visits: z.number() }),
  async run(context, { month }) {
    if (month >= context.today.toPlainYearMonth().toString()) throw new AppError('month.not-over');
    const { closed, visits } = await closeMonthIn(context.tx, {
      officeId: context.office.id,
      month,
      now: context.now,
      byId: context.actor.personId,
    });
    if (!closed) throw new AppError('month.closed');
    await audit(context, [
      {
        action: 'month.closed',
        subject: 'office',
        subjectId: context.office.id,
        after: { month, visits },
      },
    ]);
    return { month, visits };
  },
});
