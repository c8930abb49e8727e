// A real PostgreSQL without installing one: starts the server that npm brought, on a folder, for as long as we live.
import { chmod, mkdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Account, serverAccount } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import {
  ensureCluster,
  type Marker,
  notWhole,
  readMarker,
  SERVER_USER,
  writeMarker,
} from './embedded/cluster.ts';
import { isHeldHere, lockFolder } from './embedded/lock.ts';
import { endLeftover, isReady, PortTaken, type Server, startServer } from './embedded/server.ts';
import { explain, folderFault } from './sentences.ts';

interface Log {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

export interface Embedded {
  url: string;
  /** True when the database was made by this start. */
  fresh: boolean;
  /** Ends the server cleanly and gives the folder free. May be called again. */
  stop(): Promise<void>;
}

const DATABASE = 'dudao';
const PORT_ATTEMPTS = 5;
const RESTART_AFTER_MS = [200, 1_000, 5_000, 15_000];

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, on 127.0.0.1 with a random password. Refuses, with a sentence, a folder that
 * another living Dudao uses or that cannot be written. The server ends with `stop()`, and by itself when this process
 * ends in any way. Should the server alone be killed, it is started again on the same port.
 */
export async function startEmbedded({
  dataDir,
  log,
  settings = {},
}: {
  dataDir: string;
  log: Log;
  /** PostgreSQL's own settings, over ours. */
  settings?: Record<string, string>;
}): Promise<Embedded> {
  const home = resolve(dataDir);
  await makeHome(home);
  const lock = await lockFolder(home).catch((err: unknown) => Promise.reject(explain(err, home)));
  try {
    const binaries = await findBinaries();
    const account = await serverAccount(join(home, 'postgres'), dirname(dirname(binaries.postgres)));
    const { folder, marker, fresh } = await ensureCluster(home, binaries, account, log);
    await endLeftover(folder);
    const start = (port: number) => startServer({ folder, port, settings }, binaries, account);
    const { server, port } = await startOnSomePort(folder, marker, account, start);
    const url = addressOf(marker, port);
    await ensureDatabase(url, folder).catch(async (err: unknown) => {
      await server.stop();
      throw err;
    });
    const stopServer = keepRunning(server, () => endLeftover(folder).then(() => start(port)), log);
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= stopServer().then(() => lock.release());
      return stopped;
    };
    return { url, fresh, stop };
  } catch (err) {
    await lock.release();
    throw explain(err, home);
  }
}

/**
 * The address of the server that another Dudao of this machine runs on the folder right now, for whoever has some words with
 * the same database and is done; null when none does. It ends when that one ends.
 */
export async function runningEmbedded(dataDir: string): Promise<string | null> {
  const home = resolve(dataDir);
  const folder = join(home, 'postgres');
  if (!(await isHeldHere(home)) || !(await isReady(folder))) return null;
  // Not ours to read: it runs for another user.
  const marker = await readMarker(folder).catch(() => undefined);
  return marker?.port ? addressOf(marker, marker.port) : null;
}

const addressOf = ({ password }: Marker, port: number) =>
  `postgresql://${SERVER_USER}:${password}@127.0.0.1:${port}/${DATABASE}`;

async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const { mode, uid } = await stat(home);
    // Started by root, the server runs as somebody else and must be able to pass through; it can't list the folder.
    if (process.getuid?.() === 0 && uid === 0 && !(mode & 0o001)) await chmod(home, (mode & 0o777) | 0o011);
  } catch (err) {
    throw explain(err, home);
  }
}

async function startOnSomePort(
  folder: string,
  marker: Marker,
  account: Account,
  start: (port: number) => Promise<Server>,
): Promise<{ server: Server; port: number }> {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const port = await freePort(attempt === 0 ? marker.port : undefined);
    try {
      const server = await start(port);
      if (port !== marker.port) await writeMarker(folder, { ...marker, port }, account);
      return { server, port };
    } catch (err) {
      if (!(err instanceof PortTaken)) throw err;
    }
  }
  throw folderFault('No free port was found on 127.0.0.1 for the embedded PostgreSQL.', { why: 'no-port' });
}

/** `wanted` when it is free, any free one otherwise. */
async function freePort(wanted: number | undefined): Promise<number> {
  const probe = (port: number) =>
    new Promise<number>((done, fail) => {
      const server = createServer();
      server.once('error', fail);
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = server.address();
        server.close(() =>
          address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
        );
      });
    });
  if (wanted) return probe(wanted).catch(() => probe(0));
  return probe(0);
}

async function ensureDatabase(url: string, folder: string): Promise<void> {
  const connected = async (database: string) => {
    const client = new pg.Client({ connectionString: url.replace(/[^/]+$/, database) });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  try {
    await (await connected(DATABASE)).end();
  } catch (err) {
    if (!isMissing(err)) throw err;
    const client = await connected('postgres').catch((cause: unknown) => {
      throw isMissing(cause) ? notWhole(folder, 'base') : cause; // initdb makes that one
    });
    await client.query(`CREATE DATABASE ${DATABASE}`);
    await client.end();
  }
}

/** The database does not exist. */
const isMissing = (err: unknown) => (err as { code?: string }).code === '3D000';

/** Starts the server again whenever it ends by itself. Returns what ends it for good. */
function keepRunning(first: Server, restart: () => Promise<Server>, log: Log): () => Promise<void> {
  let server = first;
  let starting: Promise<void> | undefined;
  let stopping = false;

  /** True as well when it is no longer wanted. */
  async function isBack(attempt: number): Promise<boolean> {
    log.error({ attempt }, 'the embedded PostgreSQL ended by itself; starting it again');
    const pause = RESTART_AFTER_MS[Math.min(attempt, RESTART_AFTER_MS.length - 1)];
    await wait(pause, undefined, { ref: false });
    if (stopping) return true;
    starting = restart().then((next) => {
      server = next;
    });
    return starting.then(
      () => true,
      (err: unknown) => {
        log.error({ err }, 'the embedded PostgreSQL could not be started again');
        return false;
      },
    );
  }

  async function watch(): Promise<void> {
    for (;;) {
      await server.ended;
      if (stopping) return;
      let attempt = 0;
      while (!(await isBack(attempt))) attempt += 1;
    }
  }
  void watch();

  return async () => {
    stopping = true;
    // One that is just starting again has to be there before it can be stopped, and before the folder is given free.
    await starting?.catch(() => {});
    await server.stop();
  };
}
