// One line that stands for a message: in the list of chats, and for those who hear the page instead of seeing it.
import type { MessageView } from '../../../simulator/api.ts';
import type { Translate } from '../texts.ts';

export function previewOf(message: MessageView, t: Translate): string {
  if (message.recalled) return t('recalledShort');
  const { card, textcard, articles, place, link, media } = message;
  if (card) return card.body.main_title?.title ?? card.body.sub_title_text ?? t('kind.card');
  if (textcard) return textcard.title;
  if (articles) return articles[0]?.title ?? '';
  if (place) return `[${t('kind.location')}] ${place.label}`;
  if (link) return `[${t('kind.link')}] ${link.title}`;
  if (media)
    return media.kind === 'file' ? `[${t('kind.file')}] ${media.fileName}` : `[${t(`kind.${media.kind}`)}]`;
  return (message.text ?? '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
