// The drawer at the right: every exchange between platform and bot, newest first. On a phone it fills the screen.
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { sameUser } from '../state/state.ts';
import { dispatch, useTexts, useView } from '../state/store.ts';
import { ExchangeRow } from './exchange-row.tsx';

const FILTERS = ['all', 'callback', 'api', 'mine', 'bad'] as const;
type Filter = (typeof FILTERS)[number];
const SHOWN = 100;

export function ExchangeDrawer() {
  const t = useTexts();
  const exchanges = useView((state) => state.exchanges);
  const wanted = useView((state) => state.exchangeShown);
  const me = useView((state) => state.me);
  const [filter, setFilter] = useState<Filter>('all');
  const panel = useRef<HTMLElement>(null);
  const close = () => dispatch({ type: 'drawer', open: false });

  useEffect(() => {
    const opener = document.activeElement;
    panel.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  const shown = exchanges.filter((one) => {
    if (filter === 'all' || one.id === wanted) return true;
    if (filter === 'mine') return one.userId !== undefined && sameUser(one.userId, me);
    if (filter === 'bad')
      return (
        (one.status ?? (one.ms === null ? 0 : 599)) >= 400 ||
        one.attempt > 1 ||
        /"errcode":[^0]/.test(one.plainResponse)
      );
    return one.kind === filter;
  });

  return (
    <aside
      ref={panel}
      className="drawer"
      aria-label={t('exchanges')}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header className="drawer-head">
        <h2>{t('exchanges')}</h2>
        <button type="button" className="icon-button" aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <fieldset className="filters" aria-label={t('filter')}>
        {FILTERS.map((one) => (
          <button key={one} type="button" aria-pressed={filter === one} onClick={() => setFilter(one)}>
            {t(`filter.${one}`)}
          </button>
        ))}
      </fieldset>
      <ul className="exchange-list">
        {shown.slice(0, SHOWN).map((exchange) => (
          <ExchangeRow key={exchange.id} exchange={exchange} shown={exchange.id === wanted} />
        ))}
      </ul>
      {shown.length === 0 && <p className="nothing">{t('noExchanges')}</p>}
    </aside>
  );
}
