// What a newcomer sees first: one sentence, and three people to be.
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { go } from '../state/actions.ts';
import { useTexts, useView } from '../state/store.ts';
import { placeOf } from './roles.ts';
import { useSuggestions } from './use-suggestions.ts';

export function WelcomeCards() {
  const t = useTexts();
  const departments = useView((state) => state.departments);
  const suggestions = useSuggestions();
  return (
    <ul className="welcome-cards">
      {suggestions.map(({ person, role }) => (
        <li key={person.userId}>
          <button
            type="button"
            className="welcome-card"
            data-user={person.userId}
            onClick={() => go(person.userId, null)}
          >
            <Avatar name={person.name} seed={person.userId} size="large" />
            <span className="person-words">
              <span className="person-name">
                {person.name}
                {role && <span className="role-tag">{t(`roleShort.${role}`)}</span>}
              </span>
              <span className="person-place">{placeOf(person, departments)}</span>
              {role && <span className="welcome-does">{t(`does.${role}`)}</span>}
            </span>
            <Icon name="right" />
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Welcome() {
  const t = useTexts();
  return (
    <main className="welcome">
      <h1>{t('welcomeTitle')}</h1>
      <p>{t('welcomeText')}</p>
      <WelcomeCards />
      <p className="quiet">{t('welcomeHint')}</p>
    </main>
  );
}
