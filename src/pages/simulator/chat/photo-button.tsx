// Sends a picture: one of the visitor's own, or one that this page draws, so that nobody has to look for one.
import { useRef } from 'react';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { sendMedia } from '../state/actions.ts';
import { current, useTexts, useView } from '../state/store.ts';
import { samplePhoto } from './sample-photo.ts';
import { base64Of, sendFile } from './send-file.ts';
import { clockFull, clockHour } from './times.ts';

/** A drawn photo with the simulated time on it, ready to be sent. */
export async function drawnPhoto(caption: string): Promise<{ fileName: string; base64: string }> {
  const { clockOffset, locale } = current();
  const at = new Date(Date.now() + clockOffset);
  const blob = await samplePhoto(caption, `${clockFull(at, locale)} ${clockHour(at, locale)}`);
  return { fileName: 'photo.jpg', base64: await base64Of(blob) };
}

export function PhotoButton() {
  const t = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const locale = useView((state) => state.locale);
  const sendDrawn = async () => sendMedia({ kind: 'image', ...(await drawnPhoto(t('photoCaption'))) });
  return (
    <>
      <Popover
        face={<Icon name="photo" />}
        label={t('photo')}
        className="icon-button"
        panelClass="menu-panel"
      >
        {(close) => (
          <>
            <button
              type="button"
              className="menu-entry"
              onClick={() => {
                close();
                void sendDrawn();
              }}
            >
              {t('samplePhoto')}
            </button>
            <button
              type="button"
              className="menu-entry"
              onClick={() => {
                close();
                input.current?.click();
              }}
            >
              {t('chooseFile')}
            </button>
          </>
        )}
      </Popover>
      <input
        ref={input}
        type="file"
        hidden
        lang={locale}
        aria-label={t('chooseFile')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void sendFile(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
