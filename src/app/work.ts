// What each kind of job does, put together from the rooms that know how.
import type { Delivery } from '../delivery/drain.ts';
import { fetchAttachment, type MediaDeps } from '../delivery/media.ts';
import type { Jobs } from '../jobs/engine.ts';
import { type Handler, handler } from '../jobs/handlers.ts';
import { drain, fetchMedia, sweep } from '../jobs/kinds.ts';
import { sweepOnce } from '../jobs/sweep.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

export interface WorkDeps {
  store: Store;
  jobs: Jobs;
  delivery: Delivery;
  media: MediaDeps;
  now(): Date;
  log: Log;
}

export function handlersFor(deps: WorkDeps): Handler[] {
  const { jobs, delivery } = deps;
  return [
    handler(drain, async (to) => {
      const againMs = await delivery.drain(to.officeId, to.recipient);
      if (againMs !== undefined) await jobs.ring(drain, to, { delayMs: Math.ceil(againMs) });
    }),
    handler(sweep, async () => {
      await sweepOnce(deps);
    }),
    handler(fetchMedia, ({ attachmentId }) => fetchAttachment(deps.media, attachmentId)),
  ];
}
