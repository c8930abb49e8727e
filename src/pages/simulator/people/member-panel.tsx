// What an administrator does with a member in the console: another department, disabled, removed from the corp, and back.
import type { PersonView, StateView } from '../../../simulator/api.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { changeMember } from '../state/actions.ts';
import { useTexts } from '../state/store.ts';

export function MemberPanel({
  person,
  departments,
}: {
  person: PersonView;
  departments: StateView['departments'];
}) {
  const t = useTexts();
  const { userId, name, status } = person;
  const isHere = status === 'active' || status === 'not-activated';
  return (
    <Popover
      label={t('member', { name })}
      face={<Icon name="more" />}
      className="icon-button"
      panelClass="member-panel"
    >
      {(close) => {
        const becomes = (next: PersonView['status']) => {
          close();
          void changeMember(userId, { status: next });
        };
        return (
          <div className="about-group">
            <p>{t('memberNote')}</p>
            {departments.length > 1 && isHere && (
              <label className="member-department">
                {t('department')}
                <select
                  value={person.departments[0] ?? 1}
                  onChange={({ target }) =>
                    void changeMember(userId, { departments: [Number(target.value)] })
                  }
                >
                  {departments.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {isHere ? (
              <>
                <button type="button" className="quiet-button" onClick={() => becomes('disabled')}>
                  {t('memberDisable')}
                </button>
                <button type="button" className="quiet-button" onClick={() => becomes('left')}>
                  {t('memberRemove')}
                </button>
              </>
            ) : (
              <button type="button" className="quiet-button" onClick={() => becomes('active')}>
                {t(status === 'left' ? 'memberBack' : 'memberEnable')}
              </button>
            )}
          </div>
        );
      }}
    </Popover>
  );
}
