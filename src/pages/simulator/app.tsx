// The page as a whole: top bar, people, chats, the open chat, the drawer. On a phone one column at a time is shown.
import { useEffect } from 'react';
import { ChatPane } from './chat/chat-pane.tsx';
import { ChatList } from './chats/chat-list.tsx';
import { ExchangeDrawer } from './exchanges/exchange-drawer.tsx';
import { PeopleList } from './people/people-list.tsx';
import { Welcome } from './people/welcome.tsx';
import { dispatch, useTexts, useView } from './state/store.ts';
import { ArrivalsLine } from './top/arrivals.tsx';
import { TopBar } from './top/top-bar.tsx';

const NOTICE_MS = 6000;

export function App() {
  const t = useTexts();
  const phase = useView((state) => state.phase);
  const me = useView((state) => state.me);
  const chatId = useView((state) => state.chatId);
  const drawerOpen = useView((state) => state.drawerOpen);
  const locale = useView((state) => state.locale);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t('title');
  }, [locale, t]);

  const pane = me === null ? 'people' : chatId === null ? 'chats' : 'chat';
  return (
    <div className="page" data-pane={pane} data-drawer={drawerOpen}>
      <TopBar />
      <ArrivalsLine />
      {phase === 'ready' ? (
        <div className="columns">
          <PeopleList />
          {me === null ? (
            <Welcome />
          ) : (
            <>
              <ChatList me={me} />
              {chatId === null ? (
                <p className="nothing choose-chat">{t('chooseChat')}</p>
              ) : (
                <ChatPane me={me} chatId={chatId} />
              )}
            </>
          )}
          {drawerOpen && <ExchangeDrawer />}
        </div>
      ) : (
        <p className="nothing" role="status">
          {t(phase === 'loading' ? 'loading' : 'unreachable')}
        </p>
      )}
      <NoticeLine />
    </div>
  );
}

function NoticeLine() {
  const notice = useView((state) => state.notice);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => dispatch({ type: 'notice', notice: null }), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="notices" role="status">
      {notice && <p className={`notice notice-${notice.tone}`}>{notice.text}</p>}
    </div>
  );
}
