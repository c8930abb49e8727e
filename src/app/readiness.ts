// What "ready" means: the database answers, so people are answered; and what else is amiss: queue, clock, platform, spool, scripts.
import { openTroubles } from '../delivery/trouble.ts';
import type { Readiness } from '../http/health.ts';
import type { QueueHealth } from '../jobs/engine.ts';
import type { Store } from '../store/store.ts';

export interface ReadinessDeps {
  store: Pick<Store, 'query'>;
  queue(): Promise<QueueHealth>;
  spool(): { entries: number; parked: number };
  /** What the platform refuses, by office. */
  refusals(): { office: string; errcode: number }[];
  /** Of changed scripts that were refused; the last good ones are in use. */
  scriptFaults(): number;
}

const DATABASE_MS = 2_000;

/** Asks everything at once, and waits for nothing that is away longer than some seconds. */
export async function readiness(deps: ReadinessDeps): Promise<Readiness> {
  const [databaseMs, queue] = await Promise.all([roundTrip(deps.store), deps.queue()]);
  const troubles = databaseMs === null ? [] : await openTroubles(deps.store).catch(() => []);
  const spool = deps.spool();
  const reasons: string[] = [];
  if (databaseMs === null) reasons.push('database.unreachable');
  if (!queue.reachable) reasons.push(`queue.unreachable (${queue.engine})`);
  // A process that has just begun has not had the time to tick.
  for (const { kind, everyMs, late } of queue.ticks) {
    if (late && process.uptime() * 1000 > 3 * everyMs) reasons.push(`clock.late (${kind})`);
  }
  for (const { office, errcode } of deps.refusals()) reasons.push(`wecom.refused (${office} ${errcode})`);
  for (const kind of new Set(troubles)) reasons.push(`delivery.stuck (${kind})`);
  if (spool.entries > 0) reasons.push('spool.waiting');
  if (spool.parked > 0) reasons.push('spool.parked');
  if (deps.scriptFaults() > 0) reasons.push('scripts.faulty');
  return {
    reasons,
    answers: databaseMs !== null,
    databaseMs,
    queue: { engine: queue.engine, reachable: queue.reachable, depth: queue.depth },
    ticks: Object.fromEntries(queue.ticks.map(({ kind, ageMs }) => [kind, ageMs])),
    spool,
  };
}

async function roundTrip(store: Pick<Store, 'query'>): Promise<number | null> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), DATABASE_MS);
  });
  const asked = store.query('select 1');
  asked.catch(() => {});
  try {
    await Promise.race([asked, late]);
    return Math.round((performance.now() - began) * 10) / 10;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
