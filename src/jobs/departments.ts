// Reads the departments' names each hour: an address of the contact-sync helper that was set after 2022-08-15 is told of no new name (PROTOCOL §3.5).
import { createHash } from 'node:crypto';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { wantCheck } from '../supervision/contacts/check.ts';

/** Departments by id; null: their names are not for us, or nobody answers. */
export type Departments = ReadonlyMap<number, { name: string; parentId: number }> | null;

export interface DepartmentsDeps {
  store: Store;
  now(): Date;
  log: Log;
  /** Ids of the offices whose platform this process knows. */
  officeIds(): string[];
  departments(officeId: string): Promise<Departments>;
}

const EACH_MS = 3_600_000;
/** The comparisons that wait behind it are not held up for longer. */
const ROUND_MS = 10_000;

interface Seen {
  at: number;
  digest: string | null;
}

/**
 * What was read last is kept in memory: a process that has just begun has nothing to compare with, and the night sees to
 * what was renamed before. Two processes that both see a change ask for one comparison.
 */
export function departmentWatch(deps: DepartmentsDeps): () => Promise<void> {
  const seen = new Map<string, Seen>();

  async function look(officeId: string, at: number): Promise<void> {
    const before = seen.get(officeId)?.digest ?? null;
    const digest = digestOf(await deps.departments(officeId));
    seen.set(officeId, { at, digest: digest ?? before });
    if (digest === null || before === null || digest === before) return;
    await deps.store.transaction((tx) => wantCheck(tx, officeId, deps.now()));
  }

  return async () => {
    const began = performance.now();
    const at = deps.now().getTime();
    const due = deps
      .officeIds()
      .filter((id) => at - (seen.get(id)?.at ?? Number.NEGATIVE_INFINITY) >= EACH_MS)
      .sort((a, b) => (seen.get(a)?.at ?? 0) - (seen.get(b)?.at ?? 0));
    for (const officeId of due) {
      if (performance.now() - began > ROUND_MS) return;
      await look(officeId, at).catch((err: unknown) =>
        deps.log.warn({ officeId, err }, 'the departments of an office could not be read'),
      );
    }
  };
}

function digestOf(departments: Departments): string | null {
  if (departments === null) return null;
  const all = [...departments].sort(([a], [b]) => a - b);
  return createHash('sha256').update(JSON.stringify(all)).digest('base64');
}
