// Takes a test's database away from everybody, as an outage does, and brings it back with all that was in it.
import { administer, databaseUrl } from './global-setup.ts';
import { until } from './until.ts';

export interface Absence {
  end(): Promise<void>;
}

/** Connections are cut, and new ones find no database of that name (SQLSTATE 3D000) until `end`. */
export async function takeAway(url: string): Promise<Absence> {
  const name = new URL(url).pathname.slice(1);
  const server = databaseUrl(url, 'postgres');
  const hidden = `${name}_away`;
  // The bot comes back many times a second; shut the door first, then show out who is inside.
  await administer(server, `alter database ${name} with allow_connections false`);
  await until('the last one to leave', async () => {
    await administer(
      server,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    return administer(server, `alter database ${name} rename to ${hidden}`).then(
      () => true,
      () => false,
    );
  });
  return {
    async end() {
      await administer(server, `alter database ${hidden} rename to ${name}`);
      await administer(server, `alter database ${name} with allow_connections true`);
    },
  };
}
