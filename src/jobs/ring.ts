// Rings for those who have messages waiting; whoever is to hear of a danger has a queue of her own.
import type { Waiting } from '../delivery/outbox.ts';
import type { RingOptions } from './bells.ts';
import type { Jobs } from './engine.ts';
import { drain, drainUrgent } from './kinds.ts';

/** One bell a recipient; those with something urgent first, and on their own queue. As `ringAll`, it never throws. */
export async function ringFor(
  jobs: Pick<Jobs, 'ringAll'>,
  waiting: readonly Waiting[],
  options?: RingOptions,
): Promise<void> {
  const plain = ({ officeId, recipient }: Waiting) => ({ officeId, recipient });
  await jobs.ringAll(drainUrgent, waiting.filter(({ urgent }) => urgent).map(plain), options);
  await jobs.ringAll(drain, waiting.filter(({ urgent }) => !urgent).map(plain), options);
}
