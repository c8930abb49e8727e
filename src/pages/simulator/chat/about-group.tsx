// What a group is: who made and owns it, which robots post in it by webhook, and, for its owner, its end.
import type { ChatView } from '../../../simulator/api.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { dissolve, tell } from '../state/actions.ts';
import { useTexts } from '../state/store.ts';

export function AboutGroup({
  me,
  chatId,
  about,
}: {
  me: string;
  chatId: string;
  about: NonNullable<ChatView['about']>;
}) {
  const t = useTexts();
  const copy = async (webhook: string) => {
    await navigator.clipboard.writeText(webhook);
    tell(t('copied'));
  };
  const what = t(about.byApp ? 'groupByApp' : 'groupByPeople');
  return (
    <Popover
      label={t('aboutGroup')}
      face={<Icon name="menu" />}
      className="icon-button"
      panelClass="about-group-panel"
    >
      {(close) => (
        <div className="about-group">
          <p>
            {what} · {t('groupOwner', { name: about.owner })}
          </p>
          {about.robots.map(({ name, webhook }) => (
            <div key={webhook} className="about-robot">
              <span>{t('groupRobot', { name })}</span>
              <button type="button" className="quiet-button" onClick={() => void copy(webhook)}>
                <Icon name="copy" />
                {t('copyWebhook')}
              </button>
            </div>
          ))}
          {about.mine && !about.dissolved && (
            <button
              type="button"
              className="quiet-button"
              onClick={() => {
                close();
                void dissolve(me, chatId);
              }}
            >
              {t('dissolve')}
            </button>
          )}
        </div>
      )}
    </Popover>
  );
}
