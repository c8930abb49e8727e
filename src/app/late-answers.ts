// What could not be said in the platform's own answer: it goes out as a message, or is kept as a promise of the smart robot's.
import { putRows, type Waiting } from '../delivery/outbox.ts';
import type { Envelope } from '../http/accept.ts';
import type { AibotLineDeps } from '../http/aibot-line.ts';
import { isAibot } from '../http/said.ts';
import { aibotPromises } from '../store/aibot-promises.ts';
import type { Store } from '../store/store.ts';
import { forgetReply } from '../store/turns.ts';
import { wordsOf } from '../wecom/aibot-replies.ts';
import { AIBOT_STREAM_MS } from '../wecom/limits.ts';
import { parseXml, textOf } from '../wecom/xml.ts';
import type { Offices } from './offices.ts';

export interface LateDeps {
  store: Store;
  offices: Pick<Offices, 'bySlug'>;
  now(): Date;
  ring(recipients: Waiting[]): void;
}

/** The text that went into the reply's XML goes out as a message instead; its key makes a second time harmless. */
export async function tellLate(deps: LateDeps, envelope: Envelope, reply: string): Promise<void> {
  // A client that was told to wait asks for it again as long as the platform lets it.
  const { inbound, receivedAt } = envelope;
  if (isAibot(inbound) && deps.now().getTime() - receivedAt.getTime() < AIBOT_STREAM_MS) return;
  await putLate(deps, envelope, isAibot(inbound) ? wordsOf(reply) : textOf(parseXml(reply), 'Content'));
}

/** The words as a message of their own, once for each message that they answer. */
export async function putLate(
  { store, offices, now, ring }: LateDeps,
  { office: slug, inbound, dedupKey }: Pick<Envelope, 'office' | 'inbound' | 'dedupKey'>,
  content: string,
): Promise<void> {
  const office = offices.bySlug(slug);
  if (!office || content === '') return;
  const to = { officeId: office.id, recipient: `user:${inbound.fromUser.toLowerCase()}` as const };
  const row = {
    ...to,
    key: `late-${dedupKey}`,
    call: 'message' as const,
    payload: { msgtype: 'text', text: { content } },
    notBefore: now(),
  };
  await store.transaction(async (tx) => {
    await putRows(tx, [row]);
    // The platform may go on asking, when it did not hear that the message was kept.
    if (!isAibot(inbound)) await forgetReply(tx, { officeId: office.id, dedupKey });
  });
  ring([{ ...to, urgent: false }]);
}

/** By slug, as the door names offices; one that is gone has made no promises. */
export function promisesOf(
  store: Store,
  idOf: (slug: string) => string | undefined,
): AibotLineDeps['promises'] {
  const kept = aibotPromises(store);
  return {
    async keep(slug, promise) {
      const id = idOf(slug);
      if (id) await kept.keep(id, promise);
    },
    async settle(slug, dedupKey) {
      const id = idOf(slug);
      return id !== undefined && kept.settle(id, dedupKey);
    },
    async open(slug, withinMs) {
      const id = idOf(slug);
      return id ? kept.open(id, withinMs) : [];
    },
  };
}
