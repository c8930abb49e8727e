// 督导记录: when a school was visited and what came of it, or where a person has been; the newest first, or the last one by itself.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { schoolsInSight, standing } from './access.ts';
import { type ActContext, action, ROLES } from './act.ts';
import { createCalendar } from './calendar.ts';
import { findingsOfVisits, type ToldFinding, toldFinding } from './visit-findings-told.ts';

/** Nothing that scrolls (VOICE, rule 1). */
const SHOWN = 6;
/** Before any record. */
const EVER = '0001-01-01';

const span = z.object({ from: z.iso.date(), to: z.iso.date() });

const row = z.object({
  id: z.string(),
  school: z.string(),
  date: z.string(),
  session: z.string().nullable(),
  by: z.string(),
  companions: z.array(z.string()),
  findings: z.number(),
  lessons: z.number().nullable(),
  highlight: z.string(),
  backfilled: z.boolean(),
});
type Row = z.infer<typeof row>;

/** What is wanted of them beside when they were: what was found, and of the last one (0) or one before it alone. */
const look = z.object({ findings: z.boolean(), back: z.int().min(0).max(200).nullable() });
export type HistoryLook = z.infer<typeof look>;

/**
 * With a school: its records, to whoever answers for it; to another inspector those that he filed or accompanied.
 * Without: the asker's own, or a named person's (office, director; an area leader within her area), this month unless another span is said,
 * or the last one is wanted, whenever that was.
 */
export const visitHistory = action({
  name: 'visit.history',
  roles: ROLES,
  input: z.object({
    school: z.uuid().optional(),
    period: span.optional(),
    person: z.string().max(40).optional(),
    look: look.optional(),
  }),
  result: z.object({
    of: z.string(),
    schoolId: z.string(),
    who: z.string(),
    span: span.nullable(),
    total: z.number(),
    semester: z.number(),
    rows: z.array(row.extend({ found: z.array(toldFinding) })),
    more: z.number(),
    /** Which one is told of by itself: 0 the last, 1 the one before; −1: all of them are listed. */
    back: z.number(),
    /** The one before that. */
    older: row.nullable(),
  }),
  async run(context, { school, period, person, look }) {
    const named = person !== undefined && person !== 'self' && person !== context.actor.name ? person : '';
    const asks = await askedFor(context, school, named);
    const calendar = createCalendar(context.office.timeZone, context.office.settings);
    const months = calendar.month(context.today);
    const back = look?.back ?? (look?.findings && !period ? 0 : -1);
    // "上次去育才是哪天" is told by the list, whose first line it is.
    const alone = back > 0 || (back === 0 && (asks.of === '' || look?.findings === true));
    const asked =
      period ??
      (asks.of === '' && !alone ? { from: months.from.toString(), to: months.to.toString() } : null);
    const rows = await visitsOf(context, asks, alone && asked ? { from: EVER, to: asked.to } : asked);
    // One by itself is counted back from the end of the days that were said; with none in them the last is one before.
    const first = rows[0];
    const none = alone && asked !== null && first !== undefined && first.date < asked.from;
    const at = none ? back - 1 : back;
    const shown = alone ? (at < 0 ? [] : rows.slice(at, at + 1)) : rows.slice(0, SHOWN);
    const found =
      alone || look?.findings ? await findingsOfVisits(context, shown) : new Map<string, ToldFinding[]>();
    const term = calendar.semester(context.today);
    const terms = await visitsOf(context, asks, { from: term.from.toString(), to: term.to.toString() });
    return {
      of: asks.of,
      schoolId: asks.of === '' ? '' : (asks.schools?.[0] ?? ''),
      who: named,
      span: asked,
      total: rows.length,
      semester: terms.length,
      rows: shown.map((one) => ({ ...one, found: found.get(one.id) ?? [] })),
      more: alone ? 0 : Math.max(0, rows.length - SHOWN),
      back: alone ? back : -1,
      older: alone ? (rows[at + 1] ?? null) : null,
    };
  },
});

interface Asks {
  /** The school's name; empty when it is about a person or all in sight. */
  of: string;
  /** Null: every school of the office. */
  schools: string[] | null;
  /** Only records that this person filed or accompanied. */
  personId: string | null;
}

async function askedFor(context: ActContext, school: string | undefined, named: string): Promise<Asks> {
  const { actor, office, tx } = context;
  if (school !== undefined) {
    const [known] = await tx.sql<{ name: string }>(
      `select name from school where id = $1 and office_id = $2`,
      [school, office.id],
      'history-school',
    );
    if (!known) throw new AppError('act.not-found', 'never', { what: 'school' });
    const answers = (await standing(context, school)).length > 0;
    if (!answers && !(await wasThere(context, school))) throw new AppError('act.not-allowed');
    return { of: known.name, schools: [school], personId: answers ? null : actor.personId };
  }
  if (named !== '') {
    const sees = await schoolsInSight(context, ['area-leader', 'office', 'director']);
    const [person] = await tx.sql<{ id: string }>(
      `select id from person where office_id = $1 and name = $2 and active order by user_key limit 1`,
      [office.id, named],
      'history-person',
    );
    if (sees.length === 0) throw new AppError('act.not-allowed');
    if (!person) throw new AppError('act.not-found', 'never', { what: 'person' });
    return { of: '', schools: sees, personId: person.id };
  }
  if (actor.roles.includes('inspector')) return { of: '', schools: null, personId: actor.personId };
  const sees = await schoolsInSight(context);
  const [only, ...more] = sees;
  // A head asks about her own school without naming it.
  if (only !== undefined && more.length === 0) return askedFor(context, only, named);
  return { of: '', schools: sees, personId: null };
}

async function wasThere({ tx, actor }: ActContext, schoolId: string): Promise<boolean> {
  const [there] = await tx.sql(
    `select 1 from visit v where v.school_id = $1 and v.state <> 'voided' and (v.inspector_id = $2
       or exists (select from visit_companion c where c.visit_id = v.id and c.person_id = $2)) limit 1`,
    [schoolId, actor.personId],
    'history-was-there',
  );
  return there !== undefined;
}

function visitsOf(
  { tx, office }: ActContext,
  { schools, personId }: Asks,
  within: { from: string; to: string } | null,
): Promise<Row[]> {
  return tx.sql<Row>(
    `select v.id, s.name as school, v.visited_on as date, v.session, p.name as by, v.lessons, v.highlight, v.backfilled,
            (select coalesce(array_agg(c.name order by c.user_key), '{}') from visit_companion w
             join person c on c.id = w.person_id where w.visit_id = v.id) as companions,
            (select count(*)::int from finding f where f.visit_id = v.id and f.state <> 'voided') as findings
     from visit v join school s on s.id = v.school_id join person p on p.id = v.inspector_id
     where v.office_id = $1 and v.state <> 'voided'
       and ($2::uuid[] is null or v.school_id = any($2::uuid[]))
       and ($3::uuid is null or v.inspector_id = $3
            or exists (select from visit_companion w where w.visit_id = v.id and w.person_id = $3))
       and v.visited_on between coalesce($4::date, '-infinity') and coalesce($5::date, 'infinity')
     order by v.visited_on desc, v.id desc`,
    [office.id, schools, personId, within?.from ?? null, within?.to ?? null],
    'visit-history',
  );
}
