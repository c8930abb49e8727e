// 问题台账 (DOMAIN §3 b): every finding of a scope with where it stands; the one query behind the list in chat, the sheet and the papers.
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Tx } from '../store/store.ts';
import { type ActContext, action, ROLES } from './act.ts';
import { OPEN_STATES, toldState } from './findings.ts';
import { noticeNo } from './notices.ts';
import { orderPaper } from './papers.ts';
import { askedScope, type Scope, scopeAbout, scopeOf, semesterDays } from './scope.ts';

/** Not struck off yet: the school owes something, or somebody has to look at what it did. */
export const UNSETTLED_STATES = [...OPEN_STATES, 'submitted', 'under_review', 'accepted'] as const;

export const ledgerFilter = z.object({
  /** `open`: not struck off. `closed`: struck off or put right on the spot. */
  state: z.enum(['open', 'closed']).optional(),
  /** Past its day by more than so many days, and still owed by the school. */
  overdue: z.number().int().min(0).max(3650).optional(),
  disposition: z.string().optional(),
});
export type LedgerFilter = z.infer<typeof ledgerFilter>;

export interface LedgerRow {
  id: string;
  no: string;
  area: string;
  school: string;
  stage: string;
  visitedOn: string;
  inspector: string;
  item: string;
  text: string;
  disposition: string;
  state: string;
  dueOn: string | null;
  /** Days past its day while the school owes it; 0 when it does not. */
  overdue: number;
  signedAt: Date | null;
  submittedAt: Date | null;
  reviewedAt: Date | null;
  closedAt: Date | null;
  round: number;
  report: string;
  returnReason: string;
  /** Who has to act when it is not the school. */
  responsible: string;
  /** How often more time was granted. */
  extensions: number;
  /** site, papers or phone; null: not looked back at yet. */
  lookedBackHow: string | null;
  lookedBackAt: Date | null;
  lookBackNote: string;
  /** It came back after it had been closed, or is an old one come back. */
  relapse: boolean;
  /** talk, circular, accountability; empty: not beyond reminders. */
  escalation: string;
}

export interface LedgerAsk {
  officeId: string;
  schoolIds: readonly string[];
  from: string | null;
  to: string | null;
  /** Beside those of the days: older ones that are not struck off. */
  olderOpen?: boolean;
  filter?: LedgerFilter;
  /** Exactly these instead. */
  ids?: readonly string[];
  noticeId?: string;
  visitId?: string;
}

/** Not on any ledger: voided, or a serious one that the office has not signed out (yet). */
export const OFF_LEDGER_STATES = ['voided', 'draft', 'sent_back'] as const;

/** By area, school and day. Days said bound the day of the visit. */
export async function ledgerRows(
  tx: Pick<Tx, 'sql'>,
  ask: LedgerAsk,
  by: { today: Temporal.PlainDate; numberPrefix: string },
): Promise<LedgerRow[]> {
  const { filter = {} } = ask;
  const rows = await tx.sql<
    Omit<LedgerRow, 'no' | 'overdue'> & { year: number | null; number: number | null; late: number }
  >(
    `select f.id, n.year, n.number, a.name as area, s.name as school, s.kind as stage, v.visited_on as "visitedOn",
       p.name as inspector, f.item, f.text, f.disposition, f.state, f.due_on as "dueOn",
       case when f.state = any($6::text[]) then greatest(0, $5::date - f.due_on) else 0 end as late,
       n.signed_at as "signedAt", f.submitted_at as "submittedAt", f.reviewed_at as "reviewedAt",
       f.closed_at as "closedAt", f.round, f.report, coalesce(f.return_reason, '') as "returnReason",
       f.responsible_unit as responsible, f.looked_back_how as "lookedBackHow", f.looked_back_at as "lookedBackAt",
       f.look_back_note as "lookBackNote", f.relapse_of is not null or f.reopened > 0 as relapse,
       coalesce(f.escalation, '') as escalation,
       (select count(*)::int from extension e where e.finding_id = f.id and e.state = 'granted') as extensions
     from finding f
     join school s on s.id = f.school_id
     join area a on a.id = s.area_id
     join visit v on v.id = f.visit_id
     join person p on p.id = v.inspector_id
     left join rectification_notice n on n.id = f.notice_id
     where f.office_id = $1 and f.school_id = any($2::uuid[]) and f.state <> all($13::text[])
       and ($11::uuid[] is null or f.id = any($11::uuid[]))
       and ($3::date is null or v.visited_on >= $3 and v.visited_on <= $4::date
         or $8 and v.visited_on < $3 and f.state = any($7::text[]))
       and ($9::text is null or ($9 = 'open') = (f.state = any($7::text[])) and f.state <> 'withdrawn')
       and ($10::int is null or f.state = any($6::text[]) and $5::date - f.due_on > $10)
       and ($12::text is null or f.disposition = $12)
       and ($14::uuid is null or f.notice_id = $14) and ($15::uuid is null or f.visit_id = $15)
     order by a.code, s.code, v.visited_on, v.id, f.ordinal`,
    [
      ask.officeId,
      ask.schoolIds,
      ask.from,
      ask.to,
      by.today.toString(),
      [...OPEN_STATES],
      [...UNSETTLED_STATES],
      ask.olderOpen ?? false,
      filter.state ?? null,
      filter.overdue ?? null,
      ask.ids ?? null,
      filter.disposition ?? null,
      [...OFF_LEDGER_STATES],
      ask.noticeId ?? null,
      ask.visitId ?? null,
    ],
    'ledger-rows',
  );
  return rows.map(({ year, number, late, ...row }) => ({
    ...row,
    no: year === null || number === null ? '' : noticeNo(by.numberPrefix, year, number),
    overdue: late ?? 0,
  }));
}

export const askedLedger = askedScope.extend({ filter: ledgerFilter.optional() });
export type AskedLedger = z.infer<typeof askedLedger>;

/** Without days: this semester's findings, and every older one that is not struck off. */
async function ledgerAsk(context: ActContext, asked: AskedLedger): Promise<{ scope: Scope; ask: LedgerAsk }> {
  const scope = await scopeOf(context, asked, semesterDays(context));
  const ask: LedgerAsk = {
    officeId: context.office.id,
    schoolIds: scope.schoolIds,
    from: scope.from,
    to: scope.to,
    olderOpen: asked.period === undefined,
    ...(asked.filter ? { filter: asked.filter } : {}),
  };
  return { scope, ask };
}

/** The sheet is made by a job: what it shows is read then, for the schools that were in sight now. */
export async function orderLedger(context: ActContext, asked: AskedLedger): Promise<Scope> {
  const { scope, ask } = await ledgerAsk(context, asked);
  await orderPaper(context, { kind: 'ledger', params: { ...ask, about: scope.about } });
  return scope;
}

const OWED: readonly string[] = OPEN_STATES;

/** What the school still owes first, the longest overdue at its head; then what waits for a review or a look-back. */
function byUrgency(a: LedgerRow, b: LedgerRow): number {
  const owed = Number(OWED.includes(b.state)) - Number(OWED.includes(a.state));
  return owed || b.overdue - a.overdue || (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9');
}

/** Nothing that scrolls (VOICE, rule 1); the rest is in the sheet. */
const SHOWN = 5;

/** 台账: in numbers, and the most urgent few. */
export const showLedger = action({
  name: 'ledger.show',
  roles: ROLES,
  input: z.object({ scope: askedLedger.default({}) }),
  result: z.object({
    about: scopeAbout,
    total: z.number(),
    open: z.number(),
    overdue: z.number(),
    rows: z.array(
      z.object({
        school: z.string(),
        no: z.string(),
        text: z.string(),
        state: z.string(),
        due: z.string().nullable(),
        overdue: z.number(),
      }),
    ),
    more: z.number(),
  }),
  async run(context, { scope: asked }) {
    const { scope, ask } = await ledgerAsk(context, asked);
    const rows = await ledgerRows(context.tx, ask, {
      today: context.today,
      numberPrefix: context.office.settings['rect.numberPrefix'],
    });
    const states: readonly string[] = UNSETTLED_STATES;
    const open = rows.filter((row) => states.includes(row.state));
    const urgent = open.toSorted(byUrgency);
    return {
      about: scope.about,
      total: rows.length,
      open: open.length,
      overdue: rows.filter((row) => row.overdue > 0).length,
      rows: urgent.slice(0, SHOWN).map((row) => ({
        school: row.school,
        no: row.no,
        text: row.text,
        state: toldState(row.state, row.no),
        due: OWED.includes(row.state) ? row.dueOn : null,
        overdue: row.overdue,
      })),
      more: Math.max(0, open.length - SHOWN),
    };
  },
});
