// 待办: everything that waits for one person today, counted over all her roles, so that nobody need know which list to ask for.
import { z } from 'zod';
import { schoolsInSight } from './access.ts';
import { type ActContext, action, isOfOffice, OFFICE_ROLES, ROLES, type Role } from './act.ts';
import { createCalendar } from './calendar.ts';
import { OPEN_STATES } from './findings.ts';
import { readMonth, reportOf } from './month-report.ts';
import { waitsForReceipt } from './notices/list.ts';
import { countWishes } from './notices/wishes.ts';
import { MAY_CONSULT } from './rectification/letters.ts';
import { plansOf } from './visit-plan.ts';

/** In the order in which they press. */
const WAITS = [
  'emergency',
  'sign',
  'fix',
  'countersign',
  'decide',
  'review',
  'look-back',
  'close',
  'forward',
  'overdue',
  'wish',
  'confirm',
  'silent',
  'visit',
] as const;
type Wait = (typeof WAITS)[number];

const line = z.object({
  kind: z.enum(WAITS),
  count: z.number(),
  /** Of these, so many are past their day; of silent notices: how many people. */
  late: z.number(),
  /** The nearest day, where they have one. */
  due: z.string().nullable(),
});
type Line = z.infer<typeof line>;

/** The month's visits, as far as they are hers to make or, of a leader who makes none, to see to. */
const monthly = z.object({
  month: z.string(),
  /** Schools that owe one; of these, `left`: planned ones first, in the order of their days. */
  schools: z.number(),
  left: z.array(z.string()),
  ofArea: z.boolean(),
  /** The nearest that she has planned among those left. */
  planned: z.object({ school: z.string(), date: z.string() }).nullable(),
  end: z.string(),
  /** Working days left until then, today with them. */
  workdays: z.number(),
});
type Monthly = z.infer<typeof monthly>;

const AT_SCHOOL: readonly Role[] = ['principal', 'school-inspector'];

export const whatWaits = action({
  name: 'work.waiting',
  roles: ROLES,
  input: z.object({}),
  result: z.object({
    lines: z.array(line),
    /** The same by kind, for words that name only some. */
    counts: z.partialRecord(z.enum(WAITS), z.number()),
    monthly: monthly.nullable(),
  }),
  async run(context) {
    const { roles } = context.actor;
    const some = (wanted: readonly Role[]) => wanted.some((role) => roles.includes(role));
    const lines: Line[] = [...(await ofEverybody(context))];
    if (some(AT_SCHOOL)) lines.push(...(await ofSchools(context)));
    if (roles.includes('inspector')) lines.push(...(await ofInspector(context)));
    if (roles.includes('area-leader')) lines.push(...(await ofArea(context)));
    if (some(OFFICE_ROLES)) lines.push(...(await ofOffice(context)));
    const visits = await monthlyOf(context);
    lines.push(plain('visit', visits?.left.length ?? 0));
    const order = (one: Line) => WAITS.indexOf(one.kind);
    const waits = lines.filter(({ count }) => count > 0).sort((a, b) => order(a) - order(b));
    return {
      lines: waits,
      counts: Object.fromEntries(waits.map(({ kind, count }) => [kind, count])),
      monthly: visits,
    };
  },
});

const plain = (kind: Wait, count: number): Line => ({ kind, count, late: 0, due: null });

async function ofEverybody({ tx, office, actor, today }: ActContext): Promise<Line[]> {
  const [row] = await tx.sql<{ emergencies: number; unconfirmed: number }>(
    `select (select count(*)::int from emergency e where e.office_id = $1 and e.state not in ('reviewed', 'called_off')
               and ($4::boolean or e.raised_by = $2 or exists (
                 select 1 from emergency_person t where t.emergency_id = e.id and t.person_id = $2))) as emergencies,
            (select count(*)::int from notice_receipt r join supervision_notice n on n.id = r.notice_id
             where r.person_id = $2 and ${waitsForReceipt('$3')}) as unconfirmed`,
    [office.id, actor.personId, today.toString(), isOfOffice(actor)],
    'waits-for-everybody',
  );
  return [plain('emergency', row?.emergencies ?? 0), plain('confirm', row?.unconfirmed ?? 0)];
}

/** Findings at some schools: how many of each kind, how many of them past their day, and the nearest day. */
async function findingsAt(
  { tx, office, today }: ActContext,
  schools: readonly string[],
  kinds: Partial<Record<Wait, string>>,
): Promise<Line[]> {
  const wanted = Object.entries(kinds) as [Wait, string][]; // the keys of the record
  const columns = wanted.flatMap(([, condition], at) => [
    `count(*) filter (where ${condition})::int as c${at}`,
    `count(*) filter (where ${condition} and f.due_on < $3::date)::int as l${at}`,
    `min(f.due_on) filter (where ${condition}) as d${at}`,
  ]);
  const [row] = await tx.sql<Record<string, number | string | null>>(
    `select ${columns.join(', ')} from finding f
     where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.state <> 'closed' and $3::date is not null`,
    [office.id, schools, today.toString()],
    `waits-${wanted.map(([kind]) => kind).join('-')}`,
  );
  return wanted.map(([kind], at) => ({
    kind,
    count: Number(row?.[`c${at}`] ?? 0),
    late: Number(row?.[`l${at}`] ?? 0),
    due: (row?.[`d${at}`] as string | null | undefined) ?? null, // a day of the store
  }));
}

const list = (states: readonly string[]) => `('${states.join("', '")}')`;
const OWED = `f.state in ${list(OPEN_STATES)}`;
const ASKED = `f.state in ('extension_pending', 'objected')`;
const SERIOUS = `f.disposition = 'serious'`;

async function ofSchools(context: ActContext): Promise<Line[]> {
  const { tx, office, actor, today } = context;
  const mine = await schoolsInSight(context, AT_SCHOOL);
  const [signs] = await tx.sql<{ count: number; due: string | null; late: number }>(
    `select count(*)::int as count, min(due_on) as due, count(*) filter (where due_on < $4::date)::int as late
     from rectification_notice where office_id = $1 and state = 'issued'
       and ($5::boolean and school_id = any($2::uuid[]) or delegate_id = $3)`,
    [office.id, mine, actor.personId, today.toString(), actor.roles.includes('principal')],
    'waits-to-sign',
  );
  const fix = actor.roles.includes('principal')
    ? await findingsAt(context, mine, {
        fix: `${OWED} and not ${ASKED} and f.responsible_unit = ''`,
      })
    : [];
  return [{ kind: 'sign', count: 0, late: 0, due: null, ...signs }, ...fix];
}

async function ofInspector(context: ActContext): Promise<Line[]> {
  return findingsAt(context, await schoolsInSight(context, ['inspector']), {
    decide: `${ASKED} and not ${SERIOUS}`,
    review: `f.state in ('submitted', 'under_review')`,
    'look-back': `f.state = 'accepted' and f.looked_back_at is null`,
  });
}

async function ofArea(context: ActContext): Promise<Line[]> {
  const area = await schoolsInSight(context, ['area-leader']);
  return findingsAt(context, area, { overdue: `${OWED} and f.due_on < $3::date` });
}

/** An inspector who leads her area is told of her own visits; the others' are theirs. Null: visits are not hers to see to, or none is owed. */
async function monthlyOf(context: ActContext): Promise<Monthly | null> {
  const { tx, office, today, actor } = context;
  const role = (['inspector', 'area-leader'] as const).find((one) => actor.roles.includes(one));
  if (role === undefined) return null;
  const schools = await schoolsInSight(context, [role]);
  const named = today.toPlainYearMonth().toString();
  const all = await readMonth(tx, office, named, today, [...schools]);
  const { missed, owed } = reportOf(all, { scope: 'own', name: '', has: () => true });
  if (owed === 0) return null;
  const plans = await plansOf(context, actor.personId);
  const planned = plans.filter(({ school }) => missed.includes(school));
  const calendar = createCalendar(office.timeZone, office.settings);
  const { to: end } = calendar.month(today);
  return {
    month: named,
    schools: owed,
    left: [...new Set([...planned.map(({ school }) => school), ...missed])],
    ofArea: role === 'area-leader',
    planned: planned[0] ? { school: planned[0].school, date: planned[0].date } : null,
    end: end.toString(),
    workdays: calendar.workdays({ from: today, to: end }).length,
  };
}

async function ofOffice(context: ActContext): Promise<Line[]> {
  const { tx, office, today } = context;
  const all = await schoolsInSight(context, OFFICE_ROLES);
  const [silent] = await tx.sql<{ count: number; late: number }>(
    `select count(distinct n.id)::int as count, count(*)::int as late
     from supervision_notice n join notice_receipt r on r.notice_id = n.id
     where n.office_id = $1 and n.receipt and ${waitsForReceipt('$2')}`,
    [office.id, today.toString()],
    'waits-silent',
  );
  return [
    ...(await findingsAt(context, all, {
      countersign: `f.state = 'draft'`,
      decide: `${ASKED} and ${SERIOUS}`,
      close: `f.state = 'accepted' and f.looked_back_at is not null and ${SERIOUS}`,
      forward: `f.disposition = 'complex' and f.state in ${list(MAY_CONSULT)}
        and not exists (select 1 from consultation c where c.finding_id = f.id and c.state = 'asked')`,
      overdue: `${OWED} and f.due_on < $3::date`,
    })),
    plain('wish', await countWishes(context)),
    { kind: 'silent', count: 0, late: 0, due: null, ...silent },
  ];
}
