// Regular visits: the act that records them, and who is left this month (DOMAIN §3 a).
import { z } from 'zod';
import { type ActContext, action, isOfOffice, type Role } from './act.ts';
import { schoolsLeft } from './coverage.ts';
import { amendVisit } from './visit-amend.ts';
import { contentsOf, fixedOf } from './visit-contents.ts';
import { recordOne } from './visit-record.ts';
import type { SaidVisit } from './visit-said.ts';
import { saidVisit } from './visit-said.ts';
import { lockOwn, tellOwner, voidOne } from './visit-void.ts';
import { filedFor, requireRecorder } from './visit-who.ts';

const result = z.object({
  visits: z.array(
    z.object({
      id: z.string(),
      school: z.string(),
      date: z.string(),
      findings: z.number(),
      photos: z.number(),
      added: z.boolean(),
      backfilled: z.boolean(),
      late: z.boolean(),
      /** Whose record of that day this became part of; empty: its own. */
      joined: z.string(),
      responsible: z.array(z.string()),
    }),
  ),
  notices: z.array(
    z.object({
      no: z.string(),
      school: z.string(),
      count: z.number(),
      due: z.string(),
      mixed: z.boolean(),
      head: z.string(),
    }),
  ),
  /** Serious ones that wait for the office's countersignature, and who may give it. */
  drafts: z.number(),
  signers: z.array(z.string()),
  /** Complex ones, for which the office is asked to find a department. */
  complex: z.number(),
  /** Numbers of notices that went with the records in whose place these come. */
  withdrawn: z.array(z.string()),
  /** For whom the office filed. */
  filedFor: z.array(z.string()),
  month: z.string(),
  left: z.array(z.string()),
});

/** `replaces`: the record that this one says better; it is voided (更正 of what was found, DOMAIN §3 a). */
const filedVisit = saidVisit.extend({ replaces: z.object({ id: z.uuid() }).optional() });

/** A reason in code; its words are `void-reason.rewritten` of terms.yaml. */
const REWRITTEN = 'rewritten';

/** Records one visit per row of the draft, with findings, notices and the word to each school. */
export const recordVisits = action({
  name: 'visit.record',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({ rows: z.array(filedVisit).min(1).max(10) }),
  result,
  async run(context, { rows }) {
    const visits: z.infer<typeof result>['visits'] = [];
    const notices: z.infer<typeof result>['notices'] = [];
    let drafts = 0;
    let complex = 0;
    const names = new Set<string>();
    const withdrawn: string[] = [];
    let signers: string[] = [];
    for (const row of rows) {
      const old = row.replaces && (await lockOwn(context, row.replaces.id));
      const contents = old && (await contentsOf(context, old));
      if (old && contents && fixedOf(contents) === fixedOf(row)) {
        visits.push(await amendVisit(context, old, row));
        continue;
      }
      if (old) withdrawn.push(...(await voidOne(context, old, REWRITTEN)));
      if (old) tellOwner(context, old, ['contents']);
      // At the same school it stays whose it was; at another the rules of filing hold.
      const same = old && old.schoolId === row.school;
      const inspector = same ? old.inspector : await recorderOf(context, row);
      const held = old && contents && { late: old.late, backfilled: old.backfilled, photos: contents.photos };
      const recorded = await recordOne(context, row, inspector, held);
      if (inspector.id !== context.actor.personId && !old) {
        names.add(inspector.name);
        context.notify({
          personId: inspector.id,
          key: 'visits.filed-for',
          data: {
            school: recorded.visit.school,
            date: row.date,
            by: context.actor.name,
            byLeader: !isOfOffice(context.actor),
            findings: recorded.visit.findings,
          },
          dedup: `visit-${recorded.visit.id}-filed-for-${context.now.getTime()}`,
        });
      }
      visits.push(recorded.visit);
      if (recorded.notice) notices.push(recorded.notice);
      drafts += recorded.drafts.count;
      complex += recorded.complex;
      if (recorded.drafts.count > 0) signers = recorded.drafts.signers;
    }
    const month = context.today.toPlainYearMonth();
    const left = await schoolsLeft(context.tx, {
      officeId: context.office.id,
      personId: context.actor.personId,
      month,
      settings: context.office.settings,
    });
    return {
      visits,
      notices,
      drafts,
      signers,
      complex,
      withdrawn,
      filedFor: [...names],
      month: month.toString(),
      left: left.map((school) => school.name),
    };
  },
});

/** Whose record it is: the actor's own, or hers for whom the office files it. */
async function recorderOf(context: ActContext, row: SaidVisit): Promise<{ id: string; name: string }> {
  if (row.inspector !== null) return filedFor(context, { ...row, inspector: row.inspector });
  await requireRecorder(context, row);
  return { id: context.actor.personId, name: context.actor.name };
}
