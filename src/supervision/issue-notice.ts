// A rectification notice is numbered, written, and on its way to the school (DOMAIN §3 b, "issue").
import { Temporal } from 'temporal-polyfill';
import { dayFromDb, dayToDb } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import { type ActContext, audit } from './act.ts';
import { AT_THE_VISIT } from './evidence.ts';
import { nextNumber, noticeNo, peopleAt } from './notices.ts';

export interface IssuedNotice {
  id: string;
  no: string;
  dueOn: string;
  /** Names of those at the school who are told. */
  heads: string[];
  /** Tells the school's head, and sends its in-school inspectors a copy. */
  tell(findings: { id: string; text: string; dueOn: Date | null }[]): Promise<void>;
}

/** Numbers and writes the notice of what was found; the school hears of it when the result's `tell` is called with the findings. */
export async function issueNotice(
  context: ActContext,
  /** `found`: the day of the visit; a notice may be issued later, and by the office on behalf of the `inspector`. */
  of: {
    visitId: string;
    school: { id: string; name: string };
    dueOn: string;
    found: string;
    inspector?: { id: string; name: string };
    countersignedById?: string;
  },
): Promise<IssuedNotice> {
  const { office, today } = context;
  const inspector = of.inspector ?? { id: context.actor.personId, name: context.actor.name };
  const number = await nextNumber(context, 'rectification', today.year);
  const row = {
    id: newId(),
    officeId: office.id,
    schoolId: of.school.id,
    visitId: of.visitId,
    issuedById: inspector.id,
    countersignedById: of.countersignedById ?? null,
    year: today.year,
    number,
    state: 'issued',
    issuedAt: context.now,
    dueOn: dayToDb(Temporal.PlainDate.from(of.dueOn)),
  };
  const db = await context.tx.db();
  await db.rectificationNotice.create({ data: row });
  await audit(context, [
    { action: 'notice.issued', subject: 'notice', subjectId: row.id, schoolId: of.school.id, after: row },
  ]);
  const no = noticeNo(office.settings['rect.numberPrefix'], today.year, number);
  const heads = await peopleAt(context, of.school.id, 'principal');
  const copies = await peopleAt(context, of.school.id, 'school-inspector');
  const issued = { id: row.id, no, dueOn: of.dueOn };
  return {
    ...issued,
    heads: heads.map((head) => head.name),
    tell: (findings) =>
      tellSchool(context, {
        ...issued,
        ...{ heads, copies, findings },
        school: of.school.name,
        found: of.found,
        inspector: inspector.name,
      }),
  };
}

async function tellSchool(
  context: ActContext,
  notice: Pick<IssuedNotice, 'id' | 'no' | 'dueOn'> & {
    school: string;
    found: string;
    inspector: string;
    findings: Parameters<IssuedNotice['tell']>[0];
    heads: readonly { id: string }[];
    copies: readonly { id: string }[];
  },
): Promise<void> {
  const { no, school, findings } = notice;
  const ids = findings.map((finding) => finding.id);
  const texts = findings.map((finding) => finding.text);
  const photos = await photosAtVisit(context, ids);
  const data = {
    noticeId: notice.id,
    ...{ no, school },
    due: notice.dueOn,
    found: notice.found,
    inspector: notice.inspector,
    findings: texts,
    // One notice may hold several days: its own is the first of them.
    dues: findings.map(({ dueOn }) => (dueOn ? dayFromDb(dueOn).toString() : notice.dueOn)),
    ...{ ids, photos },
  };
  for (const head of notice.heads) {
    const dedup = `notice-${notice.id}-${head.id}`;
    context.notify({ personId: head.id, key: 'rectification.issued', data, dedup });
    if (photos > 0)
      context.notify({
        personId: head.id,
        key: 'rectification.found-shown',
        data: { school, no, findings: texts },
        dedup: `${dedup}-shown`,
        photosOf: ids,
      });
  }
  for (const copy of notice.copies)
    context.notify({
      personId: copy.id,
      key: 'rectification.copied',
      data,
      dedup: `notice-${notice.id}-${copy.id}`,
    });
}

/** How many pictures the inspector took of these. */
async function photosAtVisit(context: ActContext, findings: readonly string[]): Promise<number> {
  const [row] = await context.tx.sql<{ count: number }>(
    `select count(distinct attachment_id)::int as count from finding_evidence
     where finding_id = any($1::uuid[]) and round = ${AT_THE_VISIT}`,
    [findings],
    'photos-at-visit',
  );
  return row?.count ?? 0;
}
