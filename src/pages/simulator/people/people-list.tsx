// The left column: whose desk to sit down at. Those who just got a message and those used lately stand on top.
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { PersonView } from '../../../simulator/api.ts';
import { Icon } from '../parts/icon.tsx';
import { go } from '../state/actions.ts';
import { sameUser } from '../state/state.ts';
import { useTexts, useView } from '../state/store.ts';
import { PersonRow } from './person-row.tsx';
import { findPeople, type Group, groupPeople } from './roles.ts';
import { WelcomeCards } from './welcome.tsx';

/** Fewer people than this are all shown; more are folded into their groups. */
const SHOWN_UNFOLDED = 30;
const WAITING_SHOWN = 6;

export function PeopleList() {
  const t = useTexts();
  const people = useView((state) => state.people);
  const departments = useView((state) => state.departments);
  const recent = useView((state) => state.recent);
  const fresh = useView((state) => state.fresh);
  const me = useView((state) => state.me);
  const [query, setQuery] = useState('');
  const [allWaiting, setAllWaiting] = useState(false);
  const [toggled, setToggled] = useState<Record<string, boolean>>({});
  const list = useRef<HTMLDivElement>(null);
  const deferred = useDeferredValue(query);
  const searching = deferred.trim() !== '';

  const found = useMemo(() => findPeople(people, departments, deferred), [people, departments, deferred]);
  const groups = useMemo(() => groupPeople(found, departments), [found, departments]);
  const byId = useMemo(
    () => new Map(people.map((person) => [person.userId.toLowerCase(), person])),
    [people],
  );
  const known = (ids: string[]) => ids.flatMap((id) => byId.get(id.toLowerCase()) ?? []);
  const waiting = [...new Set([...known(fresh), ...people])].filter(
    (person) => person.unread > 0 && !sameUser(person.userId, me),
  );

  const openAtFirst = searching || people.length <= SHOWN_UNFOLDED;
  const isOpen = (group: Group) => toggled[group.key] ?? openAtFirst;
  // A new search shows what it found, whatever was folded before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the search itself unfolds
  useEffect(() => setToggled({}), [searching]);

  const choose = (userId: string) => {
    // Found is found: what stands on top, those with new messages, is wanted again.
    setQuery('');
    go(userId, null);
  };
  const rows = (shown: PersonView[]) =>
    shown.map((person) => (
      <li key={person.userId}>
        <PersonRow
          person={person}
          departments={departments}
          chosen={sameUser(person.userId, me)}
          onChoose={choose}
        />
      </li>
    ));

  return (
    <nav className="people" aria-label={t('people')} onKeyDown={(event) => moveFocus(event, list.current)}>
      <div className="search">
        <Icon name="search" />
        <input
          type="search"
          data-row
          value={query}
          placeholder={t('searchPeople')}
          aria-label={t('searchPeople')}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className="people-scroll" ref={list}>
        {!searching && me === null && recent.length === 0 && (
          <div className="phone-only welcome-inline">
            <h2>{t('welcomeTitle')}</h2>
            <WelcomeCards />
          </div>
        )}
        {!searching && waiting.length > 0 && (
          <section aria-labelledby="people-waiting" className="people-waiting">
            <h3 id="people-waiting">{t('waiting', { n: waiting.length })}</h3>
            <ul>{rows(allWaiting ? waiting : waiting.slice(0, WAITING_SHOWN))}</ul>
            {waiting.length > WAITING_SHOWN && (
              <button
                type="button"
                className="quiet-button waiting-more"
                data-row
                tabIndex={-1}
                aria-expanded={allWaiting}
                onClick={() => setAllWaiting(!allWaiting)}
              >
                {allWaiting ? t('waitingFewer') : t('waitingAll', { n: waiting.length })}
              </button>
            )}
          </section>
        )}
        {!searching && recent.length > 0 && (
          <section aria-labelledby="people-recent">
            <h3 id="people-recent">{t('recent')}</h3>
            <ul>{rows(known(recent))}</ul>
          </section>
        )}
        {groups.map((group) => (
          <section key={group.key}>
            <button
              type="button"
              className="group-head"
              data-row
              tabIndex={-1}
              aria-expanded={isOpen(group)}
              onClick={() => setToggled({ ...toggled, [group.key]: !isOpen(group) })}
            >
              <Icon name={isOpen(group) ? 'down' : 'right'} />
              <span>{group.role ? t(`role.${group.role}`) : group.name || t('others')}</span>
              {group.people.some((person) => person.unread > 0) && <span className="dot" />}
              <span className="count">{group.people.length}</span>
            </button>
            {isOpen(group) && <ul>{rows(group.people)}</ul>}
          </section>
        ))}
        {searching && found.length === 0 && (
          <p className="nothing">{t('nobodyFound', { query: deferred })}</p>
        )}
      </div>
    </nav>
  );
}

/** One stop for the Tab key, the search box; from there arrows walk the headings and people as one column. */
function moveFocus(event: KeyboardEvent<HTMLElement>, scroller: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = document.activeElement;
  if (event.nativeEvent.isComposing || scroller === null || !(here instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  if (event.key === 'Enter' && here instanceof HTMLInputElement) {
    rows.find((row) => row.dataset.user !== undefined)?.click();
    return;
  }
  if (event.key === 'Home' || event.key === 'End') {
    if (here instanceof HTMLInputElement) return;
    rows.at(event.key === 'Home' ? 0 : -1)?.focus();
  } else if (step !== undefined) {
    rows[rows.indexOf(here) + step]?.focus();
  } else return;
  event.preventDefault();
}
