// Who may what. Every action of src/supervision/actions.ts has one entry here; the test fails when one is missing.
//
// HOW TO ADD YOUR ACTION (one entry, in the file of its part of the office's work):
//   'your.action': {
//     inspector: 'own area other',            // the targets (scene.ts, TARGETS_OF) at which this role may; roles left out may nowhere
//     ...OFFICE,                              // office and director
//     given: async (at) => ({ finding: (await at.finding({ state: 'submitted' })).finding }),   // input, with what it acts on at `at.school`
//   },
// Allowed: the act runs. Refused: it throws act.not-allowed or act.not-found, or the role is not in its `roles`. Any other
// error fails the test: then `given` has not set the stage. For a question use `sees: true`: allowed means that the answer names
// the target school (put something there in `given`). A second entry for one act, with another input: 'your.action (what differs)'. A role without a
// school or area in play may write `always: true`: then only the role counts and the one cell a role is its first target. Nobody
// may ever act in another office: `foreign` is always refused.
import { EMERGENCIES } from './emergencies.ts';
import type { Entries, Entry } from './entry.ts';
import { NOTICES } from './notices.ts';
import { OFFICE_WORK } from './office.ts';
import { OVERDUE } from './overdue.ts';
import { RECTIFICATION } from './rectification.ts';
import { SCHOOLS } from './schools.ts';
import { VISITS } from './visits.ts';

/** Throws when two parts speak of the same act: one of them would be passed over. */
function joined(...parts: Entries[]): Entries {
  const all = new Map<string, Entry>();
  for (const [act, entry] of parts.flatMap((part) => Object.entries(part))) {
    if (all.has(act)) throw new Error(`two entries for ${act}`);
    all.set(act, entry);
  }
  return Object.fromEntries(all);
}

export const WHO_MAY = joined(VISITS, RECTIFICATION, OVERDUE, EMERGENCIES, SCHOOLS, NOTICES, OFFICE_WORK);
