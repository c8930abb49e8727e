// The second column: whose desk this is, in large, and the chats that lie on it.
import type { ChatView, MessageView } from '../../../simulator/api.ts';
import { listTime } from '../chat/times.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { MemberPanel } from '../people/member-panel.tsx';
import { placeOf } from '../people/roles.ts';
import { go } from '../state/actions.ts';
import { type State, threadKey } from '../state/state.ts';
import { useTexts, useView } from '../state/store.ts';
import { previewOf } from './preview.ts';

const NO_CHATS: ChatView[] = [];
const lastIn = (state: State, me: string, chatId: string): MessageView | undefined =>
  state.threads[threadKey(me, chatId)]?.at(-1);

export function ChatList({ me }: { me: string }) {
  const t = useTexts();
  const person = useView((state) =>
    state.people.find((one) => one.userId.toLowerCase() === me.toLowerCase()),
  );
  const departments = useView((state) => state.departments);
  const chats = useView((state) => state.chats[me.toLowerCase()] ?? NO_CHATS);
  return (
    <section className="chats" aria-label={t('chats')}>
      <header className="desk">
        <button
          type="button"
          className="icon-button phone-only"
          aria-label={t('backToPeople')}
          onClick={() => go(null, null)}
        >
          <Icon name="back" />
        </button>
        <Avatar name={person?.name ?? me} seed={me} size="large" />
        <span className="person-words">
          <span className="desk-label">{t('youAre')}</span>
          <strong className="desk-name">{person?.name ?? me}</strong>
          <span className="person-place">{(person && placeOf(person, departments)) || me}</span>
        </span>
        {person && <MemberPanel person={person} departments={departments} />}
      </header>
      <ul className="chat-list">
        {chats.map((chat) => (
          <li key={chat.chatId}>
            <ChatRow me={me} chat={chat} />
          </li>
        ))}
      </ul>
      {chats.length === 0 && <p className="nothing">{t('noChats')}</p>}
    </section>
  );
}

function ChatRow({ me, chat }: { me: string; chat: ChatView }) {
  const t = useTexts();
  const locale = useView((state) => state.locale);
  const chosen = useView((state) => state.chatId === chat.chatId);
  const last = useView((state) => lastIn(state, me, chat.chatId));
  const clockOffset = useView((state) => state.clockOffset);
  const preview = last ? previewOf(last, t) : chat.lastText;
  return (
    <button
      type="button"
      className="chat-row"
      data-chat={chat.chatId}
      aria-current={chosen ? 'true' : undefined}
      onClick={() => go(me, chat.chatId)}
    >
      <Avatar name={chat.name} seed={chat.chatId} kind={chat.kind === 'aibot' ? 'app' : chat.kind} />
      <span className="person-words">
        <span className="chat-top">
          <span className="person-name">{chat.name}</span>
          {chat.about?.dissolved && <span className="chat-tag">{t('dissolved')}</span>}
          {chat.lastAt && (
            <span className="chat-time">
              {listTime(new Date(chat.lastAt), Date.now() + clockOffset, locale)}
            </span>
          )}
        </span>
        <span className="person-place">{preview}</span>
      </span>
      {chat.unread > 0 && (
        <span className="badge">
          {chat.unread > 99 ? '99+' : chat.unread}
          <span className="for-ears">{t('unreadForEars')}</span>
        </span>
      )}
    </button>
  );
}
