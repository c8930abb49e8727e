// Makes the embedded server's data folder, whole or not at all, and knows a half-made one when it sees it.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { AppError } from '../../errors.ts';
import { explain, folderFault, tail } from '../sentences.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/** Written into a cluster's folder as the last thing, so its presence says that the cluster is whole. Mode 600. */
const MARKER = 'dudao.json';
/** Clusters are made under this name and renamed when they are whole. */
const MAKING = 'postgres.making-';

export const SERVER_USER = 'dudao';

export interface Marker {
  password: string;
  /** The port of last time; taken again when it is free. */
  port: number | undefined;
}

interface Log {
  warn(detail: object, message: string): void;
}

/** Makes sure that `<dataDir>/postgres` holds a whole cluster. Only the holder of the folder's lock may call it. */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  log: Log,
): Promise<{ folder: string; marker: Marker; fresh: boolean }> {
  const folder = join(dataDir, 'postgres');
  for (const name of await readdir(dataDir)) {
    // An initdb whose Dudao was killed may still be writing there for a second; hence the retries.
    if (name.startsWith(MAKING))
      await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 30 });
  }
  const found = await readMarker(folder);
  if (found) {
    await refuseOtherMajor(folder, binaries.major);
    return { folder, marker: found, fresh: false };
  }
  await clearHalfMade(folder, log);
  const marker = await make(dataDir, folder, binaries, account);
  return { folder, marker, fresh: true };
}

/** Whole or not at all; the file belongs to the server's account. */
export async function writeMarker(folder: string, marker: Marker, account: Account): Promise<void> {
  const file = join(folder, MARKER);
  await writeFile(`${file}.new`, JSON.stringify(marker), { mode: 0o600 });
  // The server must be able to open every file of its folder.
  if (account.ids) await chown(`${file}.new`, account.ids.uid, account.ids.gid);
  await rename(`${file}.new`, file);
}

/** Undefined: there is no whole cluster. */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, MARKER), 'utf8')) as Marker; // written whole by us, or not at all
  } catch (err) {
    const { code } = err as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (err instanceof SyntaxError) return undefined;
    throw explain(err, folder);
  }
}

/** What initdb left when it was interrupted goes; what might hold somebody's data is refused, and neither deleted nor replaced. */
async function clearHalfMade(folder: string, log: Log): Promise<void> {
  if (!(await stat(folder).catch(() => undefined))) return;
  if (await stat(join(folder, 'global', 'pg_control')).catch(() => undefined)) throw notWhole(folder, MARKER);
  await rm(folder, { recursive: true, force: true });
  log.warn({ folder }, 'the data folder was half made; it is made anew');
}

/** What is missing was there once, so that somebody's data may be among the rest. */
export function notWhole(folder: string, missing: string): AppError {
  return folderFault(
    `${folder} holds a database that is not whole: its ${missing} is missing. Nothing was changed. Restore the folder from a backup, or set DATA_DIR to another one.`,
    { why: 'half-made', dataDir: dirname(folder) },
  );
}

async function make(dataDir: string, folder: string, binaries: Binaries, account: Account): Promise<Marker> {
  const making = join(dataDir, `${MAKING}${process.pid}`);
  const passwordFile = `${making}-password`;
  const marker: Marker = { password: randomBytes(24).toString('base64url'), port: undefined };
  try {
    await mkdir(making, { mode: 0o700 });
    await writeFile(passwordFile, `${marker.password}\n`, { mode: 0o600 });
    if (account.ids) {
      for (const path of [making, passwordFile]) await chown(path, account.ids.uid, account.ids.gid);
    }
    await initdb(binaries.initdb, making, passwordFile, account);
    await writeMarker(making, marker, account);
    await rename(making, folder);
  } catch (err) {
    await rm(making, { recursive: true, force: true }).catch(() => {});
    throw explain(err, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
  return marker;
}

async function initdb(
  program: string,
  folder: string,
  passwordFile: string,
  account: Account,
): Promise<void> {
  const args = [
    `--pgdata=${folder}`,
    `--username=${SERVER_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Order and case by code point, from PostgreSQL itself: the same on every machine, whatever locales it has.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
    // One flush of the whole file system instead of a thousand of single files: seconds on a busy disk.
    ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
  ];
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const ids = account.prefix.length ? {} : account.ids;
  await promisify(execFile)(command, rest, { ...ids, cwd: '/', env: serverEnv() } as object).catch(
    (err: { stderr?: string; code?: unknown }) => {
      const said = tail(err.stderr || String(err));
      const known = explain(new Error(err.stderr || String(err)), folder);
      if (known instanceof Error && known.name === 'AppError') throw known;
      throw folderFault(
        `The embedded PostgreSQL could not be set up: ${said}. Set DATABASE_URL to use another one.`,
        { why: 'initdb', said },
        err,
      );
    },
  );
}

/** Nothing of our environment reaches the server: no secrets, no PG* variable that would turn it. */
export function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env.SystemRoot };
}

async function refuseOtherMajor(folder: string, major: string): Promise<void> {
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (made === major) return;
  if (made === '') throw notWhole(folder, 'PG_VERSION');
  throw folderFault(
    `${folder} was made by PostgreSQL ${made}, and this Dudao brings PostgreSQL ${major}. Dump it with the older version and restore it, or set DATABASE_URL.`,
    { why: 'other-version', dataDir: folder, made, major },
  );
}
