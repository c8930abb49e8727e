// The data folder's small files: secrets made once and kept for this user only, written whole or not at all.
import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { explain } from '../store/sentences.ts';

/** Makes the folder when there is none. Throws `store.folder` with a reason the operator's texts know. */
export async function writableFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const known = explain(cause, await inTheWay(dataDir));
    throw known instanceof AppError
      ? known
      : new AppError('store.folder', 'never', { why: 'not-writable', dataDir }, { cause });
  }
}

/** The nearest thing on the path that is there: a file, perhaps, where a folder is wanted. */
async function inTheWay(path: string): Promise<string> {
  const there = await stat(path).catch(() => null);
  const parent = dirname(path);
  return there || parent === path ? path : inTheWay(parent);
}

/** Not `recursive`: where nothing can be made (/proc) that one tries for ever. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
    await mkdir(path, { mode: 0o700 });
  }
}

/** Null: there is no such file. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new AppError('store.folder', 'never', { dataDir: dirname(file) }, { cause: error });
  }
}

/** A crash leaves the old contents or the new ones. Readable by this user only. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (cause) {
    throw new AppError('store.folder', 'never', { why: 'not-writable', dataDir: dirname(file) }, { cause });
  }
}

/**
 * The secret under which phones and tokens are sealed: APP_SECRET, or one made at the first start and kept in the data
 * folder. Losing it loses the phone numbers, so it is never made anew while the file is there.
 */
export async function appSecret(settings: { appSecret: string | null; dataDir: string }): Promise<string> {
  if (settings.appSecret !== null) return settings.appSecret;
  await writableFolder(settings.dataDir);
  const file = join(settings.dataDir, 'app-secret');
  const kept = (await readIfThere(file))?.trim();
  if (kept) return kept;
  const made = randomBytes(32).toString('base64url');
  await writePrivately(file, `${made}\n`);
  return made;
}
