// Puts the demo district into an empty office: roster and three months of history, in one transaction and few statements.
import { AppError } from '../errors.ts';
import type { Sealer } from '../store/seal.ts';
import type { Store, Tx } from '../store/store.ts';
import { createCalendar } from '../supervision/calendar.ts';
import { importRosterIn } from '../supervision/roster/import.ts';
import { loadRosterIn } from '../supervision/roster/load.ts';
import { loadSettingRules, officeSettings } from '../supervision/settings.ts';
import { readStuff } from './data.ts';
import { makeHistory } from './history.ts';
import { demoRoster } from './people.ts';
import { chanceOf } from './random.ts';
import type { History } from './rows.ts';

export interface DemoCounts {
  officeId: string;
  areas: number;
  schools: number;
  kindergartens: number;
  people: number;
  visits: number;
  findings: number;
  notices: number;
  audit: number;
}

/**
 * Fills an office that has nobody in it yet. Throws `act.not-allowed` when it has: a demo never writes over real work.
 * Half a fill cannot be: it is one transaction.
 */
export async function fillDemo(
  store: Store,
  { now, sealer, slug = 'main' }: { now: Date; sealer: Sealer; slug?: string },
): Promise<DemoCounts> {
  const roster = demoRoster(slug);
  const rules = loadSettingRules();
  return store.transaction(async (tx) => {
    const [someone] = await tx.sql(
      'select 1 from person p join office o on o.id = p.office_id where o.slug = $1 limit 1',
      [slug],
    );
    if (someone) throw new AppError('act.not-allowed', 'never', { why: 'office-not-empty', slug });

    const { settings } = officeSettings(rules, {});
    const calendar = createCalendar(roster.office.timezone, settings);
    const today = calendar.today(now);
    // Everybody has been in place since the semester before this one.
    const since = calendar.semester(today, -1).from;
    const { officeId } = await importRosterIn(tx, roster, { now, sealer, since, rules });
    const loaded = await loadRosterIn(tx, officeId);
    const chance = chanceOf(`dudao demo history ${today}`);
    const history = makeHistory({ calendar, chance, now, today, stuff: readStuff(), roster: loaded });
    await write(tx, officeId, history);
    return {
      officeId,
      areas: loaded.areas.length,
      schools: loaded.schools.filter((school) => school.kind !== 'kindergarten').length,
      kindergartens: loaded.schools.filter((school) => school.kind === 'kindergarten').length,
      people: loaded.people.length,
      visits: history.visits.length,
      findings: history.findings.length,
      notices: history.notices.length,
      audit: history.audit.length,
    };
  });
}

async function write(tx: Pick<Tx, 'sql'>, officeId: string, history: History) {
  const put = (sql: string, rows: readonly object[]) => tx.sql(sql, [officeId, JSON.stringify(rows)]);
  await put(
    `insert into visit (id, office_id, school_id, inspector_id, visited_on, session, methods, items, lessons, narrative,
                        highlight, no_findings, backfilled, state, void_reason, created_at)
     select r.id, $1, r."schoolId", r."inspectorId", r."visitedOn", r.session, r.methods, r.items, r.lessons, r.narrative,
            r.highlight, r."noFindings", r.backfilled, r.state, r."voidReason", r."createdAt"
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "schoolId" uuid, "inspectorId" uuid, "visitedOn" date, session text,
       methods text[], items text[], lessons int, narrative text, highlight text, "noFindings" boolean, backfilled boolean,
       state text, "voidReason" text, "createdAt" timestamptz)`,
    history.visits,
  );
  await put(
    `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, state, issued_at, due_on,
                                       signed_at, signed_by)
     select r.id, $1, r."schoolId", r."visitId", r."issuedById", r.year, r.number, r.state, r."issuedAt", r."dueOn",
            r."signedAt", r."signedById"
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "schoolId" uuid, "visitId" uuid, "issuedById" uuid, year int,
       number int, state text, "issuedAt" timestamptz, "dueOn" date, "signedAt" timestamptz, "signedById" uuid)`,
    history.notices,
  );
  await put(
    `insert into paper_number (office_id, paper, year, last)
     select $1, 'rectification', r.year, r.last from jsonb_to_recordset($2::jsonb) as r(year int, last int)`,
    history.lastNumbers,
  );
  await put(
    `insert into finding (id, office_id, visit_id, school_id, notice_id, ordinal, item, text, disposition, state, due_on,
                          round, report, submitted_at, submitted_by, reviewed_at, reviewed_by, return_reason, closed_at)
     select r.id, $1, r."visitId", r."schoolId", r."noticeId", r.ordinal, r.item, r.text, r.disposition, r.state, r."dueOn",
            r.round, r.report, r."submittedAt", r."submittedById", r."reviewedAt", r."reviewedById", r."returnReason",
            r."closedAt"
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "visitId" uuid, "schoolId" uuid, "noticeId" uuid, ordinal int,
       item text, text text, disposition text, state text, "dueOn" date, round int, report text,
       "submittedAt" timestamptz, "submittedById" uuid, "reviewedAt" timestamptz, "reviewedById" uuid,
       "returnReason" text, "closedAt" timestamptz)`,
    history.findings,
  );
  await put(
    `insert into audit_entry (id, office_id, at, actor_id, action, subject, subject_id, school_id, before, after)
     select r.id, $1, r.at, r."actorId", r.action, r.subject, r."subjectId", r."schoolId", r.before, r.after
     from jsonb_to_recordset($2::jsonb) as r(id uuid, at timestamptz, "actorId" uuid, action text, subject text,
       "subjectId" uuid, "schoolId" uuid, before jsonb, after jsonb)`,
    history.audit,
  );
}
