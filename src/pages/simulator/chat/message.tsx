// One message in the chat: who said it, what kind it is, and, of the person's own, what became of it.
import type { MessageView } from '../../../simulator/api.ts';
import { Card } from '../card/card.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { dispatch, useTexts, useView } from '../state/store.ts';
import { News, TextCard } from './articles.tsx';
import { Attachment, Film, LinkBody, Picture, PlaceBody, Sound } from './bodies.tsx';
import { Markdown } from './markdown.tsx';
import { RichText } from './rich-text.tsx';

export interface MessageProps {
  message: MessageView;
  me: string;
  inGroup: boolean;
}

export function Message({ message, me, inGroup }: MessageProps) {
  const t = useTexts();
  const mine = message.from === 'me';
  if (message.recalled) {
    return <p className="aside">{t('recalled', { name: mine ? t('you') : message.fromName })}</p>;
  }
  if (message.msgType === 'event') {
    return message.text ? <p className="aside">{message.text}</p> : null;
  }
  const seed = mine ? me : message.from === 'app' ? message.chatId : message.from;
  const kind = message.from === 'app' || message.from === 'robot' ? 'app' : 'person';
  return (
    <div
      className={`message ${mine ? 'message-mine' : ''}`}
      data-seq={message.seq}
      data-type={message.msgType}
    >
      <Avatar name={message.fromName} seed={seed} kind={kind} />
      <div className="message-main">
        <span className={inGroup && !mine ? 'message-from' : 'for-ears'}>{message.fromName}</span>
        <div className="message-line">
          <Body message={message} />
          {mine && <Fate message={message} />}
        </div>
      </div>
    </div>
  );
}

function Body({ message }: { message: MessageView }) {
  const t = useTexts();
  const { card, textcard, articles, place, link, media, text } = message;
  if (card) return <Card card={card} />;
  if (textcard) return <TextCard card={textcard} />;
  if (articles) return <News articles={articles} />;
  if (media) {
    if (media.kind === 'image') return <Picture media={media} />;
    if (media.kind === 'voice')
      return (
        <div className="bubble">
          <Sound media={media} />
        </div>
      );
    if (media.kind === 'video') return <Film media={media} words={text} />;
    return <Attachment media={media} />;
  }
  if (place) return <PlaceBody place={place} />;
  if (link) return <LinkBody link={link} />;
  if (message.msgType.startsWith('markdown')) {
    return (
      <div className="bubble">
        <Markdown text={text ?? ''} />
      </div>
    );
  }
  return (
    <div className="bubble">
      {text ? (
        <RichText text={text} />
      ) : (
        <span className="quiet">[{message.msgType || t('unknownKind')}]</span>
      )}
    </div>
  );
}

/** Delivered needs no mark; on its way and lost do, and the mark leads to the exchange that tells why. */
function Fate({ message }: { message: MessageView }) {
  const t = useTexts();
  const exchange = useView((state) => state.exchanges.find((one) => one.id === message.exchangeId));
  if (message.state === 'sending') {
    return (
      <span className="fate fate-sending" role="img" aria-label={t('sending')} title={t('sending')}>
        <span className="spinner" />
      </span>
    );
  }
  if (message.state !== 'failed') return null;
  const reason = exchange?.note || (exchange?.status ? `HTTP ${exchange.status}` : t('noAnswerFromBot'));
  return (
    <button
      type="button"
      className="fate fate-failed"
      onClick={() =>
        dispatch({
          type: 'drawer',
          open: true,
          ...(message.exchangeId === undefined ? {} : { exchange: message.exchangeId }),
        })
      }
    >
      <span aria-hidden="true">!</span>
      <span className="fate-reason">{t('notTaken', { reason })}</span>
    </button>
  );
}
