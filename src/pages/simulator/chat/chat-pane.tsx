// The open chat: its name, its messages, and whatever the person may do in it.
import type { AppView, ChatView } from '../../../simulator/api.ts';
import { Icon } from '../parts/icon.tsx';
import { MemberPanel } from '../people/member-panel.tsx';
import { go } from '../state/actions.ts';
import { sameUser } from '../state/state.ts';
import { useTexts, useView } from '../state/store.ts';
import { AboutGroup } from './about-group.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

const NO_CHATS: ChatView[] = [];
const NO_ROBOTS: string[] = [];
const appOf = (apps: AppView[], chatId: string) => apps.find((app) => `app:${app.agentId}` === chatId);

export function ChatPane({ me, chatId }: { me: string; chatId: string }) {
  const t = useTexts();
  const chats = useView((state) => state.chats[me.toLowerCase()] ?? NO_CHATS);
  const app = useView((state) => appOf(state.apps, chatId));
  const person = useView((state) => state.people.find((one) => sameUser(one.userId, me)));
  const departments = useView((state) => state.departments);
  const isOut = person?.status === 'left' || person?.status === 'disabled';
  const waiting = useView(
    (state) => state.people.filter((one) => one.unread > 0 && !sameUser(one.userId, me)).length,
  );
  const chat = chats.find((one) => one.chatId === chatId);
  const name = chat?.name ?? app?.name ?? chatId;
  const members = chat?.members ?? [];
  const whoIsIn = t('membersOf', { n: members.length, names: members.join(t('listMark')) });
  const alone = chats.length <= 1;
  return (
    <main className="chat" aria-label={t('chatWith', { name })}>
      <header className="chat-head">
        <button
          type="button"
          className="icon-button phone-only"
          aria-label={alone ? t('backToPeople') : t('backToChats')}
          onClick={() => go(alone ? null : me, null)}
        >
          <Icon name="back" />
          {waiting > 0 && (
            <span className="badge badge-corner" title={t('othersWaiting', { n: waiting })}>
              {waiting > 99 ? '99+' : waiting}
            </span>
          )}
        </button>
        <div className="chat-title">
          <h1>{name}</h1>
          {members.length > 0 && (
            <p className="chat-members" title={whoIsIn}>
              {whoIsIn}
            </p>
          )}
          <p className="phone-only chat-as">{t('asPerson', { name: person?.name ?? me })}</p>
        </div>
        {app && !app.callbackOk && (
          <span className="chat-warning">{t(app.callbackUrl ? 'callbackDead' : 'callbackNone')}</span>
        )}
        {person && (
          <span className="phone-only">
            <MemberPanel person={person} departments={departments} />
          </span>
        )}
        {chat?.about && <AboutGroup me={me} chatId={chatId} about={chat.about} />}
      </header>
      <MessageList key={`${me} ${chatId}`} me={me} chatId={chatId} />
      {chat?.about?.dissolved || isOut ? (
        <p className="chat-over">{t(isOut ? 'memberGone' : 'dissolvedNote')}</p>
      ) : (
        <Composer
          key={`composer ${me} ${chatId}`}
          me={me}
          chatId={chatId}
          menu={app?.menu ?? null}
          robots={chat?.aibots ?? NO_ROBOTS}
        />
      )}
    </main>
  );
}
