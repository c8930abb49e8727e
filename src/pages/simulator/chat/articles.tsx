// The older cards of the platform (90236): a text card with one link, and news of one to eight articles.
import type { ReactNode } from 'react';
import type { Article, MessageView } from '../../../simulator/api.ts';
import { useTexts } from '../state/store.ts';
import { unescapeText, WebLink } from './rich-text.tsx';

const PIECES = /<div class="(gray|normal|highlight)">([\s\S]*?)<\/div>|<br\s*\/?>/gi;

/** A text card's description knows line breaks and three classes, nothing else. */
function describe(description: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of description.matchAll(PIECES)) {
    if (found.index > from) parts.push(unescapeText(description.slice(from, found.index)));
    const [whole, look, inner] = found;
    parts.push(
      look ? (
        <span key={found.index} className={`textcard-${look.toLowerCase()}`}>
          {unescapeText(inner ?? '')}
        </span>
      ) : (
        <br key={found.index} />
      ),
    );
    from = found.index + whole.length;
  }
  parts.push(unescapeText(description.slice(from)));
  return parts;
}

export function TextCard({ card }: { card: NonNullable<MessageView['textcard']> }) {
  const t = useTexts();
  return (
    <WebLink href={card.url} className="card textcard">
      <span className="card-title">{card.title}</span>
      <span className="textcard-text">{describe(card.description)}</span>
      <span className="card-more">{card.btntxt || t('details')}</span>
    </WebLink>
  );
}

export function News({ articles }: { articles: Article[] }) {
  const [head, ...others] = articles;
  if (!head) return null;
  return (
    <div className="card news">
      <WebLink href={head.url ?? ''} className="news-head">
        {head.picUrl && <img src={head.picUrl} alt="" loading="lazy" />}
        <span className="card-title">{head.title}</span>
        {others.length === 0 && head.description && <span className="card-desc">{head.description}</span>}
      </WebLink>
      {others.map((article) => (
        <WebLink key={article.title + article.url} href={article.url ?? ''} className="news-row">
          <span>{article.title}</span>
          {article.picUrl && <img src={article.picUrl} alt="" loading="lazy" />}
        </WebLink>
      ))}
    </div>
  );
}
