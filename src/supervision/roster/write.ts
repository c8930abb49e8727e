// Writes what an import has to change, in few statements however large the roster is, and the audit of all of it.
import type { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import type { Tx } from '../../store/store.ts';
import type { Change, ChangeKind, Difference } from './changes.ts';
import type { OfficeRow } from './current.ts';

export type Tally = Record<ChangeKind | 'total', number>;

/** How many changes there are of each kind. */
export function tally(changes: readonly Change[]): Tally {
  const counts: Tally = {
    office: 0,
    area: 0,
    school: 0,
    person: 0,
    assignment: 0,
    recusal: 0,
    total: changes.length,
  };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** Rows to a statement: a province's roster goes in few statements, none of them megabytes long. */
const BATCH = 5_000;

/** Writes an office and everything that `found` says of it. `isNew`: it had nobody before, so its audit is one row. */
export async function writeRoster(
  tx: Pick<Tx, 'sql'>,
  office: OfficeRow,
  found: Difference,
  {
    since,
    now,
    isNew,
    actorId,
  }: { since: Temporal.PlainDate; now: Date; isNew: boolean; actorId: string | null },
): Promise<void> {
  const inBatches = async (rows: readonly object[], sql: string, ...more: unknown[]) => {
    for (let i = 0; i < rows.length; i += BATCH) {
      await tx.sql(sql, [office.id, JSON.stringify(rows.slice(i, i + BATCH)), ...more]);
    }
  };
  await tx.sql(
    `insert into office (id, slug, name, short, region, time_zone, roster_version, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set name = excluded.name, short = excluded.short, region = excluded.region,
       time_zone = excluded.time_zone, roster_version = excluded.roster_version`,
    [
      office.id,
      office.slug,
      office.name,
      office.short,
      office.region,
      office.timeZone,
      office.rosterVersion,
      now,
    ],
  );
  await inBatches(
    found.put.areas,
    `insert into area (id, office_id, code, name, town)
     select r.id, $1, r.code, r.name, r.town
     from jsonb_to_recordset($2::jsonb) as r(id uuid, code text, name text, town text)
     on conflict (id) do update set name = excluded.name, town = excluded.town`,
  );
  await inBatches(
    found.put.schools,
    `insert into school (id, office_id, area_id, code, name, kind, town, aliases, latitude, longitude, students, is_private, active)
     select r.id, $1, r."areaId", r.code, r.name, r.kind, r.town, r.aliases, r.latitude, r.longitude, r.students, r."isPrivate", r.active
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "areaId" uuid, code text, name text, kind text, town text,
       aliases text[], latitude float8, longitude float8, students int, "isPrivate" boolean, active boolean)
     on conflict (id) do update set area_id = excluded.area_id, name = excluded.name, kind = excluded.kind,
       town = excluded.town, aliases = excluded.aliases, latitude = excluded.latitude, longitude = excluded.longitude,
       students = excluded.students, is_private = excluded.is_private, active = excluded.active`,
  );
  await inBatches(
    found.put.people,
    `insert into person (id, office_id, user_id, user_key, name, roles, area_id, phone_sealed, inspector_kind,
       credential_no, credential_until, appointed_on, term, active, left_why)
     select r.id, $1, r."userId", r."userKey", r.name, r.roles, r."areaId", r."phoneSealed", r."inspectorKind",
       r."credentialNo", r."credentialUntil", r."appointedOn", r.term, r.active, r."leftWhy"
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "userId" text, "userKey" text, name text, roles text[],
       "areaId" uuid, "phoneSealed" text, "inspectorKind" text, "credentialNo" text, "credentialUntil" date,
       "appointedOn" date, term int, active boolean, "leftWhy" text)
     on conflict (id) do update set user_id = excluded.user_id, name = excluded.name, roles = excluded.roles,
       area_id = excluded.area_id, phone_sealed = excluded.phone_sealed, inspector_kind = excluded.inspector_kind,
       credential_no = excluded.credential_no, credential_until = excluded.credential_until,
       appointed_on = excluded.appointed_on, term = excluded.term, active = excluded.active,
       left_why = excluded.left_why`,
  );
  const today = dayOf(now, office.timeZone).toString();
  // `until` is exclusive; who was named and dropped on one day held the school for no day.
  await tx.sql(
    'update assignment set until = greatest(since, $3::date) where office_id = $1 and id = any($2::uuid[])',
    [office.id, found.end, today],
  );
  await inBatches(
    found.begin,
    `insert into assignment (id, office_id, person_id, school_id, role, since)
     select r.id, $1, r."personId", r."schoolId", r.role, $3::date
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "personId" uuid, "schoolId" uuid, role text)`,
    since.toString(),
  );
  await tx.sql(
    'update recusal set until = greatest(since, $3::date) where office_id = $1 and id = any($2::uuid[])',
    [office.id, found.admit, today],
  );
  await inBatches(
    found.recuse,
    `insert into recusal (id, office_id, person_id, school_id, reason, since)
     select r.id, $1, r."personId", r."schoolId", r.reason, $3::date
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "personId" uuid, "schoolId" uuid, reason text)`,
    today,
  );
  await inBatches(
    auditRows(office, found, isNew),
    `insert into audit_entry (id, office_id, at, actor_id, action, subject, subject_id, school_id, before, after)
     select r.id, $1, $3, $4::uuid, r.action, r.subject, r."subjectId", r."schoolId", r.before, r.after
     from jsonb_to_recordset($2::jsonb) as r(id uuid, action text, subject text, "subjectId" uuid, "schoolId" uuid,
       before jsonb, after jsonb)`,
    now,
    actorId,
  );
}

/** The first import of an office is one row, for there is nothing to compare with; later each change has its own. */
function auditRows(office: OfficeRow, found: Difference, isNew: boolean): object[] {
  const counts = { rosterVersion: office.rosterVersion, changes: found.changes.length };
  const summary = {
    id: newId(),
    action: 'roster.imported',
    subject: 'office',
    subjectId: office.id,
    schoolId: null,
    before: null,
    after: { ...counts, created: tally(found.changes.filter(({ what }) => what === 'created')) },
  };
  if (isNew) return [summary];
  return [
    summary,
    ...found.changes.map(({ kind, what, id, schoolId, before, after }) => ({
      id: newId(),
      action: `${kind}.${what}`,
      subject: kind,
      subjectId: id,
      schoolId,
      before,
      after,
    })),
  ];
}
