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

/** How far a box can be scrolled. */
const endOf = (box: HTMLElement) => box.scrollHeight - box.clientHeight;

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
  const knownEnd = useRef(0);
  const [seenSeq, setSeenSeq] = useState(0);
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const unseen = messages.filter((message) => message.seq > seenSeq && message.from !== 'me').length;

  // Asked of the box itself, against the end as it was before anything grew: the browser tells of a scroll only with
  // its next frame, and what arrives until then must neither carry the reader off nor leave her behind.
  const isAtEnd = (box: HTMLElement) => Math.min(knownEnd.current, endOf(box)) - box.scrollTop < NEAR_END_PX;
  const toEnd = (box: HTMLElement) => {
    box.scrollTo({ top: box.scrollHeight, behavior: 'instant' });
    knownEnd.current = endOf(box);
  };
  // Pictures and cards grow after they are drawn: whoever was at the end stays there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both read nothing but the box and the remembered end
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!content.current || !box) return;
    const watch = new ResizeObserver(() => {
      if (isAtEnd(box)) toEnd(box);
      else knownEnd.current = endOf(box);
    });
    watch.observe(content.current);
    return () => watch.disconnect();
  }, []);
  const lastIsMine = messages.at(-1)?.from === 'me';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the reason to move
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || (!isAtEnd(box) && !lastIsMine && outgoing.length === 0)) return;
    toEnd(box);
    setSeenSeq(lastSeq);
  }, [lastSeq, outgoing.length]);

  const onScroll = () => {
    if (scroller.current && isAtEnd(scroller.current)) setSeenSeq(lastSeq);
  };
  const goToEnd = () => {
    if (scroller.current) toEnd(scroller.current);
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
      {unseen > 0 && (
        <button type="button" className="pill" onClick={goToEnd}>
          <Icon name="down" />
          {t('newMessages', { n: unseen })}
        </button>
      )}
    </div>
  );
}
