// A card with photos on it: which pictures, and under which addresses, is only known at the moment of sending.
import type { OutgoingMessage } from '../wecom/messages.ts';
import type { ClaimedRow } from './claim.ts';
import { CARD_RATIO } from './pictures.ts';

/** The words beneath the photos of these findings. */
export interface PhotoCardPayload {
  findings: string[];
  title: string;
  desc: string;
  /** When it was decided, in ISO: its addresses end so long after it, so that each attempt names the same. */
  at: string;
}

/** Where the photos of one row can be looked at, by whoever may. */
export interface PhotoAddresses {
  /** All of them, small, on one picture: for whoever holds the card. */
  picture: string;
  /** The page that first asks who is looking. */
  page: string;
}

/** `coming`: none is here yet. `none`: there is none (any more), or nobody can reach us for them. */
export type FindPhotos = (row: ClaimedRow) => Promise<PhotoAddresses | 'coming' | 'none'>;

/** news_notice is the one card that bears a picture (90236); it has no buttons, so it stands beside the card that asks. */
export function photoCard(
  { title, desc }: PhotoCardPayload,
  { picture, page }: PhotoAddresses,
): Omit<OutgoingMessage & { msgtype: 'template_card' }, 'touser'> {
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'news_notice',
      main_title: { title, desc },
      card_image: { url: picture, aspect_ratio: CARD_RATIO },
      card_action: { type: 1, url: page },
    },
  };
}
