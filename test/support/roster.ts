// A roster of a test as the house takes one in: checked, and with every fault in the message when it is none.
import { checkRoster } from '../../src/supervision/roster/check.ts';
import type { Roster } from '../../src/supervision/roster/file.ts';
import { sayRoster } from '../../src/supervision/roster/words.ts';

/** The roster of a parsed JSON; throws with all its faults. */
export function parseRoster(json: unknown): Roster {
  const checked = checkRoster(json);
  if ('roster' in checked) return checked.roster;
  throw new Error(checked.faults.map((fault) => sayRoster(fault, 'en')).join('\n'));
}
