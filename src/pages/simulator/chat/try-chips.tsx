// Before a person has said anything: a sentence to try, that only has to be sent.

import { roleOf } from '../people/roles.ts';
import { useSuggestions } from '../people/use-suggestions.ts';
import { type State, sameUser, threadKey } from '../state/state.ts';
import { useTexts, useView } from '../state/store.ts';
import { localeOf, makeTranslate } from '../texts.ts';

const hasSpoken = (state: State, me: string, chatId: string) =>
  state.threads[threadKey(me, chatId)]?.some((message) => message.from === 'me') ?? true;

export interface TryChipsProps {
  me: string;
  chatId: string;
  onTake: (sentence: string) => void;
}

export function TryChips({ me, chatId, onTake }: TryChipsProps) {
  const t = useTexts();
  const spoken = useView((state) => hasSpoken(state, me, chatId));
  const person = useView((state) => state.people.find((one) => sameUser(one.userId, me)));
  const departments = useView((state) => state.departments);
  const suggestions = useSuggestions();
  const corpLocale = useView((state) => state.corp.locale);
  if (spoken || !chatId.startsWith('app:') || !person) return null;

  // The bot understands its own language, whichever one the page is read in.
  const inBotsWords = makeTranslate(localeOf(corpLocale));
  const told = suggestions.flatMap(({ person: one, sentence }) =>
    sentence !== null && sameUser(one.userId, me) ? [sentence] : [],
  );
  const inspects = roleOf(person, departments) === 'inspector';
  const nobodyTold = suggestions.every(({ sentence }) => sentence === null);
  const sentences = told.length === 0 && inspects && nobodyTold ? [inBotsWords('sampleSentence')] : told;
  return (
    <div className="try-chips">
      <span className="try-label">{t('tryThis')}</span>
      {[...sentences, inBotsWords('sampleHelp')].map((sentence) => (
        <button key={sentence} type="button" className="try-chip" onClick={() => onTake(sentence)}>
          {sentence}
        </button>
      ))}
    </div>
  );
}
