// Below the chat: the box to type into, photo and place, the app's menu, and, at the start, something to try.
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Menu } from '../../../simulator/api.ts';
import { Icon } from '../parts/icon.tsx';
import { say } from '../state/actions.ts';
import { threadKey } from '../state/state.ts';
import { useTexts, useView } from '../state/store.ts';
import { AppMenu } from './app-menu.tsx';
import { MentionChips } from './mention-chips.tsx';
import { PhotoButton } from './photo-button.tsx';
import { PlaceButton } from './place-button.tsx';
import { sendFile } from './send-file.ts';
import { TryChips } from './try-chips.tsx';

/** What was typed and not sent, while the visitor looks at somebody else's desk. */
const drafts = new Map<string, string>();

export interface ComposerProps {
  me: string;
  chatId: string;
  menu: Menu | null;
  /** Names of the smart robots that can be mentioned here. */
  robots: string[];
}

export function Composer({ me, chatId, menu, robots }: ComposerProps) {
  const t = useTexts();
  const key = threadKey(me, chatId);
  const [text, setText] = useState(drafts.get(key) ?? '');
  // On a phone the menu takes the place of the keyboard, as in WeCom; on a wide screen there is room for both.
  const [menuOpen, setMenuOpen] = useState(matchMedia('(min-width: 760px)').matches);
  const box = useRef<HTMLTextAreaElement>(null);
  const live = useView((state) => state.live);

  const write = (next: string) => {
    setText(next);
    drafts.set(key, next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box grows with its text
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);

  const send = () => {
    if (text.trim() === '') return;
    void say(text.trim());
    write('');
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // During composition Enter chooses a word; Safari ends the composition before the key (keyCode 229).
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const file = event.clipboardData.files[0];
    if (!file) return;
    event.preventDefault();
    void sendFile(file);
  };
  const take = (sentence: string) => {
    write(sentence);
    box.current?.focus();
  };

  return (
    <footer className="composer" data-menu={menu !== null && menuOpen}>
      <TryChips me={me} chatId={chatId} onTake={take} />
      <MentionChips robots={robots} text={text} onTake={take} />
      <div className="composer-row">
        {menu && (
          <button
            type="button"
            className="icon-button"
            aria-label={menuOpen ? t('hideMenu') : t('showMenu')}
            title={menuOpen ? t('hideMenu') : t('showMenu')}
            aria-expanded={menuOpen}
            onClick={() => setMenuOpen(!menuOpen)}
          >
            <Icon name={menuOpen ? 'keyboard' : 'menu'} />
          </button>
        )}
        <div className="composer-typing">
          <textarea
            ref={box}
            rows={1}
            value={text}
            placeholder={live ? t('typeHere') : t('reconnecting')}
            aria-label={t('typeHere')}
            enterKeyHint="send"
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
          <PhotoButton />
          <PlaceButton />
          <button type="button" className="send-button" disabled={text.trim() === ''} onClick={send}>
            {t('send')}
          </button>
        </div>
      </div>
      {menu && menuOpen && <AppMenu menu={menu} />}
    </footer>
  );
}
