// What an import came to, change by change: as a dry run shows it, as the audit keeps it, and as rows to be written.
import type { AreaRow, AssignmentRow, PersonRow, RecusalRow, SchoolRow } from './current.ts';

export type ChangeKind = 'office' | 'area' | 'school' | 'person' | 'assignment' | 'recusal';

/** One change, for a dry run to show and for the audit: `key` is a code, a user id, or `user id → code (role)`. */
export interface Change {
  kind: ChangeKind;
  what: 'created' | 'changed' | 'ended';
  key: string;
  id: string;
  schoolId: string | null;
  before: object | null;
  after: object | null;
}

export interface Difference {
  changes: Change[];
  unchanged: Record<ChangeKind, number>;
  /** Rows as they shall be, new and changed ones alike. */
  put: { areas: AreaRow[]; schools: SchoolRow[]; people: PersonRow[] };
  begin: AssignmentRow[];
  /** Ids of assignments that are over. */
  end: string[];
  recuse: RecusalRow[];
  /** Ids of recusals that hold no more. */
  admit: string[];
}

/** Writes down what became of one row; true when it has to be written. */
export function note<R extends { id: string }>(
  found: Difference,
  kind: 'area' | 'school' | 'person',
  key: string,
  old: R | undefined,
  row: R,
): boolean {
  if (!old) {
    found.changes.push(change(kind, 'created', key, row.id, null, shown(row)));
    return true;
  }
  const names = Object.keys(row) as (keyof R & string)[]; // both are rows of one table
  const differing = names.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(row[name]));
  if (differing.length === 0) {
    found.unchanged[kind] += 1;
    return false;
  }
  const part = (from: R) => shown(Object.fromEntries(differing.map((name) => [name, from[name]])));
  found.changes.push(change(kind, 'changed', key, row.id, part(old), part(row)));
  return true;
}

/** As it may be shown and kept in the audit: never a phone, not even a sealed one. */
function shown(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      name === 'phoneSealed' ? ['phone', value && '***'] : [name, value],
    ),
  );
}

/** A change that is told by its key, of the school itself where the kind is a school. */
export function change(
  kind: ChangeKind,
  what: Change['what'],
  key: string,
  id: string,
  before: object | null,
  after: object | null,
): Change {
  return { kind, what, key, id, schoolId: kind === 'school' ? id : null, before, after };
}

/** Rows by what they are told apart by. */
export function byKey<T>(rows: readonly T[], key: (row: T) => string): Map<string, T> {
  return new Map(rows.map((row) => [key(row), row]));
}
