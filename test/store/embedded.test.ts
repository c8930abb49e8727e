// The embedded server lives exactly as long as its Dudao, whatever happens to either, and what was committed stays.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type Embedded, runningEmbedded, startEmbedded } from '../../src/store/embedded.ts';
import { explain } from '../../src/store/sentences.ts';
import { testFolder } from '../support/folder.ts';
import { until } from '../support/until.ts';

const program = fileURLToPath(new URL('processes/embedded.ts', import.meta.url));
const log = { info: () => {}, warn: () => {}, error: () => {} };
const asRoot = process.getuid?.() === 0;

/** A data folder that was used before; tests copy it, since making one is most of their time. */
const used = await mkdtemp(join(tmpdir(), 'dudao-embedded-'));
await (await startEmbedded({ dataDir: used, log })).stop();
afterAll(() => rm(used, { recursive: true, force: true }));

async function emptyFolder(): Promise<string> {
  const folder = testFolder();
  return folder;
}

async function usedFolder(): Promise<string> {
  const folder = await emptyFolder();
  await promisify(execFile)('cp', ['-a', `${used}/.`, folder]); // with the owners, which fs.cp does not keep
  return folder;
}

async function start(dataDir: string): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, log });
  onTestFinished(() => server.stop());
  return server;
}

interface Said {
  url: string;
  fresh: boolean;
  error?: string;
}

async function startProcess(
  dataDir: string,
  options: { uid?: number } = {},
): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], {
    ...options,
    detached: true, // a group of its own, as a terminal gives it
    stdio: ['ignore', 'pipe', 'inherit'],
    // Another user may not write where the compiled files are kept.
    env: { ...process.env, ...(options.uid === undefined ? {} : { TSX_DISABLE_CACHE: '1' }) },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (!child.stdout) throw new Error('no pipe');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, said: JSON.parse(line) };
}

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

const postmaster = async (dataDir: string) =>
  Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('starts with nothing there, keeps what was written, and comes back on the same port', async () => {
  const dataDir = join(await emptyFolder(), 'not', 'yet', 'there');
  const first = await start(dataDir);
  expect(first.fresh).toBe(true);
  await query(first.url, `CREATE TABLE kept AS SELECT '东关小学' AS name`);
  const settings = await query(
    first.url,
    `SELECT name, setting FROM pg_settings WHERE name IN
     ('fsync', 'synchronous_commit', 'full_page_writes', 'TimeZone', 'listen_addresses', 'server_encoding') ORDER BY name`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    TimeZone: 'UTC',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  });
  expect((await stat(join(dataDir, 'postgres', 'dudao.json'))).mode & 0o777).toBe(0o600);
  await first.stop();
  await first.stop();
  expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.log']);

  const second = await start(dataDir);
  expect(second.fresh).toBe(false);
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'SELECT name FROM kept')).toEqual([{ name: '东关小学' }]);
});

test('nobody gets in without the password, and letters sort the same on every machine', async () => {
  const { url } = await start(await usedFolder());
  await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toMatchObject({
    code: '28P01',
  });
  const sorted = await query<{ w: string }>(
    url,
    `SELECT w FROM unnest(ARRAY['é', 'b', 'a', 'B']) w ORDER BY w`,
  );
  expect(sorted.map(({ w }) => w).join('')).toBe('Babé');
});

test('kill -9: the server ends by itself, and the next start has all that was committed', async () => {
  const dataDir = await usedFolder();
  const { child, said } = await startProcess(dataDir);
  await query(said.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
  const server = await postmaster(dataDir);
  child.kill('SIGKILL');
  const next = await start(dataDir); // at once: waits for the old server, takes over the stale lock
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  expect(lives(server)).toBe(false);
});

test('kill -9 with nobody coming after leaves no server behind', async () => {
  const dataDir = await usedFolder();
  const { child } = await startProcess(dataDir);
  const server = await postmaster(dataDir);
  child.kill('SIGKILL');
  await until('the server is gone', () => !lives(server));
});

test.each([
  ['SIGTERM', 1],
  ['SIGINT', 2],
] as const)('%s sent %i times ends both, cleanly', async (signal, times) => {
  const dataDir = await usedFolder();
  const { child } = await startProcess(dataDir);
  const server = await postmaster(dataDir);
  // To the whole group, as Ctrl-C in a terminal is.
  for (let i = 0; i < times; i += 1) process.kill(-(child.pid ?? 0), signal);
  await once(child, 'exit');
  await until('the server is gone', () => !lives(server));
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\s*$/);
  expect(await readdir(dataDir)).not.toContain('dudao.lock');
});

test('the server alone is killed: it is started again at the same address', async () => {
  const dataDir = await usedFolder();
  const { url } = await start(dataDir);
  await query(url, 'CREATE TABLE kept (n int)');
  process.kill(await postmaster(dataDir), 'SIGKILL');
  await until('the server is back', () =>
    query(url, 'SELECT n FROM kept').then(
      () => true,
      () => false,
    ),
  );
});

test('stopped in the middle of that, it leaves no server behind when it gives the folder free', async () => {
  const dataDir = await usedFolder();
  const embedded = await start(dataDir);
  const killed = await postmaster(dataDir);
  process.kill(killed, 'SIGKILL');
  const next = await until('another server', async () => {
    const pid = await postmaster(dataDir).catch(() => killed);
    return pid === killed ? null : pid;
  });
  await embedded.stop();
  expect(lives(next)).toBe(false);
});

test('a second Dudao on the same folder is told who has it', async () => {
  const dataDir = await usedFolder();
  const { child } = await startProcess(dataDir);
  const { said } = await startProcess(dataDir);
  expect(said.error).toContain(`Another Dudao (process ${child.pid}) is using ${dataDir}`);
});

test('a lock and a postmaster.pid whose numbers belong to other programs by now are taken over', async () => {
  const dataDir = await usedFolder();
  const stranger = spawn('sleep', ['60']);
  onTestFinished(() => void stranger.kill());
  await writeFile(
    join(dataDir, 'dudao.lock'),
    JSON.stringify({ pid: stranger.pid, started: '1', host: hostname() }),
  );
  await writeFile(
    join(dataDir, 'postgres', 'postmaster.pid'),
    `${stranger.pid}\n/x\n1\n1\n\n127.0.0.1\n\nready\n`,
  );
  const { fresh } = await start(dataDir);
  expect(fresh).toBe(false);
  expect(lives(stranger.pid ?? 0)).toBe(true);
});

test.each(['', 'not json', '{"pid":-1}'])('a torn lock (%j) is taken over', async (text) => {
  const dataDir = await usedFolder();
  await writeFile(join(dataDir, 'dudao.lock'), text);
  expect((await start(dataDir)).fresh).toBe(false);
});

test('a folder that initdb left half made is made anew', async () => {
  const dataDir = await emptyFolder();
  await mkdir(join(dataDir, 'postgres', 'base'), { recursive: true });
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
  await mkdir(join(dataDir, 'postgres.making-1', 'base'), { recursive: true });
  const { fresh, stop } = await start(dataDir);
  expect(fresh).toBe(true);
  await stop();
  expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.log']);
});

test('killed in the middle of initdb: the next start makes it whole', async () => {
  const dataDir = await emptyFolder();
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], { stdio: 'ignore' });
  await until('initdb is at work', async () =>
    (await readdir(dataDir)).some((name) => /making-\d+$/.test(name)),
  );
  child.kill('SIGKILL');
  expect((await start(dataDir)).fresh).toBe(true);
});

test('what may hold data is refused with a sentence, and neither deleted nor replaced by an empty one', async () => {
  const dataDir = await usedFolder();
  await rm(join(dataDir, 'postgres', 'dudao.json'));
  await expect(start(dataDir)).rejects.toMatchObject({
    code: 'store.folder',
    detail: { why: 'half-made', dataDir },
  });
  expect(existsSync(join(dataDir, 'postgres', 'global', 'pg_control'))).toBe(true);
});

test.each(['PG_VERSION', 'base'])('a folder that lost its %s is refused, and not touched', async (lost) => {
  const dataDir = await usedFolder();
  await rm(join(dataDir, 'postgres', lost), { recursive: true });
  await expect(start(dataDir)).rejects.toMatchObject({
    code: 'store.folder',
    detail: { why: 'half-made', dataDir },
    message: expect.stringContaining(`its ${lost} is missing`),
  });
  expect(existsSync(join(dataDir, 'postgres', 'global', 'pg_control'))).toBe(true);
});

test('who comes beside is told where the server runs, for as long as it does', async () => {
  const dataDir = await usedFolder();
  expect(await runningEmbedded(dataDir)).toBeNull();
  const server = await start(dataDir);
  expect(await runningEmbedded(dataDir)).toBe(server.url);
  await server.stop();
  expect(await runningEmbedded(dataDir)).toBeNull();
});

test('a port that is taken meanwhile is given up for another', async () => {
  const dataDir = await usedFolder();
  const first = await start(dataDir);
  await first.stop();
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const second = await start(dataDir);
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  await query(second.url, 'SELECT 1');
});

test('no permission, a file in the way, another version: a sentence each', async () => {
  const parent = await emptyFolder();
  await chmod(parent, 0o555);
  const { said } = await startProcess(join(parent, 'data'), asRoot ? { uid: 65534 } : {});
  expect(said.error).toMatch(/No permission to write in .*data\. Give the folder to the user/);
  await chmod(parent, 0o755);

  await writeFile(join(parent, 'file'), '');
  await expect(start(join(parent, 'file'))).rejects.toThrow(/is not a folder/);

  const old = await emptyFolder();
  await mkdir(join(old, 'postgres'));
  await writeFile(join(old, 'postgres', 'dudao.json'), '{"password":"x","port":1}');
  await writeFile(join(old, 'postgres', 'PG_VERSION'), '15\n');
  await expect(start(old)).rejects.toThrow(/made by PostgreSQL 15, and this Dudao brings PostgreSQL 18/);
});

test.each([
  ['FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device', /The disk is full/],
  ['could not create directory "/x": Read-only file system', /read-only disk/],
  ['initdb: error: could not access directory "/x": Permission denied', /No permission/],
])('%s → a sentence', (said, sentence) => {
  expect(explain(new Error(said), '/x')).toMatchObject({ code: 'store.folder', message: sentence });
});
