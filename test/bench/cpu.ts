// CPU seconds of a process and of a PostgreSQL server, read from /proc: a figure that others on the same machine do not bend.
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc a second; 100 on every Linux that Node runs on. */
const HZ = 100;

interface Ticks {
  parent: number;
  own: number;
  /** Of children that have ended. */
  ended: number;
}

function ticksOf(pid: number | string): Ticks | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; the fields after it are counted from the last one.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number) => fields[index] ?? 0;
    return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    return null; // it ended meanwhile
  }
}

/** Seconds of this one process so far; 0 where there is no /proc. */
export function cpuOf(pid: number): number {
  return (ticksOf(pid)?.own ?? 0) / HZ;
}

/** Seconds so far of the server whose data folder this is, with all its backends, living and ended. */
export function cpuOfPostgres(dataFolder: string): number {
  const [first = '0'] = readFileSync(`${dataFolder}/postmaster.pid`, 'utf8').split('\n');
  const postmaster = Number(first);
  const server = ticksOf(postmaster);
  if (!server) return 0;
  let sum = server.own + server.ended;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const ticks = ticksOf(pid);
    if (ticks?.parent === postmaster) sum += ticks.own;
  }
  return sum / HZ;
}
