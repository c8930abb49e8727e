// Whom a newcomer could be, and what to say first. A line `userid: sentence` in an app's description proposes both
// (the sentence may be left out); a role that no line proposes is proposed by somebody near to the first.
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
  // Whoever comes after the first should be somebody the first has to do with: of the same department, if there is one.
  const near = new Set(told[0]?.person.departments);
  const isNear = (person: PersonView) => person.departments.some((id) => near.has(id));
  const found = PROPOSED.flatMap((role): Suggestion[] => {
    if (told.some((one) => one.role === role)) return [];
    const able = people.filter((one) => one.status === 'active' && roleOf(one, departments) === role);
    const person = able.find(isNear) ?? able[0];
    return person ? [{ person, role, sentence: null }] : [];
  });
  const all = [...told, ...found];
  if (all.length > 0) return all;
  return people.slice(0, PROPOSED.length).map((person) => ({ person, role: null, sentence: null }));
}
