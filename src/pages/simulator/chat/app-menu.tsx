// The app's menu (90231) under the input box: up to three buttons, each an act or a list of acts.
import { useState } from 'react';
import type { Menu, MenuButton } from '../../../simulator/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { openAsPerson, tapMenu } from '../state/actions.ts';
import { useTexts } from '../state/store.ts';
import { drawnPhoto } from './photo-button.tsx';
import { PlaceDialog } from './place-button.tsx';

type Leaf = NonNullable<MenuButton['sub_button']>[number];
/** Acts that ask the person for something before the platform is told. */
type Asking = { what: 'place' | 'scan'; key: string };

export function AppMenu({ menu }: { menu: Menu }) {
  const t = useTexts();
  const [asking, setAsking] = useState<Asking | null>(null);

  const tap = async (leaf: Leaf) => {
    const key = leaf.key ?? leaf.url ?? leaf.pagepath ?? '';
    if (leaf.type === 'location_select') setAsking({ what: 'place', key });
    else if (leaf.type?.startsWith('scancode')) setAsking({ what: 'scan', key });
    else if (leaf.type?.startsWith('pic_')) {
      const { base64 } = await drawnPhoto(t('photoCaption'));
      await tapMenu({ key, pictures: [base64] });
    } else {
      if (leaf.type === 'view' && leaf.url) openPage(leaf.url);
      await tapMenu({ key });
    }
  };

  return (
    <div className="app-menu" role="toolbar" aria-label={t('appMenu')}>
      {menu.button.map((button) =>
        button.sub_button && button.sub_button.length > 0 ? (
          <Popover
            key={button.name}
            label={button.name}
            face={
              <>
                <Icon name="menu" />
                {button.name}
              </>
            }
            className="app-menu-button"
            panelClass="menu-panel"
          >
            {(close) =>
              button.sub_button?.map((leaf) => (
                <button
                  key={leaf.name}
                  type="button"
                  className="menu-entry"
                  onClick={() => {
                    close();
                    void tap(leaf);
                  }}
                >
                  {leaf.name}
                </button>
              ))
            }
          </Popover>
        ) : (
          <button
            key={button.name}
            type="button"
            className="app-menu-button"
            onClick={() => void tap(button)}
          >
            {button.name}
          </button>
        ),
      )}
      {asking?.what === 'place' && (
        <PlaceDialog
          onClose={() => setAsking(null)}
          onChoose={(place) => void tapMenu({ key: asking.key, place })}
        />
      )}
      {asking?.what === 'scan' && (
        <ScanDialog
          onClose={() => setAsking(null)}
          onScan={(scanResult) => void tapMenu({ key: asking.key, scanResult })}
        />
      )}
    </div>
  );
}

function openPage(url: string): void {
  if (/\/connect\/oauth2\/authorize\?/.test(url)) void openAsPerson(url);
  else if (/^https?:/i.test(url)) window.open(url, '_blank', 'noopener');
}

function ScanDialog({ onClose, onScan }: { onClose: () => void; onScan: (text: string) => void }) {
  const t = useTexts();
  const [text, setText] = useState('');
  return (
    <Dialog title={t('scanTitle')} onClose={onClose}>
      <form
        className="place-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onScan(text);
        }}
      >
        <label>
          {t('scanText')}
          <input required value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit" className="main-button">
          {t('send')}
        </button>
      </form>
    </Dialog>
  );
}
