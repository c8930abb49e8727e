// The messages of the open chat, with times between them; stays at the newest unless the reader scrolled up.
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import type { MessageView } from '../../../simulator/api.ts';
import { Icon } from '../parts/icon.tsx';
import { sameUser, threadKey } from '../state/state.ts';
import { useTexts, useView } from '../state/store.ts';
import { Message } from './message.tsx';
import { OutgoingMessage } from './outgoing.tsx';
import { needsTime, separatorTime } from './times.ts';

const NONE: MessageView[] = [];
/** Nearer to the end than this, the reader is taken along. */
const NEAR_END_PX = 120;

function toEnd(box: HTMLElement | null): void {
  box?.scrollTo({ top: box.scrollHeight, behavior: 'instant' });
}

export function MessageList({ me, chatId }: { me: string; chatId: string }) {
  const t = useTexts();
  const messages = useView((state) => state.threads[threadKey(me, chatId)] ?? NONE);
  const fetched = useView((state) => threadKey(me, chatId) in state.threads);
  const allOutgoing = useView((state) => state.outgoing);
  const locale = useView((state) => state.locale);
  const clockOffset = useView((state) => state.clockOffset);
  const outgoing = allOutgoing.filter((one) => sameUser(one.userId, me) && one.chatId === chatId);

  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [seenSeq, setSeenSeq] = useState(0);
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const unseen = messages.filter((message) => message.seq > seenSeq && message.from !== 'me').length;

  // Pictures and cards grow after they are drawn: whoever was at the end stays there.
  useLayoutEffect(() => {
    if (!content.current) return;
    const watch = new ResizeObserver(() => atEnd.current && toEnd(scroller.current));
    watch.observe(content.current);
    return () => watch.disconnect();
  }, []);
  const lastIsMine = messages.at(-1)?.from === 'me';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the reason to move
  useLayoutEffect(() => {
    if (!atEnd.current && !lastIsMine && outgoing.length === 0) return;
    atEnd.current = true;
    toEnd(scroller.current);
    setSeenSeq(lastSeq);
  }, [lastSeq, outgoing.length]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd.current) setSeenSeq(lastSeq);
  };

  const goToEnd = () => {
    atEnd.current = true;
    toEnd(scroller.current);
    setSeenSeq(lastSeq);
  };

  return (
    <div className="messages-frame">
      <div
        className="messages"
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-label={t('messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard
        tabIndex={0}
      >
        <div ref={content} className="messages-content">
          {fetched && messages.length === 0 && outgoing.length === 0 && (
            <p className="aside">{t('noMessages')}</p>
          )}
          {messages.map((message, index) => {
            const before = messages[index - 1];
            const at = new Date(message.at);
            return (
              <Fragment key={message.seq}>
                {needsTime(before ? new Date(before.at) : null, at) && (
                  <p className="aside aside-time">
                    <time dateTime={message.at}>{separatorTime(at, Date.now() + clockOffset, locale)}</time>
                  </p>
                )}
                <Message message={message} me={me} inGroup={chatId.startsWith('group:')} />
              </Fragment>
            );
          })}
          {outgoing.map((one) => (
            <OutgoingMessage key={one.id} outgoing={one} />
          ))}
        </div>
      </div>
      {unseen > 0 && !atEnd.current && (
        <button type="button" className="pill" onClick={goToEnd}>
          <Icon name="down" />
          {t('newMessages', { n: unseen })}
        </button>
      )}
    </div>
  );
}
