// One person in the list: who she is at a glance, and whether something waits for her.
import type { PersonView, StateView } from '../../../simulator/api.ts';
import { Avatar } from '../parts/avatar.tsx';
import { useTexts } from '../state/store.ts';
import { placeOf } from './roles.ts';

export interface PersonRowProps {
  person: PersonView;
  departments: StateView['departments'];
  chosen: boolean;
  onChoose: (userId: string) => void;
}

export function PersonRow({ person, departments, chosen, onChoose }: PersonRowProps) {
  const t = useTexts();
  const place = placeOf(person, departments);
  return (
    <button
      type="button"
      className="person-row"
      data-row
      data-user={person.userId}
      tabIndex={-1}
      aria-current={chosen ? 'true' : undefined}
      onClick={() => onChoose(person.userId)}
    >
      <Avatar name={person.name} seed={person.userId} />
      <span className="person-words">
        <span className="person-name">{person.name}</span>
        <span className="person-place">{place || person.userId}</span>
      </span>
      {person.status !== 'active' && <span className="person-status">{t(`status.${person.status}`)}</span>}
      {person.unread > 0 && (
        <span className="badge">
          {person.unread > 99 ? '99+' : person.unread}
          <span className="for-ears">{t('unreadForEars')}</span>
        </span>
      )}
    </button>
  );
}
