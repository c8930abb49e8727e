// What a bot that is to be killed stands on: an account of the platform, and a database server of the test's own.
import { randomBytes } from 'node:crypto';
import { createLog } from '../../src/log.ts';
import { type Embedded, startEmbedded } from '../../src/store/embedded.ts';
import { openStore } from '../../src/store/store.ts';
import { until } from '../support/until.ts';

const log = createLog({ level: 'silent' });

/** Against what never comes: no wait here ends because a machine is slow. */
export const PATIENCE_MS = 300_000;

/** Of one corp and its one app, new each time. */
export function credentials() {
  return {
    WECOM_CORP_ID: `ww${randomBytes(8).toString('hex')}`,
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: randomBytes(16).toString('hex'),
    WECOM_TOKEN: 'tokenofchaos',
    WECOM_ENCODING_AES_KEY: randomBytes(32).toString('hex').slice(0, 43),
    APP_SECRET: randomBytes(16).toString('hex'),
  };
}

/** A server of the test's own, on one port for all its lives. */
export async function ownDatabase(dataDir: string) {
  let server: Embedded | undefined;
  // Nothing here cuts the power, so nobody need wait for the disk.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const start = async () => {
    server = await startEmbedded({ dataDir, log, settings });
  };
  await start();
  return {
    async start() {
      await start();
      await passClaims(server?.url ?? '');
    },
    async stop() {
      await server?.stop();
      server = undefined;
    },
    url: () => server?.url ?? '',
  };
}

/**
 * The minute for which a row is claimed by who sends it, passed at once: whoever claimed one is dead by now, or had the
 * whole time in which the database was away to be through with the call.
 */
export async function passClaims(url: string): Promise<void> {
  const store = await openStore({ url, poolSize: 1 });
  try {
    // The server ends what the dead one had begun, and a row that was claimed in it is claimed for a minute after all.
    const [row] = await store.query<{ now: Date }>('select clock_timestamp() as now');
    const older = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and xact_start < $1 limit 1`;
    await until(
      'what had begun to end',
      async () => (await store.query(older, [row?.now])).length === 0,
      PATIENCE_MS,
    );
    await store.query(`update outbox set claimed_until = clock_timestamp() where state = 'sending'`);
  } finally {
    await store.close();
  }
}
