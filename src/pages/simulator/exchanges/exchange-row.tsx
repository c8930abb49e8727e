// One exchange between platform and bot: a line that tells how it went, and its bodies below when it is opened.
import { useEffect, useRef, useState } from 'react';
import type { Exchange } from '../../../simulator/api.ts';
import { clockSecond } from '../chat/times.ts';
import { Icon } from '../parts/icon.tsx';
import { tell } from '../state/actions.ts';
import { useTexts, useView } from '../state/store.ts';
import { pretty } from './pretty.ts';

const FIRST_BAD_STATUS = 400;

export function ExchangeRow({ exchange, shown }: { exchange: Exchange; shown: boolean }) {
  const t = useTexts();
  const locale = useView((state) => state.locale);
  const [open, setOpen] = useState(shown);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!shown) return;
    setOpen(true);
    row.current?.scrollIntoView({ block: 'start' });
  }, [shown]);

  const bad = exchange.status === null ? exchange.ms !== null : exchange.status >= FIRST_BAD_STATUS;
  // Whose machine a callback goes to stands in the query line below.
  const path = exchange.path.split('?')[0]?.replace(/^https?:\/\/[^/]+/, '');
  return (
    <li ref={row} className="exchange" data-kind={exchange.kind}>
      <button type="button" className="exchange-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={`exchange-kind exchange-${exchange.kind}`}>{t(`exchange.${exchange.kind}`)}</span>
        <span className="exchange-path">
          {exchange.method} {path}
        </span>
        {exchange.attempt > 1 && (
          <span className="exchange-attempt">{t('attempt', { n: exchange.attempt })}</span>
        )}
        <span className={`exchange-status ${bad ? 'exchange-bad' : ''}`}>
          {statusWord(exchange, t('running'), t('noAnswerShort'))}
        </span>
        <span className="exchange-meta">
          {clockSecond(new Date(exchange.at), locale)}
          {exchange.userId && ` · ${exchange.userId}`}
          {exchange.ms !== null && ` · ${exchange.ms} ms`}
        </span>
        {exchange.note && <span className="exchange-note">{exchange.note}</span>}
      </button>
      {open && <Bodies exchange={exchange} />}
    </li>
  );
}

function statusWord(exchange: Exchange, running: string, nothing: string): string {
  if (exchange.status !== null) return String(exchange.status);
  return exchange.ms === null ? running : nothing;
}

function Bodies({ exchange }: { exchange: Exchange }) {
  const t = useTexts();
  const [side, setSide] = useState<'plain' | 'raw'>('plain');
  const request = side === 'plain' ? exchange.plainRequest : exchange.rawRequest;
  const response = side === 'plain' ? exchange.plainResponse : exchange.rawResponse;
  return (
    <div className="exchange-bodies">
      <div className="tabs" role="tablist" aria-label={t('form')}>
        {(['plain', 'raw'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={side === one}
            onClick={() => setSide(one)}
          >
            {t(`form.${one}`)}
          </button>
        ))}
      </div>
      <Body title={t('request')} text={request} path={exchange.path} />
      <Body title={t('response')} text={response} />
    </div>
  );
}

function Body({ title, text, path }: { title: string; text: string; path?: string }) {
  const t = useTexts();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    tell(t('copied'));
  };
  return (
    <section className="exchange-body" aria-label={title}>
      <header>
        <h4>{title}</h4>
        {text !== '' && (
          <button type="button" className="quiet-button" onClick={() => void copy()}>
            <Icon name="copy" />
            {t('copy')}
          </button>
        )}
      </header>
      {path && !text.includes(path) && <p className="exchange-query">{path}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard */}
      {text === '' ? <p className="quiet">{t('emptyBody')}</p> : <pre tabIndex={0}>{pretty(text)}</pre>}
    </section>
  );
}
