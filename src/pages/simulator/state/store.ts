// The page's one store: a reducer, a list of listeners, and a hook that reads from it.
import { useSyncExternalStore } from 'react';
import { makeTranslate, type Translate } from '../texts.ts';
import { type Action, reduce } from './reducer.ts';
import { initialState, type State } from './state.ts';

let state = initialState;
const listeners = new Set<() => void>();

export const current = (): State => state;

export function dispatch(action: Action): void {
  const next = reduce(state, action);
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads a part of the state; `select` must give the same object as long as that part has not changed. */
export function useView<T>(select: (state: State) => T): T {
  return useSyncExternalStore(subscribe, () => select(state));
}

export function useTexts(): Translate {
  return makeTranslate(useView((view) => view.locale));
}
