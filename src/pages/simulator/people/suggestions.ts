// Whom a newcomer could be, and what to say first. A line `userid: sentence` in an app's description proposes both
// (the sentence may be left out); without such lines the first person of each role is proposed.
import type { AppView, PersonView, StateView } from '../../../simulator/api.ts';
import { type Role, roleOf } from './roles.ts';

export interface Suggestion {
  person: PersonView;
  role: Role | null;
  /** What she could say; absent when the description gives none. */
  sentence: string | null;
}

const LINE = /^\s*([A-Za-z0-9_.@-]{1,64})\s*[::]\s*(.*)$/;
const PROPOSED: readonly Role[] = ['inspector', 'principal', 'office'];

export function suggest(
  apps: AppView[],
  people: PersonView[],
  departments: StateView['departments'],
): Suggestion[] {
  const byId = new Map(people.map((person) => [person.userId.toLowerCase(), person]));
  const told = apps
    .flatMap((app) => app.description.split('\n'))
    .flatMap((line): Suggestion[] => {
      const [, userId = '', sentence = ''] = LINE.exec(line) ?? [];
      const person = byId.get(userId.toLowerCase());
      return person ? [{ person, role: roleOf(person, departments), sentence: sentence.trim() || null }] : [];
    });
  if (told.length > 0) return told;
  const found = PROPOSED.flatMap((role): Suggestion[] => {
    const person = people.find((one) => roleOf(one, departments) === role && one.status === 'active');
    return person ? [{ person, role, sentence: null }] : [];
  });
  if (found.length > 0) return found;
  return people.slice(0, PROPOSED.length).map((person) => ({ person, role: null, sentence: null }));
}
