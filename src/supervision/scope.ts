// What a ledger, a figure or an export is about: which schools of those the asker may see, and which days.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { schoolsInSight } from './access.ts';
import type { ActContext } from './act.ts';
import { createCalendar } from './calendar.ts';
import { SCHOOL_KINDS } from './roster/file.ts';

/** As it was said; what was not said narrows nothing. */
export const askedScope = z.object({
  /** ISO: a day, `2026-03`, `2026-W12`, `2026`, or `first/last`. */
  period: z.string().optional(),
  /** An area's code. */
  area: z.string().optional(),
  school: z.uuid().optional(),
  stage: z.enum(SCHOOL_KINDS).optional(),
  /** Only the schools that the asker answers for as their inspector. */
  mine: z.boolean().optional(),
});
export type AskedScope = z.infer<typeof askedScope>;

export interface Scope {
  schoolIds: string[];
  /** Both included; null: all time. */
  from: string | null;
  to: string | null;
  /** For words: what it was narrowed to. */
  about: ScopeAbout;
}

export const scopeAbout = z.object({
  area: z.string(),
  school: z.string(),
  stage: z.string(),
  /** `first/last`, or empty. */
  period: z.string(),
  mine: z.boolean(),
  schools: z.number(),
});
export type ScopeAbout = z.infer<typeof scopeAbout>;

export interface Days {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** The days of an ISO span; null when it is none. */
function daysOf(period: string): Days | null {
  const pair = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(period);
  try {
    if (pair)
      return { from: Temporal.PlainDate.from(pair[1] ?? ''), to: Temporal.PlainDate.from(pair[2] ?? '') };
    if (/^\d{4}-\d{2}-\d{2}$/.test(period)) {
      const day = Temporal.PlainDate.from(period);
      return { from: day, to: day };
    }
    if (/^\d{4}-\d{2}$/.test(period)) {
      const month = Temporal.PlainYearMonth.from(period);
      return { from: month.toPlainDate({ day: 1 }), to: month.toPlainDate({ day: month.daysInMonth }) };
    }
    if (/^\d{4}$/.test(period)) {
      const from = Temporal.PlainDate.from(`${period}-01-01`);
      return { from, to: from.with({ month: 12, day: 31 }) };
    }
  } catch {
    return null; // 2026-02-30
  }
  const week = /^(\d{4})-W(\d{2})$/.exec(period);
  if (!week) return null;
  const fourth = Temporal.PlainDate.from(`${week[1]}-01-04`); // always in the first week (ISO 8601)
  const from = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(week[2]) - 1 });
  return { from, to: from.add({ days: 6 }) };
}

/** The whole month of the day. */
export function monthDays(today: Temporal.PlainDate): Days {
  return { from: today.with({ day: 1 }), to: today.with({ day: today.daysInMonth }) };
}

/** The whole semester of the day, as the office counts it. */
export function semesterDays(context: Pick<ActContext, 'office' | 'today'>, day = context.today): Days {
  const { from, to } = createCalendar(context.office.timeZone, context.office.settings).semester(day);
  return { from, to };
}

/**
 * Narrows what the asker may see to what was asked. `fallback` gives the days when none were said.
 * Throws `act.not-allowed` when she named a school or an area of which she may see nothing, `act.not-found` for a code nobody has.
 */
export async function scopeOf(
  context: ActContext,
  asked: AskedScope,
  fallback: Days | null = null,
): Promise<Scope> {
  const days = asked.period === undefined ? fallback : daysOf(asked.period);
  const seen = await schoolsInSight(context, asked.mine ? ['inspector'] : undefined);
  const [area] = asked.area
    ? await context.tx.sql<{ id: string; name: string }>(
        'select id, name from area where office_id = $1 and code = $2',
        [context.office.id, asked.area],
        'scope-area',
      )
    : [];
  if (asked.area && !area) throw new AppError('act.not-found', 'never', { what: 'area' });
  const schools = await context.tx.sql<{ id: string; name: string }>(
    `select id, name from school
     where office_id = $1 and id = any($2::uuid[])
       and ($3::uuid is null or area_id = $3) and ($4::uuid is null or id = $4) and ($5::text is null or kind = $5)
     order by code`,
    [context.office.id, [...seen], area?.id ?? null, asked.school ?? null, asked.stage ?? null],
    'scope-schools',
  );
  if (schools.length === 0 && (asked.school || asked.area)) throw new AppError('act.not-allowed');
  return {
    schoolIds: schools.map((school) => school.id),
    from: days?.from.toString() ?? null,
    to: days?.to.toString() ?? null,
    about: {
      area: area?.name ?? '',
      school: asked.school ? (schools[0]?.name ?? '') : '',
      stage: asked.stage ?? '',
      period: days ? `${days.from}/${days.to}` : '',
      mine: asked.mine ?? false,
      schools: schools.length,
    },
  };
}
