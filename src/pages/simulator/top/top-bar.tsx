// Above everything: what this page is, what time it is, what is broken, the wire, the language, and a way to begin anew.
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { chooseLocale, reset } from '../state/actions.ts';
import { dispatch, useTexts, useView } from '../state/store.ts';
import { Clock } from './clock.tsx';
import { Faults } from './faults.tsx';

export function TopBar() {
  const t = useTexts();
  const corp = useView((state) => state.corp);
  const locale = useView((state) => state.locale);
  const live = useView((state) => state.live);
  const drawerOpen = useView((state) => state.drawerOpen);
  const other = locale === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <header className="top">
      <div className="brand">
        <img src={new URL('../icon.svg', import.meta.url).href} alt="" width="26" height="26" />
        <span className="brand-words">
          <strong>{corp.name || t('title')}</strong>
          <span>{t('subtitle')}</span>
        </span>
      </div>
      {!live && (
        <span className="offline" role="status">
          <span className="spinner" />
          <span className="top-word">{t('reconnecting')}</span>
        </span>
      )}
      <div className="top-tools" role="toolbar" aria-label={t('tools')}>
        <Clock />
        <Faults />
        <button
          type="button"
          className="top-button"
          aria-pressed={drawerOpen}
          aria-label={t('exchanges')}
          title={t('exchanges')}
          onClick={() => dispatch({ type: 'drawer', open: !drawerOpen })}
        >
          <Icon name="wire" />
          <span className="top-word">{t('exchanges')}</span>
        </button>
        <button
          type="button"
          className="top-button"
          lang={other}
          aria-label={other === 'en' ? 'English' : '中文'}
          title={other === 'en' ? 'English' : '中文'}
          onClick={() => chooseLocale(other)}
        >
          <Icon name="language" />
          <span className="top-word">{other === 'en' ? 'English' : '中文'}</span>
        </button>
        <ResetButton />
      </div>
    </header>
  );
}

function ResetButton() {
  const t = useTexts();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        className="top-button"
        aria-label={t('reset')}
        title={t('reset')}
        onClick={() => setAsking(true)}
      >
        <Icon name="reset" />
      </button>
      {asking && (
        <Dialog title={t('reset')} onClose={() => setAsking(false)}>
          <p>{t('resetText')}</p>
          <div className="dialog-buttons">
            <button type="button" className="quiet-button" onClick={() => setAsking(false)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="main-button main-button-bad"
              onClick={() => {
                setAsking(false);
                void reset();
              }}
            >
              {t('resetNow')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
