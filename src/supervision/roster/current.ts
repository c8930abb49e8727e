// The roster as it stands in the database, keyed as the file keys it, for import to compare with and export to write out.
import type { Tx } from '../../store/store.ts';
import type { SchoolRole } from './file.ts';

export interface OfficeRow {
  id: string;
  slug: string;
  name: string;
  short: string;
  region: string;
  timeZone: string;
  settings: unknown;
  rosterVersion: number;
}
export interface AreaRow {
  id: string;
  code: string;
  name: string;
  town: string;
}
export interface SchoolRow {
  id: string;
  code: string;
  name: string;
  kind: string;
  areaId: string;
  town: string;
  aliases: string[];
  latitude: number | null;
  longitude: number | null;
  students: number | null;
  isPrivate: boolean;
  active: boolean;
}
export interface PersonRow {
  id: string;
  userId: string;
  userKey: string;
  name: string;
  roles: string[];
  areaId: string | null;
  phoneSealed: string | null;
  inspectorKind: string | null;
  credentialNo: string | null;
  /** Days as `YYYY-MM-DD`. */
  credentialUntil: string | null;
  appointedOn: string | null;
  term: number | null;
  active: boolean;
  /** The platform ended her access, and no import gives it back (supervision/contacts). */
  leftWhy: string | null;
}
/** An assignment that has not ended. */
export interface AssignmentRow {
  id: string;
  personId: string;
  schoolId: string;
  role: SchoolRole;
}
/** 回避 that holds. */
export interface RecusalRow {
  id: string;
  personId: string;
  schoolId: string;
  reason: string;
}
export interface CurrentRoster {
  areas: AreaRow[];
  schools: SchoolRow[];
  people: PersonRow[];
  assignments: AssignmentRow[];
  recusals: RecusalRow[];
}

type Sql = Pick<Tx, 'sql'>;

const OFFICE_COLUMNS = `id, slug, name, short, region, time_zone as "timeZone", settings, roster_version as "rosterVersion"`;

/** `lock` holds the office's row until the transaction ends, so that two imports follow one another. */
export async function officeBySlug(tx: Sql, slug: string, lock = false): Promise<OfficeRow | null> {
  const [row] = await tx.sql<OfficeRow>(
    `select ${OFFICE_COLUMNS} from office where slug = $1 ${lock ? 'for update' : ''}`,
    [slug],
  );
  return row ?? null;
}

/** Null: there is no such office. Its row is not locked. */
export async function officeById(tx: Sql, id: string): Promise<OfficeRow | null> {
  const [row] = await tx.sql<OfficeRow>(
    `select ${OFFICE_COLUMNS} from office where id = $1`,
    [id],
    'office-by-id',
  );
  return row ?? null;
}

/** Everything, the inactive too; assignments only while they last. */
export async function currentRoster(tx: Sql, officeId: string): Promise<CurrentRoster> {
  return {
    areas: await tx.sql<AreaRow>('select id, code, name, town from area where office_id = $1 order by code', [
      officeId,
    ]),
    schools: await tx.sql<SchoolRow>(
      `select id, code, name, kind, area_id as "areaId", town, aliases, latitude, longitude, students,
              is_private as "isPrivate", active
       from school where office_id = $1 order by code`,
      [officeId],
    ),
    people: await tx.sql<PersonRow>(
      `select id, user_id as "userId", user_key as "userKey", name, roles, area_id as "areaId",
              phone_sealed as "phoneSealed", inspector_kind as "inspectorKind",
              credential_no as "credentialNo", credential_until as "credentialUntil", appointed_on as "appointedOn", term, active, left_why as "leftWhy"
       from person where office_id = $1 order by user_key`,
      [officeId],
    ),
    assignments: await tx.sql<AssignmentRow>(
      `select id, person_id as "personId", school_id as "schoolId", role
       from assignment where office_id = $1 and until is null order by id`,
      [officeId],
    ),
    recusals: await tx.sql<RecusalRow>(
      `select id, person_id as "personId", school_id as "schoolId", reason
       from recusal where office_id = $1 and until is null order by id`,
      [officeId],
    ),
  };
}
