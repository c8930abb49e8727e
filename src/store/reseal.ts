// Everything that is sealed at rest, sealed anew under another APP_SECRET: all of it in one transaction, or nothing.
import { CREDENTIALS_PURPOSE } from './credentials.ts';
import { createSealer } from './seal.ts';
import type { Store } from './store.ts';

/** `context` is an SQL expression for what each value was sealed with (store/seal.ts). A test compares this list with the schema. */
export const SEALED = [
  { table: 'person', column: 'phone_sealed', purpose: 'phone', context: `''` },
  { table: 'group_robot', column: 'key_sealed', purpose: 'robot', context: `''` },
  { table: 'office_credential', column: 'sealed', purpose: CREDENTIALS_PURPOSE, context: 'office_id::text' },
] as const;

/** Short-lived, and fetched anew when they do not open: they are dropped instead. */
export const DROPPED = [{ table: 'platform_token', column: 'sealed' }] as const;

export interface Resealed {
  /** Values that are sealed under the new secret now. */
  sealed: number;
  /** Those that were before: the command was run twice, or the bot wrote meanwhile. */
  already: number;
}

/** Throws `config.unusable` when a value opens under neither secret; nothing is changed then. */
export function reseal(store: Store, from: string, to: string): Promise<Resealed> {
  return store.transaction(async (tx) => {
    const count: Resealed = { sealed: 0, already: 0 };
    for (const { table, column, purpose, context } of SEALED) {
      const [before, after] = [createSealer(from, purpose), createSealer(to, purpose)];
      const rows = await tx.sql<{ at: string; sealed: string; context: string }>(
        `select ctid::text as at, ${column} as sealed, ${context} as context from ${table} where ${column} <> '' for update`,
      );
      const anew = rows.flatMap(({ at, sealed, context: said }) => {
        if (opens(() => after.open(sealed, said))) {
          count.already++;
          return [];
        }
        count.sealed++;
        return [{ at, sealed: after.seal(before.open(sealed, said), said) }];
      });
      // Before the first update of this table its rows are where they were read: ctid names them without knowing their keys.
      await tx.sql(
        `update ${table} t set ${column} = r.sealed from jsonb_to_recordset($1::jsonb) as r(at text, sealed text)
         where t.ctid = r.at::tid`,
        [JSON.stringify(anew)],
      );
    }
    for (const { table } of DROPPED) await tx.sql(`delete from ${table}`);
    return count;
  });
}

function opens(open: () => string): boolean {
  try {
    open();
    return true;
  } catch {
    return false;
  }
}
