// Suggestions for the state at hand, kept until people or apps change.
import { useMemo } from 'react';
import { useView } from '../state/store.ts';
import { type Suggestion, suggest } from './suggestions.ts';

export function useSuggestions(): Suggestion[] {
  const apps = useView((state) => state.apps);
  const people = useView((state) => state.people);
  const departments = useView((state) => state.departments);
  return useMemo(() => suggest(apps, people, departments), [apps, people, departments]);
}
