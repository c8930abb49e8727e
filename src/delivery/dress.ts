// Dresses what the bot says for the platform: a text in pieces that fit, a card with its buttons, a greyed button.
import type { OutgoingMessage } from '../wecom/messages.ts';
import { splitNumbered } from '../wecom/text.ts';

/** As the conversation makes them (chat/reply.ts); named here by shape, because delivery knows no conversation. */
export interface PlainCard {
  task: string;
  title: string;
  desc?: string;
  body?: string;
  buttons: readonly { key: string; text: string; style?: number }[];
}

/** A card's text shows about so much before the client folds it (90236 suggests 160 characters); longer goes before it as a text. */
const CARD_BODY_CHARS = 360;
/** Shown whole on a phone (90236 suggests 36 and 44 characters). */
const CARD_TITLE_CHARS = 60;

export type Dressed = OutgoingMessage extends infer M
  ? M extends OutgoingMessage
    ? Omit<M, 'touser'>
    : never
  : never;

/** One message, or several with `(1/3)` before each when the platform would cut it (2,048 bytes). */
export function dressText(text: string): Dressed[] {
  return splitNumbered(text).map((content) => ({ msgtype: 'text', text: { content } }));
}

/**
 * A card that asks, with its buttons; what does not fit on it is sent before it. A card without buttons is a text. None bears a picture:
 * the only type that can (news_notice) has no buttons, so photos come on a card of their own beside it (photo-card.ts).
 */
export function dressCard(card: PlainCard): Dressed[] {
  if (card.buttons.length === 0)
    return dressText([card.title, card.desc, card.body].filter(Boolean).join('\n'));
  const titleFits = [...card.title].length <= CARD_TITLE_CHARS;
  const [title = '', ...rest] = titleFits ? [card.title] : card.title.split('\n');
  const body = [...rest, card.body].filter(Boolean).join('\n');
  const bodyFits = [...body].length <= CARD_BODY_CHARS;
  const message: Dressed = {
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      main_title: {
        title: [...title].slice(0, CARD_TITLE_CHARS).join(''),
        ...(card.desc ? { desc: card.desc } : {}),
      },
      ...(body && bodyFits ? { sub_title_text: body } : {}),
      task_id: card.task,
      button_list: card.buttons.map(({ key, text, style }) => ({ text, style: styleOf(style), key })),
    },
  };
  return bodyFits ? [message] : [...dressText(`${title}\n${body}`), message];
}

/** 1 the likely one, 2 plain, 3 and 4 warnings (90236); anything else is plain. */
function styleOf(style: number | undefined): 1 | 2 | 3 | 4 {
  return style === 1 || style === 3 || style === 4 ? style : 2;
}
