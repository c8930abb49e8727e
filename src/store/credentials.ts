// The credentials of the offices that were added by command: one row each, their secrets sealed under APP_SECRET.
import { AppError } from '../errors.ts';
import { createSealer } from './seal.ts';
import type { Store, Tx } from './store.ts';

export interface StoredCredentials {
  officeId: string;
  slug: string;
  name: string;
  corpId: string;
  agentId: number;
  changedAt: Date;
  closedAt: Date | null;
  /** What was sealed; null: it does not open, it was sealed under another APP_SECRET. */
  secrets: unknown;
}

export interface CredentialStore {
  /** By slug; closed ones too. */
  all(): Promise<StoredCredentials[]>;
  /** Puts or replaces them; an office that was closed is open again. Throws `config.unusable` when another has this corp and agent. */
  put(
    tx: Tx,
    office: { officeId: string; corpId: string; agentId: number; secrets: object; now: Date },
  ): Promise<void>;
  /** False: it has none, or is closed already. */
  close(tx: Tx, officeId: string, now: Date): Promise<boolean>;
}

interface Row extends Omit<StoredCredentials, 'secrets'> {
  sealed: string;
}

export const CREDENTIALS_PURPOSE = 'office-credentials';

/** Each office's secrets are sealed with its id: a row that was copied to another office does not open. */
export function createCredentialStore(store: Pick<Store, 'query'>, appSecret: string): CredentialStore {
  const sealer = createSealer(appSecret, CREDENTIALS_PURPOSE);
  const opened = ({ sealed, ...row }: Row): StoredCredentials => {
    try {
      return { ...row, secrets: JSON.parse(sealer.open(sealed, row.officeId)) };
    } catch {
      return { ...row, secrets: null };
    }
  };
  return {
    async all() {
      const rows = await store.query<Row>(
        `select c.office_id as "officeId", o.slug, o.name, c.corp_id as "corpId", c.agent_id as "agentId", c.sealed,
                c.changed_at as "changedAt", c.closed_at as "closedAt"
         from office_credential c join office o on o.id = c.office_id order by o.slug`,
      );
      return rows.map(opened);
    },
    async put(tx, { officeId, corpId, agentId, secrets, now }) {
      const [other] = await tx.sql<{ slug: string }>(
        `select o.slug from office_credential c join office o on o.id = c.office_id
         where c.corp_id = $1 and c.agent_id = $2 and c.office_id <> $3`,
        [corpId, agentId, officeId],
      );
      if (other) throw new AppError('config.unusable', 'never', { why: 'corp-taken', office: other.slug });
      await tx.sql(
        `insert into office_credential (office_id, corp_id, agent_id, sealed, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (office_id) do update set corp_id = excluded.corp_id, agent_id = excluded.agent_id,
           sealed = excluded.sealed, changed_at = excluded.changed_at, closed_at = null`,
        [officeId, corpId, agentId, sealer.seal(JSON.stringify(secrets), officeId), now],
      );
    },
    async close(tx, officeId, now) {
      const rows = await tx.sql(
        `update office_credential set closed_at = $2, changed_at = $2 where office_id = $1 and closed_at is null returning 1`,
        [officeId, now],
      );
      return rows.length > 0;
    },
  };
}
