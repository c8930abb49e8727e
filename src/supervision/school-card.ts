// A school's card: whom to speak to there, when it was last visited, what is open, what was agreed; and its head's telephone when asked for.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { requireStanding } from './access.ts';
import { type ActContext, action, audit, ROLES, type Role } from './act.ts';
import { OPEN_STATES, toldState } from './findings.ts';
import { noticeNo, peopleAt } from './notices.ts';

/** Who is given the whole number; a school's own people are found at the school. */
const MAY_CALL = [
  'inspector',
  'area-leader',
  'school-inspector',
  'office',
  'director',
] as const satisfies Role[];
const FINDINGS_SHOWN = 3;
/** With the school's answer in hand: open, but no longer late. */
const HANDED_IN = ['submitted', 'under_review'];

const findingShape = z.object({
  no: z.string(),
  text: z.string(),
  due: z.string().nullable(),
  state: z.string(),
  overdue: z.boolean(),
});

/** `13800001234` → `138****1234`; shorter ones keep their last two. */
function maskPhone(phone: string): string {
  return phone.length >= 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`;
}

/** The heads of a school with their telephones, opened. */
async function headsWithPhones(context: ActContext, schoolId: string) {
  const heads = await context.tx.sql<{ id: string; name: string; sealed: string | null }>(
    `select p.id, p.name, p.phone_sealed as sealed from assignment a join person p on p.id = a.person_id and p.active
     where a.school_id = $1 and a.role = 'principal' and a.since <= $2::date and (a.until is null or a.until > $2::date)
     order by p.user_key`,
    [schoolId, context.today.toString()],
    'heads-phones',
  );
  return heads.map(({ id, name, sealed }) => ({
    id,
    name,
    phone: sealed === null ? '' : context.openPhone(sealed),
  }));
}

/** 学校卡片. Throws `act.not-allowed` for whoever has nothing to do with the school. */
export const schoolCard = action({
  name: 'school.card',
  roles: ROLES,
  input: z.object({ school: z.uuid() }),
  result: z.object({
    schoolId: z.string(),
    name: z.string(),
    area: z.string(),
    heads: z.array(z.string()),
    phone: z.string(),
    mayCall: z.boolean(),
    inspectors: z.array(z.string()),
    schoolInspectors: z.array(z.string()),
    last: z
      .object({
        date: z.string(),
        by: z.string(),
        findings: z.number(),
        highlight: z.string(),
        advice: z.string(),
      })
      .nullable(),
    month: z.object({ visits: z.number(), least: z.number() }),
    open: z.number(),
    findings: z.array(findingShape),
    planned: z.object({ date: z.string(), by: z.string() }).nullable(),
  }),
  async run(context, { school: schoolId }) {
    const roles = await requireStanding(context, schoolId, ROLES);
    const today = context.today.toString();
    const [school] = await context.tx.sql<{ name: string; area: string }>(
      `select s.name, a.name as area from school s join area a on a.id = s.area_id where s.id = $1 and s.office_id = $2`,
      [schoolId, context.office.id],
      'card-school',
    );
    if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
    const heads = await headsWithPhones(context, schoolId);
    const phone = heads.find((head) => head.phone !== '')?.phone ?? '';
    const names = async (role: string) => (await peopleAt(context, schoolId, role)).map(({ name }) => name);
    const visits = await lastVisit(context, schoolId);
    const findings = await openAt(context, schoolId);
    const [planned] = await context.tx.sql<{ date: string; by: string }>(
      `select v.planned_on as date, p.name as by from visit_plan v join person p on p.id = v.person_id
       where v.school_id = $1 and v.state = 'planned' and v.planned_on >= $2::date order by v.planned_on limit 1`,
      [schoolId, today],
      'card-planned',
    );
    return {
      schoolId,
      name: school.name,
      area: school.area,
      heads: heads.map(({ name }) => name),
      phone: phone === '' ? '' : maskPhone(phone),
      mayCall: phone !== '' && roles.some((role) => MAY_CALL.some((one) => one === role)),
      inspectors: await names('inspector'),
      schoolInspectors: await names('school-inspector'),
      last: visits.last,
      month: { visits: visits.thisMonth, least: context.office.settings['visit.minPerMonth'] },
      open: findings.length,
      findings: findings.slice(0, FINDINGS_SHOWN),
      // When the next visit comes is for inspectors and those above: it need not be told beforehand.
      planned:
        planned && roles.some((role) => role !== 'principal' && role !== 'school-inspector') ? planned : null,
    };
  },
});

async function lastVisit(context: ActContext, schoolId: string) {
  const [last] = await context.tx.sql<{
    date: string;
    by: string;
    findings: number;
    highlight: string;
    advice: string;
  }>(
    `select v.visited_on as date, p.name as by, v.highlight, v.advice,
            (select count(*)::int from finding f where f.visit_id = v.id and f.state <> 'voided') as findings
     from visit v join person p on p.id = v.inspector_id
     where v.school_id = $1 and v.state <> 'voided' order by v.visited_on desc, v.id desc limit 1`,
    [schoolId],
    'card-last',
  );
  const [count] = await context.tx.sql<{ n: number }>(
    `select count(*)::int as n from visit where school_id = $1 and state <> 'voided' and visited_on >= $2::date`,
    [schoolId, context.today.with({ day: 1 }).toString()],
    'card-month',
  );
  return { last: last ?? null, thisMonth: count?.n ?? 0 };
}

async function openAt(context: ActContext, schoolId: string): Promise<z.infer<typeof findingShape>[]> {
  const rows = await context.tx.sql<{
    year: number | null;
    number: number | null;
    text: string;
    due: string | null;
    state: string;
  }>(
    `select n.year, n.number, f.text, f.due_on as due, f.state
     from finding f left join rectification_notice n on n.id = f.notice_id
     where f.school_id = $1 and f.state = any($2::text[]) order by f.due_on nulls last, f.id`,
    [schoolId, [...OPEN_STATES, ...HANDED_IN]],
    'card-open',
  );
  const prefix = context.office.settings['rect.numberPrefix'];
  const today = context.today.toString();
  return rows.map(({ year, number, text, due, state }) => {
    const no = year === null || number === null ? '' : noticeNo(prefix, year, number);
    const overdue = due !== null && due < today && !HANDED_IN.includes(state);
    return { no, text, due, state: toldState(state, no), overdue };
  });
}

/** 查看电话: the whole number, to those who may call, and written down who asked. */
export const schoolPhone = action({
  name: 'school.phone',
  roles: MAY_CALL,
  input: z.object({ school: z.uuid() }),
  result: z.object({
    name: z.string(),
    heads: z.array(z.object({ name: z.string(), phone: z.string() })),
  }),
  async run(context, { school: schoolId }) {
    await requireStanding(context, schoolId, MAY_CALL);
    const db = await context.tx.db();
    const school = await db.school.findFirst({ where: { id: schoolId, officeId: context.office.id } });
    if (!school) throw new AppError('act.not-found', 'never', { what: 'school' });
    const heads = (await headsWithPhones(context, schoolId)).filter(({ phone }) => phone !== '');
    await audit(
      context,
      heads.map(({ id }) => ({
        action: 'person.phone-shown',
        subject: 'person' as const,
        subjectId: id,
        schoolId,
      })),
    );
    return { name: school.name, heads: heads.map(({ name, phone }) => ({ name, phone })) };
  },
});
