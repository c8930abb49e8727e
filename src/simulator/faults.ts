// Faults that a test or a visitor switches on: each asks "does it strike now?" and counts its uses.
import type { Fault, FaultInput } from './api.ts';
import { faultInputSchema } from './inputs.ts';
import type { Stream } from './stream.ts';

export interface Faults {
  add(input: FaultInput): Fault;
  remove(id: string): boolean;
  clear(): void;
  list(): Fault[];
  /** The first fault of this kind that strikes for this path, counted as used; null when none does. */
  strikes(kind: Fault['kind'], path?: string): Fault | null;
}

/** `random` decides for a fault with a probability; the page hears of each change. */
export function createFaults(stream: Stream, random: () => number): Faults {
  let faults: Fault[] = [];
  let lastId = 0;
  const tell = () => stream.publish({ type: 'faults', faults: [...faults] });

  return {
    add(input) {
      lastId += 1;
      const fault: Fault = { ...faultInputSchema.parse(input), id: `fault-${lastId}`, used: 0 };
      faults.push(fault);
      tell();
      return fault;
    },
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      tell();
      return faults.length < before;
    },
    clear() {
      faults = [];
      tell();
    },
    list: () => [...faults],
    strikes(kind, path = '') {
      for (const fault of faults) {
        if (fault.kind !== kind) continue;
        if (fault.path !== undefined && !path.startsWith(fault.path)) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        fault.used += 1;
        if (fault.times !== undefined && fault.used >= fault.times) {
          faults = faults.filter((other) => other !== fault);
        }
        tell();
        return fault;
      }
      return null;
    },
  };
}
