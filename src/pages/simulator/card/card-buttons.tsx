// The foot of a card: its buttons, its submit button, or the label that took their place.
import type { CardBody, CardView } from '../../../simulator/api.ts';
import { WebLink } from '../chat/rich-text.tsx';
import { Icon } from '../parts/icon.tsx';
import { useTexts } from '../state/store.ts';

export interface CardButtonsProps {
  card: CardView;
  busy: boolean;
  onTap: (key: string) => void;
}

type Button = NonNullable<CardBody['button_list']>[number];

/** Up to three short labels share a row, as in the client; longer ones stand below each other. */
function inOneRow(buttons: Button[]): boolean {
  const letters = buttons.reduce((sum, { text }) => sum + [...text].length, 0);
  return buttons.length <= 3 && letters <= 15;
}

export function CardButtons({ card, busy, onTap }: CardButtonsProps) {
  const t = useTexts();
  const { body, tapped, disabled, replaceText } = card;
  const submit = body.submit_button;
  const buttons = body.button_list ?? [];
  if (!submit && buttons.length === 0) return null;
  if (replaceText !== null) {
    return (
      <p className="card-replaced" data-replaced>
        <Icon name="check" />
        {replaceText}
      </p>
    );
  }
  if (submit) {
    return (
      <div className="card-buttons">
        <button
          type="button"
          className="card-button card-button-1"
          disabled={disabled || busy}
          onClick={() => onTap(submit.key)}
        >
          {submit.text}
        </button>
      </div>
    );
  }
  return (
    <div className={`card-buttons ${inOneRow(buttons) ? 'card-buttons-row' : ''}`}>
      {buttons.map((button) => {
        const style = `card-button card-button-${button.style ?? 1}`;
        if (button.type === 1) {
          return (
            <WebLink key={button.text + button.url} href={button.url ?? ''} className={style}>
              {button.text}
            </WebLink>
          );
        }
        const wasTapped = tapped?.key === button.key;
        return (
          <button
            key={button.key ?? button.text}
            type="button"
            className={style}
            disabled={disabled || busy}
            onClick={() => onTap(button.key ?? '')}
          >
            {wasTapped && <Icon name="check" />}
            {button.text}
            {wasTapped && <span className="for-ears">{t('tapped')}</span>}
          </button>
        );
      })}
    </div>
  );
}
