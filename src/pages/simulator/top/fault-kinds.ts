// The faults a visitor can switch on by one press, with the figures that make each of them worth seeing.
import type { FaultInput } from '../../../simulator/api.ts';

export interface FaultSwitch {
  id: string;
  input: FaultInput;
}

/** WeCom 45009: too many calls; the bot has to wait. */
const TOO_MANY = 45009;

export const FAULT_SWITCHES = [
  { id: 'slow', input: { kind: 'slow', ms: 3000 } },
  { id: 'lost', input: { kind: 'lost', ms: 10_000 } },
  { id: 'refuse', input: { kind: 'refuse' } },
  { id: 'drop-answer', input: { kind: 'drop-answer' } },
  { id: 'too-many', input: { kind: 'errcode', errcode: TOO_MANY, path: '/cgi-bin/message/send' } },
  { id: 'token-expired', input: { kind: 'token-expired', times: 1 } },
  { id: 'untrusted-ip', input: { kind: 'untrusted-ip' } },
  { id: 'duplicate-callbacks', input: { kind: 'duplicate-callbacks', copies: 3 } },
  { id: 'late-callbacks', input: { kind: 'late-callbacks', ms: 5000 } },
  { id: 'no-callbacks', input: { kind: 'no-callbacks' } },
  { id: 'lost-replies', input: { kind: 'lost-replies' } },
] as const satisfies readonly FaultSwitch[];
export type FaultSwitchId = (typeof FAULT_SWITCHES)[number]['id'];

/** The switch that an active fault belongs to; a fault set by a test or by hand may belong to none. */
export function switchOf(fault: FaultInput): FaultSwitchId | null {
  return FAULT_SWITCHES.find(({ input }) => input.kind === fault.kind)?.id ?? null;
}
