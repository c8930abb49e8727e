// What an operator reads when the data folder, the spool or the embedded server cannot be used: what is wrong and what to do.
import { AppError } from '../errors.ts';

/** An AppError `store.folder` whose message is the whole sentence. */
export function folderFault(
  message: string,
  detail: Record<string, unknown> = {},
  cause?: unknown,
): AppError {
  return new AppError('store.folder', 'never', detail, { message, cause });
}

/** Turns an error of the file system, or what PostgreSQL's programs printed, into a sentence where one is known. */
export function explain(err: unknown, folder: string): unknown {
  if (err instanceof AppError) return err;
  const { code, message } = err as NodeJS.ErrnoException; // read as possibly undefined
  const text = `${code ?? ''} ${message ?? ''}`;
  const detail = (why: string) => ({ why, dataDir: folder, said: tail(text) });
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/.test(text)) {
    return folderFault(
      `The disk is full: ${folder} cannot be written. Free some space, then start again.`,
      detail('disk-full'),
      err,
    );
  }
  if (/EACCES|EPERM|Permission denied|Operation not permitted/.test(text)) {
    return folderFault(
      `No permission to write in ${folder}. Give the folder to the user who starts Dudao (chown), or set DATA_DIR to another one.`,
      detail('no-permission'),
      err,
    );
  }
  if (/EROFS|Read-only file system/.test(text)) {
    return folderFault(
      `${folder} is on a read-only disk. Set DATA_DIR to a folder that can be written.`,
      detail('read-only'),
      err,
    );
  }
  if (/ENOTDIR|EEXIST/.test(code ?? '')) {
    return folderFault(
      `${folder} is not a folder. Move that file away, or set DATA_DIR to another folder.`,
      detail('no-folder'),
      err,
    );
  }
  return err;
}

/** The last lines of a program's output: the reason stands there. */
export function tail(text: string, lines = 6): string {
  return text.trim().split('\n').slice(-lines).join('\n');
}
