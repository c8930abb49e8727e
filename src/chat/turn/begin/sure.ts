// Whether a message was understood well enough to begin something without asking.
import { SURE, type Understood } from '../../understand/types.ts';
import type { Stage } from '../stage.ts';

/** Of one share of the readings at least; a visit and the lessons heard at it are told in the same words and begin the same flow. */
const NEARLY_ALL = 0.8;

/** Sure of the reading, or of what it begins. */
export function isSure(t: Stage, { intent, confidence, candidates }: Understood): boolean {
  if (confidence >= SURE) return true;
  const { roles } = t.facts.person;
  const flow = t.deps.scripts.flowFor(intent, roles);
  const share = candidates.reduce(
    (sum, one) =>
      one.kind === 'intent' && t.deps.scripts.flowFor(one.intent, roles) === flow
        ? sum + one.confidence
        : sum,
    0,
  );
  return flow !== undefined && share >= NEARLY_ALL;
}
