// Begins the demo again: removes what a demo made in its own folder, and nothing else.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { lockFolder } from '../../store/embedded/lock.ts';

/** Whatever else lies in the folder was put there by somebody else. */
const OURS =
  /^(demo\.json|app-secret|cache|postgres(\.log(\.1)?|\.making-.*|\.unfinished-\d+)?|spool|files|simulator\.json(\.media|\.damaged)?|dudao\.lock.*|.*\.tmp)$/;

/** Throws `store.folder` when something there is not ours, or while another demo runs on it. */
export async function clearDemo(folder: string): Promise<void> {
  const entries = await readdir(folder);
  const strange = entries.find((entry) => !OURS.test(entry));
  if (strange)
    throw new AppError('store.folder', 'never', { why: 'not-ours', dataDir: folder, entry: strange });
  const lock = await lockFolder(folder);
  try {
    // The mark of the demo goes last: cut short, the next start still knows whose folder it is. What was learnt from the
    // scripts is no demo data, and costs half of a first start.
    const others = entries.filter((entry) => !/^(demo\.json|cache|dudao\.lock.*)$/.test(entry));
    for (const entry of others) await rm(join(folder, entry), { recursive: true, force: true });
    await rm(join(folder, 'demo.json'), { force: true });
  } finally {
    await lock.release();
  }
}
