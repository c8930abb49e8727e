// Below the bar, after the clock was moved: how far it is, how many messages that brought to how many people, and the way to each.
import type { PersonView } from '../../../simulator/api.ts';
import { clockDay, clockHour } from '../chat/times.ts';
import { previewOf } from '../chats/preview.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { placeOf } from '../people/roles.ts';
import { go, stopWalking } from '../state/actions.ts';
import { type Arrival, sameUser } from '../state/state.ts';
import { dispatch, useTexts, useView } from '../state/store.ts';

const NOBODY: Arrival[] = [];

export function ArrivalsLine() {
  const t = useTexts();
  const locale = useView((state) => state.locale);
  const to = useView((state) => state.walkingTo);
  const offset = useView((state) => state.clockOffset);
  const shown = useView((state) => state.arrivals !== null);
  const people = useView((state) => state.arrivals?.people ?? NOBODY);
  if (!shown) return null;

  const n = people.reduce((sum, one) => sum + one.count, 0);
  const said = (at: Date) => `${clockDay(at, locale)} ${clockHour(at, locale)}`;
  const where =
    to === null
      ? t('clockMoved', { time: said(new Date(Date.now() + offset)) })
      : t('walking', { time: said(new Date(to)) });
  const nothing = t(to === null ? 'arrivedNone' : 'arrivedYet');
  return (
    <div className="arrivals">
      <p role="status">
        {to !== null && <span className="spinner" />}
        <span className="arrivals-where">{where}</span>
        <strong>{n === 0 ? nothing : t('arrived', { n, people: people.length })}</strong>
      </p>
      {n > 0 && (
        <Popover
          className="arrivals-button"
          label={t('seeWho')}
          panelClass="arrivals-panel"
          face={
            <>
              {t('seeWho')}
              <Icon name="down" />
            </>
          }
        >
          {(close) => <ArrivalsList arrivals={people} close={close} />}
        </Popover>
      )}
      {to !== null ? (
        <button type="button" className="arrivals-button" onClick={stopWalking}>
          {t('stopHere')}
        </button>
      ) : (
        <button
          type="button"
          className="icon-button"
          aria-label={t('close')}
          title={t('close')}
          onClick={() => dispatch({ type: 'arrivals-seen' })}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function ArrivalsList({ arrivals, close }: { arrivals: Arrival[]; close: () => void }) {
  const t = useTexts();
  const people = useView((state) => state.people);
  const departments = useView((state) => state.departments);
  const placed = (person: PersonView | undefined) => (person ? placeOf(person, departments) : '');
  return (
    <ul>
      {arrivals.map(({ userId, chatId, count, last }) => {
        const person = people.find((one) => sameUser(one.userId, userId));
        return (
          <li key={userId}>
            <button
              type="button"
              className="person-row arrival"
              data-user={userId}
              onClick={() => {
                close();
                go(person?.userId ?? userId, chatId);
              }}
            >
              <Avatar name={person?.name ?? userId} seed={person?.userId ?? userId} />
              <span className="person-words">
                <span className="person-name">{person?.name ?? userId}</span>
                <span className="person-place">{placed(person)}</span>
                <span className="arrival-text">{previewOf(last, t)}</span>
              </span>
              <span className="badge">{count}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
