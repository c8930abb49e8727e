// What binds somebody must be said plainly: a decision without a verdict, or a receipt, that is not sure of itself is none.
import { likeliest, round } from './choose.ts';
import type { Weighed } from './cut.ts';
import type { Intent, Reading } from './types.ts';

/**
 * How sure it must be. Of some 6,000 labelled lines one in three decisions on an extension that said neither yes nor no and were
 * less sure than this was one; of receipts none.
 */
const SURE: Partial<Record<Intent, number>> = { 'rect.extend_decide': 0.94, 'notice.ack': 0.6 };

/** Likest to a decision or a receipt, and yet neither plainly so. */
export function isDoubtful({ intent, confidence, slots }: Reading): boolean {
  return confidence < (SURE[intent] ?? 0) && slots.result === undefined;
}

/** The likeliest intent but that one and an emergency, which is heard in other ways; undefined where the words allow only one. */
export function nextLikely({ likely, intent }: Weighed): { intent: Intent; confidence: number } | undefined {
  const other =
    likely && likeliest(likely).find((r) => r.intent !== intent && r.intent !== 'emergency.report');
  return other && { ...other, confidence: round(other.confidence) };
}
