// Where the runs' databases and files lie: in memory when there is plenty. Nothing of a test run has to outlive it, and to make a
// database is five times as quick there as on a slow disk.
import { statfsSync } from 'node:fs';

const PLACE = '/dev/shm';
/** Several times what a run takes at its fullest. */
const ROOM_BYTES = 6 * 1024 ** 3;

/** Called by a run's configuration, before its processes start; a TMPDIR that somebody set is left alone. */
export function keepInMemory(): void {
  if (process.platform !== 'linux' || process.env.TMPDIR) return;
  try {
    const { bavail, bsize } = statfsSync(PLACE);
    if (Math.min(bavail * bsize, process.availableMemory()) >= ROOM_BYTES) process.env.TMPDIR = PLACE;
  } catch {
    // No such place here: the ordinary temporary folder does.
  }
}
