// On which side of the work somebody stands: the words for help, the greeting and "not understood" differ by it.
import type { Stage } from '../stage.ts';

/** Which words are hers: by what she mostly does here. */
export function side(t: Stage): 'inspector' | 'principal' | 'office' {
  const roles = t.facts.person.roles;
  if (roles.includes('inspector') || roles.includes('area-leader')) return 'inspector';
  return roles.includes('office') || roles.includes('director') ? 'office' : 'principal';
}
